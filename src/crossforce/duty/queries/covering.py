"""Duties that cover an instant or run in a period, counted and chosen by the database.

However many are on duty, no row per person comes here but those of the page that is asked for: what
is read is figures, and identifiers of entries that are then read themselves.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from crossforce.duty import models
from crossforce.duty.choices import ENTRY, SHORT
from crossforce.kernel import guarded_rows
from crossforce.records import api as records

MOMENT: Final = timedelta(microseconds=1)
# Which columns of which entries a statement needs.
TIMED: Final = (
    "id, scope_id, staff, what, unit, function, call_sign, name, status, starts_at, ends_at",
    "",
)
TURNING: Final = ("starts_at, ends_at", "")
COUNTED: Final = (
    "scope_id, staff, what, unit, function, status, starts_at, ends_at",
    " AND what <> 'absence'",
)
CHOSEN: Final = (
    "id, scope_id, staff, what, unit, status, call_sign, name",
    " AND what <> 'absence'",
)
WORKING: Final = (
    "scope_id, staff, unit, function, status, starts_at, ends_at",
    " AND what = 'duty'",
)
AWAY: Final = ("staff, starts_at, ends_at", " AND what = 'absence'")
# Nearly every duty is short, and begins in the day before: a narrow piece of the index. The few long
# ones have an index of their own; single rows that were opened to somebody are looked up by key.
SHORT_ONES: Final = "scope_id = ANY (%s) AND NOT is_long AND starts_at > %s"
LONG_ONES: Final = "scope_id = ANY (%s) AND is_long"
# Each scan works out anew what may be read; of a few scopes that costs more than reading both together.
FEW: Final = 16
BOTH: Final = "scope_id = ANY (%s) AND (is_long OR starts_at > %s)"
OPENED: Final = "id = ANY (%s) AND NOT scope_id = ANY (%s)"
RUNNING: Final = "cancelled_at IS NULL AND starts_at < %s AND ends_at > %s"
# Many duties make few groups: the planner, which is not shown how many there are, would sort them.
PLANNING: Final = {**guarded_rows.FOR_MUCH, "enable_sort": "off", "work_mem": "16MB"}

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
SHIFTS: Final = """
WITH away AS MATERIALIZED (
  SELECT staff, range_agg(tstzrange(starts_at, ends_at)) AS times FROM ({away}) a GROUP BY staff)
SELECT d.scope_id, d.staff, d.unit, d.function, d.status, lower(left_over), upper(left_over)
  FROM (SELECT w.*, tstzmultirange(tstzrange(greatest(w.starts_at, %s), least(w.ends_at, %s))) AS span
          FROM ({duties}) w) d
  LEFT JOIN away a ON a.staff = d.staff,
  unnest(d.span - coalesce(a.times, '{{}}')) left_over
"""
THERE: Final = """
  FROM ({duties}) d
  JOIN unnest(%s::int[], %s::text[], %s::int[]) AS b (scope_id, unit, place) ON b.scope_id = d.scope_id AND b.unit = d.unit
 WHERE d.what || ' ' || d.status = ANY (%s) AND NOT EXISTS (SELECT FROM away WHERE away.staff = d.staff)
"""
PAGE: Final = f"""
WITH away AS MATERIALIZED ({{away}})
SELECT d.id::text {THERE} ORDER BY b.place, d.call_sign, d.name, d.id OFFSET %s LIMIT %s
"""
PEOPLE: Final = f"""
WITH away AS MATERIALIZED ({{away}}),
people AS (SELECT d.staff, count(*) AS entries {THERE} GROUP BY 1)
SELECT json_object_agg(staff, entries)::text FROM people
"""  # noqa: S608 - our own words
TURNS: Final = (
    "SELECT min(starts_at) FILTER (WHERE starts_at > %s), min(ends_at) FROM ({running}) r"
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


class Shift(NamedTuple):
    """One person's time on duty in a unit, without an absence in it."""

    scope: int
    staff: UUID
    unit: str
    function: str
    status: str
    starts_at: datetime
    ends_at: datetime


class Timed(NamedTuple):
    """What a timeline sorts by."""

    id: UUID
    scope_id: int
    staff: UUID
    what: str
    unit: str
    function: str
    call_sign: str
    name: str
    status: str
    starts_at: datetime
    ends_at: datetime


class Held(NamedTuple):
    """How far whoever acts reaches among duties, and whose the scopes are."""

    scopes: Sequence[int]
    rows: Sequence[UUID]
    forces: dict[int, str]
    only: str = ""

    def has(self, scope: int) -> bool:
        """Whether a row in the scope is of the force that is asked for, if one is."""
        return self.only in ("", self.force(scope))

    def force(self, scope: int) -> str:
        """Whose the scope is."""
        if scope not in self.forces:
            self.forces[scope] = records.place_of(scope).holder
        return self.forces[scope]


class Only(NamedTuple):
    """Which duties, of all that run; nothing given is any."""

    units: Sequence[str] = ()
    function: str = ""
    staff: Sequence[UUID | str] | None = None

    def words(self) -> tuple[str, list[Any]]:
        """The same as words of a statement, with what is given to them."""
        said: dict[str, Any] = {
            " AND unit = ANY (%s)": list(self.units) or None,
            " AND function = %s": self.function or None,
            " AND staff = ANY (%s::uuid[])": None
            if self.staff is None
            else list(map(str, self.staff)),
        }
        given = {words: value for words, value in said.items() if value is not None}
        return "".join(given), list(given.values())


class Chosen(NamedTuple):
    """Whom to show, of those who are there: of these scopes and units, in their order, who do one of these."""

    places: Sequence[tuple[int, str, int]]
    does: Sequence[str]
    function: str = ""
    staff: Sequence[UUID | str] | None = None


class Later(NamedTuple):
    """What is told apart among those who begin later: functions of these units, and only these statuses."""

    functions_of: Sequence[str]
    statuses: Sequence[str]


ANY: Final = Only()


def held(force: str = "") -> Held:
    """How far whoever acts reaches, in all or in one force."""
    far = guarded_rows.reach(ENTRY)
    forces = {number: place.holder for number, place in records.places_of(far.scopes).items()}
    scopes = [each for each in far.scopes if force in ("", forces[each])]
    return Held(scopes, far.rows, forces, force)


def groups(
    within: Held,
    starts_at: datetime,
    ends_at: datetime,
    only: Only = ANY,
    later: Later | None = None,
) -> list[Group]:
    """Who is on duty or on call in the period, in groups; absences are taken off, statuses are not judged."""
    duties, of_duties = _running(COUNTED, within, starts_at, ends_at, only)
    if not duties:
        return []
    away, of_away = _running(AWAY, within, starts_at, ends_at)
    function, status = FOLDED if later else PLAIN
    folds = [each for which in later or () for each in (starts_at, list(which))]
    statement = GROUPS.format(away=away, duties=duties, function=function, status=status)
    found = _figures(statement, [*of_away, *folds, starts_at, ends_at, *of_duties])
    return [
        Group(scope, unit, function, what, status, _instant(begins), _instant(ends), people)
        for scope, unit, text in found
        if within.has(scope)
        for function, what, status, begins, ends, people in json.loads(text)
    ]


def page(
    within: Held, at: datetime, chosen: Chosen, offset: int, limit: int | None
) -> list[str]:
    """Identifiers of entries at the instant in order of place, call sign and name: so many, after so many."""
    if not chosen.places:
        return []
    statement, given = _there(PAGE, within, at, chosen)
    return [row for (row,) in _figures(statement, [*given, offset, limit])]


def people_at(within: Held, at: datetime, chosen: Chosen) -> dict[UUID, int]:
    """Who is there at the instant, and by how many entries."""
    if not chosen.places:
        return {}
    statement, given = _there(PEOPLE, within, at, chosen)
    ((text,),) = _figures(statement, given)
    return {UUID(staff): entries for staff, entries in json.loads(text or "{}").items()}


def _there(statement: str, within: Held, at: datetime, chosen: Chosen) -> tuple[str, list[Any]]:
    scopes, units, places = (list(each) for each in zip(*chosen.places, strict=True))
    only = Only(sorted(set(units)), chosen.function, chosen.staff)
    near = within._replace(scopes=sorted(set(scopes)))
    duties, of_duties = _running(CHOSEN, near, at, at + MOMENT, only)
    away, of_away = _running(AWAY, within, at, at + MOMENT)
    given = [*of_away, *of_duties, scopes, units, places, list(chosen.does)]
    return statement.format(away=away, duties=duties), given


def running(within: Held, starts_at: datetime, ends_at: datetime) -> list[Timed]:
    """What runs at any instant of the period."""
    statement, given = _running(TIMED, within, starts_at, ends_at)
    found = _figures(statement, given) if statement else []
    return [timed for timed in map(Timed._make, found) if within.has(timed.scope_id)]


def shifts(within: Held, starts_at: datetime, ends_at: datetime, only: Only) -> list[Shift]:
    """Who of these units is on duty when in the period, one by one; absences are taken off."""
    duties, of_duties = _running(WORKING, within, starts_at, ends_at, only)
    away, of_away = _running(AWAY, within, starts_at, ends_at)
    given = [*of_away, starts_at, ends_at, *of_duties]
    found = _figures(SHIFTS.format(away=away, duties=duties), given) if duties else []
    return [shift for shift in map(Shift._make, found) if within.has(shift.scope)]


def next_turn(within: Held, at: datetime, until: datetime) -> datetime | None:
    """When, after the instant and until another, anything first begins or ends."""
    statement, given = _running(TURNING, within, at, until)
    if not statement:
        return None
    (turns,) = _figures(TURNS.format(running=statement), [at, *given])
    return min((each for each in turns if each), default=None)


def _figures(statement: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
    return records.cursor(models.Entry).figures(statement, given, planning=PLANNING)


def _running(
    of: tuple[str, str], within: Held, starts_at: datetime, ends_at: datetime, only: Only = ANY
) -> tuple[str, list[Any]]:
    """A statement of what runs in the period; "" where nothing can be seen."""
    (columns, what), (words, more) = of, only.words()
    select = f"SELECT {columns} FROM {models.Entry._meta.db_table} WHERE "  # noqa: S608 - our own words
    scopes, times = list(within.scopes), [ends_at, starts_at]
    arms: list[tuple[str, list[Any]]] = []
    if len(scopes) > FEW:
        arms = [(SHORT_ONES, [scopes, starts_at - SHORT]), (LONG_ONES, [scopes])]
    elif scopes:
        arms = [(BOTH, [scopes, starts_at - SHORT])]
    if within.rows:
        arms.append((OPENED, [list(within.rows), scopes]))
    given = [each for _, first in arms for each in [*first, *times, *more]]
    return " UNION ALL ".join(
        f"{select}{arm} AND {RUNNING}{what}{words}" for arm, _ in arms
    ), given


@lru_cache(maxsize=4096)
def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
