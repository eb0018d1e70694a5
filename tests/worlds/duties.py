"""Worlds of duties: forces, agreements, imported rotas, viewers; and who should be on whose board.

The oracle was written from the words of issue 4 and of the decision that the model tells, and asks
neither the board nor the database anything.
"""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from crossforce.duty import mapping as exports
from crossforce.duty import models
from crossforce.duty.operations import Sent, bring_in
from crossforce.kernel import guarded
from tests.worlds import loading
from tests.worlds.lifecycle import Agreement, Side, Term, Version
from tests.worlds.model import MARKINGS, Actor, Grant, Oracle, Posting, Row, Scope, Share, Span
from tests.worlds.strategies import (
    AGREEMENTS,
    FORCES,
    HOURS,
    PURPOSES,
    ROLES,
    Pen,
    Sketch,
    peopled,
)

KIND, IMPORT = "duty.entry", "duty.import"
MARKING = "OFFICIAL-SENSITIVE"
WORKER = "dog-handler"
"""The role of who is on duty; nobody asks in it."""
UNITS = ("", "roads", "dogs")
LATELY = timedelta(minutes=1)
BEFORE, LONG = timedelta(hours=1), timedelta(hours=24)
OFF_DUTY = "11"
MAPPING = """
format = 1
name = "rota"
title = "A rota"
system = "rota"
holder = "{holder}"
shape = "nested"
[file]
type = "json"
duties = "duties"
[times]
time = "HH:mm:ssZZ"
between = "T"
[columns]
staff = "person.number"
reference = "duty.reference"
start = "duty.starts"
end = "duty.ends"
what = "duty.what"
unit = "duty.unit"
status = "duty.status"
absence = "duty.absence"
cancelled = "duty.cancelled"
"""


@dataclass(frozen=True, slots=True)
class Work:
    """One duty, on-call or absence of somebody."""

    reference: str
    force: str
    person: UUID
    what: str
    span: Span
    unit: str
    status: str
    cancelled: bool

    @property
    def scope(self) -> Scope:
        return Scope(self.force, KIND, f"unit:{self.unit}" if self.unit else "", "", MARKING)

    def runs(self, starts_at: datetime, ends_at: datetime) -> bool:
        assert self.span.ends is not None
        return self.span.starts < ends_at and self.span.ends > starts_at


@dataclass(frozen=True)
class Rota:
    """A world with what is worked in it, and which of that is shared by itself with a posting."""

    sketch: Sketch
    work: tuple[Work, ...]
    opened: tuple[tuple[str, Posting], ...]

    @property
    def numbers(self) -> dict[UUID, str]:
        """As `loading` numbers them."""
        whose = {each.staff: each.organisation for each in self.sketch.world.postings}
        return {staff: str(number) for number, staff in enumerate(sorted(whose))}


@st.composite
def rotas(draw: st.DrawFn, base: datetime) -> Rota:
    """A few people in each force, each from one duty to the next, and two viewers or more."""
    pen = Pen(draw, base)
    bodies = FORCES[: pen.number(2, 4)]
    sketch = peopled(
        pen, bodies, (KIND,), [_agreement(pen, each, bodies) for each in AGREEMENTS]
    )
    workers = [_worker(pen, body) for body in bodies for _ in range(pen.number(1, 4))]
    world = replace(
        sketch.world,
        postings=(*sketch.world.postings, *workers),
        rows=(), shares=(), links=(), by_id={},
    )  # fmt: skip
    work = tuple(each for worker in workers for each in _worked(pen, worker))
    sketch = replace(sketch, instants=_looked_at(pen, sketch))
    viewers = [each.posting for each in sketch.actors if each.posting]
    shared = range(pen.number(0, 1) if work and viewers else 0)
    opened = tuple((pen.one(work).reference, pen.one(viewers)) for _ in shared)
    return Rota(replace(sketch, world=world), work, opened)


def _agreement(pen: Pen, reference: str, bodies: Sequence[str]) -> Agreement:
    """One that lets most people see something at some time; with a leave in every second."""
    starts = sorted(
        pen.base + timedelta(hours=pen.one(HOURS[:6])) for _ in range(pen.one((1, 1, 2)))
    )
    versions = (
        Version(each, tuple(_term(pen, bodies) for _ in range(pen.number(2, 5))))
        for each in dict.fromkeys(starts)
    )
    return Agreement(
        reference=reference,
        versions=tuple(versions),
        suspensions=(pen.span(),) if pen.number(0, 7) == 4 else (),
        leaves={pen.one(bodies): pen.instant()} if pen.number(0, 2) == 1 else {},
    )


def _term(pen: Pen, bodies: Sequence[str]) -> Term:
    pattern = Grant(
        agreement="", holder="", recipient="", kind="", holds=(),
        actions=pen.one((*[("find", "read")] * 4, ("read",), ("find",))),
        collection=pen.one(("", "", "unit:roads", "unit:roads", "unit:dogs")),
        units=pen.seldom(("roads", "dogs")),
        roles=pen.seldom(ROLES),
        purposes=pen.seldom(PURPOSES),
        marking=pen.one((*MARKINGS, *MARKINGS[1:] * 2)),
        compartment=pen.one((*[""] * 9, "blue")),
        forces=pen.seldom(bodies),
    )  # fmt: skip
    return Term(
        pattern=pattern,
        valid=pen.span(usual=3),
        kinds=(KIND,),
        holders=tuple(Side(each, pen.span(usual=3)) for each in pen.most(bodies)),
        recipients=tuple(Side(each, pen.span(usual=3)) for each in pen.most(bodies)),
    )


def _worker(pen: Pen, force: str) -> Posting:
    return Posting(
        pen.id(), pen.id(), force, "", WORKER, "held",
        Span(pen.base - timedelta(hours=100)),
    )  # fmt: skip


def _looked_at(pen: Pen, sketch: Sketch) -> tuple[datetime, ...]:
    """When something begins or ends, a moment before, and some time of the days around."""
    edge = pen.one(sketch.edges)
    return (
        edge,
        edge - timedelta(microseconds=1),
        pen.base + timedelta(hours=pen.number(-47, 47)),
    )


def _worked(pen: Pen, worker: Posting) -> Iterator[Work]:
    """From one to three of each sort in turn; where one ends another may begin."""
    for what in ("duty", "on-call", "absence"):
        place = pen.number(0, len(HOURS) - 4)
        for number in range(pen.number(1, 3) if what == "duty" else pen.number(0, 2) // 2):
            if place >= len(HOURS) - 1:
                break
            end = min(place + pen.number(1, 4), len(HOURS) - 1)
            span = Span(*(pen.base + timedelta(hours=HOURS[each]) for each in (place, end)))
            yield Work(
                f"{what}-{number}-{worker.staff}", worker.organisation, worker.staff, what, span,
                unit=pen.one(UNITS),
                status=pen.one(("", "", "", "2", "7", OFF_DUTY)) if what == "duty" else "",
                cancelled=pen.number(0, 6) == 3,
            )  # fmt: skip
            place = end + pen.number(0, 1)


def load(rota: Rota, now: datetime) -> dict[str, UUID]:
    """Bring every force's file in as it is planned, then what of it is cancelled; then share; keys by reference."""
    loader = loading.actor(loading.LOADER)
    planned = replace(rota, work=tuple(replace(each, cancelled=False) for each in rota.work))
    for stage in (planned, rota):
        for force in sorted(
            {each.force for each in rota.work if stage is planned or each.cancelled}
        ):
            sent = Sent(_mapping(force), io.BytesIO(_file(stage, force)), f"{force}.json")
            outcome = bring_in(actor=loader, sent=sent, at=now)
            assert not outcome.findings, outcome.findings
    with guarded.acting(loader):
        found = models.Entry.objects.values_list("source_reference", "pk")
        keys = {reference: key for reference, key, *_ in found}
    for reference, posting in rota.opened:
        loading.share_it(_share(keys[reference], posting, rota.sketch.edges))
    return keys


def _mapping(holder: str) -> exports.Mapping:
    return exports.read(MAPPING.format(holder=holder).encode())


def _file(rota: Rota, force: str) -> bytes:
    numbers = rota.numbers
    people = [
        {
            "number": numbers[person],
            "duties": [_said(each) for each in rota.work if each.person == person],
        }
        for person in sorted({each.person for each in rota.work if each.force == force})
    ]
    return json.dumps(people).encode()


def _said(work: Work) -> dict[str, str]:
    assert work.span.ends is not None
    return {
        "reference": work.reference,
        "starts": f"{work.span.starts.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "ends": f"{work.span.ends.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "what": work.what,
        "unit": work.unit,
        "status": work.status,
        "absence": "leave" if work.what == "absence" else "",
        "cancelled": "y" if work.cancelled else "",
    }


def _share(key: UUID, posting: Posting, edges: Sequence[datetime]) -> Share:
    return Share(key, KIND, posting.id, ("find", "read"), Span(edges[0], edges[-1] + LONG))


@dataclass(frozen=True)
class BoardOracle:
    """Who is on whose board at which instant, by the words alone."""

    rota: Rota
    keys: dict[str, UUID]
    now: datetime

    def board(self, actor: Actor, at: datetime) -> list[Work]:
        """Those whose imported duty covers the instant, and whom a grant shows; less who is away.

        Away is away, wherever that is noted: also where the actor may not read it.
        """
        there = [each for each in self._seen(actor, at) if each.span.holds(at)]
        gone = (
            each for each in self.rota.work if each.what == "absence" and not each.cancelled
        )
        away = {each.person for each in gone if each.span.holds(at)}
        return [
            each
            for each in there
            if each.what != "absence" and each.person not in away and each.status != OFF_DUTY
        ]

    def lanes(self, actor: Actor, at: datetime) -> dict[UUID, list[Work]]:
        """Who has a duty or an on-call in the day from an hour before, and all that is theirs in it."""
        starts_at = at.replace(minute=0, second=0, microsecond=0) - BEFORE
        within = [e for e in self._seen(actor, at) if e.runs(starts_at, starts_at + LONG)]
        on = {each.person for each in within if each.what != "absence"}
        return {person: [e for e in within if e.person == person] for person in on}

    def _seen(self, actor: Actor, at: datetime) -> list[Work]:
        opened = [
            _share(self.keys[reference], posting, self.rota.sketch.edges)
            for reference, posting in self.rota.opened
        ]
        world = replace(self.rota.sketch.world, shares=tuple(opened), by_id={})
        asked = Oracle(world, self.now)
        as_of = at if abs(at - self.now) > LATELY else None
        return [
            each
            for each in self.rota.work
            if not each.cancelled
            and asked.allows_row(
                actor, "read", Row(self.keys[each.reference], each.scope), as_of
            )
        ]
