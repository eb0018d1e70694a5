"""The access explorer: what each of the own people may do with each kind of record, and from which day on.

What a posting reaches follows from its role, unit and purpose, so each pair of role and unit is asked
about once, however many people hold it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from crossforce.insight import api as insight
from crossforce.kernel import civil, guarded, rulepacks
from crossforce.kernel.refusals import Missing, NotKnown
from crossforce.oversight.queries.deciding import Holder, holders, own_postings, own_units
from crossforce.people import api as people

MOST_DAYS: Final = 6
MINUTE: Final = timedelta(minutes=1)
PURPOSE_ONLY: Final = ("purpose",)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the matrix is asked: `purpose` "" is any."""

    kinds: tuple[str, ...]
    action: str
    at: datetime
    purpose: str = ""
    role: str = ""
    unit: str = ""
    name: str = ""

    @property
    def on(self) -> date:
        """The day of the instant."""
        return civil.day_of(self.at)


@dataclass(frozen=True, slots=True)
class Cell:
    """Whether it is allowed, by which clauses, and for which purposes only ((): for any)."""

    reasons: tuple[insight.Reason, ...] = ()
    purposes: tuple[str, ...] = ()

    @property
    def is_allowed(self) -> bool:
        return bool(self.reasons)


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody and a cell for each kind."""

    posting: UUID
    holder: Holder
    cells: tuple[Cell, ...]


@guarded.acts
def matrix(
    actor: people.Actor, asked: Asked, offset: int, limit: int | None
) -> tuple[list[Line], int]:
    """People of the actor's organisation by kinds of record, on one day. Raises Refused."""
    people.require(actor, "access.explain")
    _refuse_unknown(actor, asked)
    found = own_postings(actor, asked.at, asked.role, asked.unit, asked.name)
    page = found[offset : None if limit is None else offset + limit]
    known = holders(actor, {row.pk for row in page}, asked.at)
    cells: dict[tuple[str, str], tuple[Cell, ...]] = {}
    for row in page:
        key = (row.role, row.unit.code if row.unit else "")
        if key not in cells:
            cells[key] = tuple(
                _cell(actor, row.pk, kind, asked, asked.at)[0] for kind in asked.kinds
            )
    lines = [
        Line(row.pk, known[row.pk], cells[row.role, row.unit.code if row.unit else ""])
        for row in page
    ]
    return lines, len(found)


def _refuse_unknown(actor: people.Actor, asked: Asked) -> None:
    """Raises NotKnown for a role, a purpose, or a unit of the organisation's people, that is none."""
    if asked.role:
        _refuse_other("role", asked.role, people.roles(asked.on))
    if asked.purpose:
        purposes = rulepacks.load("purposes").under("purpose", asked.on)
        _refuse_other("purpose", asked.purpose, purposes)
    if asked.unit:
        _refuse_other("unit", asked.unit, dict(own_units(actor, asked.at)))


def _refuse_other(name: str, given: str, there: Collection[str]) -> None:
    if given not in there:
        told = f"{name.capitalize()}: “{given}” is none here. There are: {', '.join(sorted(there))}."
        raise NotKnown(told, ("query", name))


@dataclass(frozen=True, slots=True)
class Future:
    """One of the own people: kinds of record by the days on which something changes."""

    holder: Holder
    days: list[date]
    rows: list[tuple[str, list[Cell]]]


@guarded.acts
def through_time(actor: people.Actor, posting: UUID, asked: Asked) -> Future:
    """What somebody may do on the day, and on each later day on which that changes. Raises Missing."""
    people.require(actor, "access.explain")
    if posting not in {row.pk for row in own_postings(actor, asked.at)}:
        raise Missing
    first = {kind: _cell(actor, posting, kind, asked, asked.at) for kind in asked.kinds}
    changes = {civil.day_of(each) for _, boundaries in first.values() for each in boundaries}
    days = [asked.on, *sorted(day for day in changes if day > asked.on)][:MOST_DAYS]
    rows = [
        (
            kind,
            [
                first[kind][0]
                if day == asked.on
                else _cell(actor, posting, kind, asked, _after(day))[0]
                for day in days
            ],
        )
        for kind in asked.kinds
    ]
    return Future(holders(actor, {posting}, asked.at)[posting], days, rows)


def _after(day: date) -> datetime:
    """The last instant of the day but a minute: what changed during the day has changed."""
    return civil.instant(civil.next_day(day)) - MINUTE


def _cell(
    actor: people.Actor, posting: UUID, kind: str, asked: Asked, at: datetime
) -> tuple[Cell, list[datetime]]:
    said = insight.explain_for(
        actor, posting=posting, purpose=asked.purpose, kind=kind, action=asked.action, at=at
    )
    everything = (*said.because, *said.nearest)
    if said.because:
        return Cell(said.because), _boundaries(everything, at)
    if asked.purpose:
        return Cell(), _boundaries(everything, at)
    limited = tuple(each for each in said.nearest if each.missing == PURPOSE_ONLY)
    purposes = tuple(sorted({code for each in limited for code in each.purposes}))
    return Cell(limited, purposes), _boundaries(everything, at)


def _boundaries(reasons: Iterable[insight.Reason], at: datetime) -> list[datetime]:
    """When one of the reasons, which differ in time or purpose only, begins or ends."""
    near = [each for each in reasons if not set(each.missing) - {"purpose", "period"}]
    instants = [
        each for reason in near for each in (reason.holds.starts_at, reason.holds.ends_at)
    ]
    return [each for each in instants if each is not None and each > at]
