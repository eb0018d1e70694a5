"""How many do the same at the same time: counted by the database, so that no row per person comes here."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from crossforce.duty.queries import running
from crossforce.duty.queries.running import ANY, AWAY, Held, Only
from crossforce.duty.queries.shown import instant
from crossforce.duty.rules import statuses
from crossforce.kernel import civil

COUNTED: Final = (
    "scope_id, staff, what, unit, function, status, starts_at, ends_at",
    " AND what <> 'absence'",
)
GROUPS: Final = """
WITH away AS MATERIALIZED (
  SELECT staff, range_agg(tstzrange(starts_at, ends_at)) AS times FROM ({away}) a GROUP BY staff),
there AS MATERIALIZED (
  SELECT d.scope_id, d.unit, {function} AS function, d.what, {status} AS status,
         greatest(d.starts_at, %s) AS starts_at, least(d.ends_at, %s) AS ends_at, a.times, count(*) AS people
    FROM ({duties}) d LEFT JOIN away a ON a.staff = d.staff
   GROUP BY 1, 2, 3, 4, 5, 6, 7, 8),
spans AS (
  SELECT scope_id, unit, function, what, status, starts_at, ends_at, people FROM there WHERE times IS NULL
   UNION ALL
  SELECT scope_id, unit, function, what, status, lower(left_over), upper(left_over), people
    FROM there, unnest(tstzmultirange(tstzrange(starts_at, ends_at)) - times) left_over WHERE times IS NOT NULL)
SELECT scope_id, unit, json_agg(json_build_array(function, what, status, starts_at, ends_at, people))::text
  FROM spans GROUP BY scope_id, unit
"""
# Of those who come later it may be enough to know whether they count, and for what: far fewer groups.
PLAIN: Final = ("d.function", "d.status")
FOLDED: Final = (
    "CASE WHEN d.starts_at <= %s OR d.unit = ANY (%s) THEN d.function ELSE '' END",
    "CASE WHEN d.starts_at <= %s OR d.status = ANY (%s) THEN d.status ELSE '' END",
)


class Group(NamedTuple):
    """So many people who do the same at the same time in a unit; while they are absent they are in none."""

    scope: int
    unit: str
    function: str
    what: str
    status: str
    starts_at: datetime
    ends_at: datetime
    people: int

    @property
    def does(self) -> str:
        """What they do, and the status they are in, as one word of a statement."""
        return f"{self.what} {self.status}"


class Later(NamedTuple):
    """What is told apart among those who begin later: functions of these units, and only these statuses."""

    functions_of: Sequence[str]
    statuses: Sequence[str]


def groups(
    within: Held,
    starts_at: datetime,
    ends_at: datetime,
    only: Only = ANY,
    later: Later | None = None,
) -> list[Group]:
    """Who is on duty or on call in the period, in groups; absences are taken off, statuses are not judged."""
    duties, of_duties = running.statement(COUNTED, within, starts_at, ends_at, only)
    if not duties:
        return []
    away, of_away = running.statement(AWAY, within, starts_at, ends_at)
    function, status = FOLDED if later else PLAIN
    folds = [each for which in later or () for each in (starts_at, list(which))]
    statement = GROUPS.format(away=away, duties=duties, function=function, status=status)
    found = running.figures(statement, [*of_away, *folds, starts_at, ends_at, *of_duties])
    return [
        Group(scope, unit, function, what, status, instant(begins), instant(ends), people)
        for scope, unit, text in found
        if within.has(scope)
        for function, what, status, begins, ends, people in json.loads(text)
    ]


def present(ahead: Iterable[Group], at: datetime) -> list[Group]:
    """Who is on duty or on call at the instant: not away, and not booked off by their status."""
    off = statuses.off(civil.day_of(at))
    return [
        each for each in ahead if each.starts_at <= at < each.ends_at and each.status not in off
    ]
