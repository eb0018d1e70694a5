"""The minimum cover that units need, and when there will be too few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from crossforce.duty import models
from crossforce.duty.choices import COVER, MARKING
from crossforce.duty.queries import ahead, counting, running, whole
from crossforce.duty.queries.asked import Filter, require_known
from crossforce.duty.queries.unit_card import units
from crossforce.duty.rules.board import Gap
from crossforce.insight import api as insight
from crossforce.kernel import clock, guarded, guarded_watch
from crossforce.kernel.refusals import Missing, Refused
from crossforce.people.api import Actor
from crossforce.records import api as records

MOST_DAYS: Final = 62


class NoSuchCover(Missing):
    """There is no such minimum cover, or none that you may know of."""


class MayNotSet(Refused):
    """No agreement or policy lets you say what units need, in this posting and for this purpose."""


@dataclass(frozen=True, slots=True)
class Needed:
    """One row of minimum cover, and whose it is."""

    id: UUID
    version: int
    holder: str
    unit: str
    function: str
    weekdays: str
    begins: time
    ends: time
    minimum: int
    skill: str
    authority: str


@guarded.acts
def cover(actor: Actor, wanted: Filter) -> list[Needed]:
    """The minimum cover that the actor may read, of what is asked for. Raises NoSuchFilter."""
    require_known(actor, wanted, clock.now())
    rows = models.Cover.objects.within_reach().order_by("unit", "function", "begins", "pk")
    if wanted.unit:
        rows = rows.filter(unit=wanted.unit)
    if wanted.function:
        rows = rows.filter(function=wanted.function)
    listed = list(rows)
    places = records.places_of(each.scope_id for each in listed)
    found = [_needed(each, places[each.scope_id].holder) for each in listed]
    return [each for each in found if wanted.force in ("", each.holder)]


@guarded.acts
def one_cover(actor: Actor, key: UUID) -> Needed:
    """One row of minimum cover. Raises NoSuchCover."""
    row = cover_row(actor, key)
    return _needed(row, records.place_of(row.scope_id).holder)


@guarded.acts
def cover_row(actor: Actor, key: UUID) -> models.Cover:
    """The row itself, for whoever changes it. Raises NoSuchCover."""
    row: models.Cover | None = models.Cover.objects.filter(pk=key).first()
    if row is None:
        raise NoSuchCover
    return row


@dataclass(frozen=True, slots=True)
class Shortfalls:
    """When fewer will be on duty than needed, in order of time.

    Units of which the asker may not see the duties of every force that takes part are `hidden`: to
    count a part of the people would tell of gaps that are none. Of those that are `untold` the asker may
    not read the skills or authorities that their cover names. Of some gaps
    are `told_until` something ends by which they may be seen.
    """

    gaps: Sequence[Gap]
    hidden: Sequence[str]
    untold: Sequence[str] = ()
    told_until: Mapping[str, datetime] = field(default_factory=dict)


@guarded.acts
def shortfalls(actor: Actor, at: datetime, days: int, wanted: Filter) -> Shortfalls:
    """Where too few will be on duty, from the instant for so many days, as far as the actor may see.

    Raises NoSuchFilter for a code that nothing bears.
    """
    require_known(actor, wanted, at)
    first, *later = ahead.parts(at, at + timedelta(days=min(max(days, 1), MOST_DAYS)))
    needed = counting.cover_of(wanted.unit, wanted.function)
    hidden = whole.in_part(whole.shared({each.unit for each in needed}, at))
    counted = [each for each in needed if each.unit not in hidden]
    until = first.ends_at or at
    gaps, untold = counting.gaps_ahead(actor, running.held(), counted, at, until)
    whose = replace(wanted, force="")
    found = ahead.through(actor, whose, gaps, later, {*hidden, *untold})
    return Shortfalls(found.gaps, hidden, untold, found.until)


@guarded.acts
def taken_out(actor: Actor, at: datetime, days: int, wanted: Filter) -> Shortfalls:
    """The gaps, to leave the platform as a file: the cover that they tell of is disclosed."""
    guarded_watch.takes_out("gaps-ahead")
    return shortfalls(actor, at, days, wanted)


@guarded.acts
def may_set(actor: Actor) -> bool:
    """Whether some clause lets the actor say what units need."""
    return insight.may_add(actor, COVER)


@guarded.acts
def units_to_set(actor: Actor) -> list[tuple[str, str]]:
    """The units of which the actor may say what they need: code and title. Raises MayNotSet."""
    require_setting(actor)
    holder = actor.organisation
    scopes = {
        each: guarded.ScopeOf(holder, COVER, f"unit:{each.code}", "", MARKING)
        for each in units(actor, clock.now())
    }
    may = guarded.open_scopes("add", scopes.values())
    return [(each.code, each.title) for each, scope in scopes.items() if scope in may]


def require_setting(actor: Actor) -> None:
    """Raises MayNotSet."""
    if not may_set(actor):
        raise MayNotSet


def _needed(row: models.Cover, holder: str) -> Needed:
    return Needed(
        row.pk,
        row.version,
        holder,
        row.unit,
        row.function,
        row.weekdays,
        row.begins,
        row.ends,
        row.minimum,
        row.skill,
        row.authority,
    )
