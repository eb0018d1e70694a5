"""Small worlds with few words in them, so that everything meets everything, and boundaries coincide.

Instants are hours from a base, which the caller puts at the database's present: past, present and
future are equally likely, and a period often starts at the very instant at which another ends.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import count
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.worlds.lifecycle import Agreement, Side, Term, Version, grants_of
from tests.worlds.model import (
    MARKINGS,
    PLATFORM,
    Actor,
    Grant,
    Link,
    Posting,
    Row,
    Scope,
    Share,
    Span,
    Succession,
    World,
)

LONDON = ZoneInfo("Europe/London")
FORCES = ("force-north", "force-east", "force-south", "force-west")
TEAMS = (("", False), ("roads", False), ("roads", True), ("dogs", True))
"""Units by code, and whether an agreement made them: one code is a joint unit and a team of each force."""
ROLES = ("duty-inspector", "analyst")
PURPOSES = ("operational-response", "crime-investigation")
SYSTEM = "system:sweeper"
COLLECTIONS = ("", "", "", "", "unit:roads", "unit:dogs", "function:firearms", "case:7")
SHARED = ("", "", "", "unit:roads", "unit:roads", "unit:dogs", "function:firearms", "case:7")
"""What a term is about: units more often than records lie in them, for people are in them by their posting."""
COMPARTMENTS = ("", "", "", "", "", "", "blue", "red")
AGREEMENTS = ("road-policing", "dog-section")
ACTIONS = ("find", "read", "add", "edit", "task", "disclose", "dispose")
CEILINGS = (
    ACTIONS, ("find", "read"), ("read",), ("find",), ("read", "edit"), ("add",),
    ("read", "dispose"), ("edit", "dispose"), ("read", "add", "edit"), ("read", "disclose"),
    ("read", "task"), ("task",),
)  # fmt: skip
KINDS = ("records.note", "records.document", "records.request")
WORDS = ("harbour", "lantern", "quarry", "thistle")
HOURS = (-72, -48, -24, -6, 0, 6, 24, 48, 72)

Item = TypeVar("Item")


@dataclass(frozen=True)
class Sketch:
    """A world, the agreements behind its grants, who asks, and at which other instants."""

    world: World
    agreements: tuple[Agreement, ...]
    actors: tuple[Actor, ...]
    instants: tuple[datetime, ...]
    places: tuple[Scope, ...]
    edges: tuple[datetime, ...]


@dataclass(frozen=True)
class Pen:
    """Draws the parts of one world."""

    draw: st.DrawFn
    base: datetime
    made: Iterator[int] = field(default_factory=count)

    def one(self, of: Sequence[Item]) -> Item:
        return self.draw(st.sampled_from(of))

    def most(self, of: Sequence[Item]) -> tuple[Item, ...]:
        """All of them, or any of them in their order, but at least one."""
        whole = 2 ** len(of) - 1
        chosen = whole if self.number(0, 1) else self.number(1, whole)
        return tuple(each for place, each in enumerate(of) if chosen >> place & 1)

    def seldom(self, of: Sequence[Item], times: int = 4) -> tuple[Item, ...]:
        """Mostly none of them, which mostly means all; `times` as often as one of them."""
        return (self.one(of),) if self.number(0, times) == 0 else ()

    def number(self, least: int, most: int) -> int:
        return self.draw(st.integers(least, most))

    def instant(self) -> datetime:
        return self.base + timedelta(hours=self.one(HOURS))

    def span(self, *, usual: int = 1) -> Span:
        """In `usual` of four cases one that has begun long ago and does not end."""
        if self.number(0, 3) < usual:
            return Span(self.base - timedelta(hours=72))
        starts, ends = self.number(0, len(HOURS) - 1), self.number(1, len(HOURS))
        if starts >= ends:
            starts, ends = ends - 1, starts + 1
        end = None if ends >= len(HOURS) else self.base + timedelta(hours=HOURS[ends])
        return Span(self.base + timedelta(hours=HOURS[starts]), end)

    def closed(self) -> Span:
        """One that ends."""
        span = self.span(usual=2)
        return span if span.ends else Span(span.starts, self.base + timedelta(hours=96))

    def midnight(self, days: int) -> datetime:
        """The start of a civil day, counted from today."""
        today = self.base.astimezone(LONDON).date()
        civil = datetime.combine(today + timedelta(days=days), time(), LONDON)
        return civil.astimezone(UTC)

    def id(self) -> UUID:
        """The next one; in no order that anything could lean on."""
        digest = hashlib.sha256(str(next(self.made)).encode()).digest()
        return UUID(bytes=digest[:16], version=4)


@st.composite
def sketches(draw: st.DrawFn, base: datetime, kinds: Sequence[str] = KINDS) -> Sketch:
    """A world with its actors."""
    pen = Pen(draw, base)
    bodies = FORCES[: pen.number(2, 4)]
    return peopled(
        pen, bodies, kinds, [_agreement(pen, name, bodies, kinds) for name in AGREEMENTS]
    )


def peopled(
    pen: Pen, bodies: Sequence[str], kinds: Sequence[str], made: Sequence[Agreement]
) -> Sketch:
    """The world of these agreements: postings, rows, shares, successions, links, and who asks."""
    postings = _postings(pen, bodies)
    agreements = tuple(made)
    people = tuple({posting.staff for posting in postings})
    rows = _rows(pen, bodies, kinds, people)
    world = World(
        organisations=tuple(bodies),
        postings=postings,
        grants=tuple(each for agreement in agreements for each in grants_of(agreement)),
        shares=_shares(pen, rows, postings),
        successions=_successions(pen, bodies),
        rows=rows,
        links=_links(pen, rows),
    )
    edges = _edges(world)
    places = tuple(pen.one(rows).scope for _ in range(2))
    actors = _actors(pen, postings)
    return Sketch(world, agreements, actors, _asked_of(pen, world, edges), places, edges)


def _postings(pen: Pen, bodies: Sequence[str]) -> tuple[Posting, ...]:
    staff = [pen.id() for _ in range(3)]
    made = [_posting(pen, bodies, staff) for _ in range(pen.number(2, 5))]
    same = {(a.staff, a.organisation, a.unit, a.is_joint, a.role): a for a in made}
    return tuple(same.values())


def _posting(pen: Pen, bodies: Sequence[str], staff: Sequence[UUID]) -> Posting:
    unit, is_joint = pen.one(TEAMS)
    return Posting(
        id=pen.id(),
        staff=pen.one(staff),
        organisation=pen.one(bodies),
        unit=unit,
        role=pen.one(ROLES),
        state=pen.one((*["held"] * 8, "offered", "declined")),
        span=pen.span(usual=3),
        is_joint=is_joint,
    )


def _agreement(
    pen: Pen, reference: str, bodies: Sequence[str], kinds: Sequence[str]
) -> Agreement:
    count = pen.number(1, 2)
    starts = sorted({pen.base + timedelta(hours=pen.one(HOURS[:7])) for _ in range(count)})
    versions = tuple(
        Version(each, tuple(_term(pen, bodies, kinds) for _ in range(pen.number(1, 4))))
        for each in starts
    )
    return Agreement(
        reference=reference,
        versions=versions,
        suspensions=(pen.span(),) if pen.number(0, 4) == 0 else (),
        leaves={pen.one(bodies): pen.instant()} if pen.number(0, 2) == 0 else {},
    )


def _term(pen: Pen, bodies: Sequence[str], kinds: Sequence[str]) -> Term:
    recipients = (*bodies, PLATFORM) if pen.number(0, 4) == 0 else bodies
    pattern = Grant(
        agreement="",
        holder="",
        recipient="",
        kind="",
        actions=pen.one(CEILINGS),
        holds=(),
        collection=pen.one(SHARED),
        units=pen.seldom(("roads", "dogs"), times=2),
        roles=pen.seldom((*ROLES, SYSTEM)),
        purposes=pen.seldom(PURPOSES),
        marking=pen.one((*MARKINGS, *MARKINGS[-1:] * 3)),
        compartment=pen.one(COMPARTMENTS),
        forces=pen.seldom(bodies),
    )
    return Term(
        pattern=pattern,
        valid=pen.span(usual=3),
        kinds=pen.most(kinds),
        holders=tuple(Side(each, pen.span(usual=3)) for each in pen.most(bodies)),
        recipients=tuple(Side(each, pen.span(usual=3)) for each in pen.most(recipients)),
    )


def _rows(
    pen: Pen, bodies: Sequence[str], kinds: Sequence[str], people: Sequence[UUID]
) -> tuple[Row, ...]:
    return tuple(
        Row(pen.id(), _scope(pen, bodies, kinds, people), pen.one(WORDS), pen.number(1, 9))
        for _ in range(pen.number(3, 10))
    )


def _scope(
    pen: Pen, bodies: Sequence[str], kinds: Sequence[str], people: Sequence[UUID]
) -> Scope:
    return Scope(
        holder=pen.one(bodies),
        kind=pen.one(kinds),
        collection=pen.one(COLLECTIONS),
        compartment=pen.one(COMPARTMENTS),
        marking=pen.one((*MARKINGS[:1] * 3, *MARKINGS)),
        person=pen.one(people) if pen.number(0, 1) else None,
    )


def _shares(pen: Pen, rows: Sequence[Row], postings: Sequence[Posting]) -> tuple[Share, ...]:
    return tuple(_share(pen, pen.one(rows), pen.one(postings)) for _ in range(pen.number(0, 3)))


def _share(pen: Pen, row: Row, posting: Posting) -> Share:
    return Share(
        row=row.id,
        kind=row.kind,
        posting=posting.id,
        actions=pen.one(CEILINGS),
        span=pen.closed(),
        purposes=pen.seldom(PURPOSES),
        agreement=pen.one(("", "", *AGREEMENTS)),
    )


def _successions(pen: Pen, bodies: Sequence[str]) -> tuple[Succession, ...]:
    """None; or the last body is followed by the one before; or a chain of two; or two heirs."""
    shape = pen.number(0, 5)
    if shape < 3 or len(bodies) < 3:
        return ()
    first, second = sorted((pen.number(-3, 3), pen.number(-3, 3)))
    last, middle, other = bodies[-1], bodies[-2], bodies[-3]
    once = Succession(last, middle, pen.midnight(first))
    if shape == 4 and second > first:
        return (once, Succession(middle, other, pen.midnight(second)))
    if shape == 5:
        return (once, Succession(last, other, pen.midnight(first)))
    return (once,)


def _links(pen: Pen, rows: Sequence[Row]) -> tuple[Link, ...]:
    pairs = {(pen.number(0, len(rows) - 1), pen.number(0, len(rows) - 1)) for _ in range(3)}
    return tuple(
        Link(pen.id(), rows[one].id, rows[other].id)
        for one, other in sorted(pairs)
        if one < other
    )


def _actors(pen: Pen, postings: Sequence[Posting]) -> tuple[Actor, ...]:
    people = tuple(
        Actor(each.organisation, each.role, pen.one(PURPOSES), each) for each in postings
    )
    return (*people, Actor(PLATFORM, SYSTEM, pen.one(PURPOSES)))


def _spans(world: World) -> Iterator[Span]:
    yield from (each.span for each in world.postings)
    yield from (each.span for each in world.shares)
    yield from (each for grant in world.grants for each in grant.holds)


def _edges(world: World) -> tuple[datetime, ...]:
    """Every instant at which something in the world begins or ends."""
    spans = list(_spans(world))
    found = {each.starts for each in spans} | {each.at for each in world.successions}
    return tuple(sorted(found | {each.ends for each in spans if each.ends is not None}))


def _asked_of(pen: Pen, world: World, edges: Sequence[datetime]) -> tuple[datetime, ...]:
    """Two other instants: one at which something ends that holds now, and one just before a boundary."""
    ends = {each.ends for each in _spans(world) if each.ends and each.holds(pen.base)}
    return (pen.one(sorted(ends) or edges), pen.one(edges) - timedelta(microseconds=1))
