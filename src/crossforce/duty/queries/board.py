"""Who is on duty at an instant, as far as whoever asks may see."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q

from crossforce.access import api as access
from crossforce.duty import models
from crossforce.duty.choices import ENTRY, SHORT, What
from crossforce.duty.rules import board, statuses
from crossforce.duty.rules.board import Availability, Gap, Wanted
from crossforce.kernel import civil, clock, guarded
from crossforce.people import api as people
from crossforce.people.api import Able, Actor
from crossforce.records import api as records

AHEAD: Final = timedelta(hours=24)
NOBODY: Final = Able()


@dataclass(frozen=True, slots=True)
class Filter:
    """Whom to show; every condition given must hold."""

    force: str = ""
    unit: str = ""
    function: str = ""
    skill: str = ""
    authority: str = ""
    availability: str = ""


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
    """Everybody on duty at an instant, the counts against minimum cover, and the gaps ahead."""

    at: datetime
    rows: Sequence[OnDuty]
    counts: Sequence[Count] = ()
    gaps: Sequence[Gap] = ()
    forces: Sequence[str] = field(default=())


def on_duty(actor: Actor, at: datetime, wanted: Filter) -> Board:
    """Everybody on duty at the instant whom the actor may see, by force, unit, call sign and name.

    Who is away is not on it. Of the past, only what was allowed then as well as now is shown. Skills
    and authorities are those in date and valid at the instant, as far as the actor may read them.
    """
    is_past = at < clock.now() - timedelta(minutes=1)
    with guarded.acting(actor, at if is_past else None):
        entries = _covering(at, wanted)
        away = {each.staff for each in entries if each.what == What.ABSENCE}
        there = [
            each for each in entries if each.what != What.ABSENCE and each.staff not in away
        ]
        rows = _described(actor, there, at)
        shown = [each for each in rows if _is_wanted(each, wanted)]
        cover = _cover(wanted)
        return Board(
            at,
            shown,
            _counts(rows, cover, at),
            _gaps(wanted, cover, at) if cover else [],
            sorted({each.force for each in rows}),
        )


def _covering(at: datetime, wanted: Filter) -> list[models.Entry]:
    rows = models.Entry.objects.within_reach().filter(
        cancelled_at__isnull=True, starts_at__lte=at, ends_at__gt=at
    )
    if wanted.force:
        rows = rows.filter(scope_id__in=scopes_of(wanted.force))
    absent = Q(what=What.ABSENCE)
    if wanted.unit:
        rows = rows.filter(Q(unit=wanted.unit) | absent)
    short = rows.filter(is_long=False, starts_at__gt=at - SHORT)
    long = rows.filter(is_long=True)
    return [*short, *long]


def scopes_of(force: str) -> list[int]:
    """The scopes of one force's duties that whoever acts may read."""
    reached = access.scopes(ENTRY, "read")
    return [each for each in reached if records.place_of(each).holder == force]


def _described(actor: Actor, entries: Iterable[models.Entry], at: datetime) -> list[OnDuty]:
    listed = list(entries)
    known = statuses.statuses(civil.day_of(at))
    able = people.able(actor, {each.staff for each in listed}, at)
    forces = {each: records.place_of(each).holder for each in {e.scope_id for e in listed}}
    found = [
        OnDuty(
            each,
            forces[each.scope_id],
            board.availability(each.what, each.status, known),
            able.get(each.staff, NOBODY),
        )
        for each in listed
        if not each.status or each.status not in known or known[each.status].is_on
    ]
    return sorted(
        found,
        key=lambda row: (row.force, row.entry.unit, row.entry.call_sign, row.entry.name),
    )


def _is_wanted(row: OnDuty, wanted: Filter) -> bool:
    return (
        wanted.function in ("", row.entry.function)
        and (not wanted.skill or wanted.skill in row.able.skills)
        and (not wanted.authority or wanted.authority in row.able.authorities)
        and wanted.availability in ("", row.availability)
    )


def _cover(wanted: Filter) -> list[Wanted]:
    rows: Any = models.Cover.objects.order_by("unit", "function", "begins", "pk")
    if wanted.unit:
        rows = rows.filter(unit=wanted.unit)
    if wanted.function:
        rows = rows.filter(function__in=["", wanted.function])
    return [
        Wanted(each.unit, each.function, each.weekdays, each.begins, each.ends, each.minimum)
        for each in rows
    ]


def _counts(rows: Sequence[OnDuty], cover: list[Wanted], at: datetime) -> list[Count]:
    on = [each.entry for each in rows if each.entry.what == What.DUTY]
    has = Counter((each.unit, each.function) for each in on)
    by_unit = Counter(each.unit for each in on)
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


def _gaps(wanted: Filter, cover: list[Wanted], at: datetime) -> list[Gap]:
    ahead = models.Entry.objects.within_reach().filter(
        cancelled_at__isnull=True,
        what=What.DUTY,
        starts_at__lt=at + AHEAD,
        ends_at__gt=at,
        unit__in=sorted({each.unit for each in cover}),
    )
    near = Q(starts_at__gt=at - SHORT) | Q(is_long=True)
    spans = [
        (each.starts_at, each.ends_at, each.unit, each.function) for each in ahead.filter(near)
    ]
    return board.gaps(cover, spans, at, at + AHEAD)
