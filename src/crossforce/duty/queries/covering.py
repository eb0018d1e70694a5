"""Duties that cover an instant or run in a period: in one statement, however many there are.

What is read here is counted, sorted and chosen from; it is shown to nobody until its entry is read.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from crossforce.duty import models
from crossforce.duty.choices import ENTRY, SHORT
from crossforce.kernel import guarded_rows
from crossforce.records import api as records

MOMENT: Final = timedelta(microseconds=1)
COLUMNS: Final = "id, scope_id, staff, what, unit, function, call_sign, name, status"
# Thousands are counted and sorted for a page of a hundred: they are read as text, and without times.
AS_TEXT: Final = COLUMNS.replace("id,", "id::text,", 1).replace("staff", "staff::text")
TIMES: Final = "starts_at, ends_at"
# Nearly every duty is short, and begins in the day before: a narrow piece of the index. The few long
# ones have an index of their own; single rows that were opened to somebody are looked up by key.
SHORT_ONES: Final = "scope_id = ANY (%s) AND NOT is_long AND starts_at > %s"
LONG_ONES: Final = "scope_id = ANY (%s) AND is_long"
OPENED: Final = "id = ANY (%s) AND NOT scope_id = ANY (%s)"
RUNNING: Final = "cancelled_at IS NULL AND starts_at < %s AND ends_at > %s"
AHEAD: Final = """
WITH ahead AS MATERIALIZED ({running}), there AS NOT MATERIALIZED (
  SELECT staff, unit, function, starts_at, ends_at FROM ahead
   WHERE what = 'duty' AND unit = ANY (%s) AND NOT status = ANY (%s))
SELECT unit, function, starts_at, ends_at, count(*) FROM there GROUP BY 1, 2, 3, 4
UNION ALL
SELECT t.unit, t.function, greatest(t.starts_at, a.starts_at), least(t.ends_at, a.ends_at), -count(*)
  FROM there t JOIN ahead a ON a.staff = t.staff AND a.what = 'absence'
   AND a.starts_at < t.ends_at AND a.ends_at > t.starts_at
 GROUP BY 1, 2, 3, 4
"""


class Noted(NamedTuple):
    """What counting and sorting need of an entry; identifiers are text."""

    id: str
    scope_id: int
    staff: str
    what: str
    unit: str
    function: str
    call_sign: str
    name: str
    status: str


class Timed(NamedTuple):
    """The same with its times."""

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
        if scope not in self.forces:
            self.forces[scope] = records.place_of(scope).holder
        return self.only in ("", self.forces[scope])


def held(force: str = "") -> Held:
    """How far whoever acts reaches, in all or in one force."""
    far = guarded_rows.reach(ENTRY)
    forces = {number: place.holder for number, place in records.places_of(far.scopes).items()}
    scopes = [each for each in far.scopes if force in ("", forces[each])]
    return Held(scopes, far.rows, forces, force)


def at_instant(within: Held, at: datetime) -> list[Noted]:
    """What covers the instant."""
    found = _found(AS_TEXT, within, at, at + MOMENT)
    has = within.has
    return [noted for noted in map(Noted._make, found) if has(noted.scope_id)]


def running(within: Held, starts_at: datetime, ends_at: datetime) -> list[Timed]:
    """What runs at any instant of the period."""
    found = _found(f"{COLUMNS}, {TIMES}", within, starts_at, ends_at)
    return [timed for timed in map(Timed._make, found) if within.has(timed.scope_id)]


def _found(
    columns: str, within: Held, starts_at: datetime, ends_at: datetime
) -> list[tuple[Any, ...]]:
    statement, given = _running(columns, within, starts_at, ends_at)
    return records.cursor(models.Entry).figures(statement, given) if statement else []


def people_ahead(
    within: Held,
    units: Sequence[str],
    off: Sequence[str],
    starts_at: datetime,
    ends_at: datetime,
) -> list[tuple[Any, ...]]:
    """How many are on duty, by unit, function and period; those of them who are absent, below nought."""
    columns = "staff, what, unit, function, status, starts_at, ends_at"
    statement, given = _running(columns, within, starts_at, ends_at)
    if not statement or not units:
        return []
    given += [list(units), list(off)]
    return records.cursor(models.Entry).figures(AHEAD.format(running=statement), given)


def _running(
    columns: str, within: Held, starts_at: datetime, ends_at: datetime
) -> tuple[str, list[Any]]:
    select = f"SELECT {columns} FROM {models.Entry._meta.db_table} WHERE "  # noqa: S608 - our own words
    arms: list[str] = []
    given: list[Any] = []
    times = [ends_at, starts_at]
    scopes = list(within.scopes)
    if scopes:
        arms += [f"{select}{SHORT_ONES} AND {RUNNING}", f"{select}{LONG_ONES} AND {RUNNING}"]
        given += [scopes, starts_at - SHORT, *times, scopes, *times]
    if within.rows:
        arms.append(f"{select}{OPENED} AND {RUNNING}")
        given += [list(within.rows), scopes, *times]
    return " UNION ALL ".join(arms), given
