"""Who counts for cover that names a skill or an authority: people on duty, while they have it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from crossforce.duty.queries import running
from crossforce.duty.queries.running import Held, Only
from crossforce.duty.rules import statuses
from crossforce.duty.rules.board import ANYBODY, Needs, Span, Wanted
from crossforce.kernel import civil
from crossforce.kernel.periods import Period
from crossforce.people import api as people
from crossforce.people.api import Actor

WORKING: Final = (
    "scope_id, staff, unit, function, status, starts_at, ends_at",
    " AND what = 'duty'",
)
SHIFTS: Final = """
WITH away AS MATERIALIZED (
  SELECT staff, range_agg(tstzrange(starts_at, ends_at)) AS times FROM ({away}) a GROUP BY staff)
SELECT d.scope_id, d.staff, d.unit, d.function, d.status, lower(left_over), upper(left_over)
  FROM (SELECT w.*, tstzmultirange(tstzrange(greatest(w.starts_at, %s), least(w.ends_at, %s))) AS span
          FROM ({duties}) w) d
  LEFT JOIN away a ON a.staff = d.staff,
  unnest(d.span - coalesce(a.times, '{{}}')) left_over
"""


class Shift(NamedTuple):
    """One person's time on duty in a unit, without an absence in it."""

    scope: int
    staff: UUID
    unit: str
    function: str
    status: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Qualified:
    """Who counts when, for each skill and authority that cover names.

    Of the units that are `untold` the actor may read the skills and authorities of nobody, or of
    nobody of one force, who is on duty there: what is short cannot be said.
    """

    spans: Sequence[Span] = ()
    untold: frozenset[tuple[str, Needs]] = frozenset()

    def tells(self, wanted: Wanted) -> bool:
        """Whether it can be said if this cover is short."""
        return (wanted.unit, wanted.needs) not in self.untold

    def count(self, wanted: Wanted, at: datetime) -> int:
        """How many count for this cover at the instant."""
        return sum(
            each.people
            for each in self.spans
            if (each.unit, each.needs) == (wanted.unit, wanted.needs)
            and wanted.function in ("", each.function)
            and each.starts_at <= at < each.ends_at
        )


def qualified(
    actor: Actor, within: Held, cover: Iterable[Wanted], starts_at: datetime, ends_at: datetime
) -> Qualified:
    """Who counts in the period, for those rows of cover that name a skill or an authority."""
    units: defaultdict[Needs, set[str]] = defaultdict(set)
    for each in cover:
        if each.needs != ANYBODY:
            units[each.needs].add(each.unit)
    if not units:
        return Qualified()
    wanted = sorted(set().union(*units.values()))
    off = statuses.off(civil.day_of(starts_at))
    found = _shifts(within, starts_at, ends_at, Only(wanted))
    shifts = [each for each in found if each.status not in off]
    spans: list[Span] = []
    untold: set[tuple[str, Needs]] = set()
    for needs, of in units.items():
        some = [each for each in shifts if each.unit in of]
        able = people.able_through(
            actor,
            {each.staff for each in some},
            Period(starts_at, ends_at),
            skill=needs.skill,
            authority=needs.authority,
        )
        spans += (span for each in some for span in _counted(each, able, needs))
        untold |= {(unit, needs) for unit in _unread(actor, some, able, within)}
    return Qualified(spans, frozenset(untold))


def _shifts(within: Held, starts_at: datetime, ends_at: datetime, only: Only) -> list[Shift]:
    """Who of these units is on duty when in the period, one by one; absences are taken off."""
    duties, of_duties = running.statement(WORKING, within, starts_at, ends_at, only)
    away, of_away = running.away(within, starts_at, ends_at)
    given = [*of_away, starts_at, ends_at, *of_duties]
    found = running.figures(SHIFTS.format(away=away, duties=duties), given) if duties else []
    return [shift for shift in map(Shift._make, found) if within.has(shift.scope)]


def _counted(shift: Shift, able: dict[UUID, list[Period]], needs: Needs) -> Iterator[Span]:
    on = Period(shift.starts_at, shift.ends_at)
    for each in able.get(shift.staff, ()):
        both = each.intersection(on)
        if both and both.ends_at:
            yield Span(both.starts_at, both.ends_at, shift.unit, shift.function, 1, needs)


def _unread(
    actor: Actor, shifts: Iterable[Shift], able: dict[UUID, list[Period]], within: Held
) -> set[str]:
    """Units in which of one force nothing may be read, of whoever is on duty there."""
    people_of: defaultdict[tuple[str, str], set[UUID]] = defaultdict(set)
    for each in shifts:
        people_of[each.unit, within.force(each.scope)].add(each.staff)
    return {
        unit
        for (unit, force), staff in people_of.items()
        if not staff & able.keys() and not people.may_read(actor, force, min(staff))
    }
