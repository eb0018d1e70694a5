"""Counting, before anything is signed, whose records would come into whose sight. It changes nothing
but the ledger, which says what was counted for whom."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from crossforce.access import api as access
from crossforce.acting import api as acting
from crossforce.agreements import api as agreements
from crossforce.insight import api as insight
from crossforce.kernel import clock, guarded
from crossforce.ledger import api as ledger
from crossforce.oversight import preview
from crossforce.people import api as people

POWER: Final = "agreement.preview"
SIGHT: Final = ("find", "read")
Grants = Sequence[access.Grant]
Items = tuple[preview.Line | insight.Falling, ...]


@dataclass(frozen=True, slots=True)
class _Moment:
    """The grants of the agreement that hold before and after, from one instant to the next."""

    start: datetime
    end: datetime | None
    before: Grants
    after: Grants

    @property
    def differs(self) -> bool:
        """Whether anybody is let into anything else."""
        return Counter(map(_opened, self.before)) != Counter(map(_opened, self.after))


def sight(context: agreements.PreviewContext) -> agreements.PreviewSection:
    """The preview effect. Whoever may not count is told so, and nothing else."""
    current = acting.current()
    if current is None or not current.actor.may(POWER):
        return preview.section(context, None)
    return count_sight(actor=current.actor, context=context, at=clock.now())


@guarded.acts
def count_sight(
    *, actor: people.Actor, context: agreements.PreviewContext, at: datetime
) -> agreements.PreviewSection:
    """Count what the previewed draft, leave or end opens and closes, on the records of today."""
    people.require(actor, POWER)
    moments = list(_moments(context))
    found = _found(context, moments)
    if found is None:
        return preview.section(context, None)
    if any(each.differs for each in moments):
        _record(actor, context, moments, found, at)
    return preview.section(context, found)


def _moments(context: agreements.PreviewContext) -> Iterator[_Moment]:
    """Every stretch of time, from the beginning on, in which the agreement gives the same."""
    sides = [tuple(access.grants_of(side)) for side in agreements.foreseen(context)]
    start = max(context.since, context.at)
    every = [grant.holds for side in sides for grant in side]
    edges = {edge for held in every for edge in (held.starts_at, held.ends_at) if edge}
    instants = [start, *sorted(each for each in edges if each > start), None]
    for begin, end in pairwise(instants):
        if begin is not None:
            before, after = (
                [each for each in side if each.holds.contains(begin)] for side in sides
            )
            yield _Moment(begin, end, before, after)


def _opened(grant: access.Grant) -> tuple[object, ...]:
    """What a grant opens to whom, whichever clause gives it."""
    return (
        grant.holder, grant.recipient, grant.kind, grant.collection, grant.units, grant.roles,
        grant.actions, grant.purposes, grant.marking, grant.compartment,
    )  # fmt: skip


def _found(
    context: agreements.PreviewContext, moments: Sequence[_Moment]
) -> preview.Findings | None:
    """What is gained, lost and closed; None where standing access does not let the actor count."""
    reference = context.new.reference
    gains: list[list[preview.Gain]] = []
    closed: list[list[insight.Falling]] = []
    for each in moments:
        gains.append([])
        closed.append([])
        if each.differs:
            given = (reference, each.before, each.after, each.start)
            foreseen = insight.foreseen(*given)
            if foreseen is None:
                return None
            gains[-1] = list(preview.gains(foreseen))
            closed[-1] = insight.falling(*given)
    counts = insight.counted({s for some in gains for gain in some for s in gain.scopes})
    lines = [preview.lines(some, counts) for some in gains]
    items: list[Items] = [(*one, *other) for one, other in zip(lines, closed, strict=True)]
    return preview.Findings(
        runs=tuple(_runs(moments, items)),
        records=_records([gain for some in gains for gain in some], counts),
        unkept=tuple(_unkept(moments)),
    )


def _runs(
    moments: Sequence[_Moment],
    items: Sequence[Items],
) -> Iterator[preview.Run]:
    """Each line once for every unbroken time in which it is so."""
    begun: dict[preview.Line | insight.Falling, preview.Run] = {}
    for moment, found in zip(moments, items, strict=True):
        for item in [each for each in begun if each not in found]:
            yield begun.pop(item)
        for item in found:
            start = begun[item].start if item in begun else moment.start
            begun[item] = preview.Run(item, start, moment.end)
    yield from begun.values()


def _records(
    gains: Sequence[preview.Gain], counts: Mapping[int, preview.Count]
) -> dict[str, int]:
    """How many distinct records come into, or go out of, anybody's sight."""
    scopes: dict[str, set[int]] = defaultdict(set)
    for each in gains:
        if each.action in SIGHT:
            scopes[each.change] |= each.scopes & counts.keys()
    return {change: sum(counts[one][2] for one in some) for change, some in scopes.items()}


def _unkept(moments: Sequence[_Moment]) -> list[str]:
    kinds = {grant.kind for each in moments for grant in (*each.before, *each.after)}
    kept = {model.record_kind for model in guarded.models_of()}  # type: ignore[attr-defined]
    return sorted(kinds - kept)


def _record(
    actor: people.Actor,
    context: agreements.PreviewContext,
    moments: Sequence[_Moment],
    found: preview.Findings,
    at: datetime,
) -> None:
    grants = [g for each in moments if each.differs for g in (*each.before, *each.after)]
    holders = sorted({run.of.holder for run in found.runs})
    ledger.append(
        actor=actor,
        operation="access.previewed",
        subject=f"agreement:{context.new.reference}",
        detail={
            "kinds": sorted({each.kind for each in grants}),
            "holders": holders,
            "recipients": sorted({each.recipient for each in grants}),
            "records": dict(found.records),
            "leaving": context.leaving or "",
            "ends": context.is_ending,
        },
        at=at,
        about=ledger.About(concerns=holders),
    )
