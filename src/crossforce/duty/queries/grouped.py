"""How many do the same at the same time: counted by the database, so that no row per person comes here."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from crossforce.duty.queries import running
from crossforce.duty.queries.running import MOMENT, Held, Only
from crossforce.duty.queries.shown import instant
from crossforce.duty.rules import statuses
from crossforce.kernel import civil

COLUMNS: Final = "scope_id, staff, what, unit, function, status, starts_at, ends_at"
# Of those who begin later it is enough to know whether they count, and for what: far fewer groups.
GROUPS: Final = """
WITH rare AS MATERIALIZED ({rare}),
away AS MATERIALIZED (
  SELECT staff, range_agg(tstzrange(starts_at, ends_at)) AS times
    FROM (SELECT staff, starts_at, ends_at FROM rare WHERE what = 'absence' UNION ALL {elsewhere}) a GROUP BY staff),
there AS MATERIALIZED ({there}),
spans AS (
  SELECT scope_id, unit, function, what, status, greatest(starts_at, %s) AS starts_at, least(ends_at, %s) AS ends_at, people
    FROM there WHERE times IS NULL
   UNION ALL
  SELECT scope_id, unit, function, what, status, lower(left_over), upper(left_over), people
    FROM there, unnest(tstzmultirange(tstzrange(greatest(starts_at, %s), least(ends_at, %s))) - times) left_over
   WHERE times IS NOT NULL)
SELECT scope_id, unit, json_agg(json_build_array(function, what, status, starts_at, ends_at, people))::text
  FROM spans GROUP BY scope_id, unit
"""
THERE: Final = """
SELECT d.scope_id, d.unit, d.function, d.what, d.status, d.starts_at, d.ends_at, a.times, count(*) AS people
  FROM ({duties}) d LEFT JOIN away a ON a.staff = d.staff GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""
AHEAD: Final = """
SELECT d.scope_id, d.unit, {function}, 'duty', '', d.starts_at, d.ends_at, a.times, count(*)
  FROM ({duties}) d LEFT JOIN away a ON a.staff = d.staff
 WHERE d.what = 'duty' AND d.status <> ALL (%s) GROUP BY 1, 2, 3, 6, 7, 8
"""
ANY_FUNCTION, ITS_FUNCTION = "''", "CASE WHEN d.unit = ANY (%s) THEN d.function ELSE '' END"


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


def groups(
    within: Held,
    at: datetime,
    ends_at: datetime,
    units: Sequence[str] = (),
    functions_of: Sequence[str] = (),
) -> list[Group]:
    """Who is on duty or on call at the instant, and whose duties begin after it in the period.

    Absences are taken off. Of the first, statuses are not judged. Of those who come later, whoever is
    booked off is left out, and functions are told of these units alone.
    """
    if not (within.scopes or within.rows):
        return []
    there, given = _there(within, at, ends_at, units, functions_of)
    rare, of_rare = running.rare(within, at, ends_at)
    elsewhere, gone = running.elsewhere(within, at, ends_at)
    statement = GROUPS.format(rare=rare, elsewhere=elsewhere, there=there)
    clipped = [at, ends_at, at, ends_at]
    found = running.figures(statement, [*of_rare, *gone, *given, *clipped])
    return [
        Group(scope, unit, function, what, status, instant(begins), instant(ends), people)
        for scope, unit, text in found
        if within.has(scope)
        for function, what, status, begins, ends, people in json.loads(text)
    ]


def _there(
    within: Held,
    at: datetime,
    ends_at: datetime,
    units: Sequence[str],
    functions_of: Sequence[str],
) -> tuple[str, list[Any]]:
    """Who is there, and, where the period is longer than the instant, who comes."""
    there, given = _counted(THERE, within, at, at + MOMENT, Only(units, by=at))
    if ends_at <= at + MOMENT:
        return there, given
    function = ITS_FUNCTION if functions_of else ANY_FUNCTION
    named = [list(functions_of)] if functions_of else []
    off = sorted(statuses.off(civil.day_of(at)))
    how = AHEAD.format(function=function, duties="{duties}")
    ahead, more = _counted(
        how, within, at, ends_at, Only(units, after=at), before=named, behind=[off]
    )
    return f"{there} UNION ALL {ahead}", [*given, *more]


def _counted(
    how: str,
    within: Held,
    starts_at: datetime,
    ends_at: datetime,
    only: Only,
    *,
    before: Sequence[Any] = (),
    behind: Sequence[Any] = (),
) -> tuple[str, list[Any]]:
    """What is ordinary counted by itself: to bring the rare together with it first would pass every row on."""
    duties, given = running.ordinary(COLUMNS, within, starts_at, ends_at, only)
    words, more = only.words()
    rest = f"SELECT {COLUMNS} FROM rare WHERE what <> 'absence'{words}"  # noqa: S608 - our own words
    return (
        f"{how.format(duties=duties)} UNION ALL {how.format(duties=rest)}",
        [*before, *given, *behind, *before, *more, *behind],
    )


def present(ahead: Iterable[Group], at: datetime) -> list[Group]:
    """Who is on duty or on call at the instant: not away, and not booked off by their status."""
    off = statuses.off(civil.day_of(at))
    return [
        each for each in ahead if each.starts_at <= at < each.ends_at and each.status not in off
    ]
