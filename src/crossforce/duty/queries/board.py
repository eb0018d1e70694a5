"""Who is on duty at an instant, as far as whoever asks may see."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from crossforce.duty import models
from crossforce.duty.choices import ENTRY, MARKING, What
from crossforce.duty.queries import covering
from crossforce.duty.queries.covering import Held, Noted
from crossforce.duty.rules import board, statuses
from crossforce.duty.rules.board import Availability, Gap, Span, Wanted
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, guarded
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people import api as people
from crossforce.people.api import Able, Actor
from crossforce.records import api as records

AHEAD: Final = timedelta(hours=24)
LATELY: Final = timedelta(minutes=1)
NOBODY: Final = Able()


class NoSuchFilter(NotUnderstood):
    """This filter is not known."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Whom to show; every condition given must hold."""

    force: str = ""
    unit: str = ""
    function: str = ""
    skill: str = ""
    authority: str = ""
    availability: str = ""

    @property
    def is_any(self) -> bool:
        """Whether anything is asked for."""
        return self != Filter()


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a long board: so many, after so many. None is all."""

    offset: int = 0
    limit: int | None = None

    def of(self, rows: Sequence[Any]) -> Sequence[Any]:
        """That part of the rows."""
        return rows[self.offset : None if self.limit is None else self.offset + self.limit]


ALL: Final = Part()


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody on duty or on call: the entry, whose it is, and what they can and may do."""

    entry: models.Entry
    force: str
    availability: Availability
    able: Able


@dataclass(frozen=True, slots=True)
class Count:
    """How many a unit, or one of its functions, has on duty, against what it needs."""

    unit: str
    function: str
    has: int
    minimum: int

    @property
    def is_short(self) -> bool:
        return self.has < self.minimum


@dataclass(frozen=True, slots=True)
class Board:
    """Everybody on duty at an instant, the counts against minimum cover, and the gaps ahead.

    `rows` are the part that was asked for, of `total`. `forces`, `units` and `functions` are those
    that somebody on duty is in; `reaches` says whether the actor may see any duties at all.
    """

    at: datetime
    rows: Sequence[OnDuty]
    counts: Sequence[Count] = ()
    gaps: Sequence[Gap] = ()
    forces: Sequence[str] = ()
    units: Sequence[str] = ()
    functions: Sequence[str] = ()
    total: int = 0
    is_past: bool = False
    reaches: bool = True
    marking: str = MARKING


def on_duty(actor: Actor, at: datetime, wanted: Filter, part: Part = ALL) -> Board:
    """Everybody on duty at the instant whom the actor may see, by force, unit, call sign and name.

    Who is away is not on it. Of the past, only what was allowed then as well as now is shown. Skills
    and authorities are those in date and valid at the instant, as far as the actor may read them.
    Raises NoSuchFilter for a code that nothing bears.
    """
    require_known(wanted, at)
    with guarded.acting(actor, as_of(at)):
        within = covering.held(wanted.force)
        there = present(within, at, wanted.unit)
        chosen = _chosen(actor, there, wanted, at)
        cover = cover_of(wanted)
        rows = _described(actor, part.of(chosen), within, at)
        return Board(
            at=at,
            rows=rows,
            counts=_counts(there, cover, at),
            gaps=gaps_ahead(within, cover, at, at + AHEAD),
            forces=sorted({within.forces[each.scope_id] for each in there}),
            units=sorted({each.unit for each in there}),
            functions=sorted({each.function for each in there if each.function}),
            total=len(chosen),
            is_past=as_of(at) is not None,
            reaches=bool(within.scopes or within.rows),
            marking=marking_of(each.entry for each in rows),
        )


def as_of(at: datetime) -> datetime | None:
    """The instant, if one looks back at it; the board of this minute is that of now."""
    return at if at < clock.now() - LATELY else None


def require_known(wanted: Filter, at: datetime) -> None:
    """Raises NoSuchFilter for a code that nothing bears: a slip is not an empty board."""
    on = civil.day_of(at)
    known: dict[str, Callable[[], Container[str]]] = {
        "skill": lambda: people.skills(on),
        "authority": lambda: people.authorities(on),
        "availability": lambda: set(Availability),
    }
    for name, codes in known.items():
        code = getattr(wanted, name)
        if code and code not in codes():
            raise NoSuchFilter(f"There is no {name} “{code}”.")


def present(within: Held, at: datetime, unit: str = "") -> list[Noted]:
    """Who is on duty or on call at the instant: not away, and not booked off by their status."""
    entries = covering.at_instant(within, at)
    away = {each.staff for each in entries if each.what == What.ABSENCE}
    off = statuses.off(civil.day_of(at))
    there = [
        each
        for each in entries
        if each.what != What.ABSENCE
        and each.staff not in away
        and each.status not in off
        and unit in ("", each.unit)
    ]
    forces = within.forces
    return sorted(
        there,
        key=lambda each: (
            forces.get(each.scope_id, ""),
            each.unit,
            each.call_sign,
            each.name,
            each.id,
        ),
    )


def _chosen(
    actor: Actor, there: Sequence[Noted], wanted: Filter, at: datetime
) -> Sequence[Noted]:
    known = statuses.statuses(civil.day_of(at))
    found = [
        each
        for each in there
        if wanted.function in ("", each.function)
        and wanted.availability in ("", board.availability(each.what, each.status, known))
    ]
    if not (wanted.skill or wanted.authority):
        return found
    staff = {UUID(each.staff) for each in found}
    held = people.holding(actor, staff, skill=wanted.skill, authority=wanted.authority)
    able = people.able(actor, held, at)
    wished = {str(each) for each, can in able.items() if is_able(can, wanted)}
    return [each for each in found if each.staff in wished]


def is_able(able: Able, wanted: Filter) -> bool:
    """Whether somebody has the skill and the authority that are asked for."""
    return (not wanted.skill or wanted.skill in able.skills) and (
        not wanted.authority or wanted.authority in able.authorities
    )


def _described(
    actor: Actor, noted: Sequence[Noted], within: Held, at: datetime
) -> list[OnDuty]:
    """The entries themselves, in the same order, with what their people can and may do."""
    known = statuses.statuses(civil.day_of(at))
    rows = entries_of(each.id for each in noted)
    able = people.able(actor, {each.staff for each in rows.values()}, at) if rows else {}
    return [
        OnDuty(
            row,
            within.forces.get(row.scope_id, ""),
            board.availability(row.what, row.status, known),
            able.get(row.staff, NOBODY),
        )
        for each in noted
        if (row := rows.get(each.id))
    ]


def entries_of(keys: Iterable[UUID | str]) -> dict[str, models.Entry]:
    """Entries by their keys, as text: from here on they count as read."""
    wanted = list(keys)
    rows = models.Entry.objects.filter(pk__in=wanted) if wanted else ()
    return {str(row.pk): row for row in rows}


def marking_of(entries: Iterable[models.Entry]) -> str:
    """The marking of a page or a file that shows these entries."""
    places = records.places_of({each.scope_id for each in entries}).values()
    compartments = [place.compartment for place in places]
    return records.marking_line([place.marking for place in places] or [MARKING], compartments)


def cover_of(wanted: Filter) -> list[Wanted]:
    """The minimum cover that the actor may see, of the unit and function that are asked for."""
    rows: Any = models.Cover.objects.order_by("unit", "function", "begins", "pk")
    if wanted.unit:
        rows = rows.filter(unit=wanted.unit)
    if wanted.function:
        rows = rows.filter(function__in=["", wanted.function])
    return [
        Wanted(each.unit, each.function, each.weekdays, each.begins, each.ends, each.minimum)
        for each in rows
    ]


def _counts(there: Sequence[Noted], cover: list[Wanted], at: datetime) -> list[Count]:
    on = [(each.unit, each.function) for each in there if each.what == What.DUTY]
    has, by_unit = Counter(on), Counter(unit for unit, _ in on)
    needs = {(each.unit, each.function): each.minimum for each in board.wanted_at(cover, at)}
    return [
        Count(
            unit,
            function,
            has[unit, function] if function else by_unit[unit],
            needs.get((unit, function), 0),
        )
        for unit, function in sorted({*has, *needs, *((unit, "") for unit in by_unit)})
    ]


def gaps_ahead(
    within: Held, cover: list[Wanted], starts_at: datetime, ends_at: datetime
) -> list[Gap]:
    """Where the cover is short in the period; who is absent or booked off does not count."""
    units = sorted({each.unit for each in cover})
    off = sorted(statuses.off(civil.day_of(starts_at)))
    found = covering.people_ahead(within, units, off, starts_at, ends_at) if units else []
    spans = [Span(begin, end, unit, fn, number) for unit, fn, begin, end, number in found]
    return board.gaps(cover, spans, starts_at, ends_at)


def scopes_of(force: str) -> list[int]:
    """The scopes of one force's duties that whoever acts may read."""
    return list(covering.held(force).scopes)


@guarded.acts
def why_empty(actor: Actor, at: datetime) -> insight.Explanation:
    """Why the actor sees duties, or what is missing."""
    return insight.explain(actor, ENTRY, "read", at)
