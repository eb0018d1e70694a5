"""Duties that run at an instant or in a period: how far one reaches among them, and a statement of them.

However many are on duty, what is read of them is figures, and identifiers of entries that are then read
themselves (`shown`).
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from crossforce.duty import models
from crossforce.duty.choices import ENTRY, SHORT
from crossforce.kernel import guarded_rows
from crossforce.records import api as records

MOMENT: Final = timedelta(microseconds=1)
# Each scan works out anew what may be read. So what is rare, of which there is little, is read once for all that
# a statement asks of it: long ones, absences, and single rows that were opened to somebody.
RARE: Final = """scope_id = ANY (%s) AND (is_long OR what = 'absence' AND NOT is_long AND starts_at > %s)"""
RARELY: Final = "id, scope_id, staff, what, unit, function, status, starts_at, ends_at"
ORDINARY: Final = "scope_id = ANY (%s) AND NOT is_long AND starts_at > %s AND what <> 'absence'"
# Which columns of which entries a statement needs.
AWAY: Final = ("staff, starts_at, ends_at", " AND what = 'absence'")
ELSEWHERE: Final = "SELECT staff, starts_at, ends_at FROM duty_away(%s, %s, %s)"
"""Absences of those whose duties one reads, where one may not read them (sql/4_away.sql)."""
KNOWN: Final = """SELECT staff, starts_at, ends_at
  FROM unnest(%s::uuid[], %s::timestamptz[], %s::timestamptz[]) AS e (staff, starts_at, ends_at)
 WHERE starts_at < %s AND ends_at > %s"""
TURNING: Final = ("starts_at, ends_at", "")
# Nearly every duty is short, and begins in the day before: a narrow piece of the index. The few long
# ones have an index of their own; single rows that were opened to somebody are looked up by key.
SHORT_ONES: Final = "scope_id = ANY (%s) AND NOT is_long AND starts_at > %s"
LONG_ONES: Final = "scope_id = ANY (%s) AND is_long"
# Of a few scopes two scans cost more than one of both together.
FEW: Final = 16
BOTH: Final = "scope_id = ANY (%s) AND (is_long OR starts_at > %s)"
OPENED: Final = "id = ANY (%s) AND NOT scope_id = ANY (%s)"
RUNNING: Final = "cancelled_at IS NULL AND starts_at < %s AND ends_at > %s"
RAN: Final = (
    "(cancelled_at IS NULL OR cancelled_at > %s AND cancelled_at > created_at)"
    " AND starts_at < %s AND ends_at > %s"
)
"""What ran then, though it was cancelled since; not what came here as cancelled."""
FROM: Final = f"FROM {models.Entry._meta.db_table}"
TURNS: Final = """
SELECT min(starts_at) FILTER (WHERE starts_at > %s), min(ends_at)
  FROM ({running} UNION ALL SELECT starts_at, ends_at FROM ({elsewhere}) e) r
"""


class Gone(NamedTuple):
    """Who is away from duties that one reads, since when, and until when."""

    staff: Sequence[UUID]
    since: Sequence[datetime]
    until: Sequence[datetime]


class Held(NamedTuple):
    """How far whoever acts reaches among duties, and whose the scopes are; and whence they look back."""

    scopes: Sequence[int]
    rows: Sequence[UUID]
    forces: dict[int, str]
    only: str = ""
    then: datetime | None = None
    gone: Gone | None = None

    def has(self, scope: int) -> bool:
        """Whether a row in the scope is of the force that is asked for, if one is."""
        return self.only in ("", self.force(scope))

    def run(self, starts_at: datetime, ends_at: datetime) -> tuple[str, list[Any]]:
        """The condition that an entry runs in the period, with what is given to it."""
        if self.then:
            return RAN, [self.then, ends_at, starts_at]
        return RUNNING, [ends_at, starts_at]

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
    by: datetime | None = None
    after: datetime | None = None

    def words(self) -> tuple[str, list[Any]]:
        """The same as words of a statement, with what is given to them."""
        said: dict[str, Any] = {
            " AND unit = ANY (%s)": list(self.units) or None,
            " AND function = %s": self.function or None,
            " AND staff = ANY (%s::uuid[])": None
            if self.staff is None
            else list(map(str, self.staff)),
            " AND starts_at <= %s": self.by,
            " AND starts_at > %s": self.after,
        }
        given = {words: value for words, value in said.items() if value is not None}
        return "".join(given), list(given.values())


ANY: Final = Only()


def held(force: str = "", then: datetime | None = None) -> Held:
    """How far whoever acts reaches, in all or in one force; now, or as they look back."""
    far = guarded_rows.reach(ENTRY)
    forces = {number: place.holder for number, place in records.places_of(far.scopes).items()}
    scopes = [each for each in far.scopes if force in ("", forces[each])]
    return Held(scopes, far.rows, forces, force, then)


def statement(
    of: tuple[str, str], within: Held, starts_at: datetime, ends_at: datetime, only: Only = ANY
) -> tuple[str, list[Any]]:
    """A statement of what runs in the period, with what is given to it; "" where nothing can be seen."""
    (columns, what), (words, more) = of, only.words()
    select = f"SELECT {columns} {FROM} WHERE "
    scopes, (run, times) = list(within.scopes), within.run(starts_at, ends_at)
    arms: list[tuple[str, list[Any]]] = []
    if len(scopes) > FEW:
        arms = [(SHORT_ONES, [scopes, starts_at - SHORT]), (LONG_ONES, [scopes])]
    elif scopes:
        arms = [(BOTH, [scopes, starts_at - SHORT])]
    if within.rows:
        arms.append((OPENED, [list(within.rows), scopes]))
    given = [each for _, first in arms for each in [*first, *times, *more]]
    return " UNION ALL ".join(f"{select}{arm} AND {run}{what}{words}" for arm, _ in arms), given


def ordinary(
    columns: str, within: Held, starts_at: datetime, ends_at: datetime, only: Only = ANY
) -> tuple[str, list[Any]]:
    """A statement of the duties and on-calls that run in the period, but for those that are rare."""
    (words, more), (run, times) = only.words(), within.run(starts_at, ends_at)
    given = [list(within.scopes), starts_at - SHORT, *times, *more]
    return f"SELECT {columns} {FROM} WHERE {ORDINARY} AND {run}{words}", given


def rare(
    within: Held, starts_at: datetime, ends_at: datetime, columns: str = RARELY
) -> tuple[str, list[Any]]:
    """A statement of whatever else runs in the period, absences too."""
    select = f"SELECT {columns} {FROM} WHERE "
    scopes, (run, times) = list(within.scopes), within.run(starts_at, ends_at)
    words, given = f"{select}{RARE} AND {run}", [scopes, starts_at - SHORT, *times]
    if not within.rows:
        return words, given
    opened = f"{select}{OPENED} AND {run}"
    return f"{words} UNION ALL {opened}", [*given, list(within.rows), scopes, *times]


def away(within: Held, starts_at: datetime, ends_at: datetime) -> tuple[str, list[Any]]:
    """A statement of absences in the period, also of those that are noted out of reach."""
    words, given = statement(AWAY, within, starts_at, ends_at)
    more, of_more = elsewhere(within, starts_at, ends_at)
    return f"{words} UNION ALL {more}", [*given, *of_more]


def elsewhere(within: Held, starts_at: datetime, ends_at: datetime) -> tuple[str, list[Any]]:
    """A statement of those absences alone that are out of reach."""
    if within.gone is None:
        return ELSEWHERE, [starts_at, ends_at, within.then]
    return KNOWN, [*map(list, within.gone), ends_at, starts_at]


def knowing_who_is_gone(within: Held, starts_at: datetime, ends_at: datetime) -> Held:
    """The same, with what several statements about the period would each ask."""
    given = [starts_at, ends_at, within.then]
    found = records.cursor(models.Entry).figures(ELSEWHERE, given, planning={})
    staff, since, until = zip(*found, strict=True) if found else ((), (), ())
    return within._replace(gone=Gone(staff, since, until))


def figures(statement: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a statement works out over duties, planned for many."""
    return records.cursor(models.Entry).figures(
        statement, given, planning=guarded_rows.FOR_SOME
    )


def rows_begun(
    statement: str, given: Sequence[Any]
) -> AbstractContextManager[Callable[[], list[tuple[Any, ...]]]]:
    """Entries that a statement finds, while the block does something that asks nothing."""
    return records.cursor(models.Entry).rows_begun(
        statement, given, planning=guarded_rows.FOR_SOME
    )


def next_turn(within: Held, at: datetime, until: datetime) -> datetime | None:
    """When, after the instant and until another, anything first begins or ends."""
    words, given = statement(TURNING, within, at, until)
    if not words:
        return None
    (turns,) = figures(
        TURNS.format(running=words, elsewhere=ELSEWHERE), [at, *given, at, until, within.then]
    )
    return min((each for each in turns if each), default=None)
