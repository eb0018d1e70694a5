"""The minimum cover that units need, and when there will be too few."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.duty import models
from crossforce.duty.choices import COVER, MARKING
from crossforce.duty.queries import counting, running, whole
from crossforce.duty.queries.asked import Filter
from crossforce.duty.queries.card import units
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
    """The minimum cover that the actor may read, of the unit and the function asked for."""
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
    not read the skills or authorities that their cover names.
    """

    gaps: Sequence[Gap]
    hidden: Sequence[str]
    untold: Sequence[str] = ()


@guarded.acts
def shortfalls(actor: Actor, at: datetime, days: int, wanted: Filter) -> Shortfalls:
    """Where too few will be on duty, from the instant for so many days, as far as the actor may see."""
    ends_at = at + timedelta(days=min(max(days, 1), MOST_DAYS))
    needed = counting.cover_of(wanted.unit, wanted.function)
    hidden = whole.in_part(whole.shared({each.unit for each in needed}, at))
    counted = [each for each in needed if each.unit not in hidden]
    gaps, untold = counting.gaps_ahead(actor, running.held(), counted, at, ends_at)
    return Shortfalls(gaps, hidden, untold)


@guarded.acts
def taken_out(actor: Actor, at: datetime, days: int, wanted: Filter) -> Shortfalls:
    """The gaps, to leave the platform as a file: the cover that they tell of is disclosed."""
    guarded_watch.takes_out("gaps-ahead")
    return shortfalls(actor, at, days, wanted)


@guarded.acts
def may_set(actor: Actor) -> bool:
    """Whether some clause lets the actor say what units need."""
    if access.scopes(COVER, "add"):
        return True
    return bool(insight.explain(actor, COVER, "add", clock.now()).because)


@guarded.acts
def units_to_set(actor: Actor) -> list[tuple[str, str]]:
    """The units of which the actor may say what they need: code and title. Raises MayNotSet."""
    require_setting(actor)
    known = {code: title for code, title, _ in units(actor, clock.now())}
    scopes = {code: _scope(actor.organisation, code) for code in known}
    may = set(access.scopes(COVER, "add"))
    return [(code, title) for code, title in known.items() if scopes[code] in may]


def _scope(holder: str, unit: str) -> int:
    return guarded.scope(guarded.ScopeOf(holder, COVER, f"unit:{unit}", "", MARKING))


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
