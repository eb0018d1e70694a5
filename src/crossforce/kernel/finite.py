"""Days, times, periods and numbers that the application may write are ones that there are: no `infinity`, no NaN, no hour 24.

PostgreSQL takes them and Python does not: nobody's page that lists such a row could be drawn any more. One
constraint a table, put up by the owner after each `migrate` for whatever columns there are by then.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from django.db import IntegrityError
from psycopg import sql

from crossforce.kernel import database

SUFFIX: Final = "_finite"
FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2999
"""A year that is reckoned from, some decades on or back, is one that there is too."""

DAY: Final = f"{{0}} >= '{FIRST_YEAR}-01-01' AND {{0}} < '{LAST_YEAR + 1}-01-01'"
# A period may have no begin and no end; but one of its days is a day. What holds from the beginning of time is from year 1.
PERIOD: Final = (
    f"coalesce(lower({{0}}) >= '0001-01-01' AND lower({{0}}) < '{LAST_YEAR + 1}-01-01', true)"
    f" AND coalesce(upper({{0}}) > '0001-01-01' AND upper({{0}}) <= '{LAST_YEAR + 1}-01-01', true)"
)
NUMBER: Final = "{0} NOT IN ('NaN', 'Infinity', '-Infinity')"
IS: Final = {
    "date": DAY,
    "timestamp without time zone": DAY,
    "timestamp with time zone": DAY.replace("-01-01", "-01-01T00:00Z"),
    "time without time zone": "{0} < '24:00'",
    "interval": "isfinite({0})",
    "daterange": PERIOD,
    "tstzrange": PERIOD.replace("-01-01", "-01-01T00:00Z"),
    "numeric": NUMBER,
    "double precision": NUMBER,
    "real": NUMBER,
}
"""By type of column: what is true of every value that there is."""

WORDS: Final = (
    f"A day or number there is beyond any that is kept: years are {FIRST_YEAR} to {LAST_YEAR}."
    " What has no end is sent without one."
)
"""What is told to whoever sent one that there is not."""

WRITABLE: Final = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attname), array_agg(t.name ORDER BY a.attname)
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid, format_type(a.atttypid, NULL) AS t (name)
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND t.name = ANY (%s)
   AND (has_column_privilege(%s, c.oid, a.attnum, 'INSERT')
        OR has_column_privilege(%s, c.oid, a.attnum, 'UPDATE'))
 GROUP BY 1 ORDER BY 1"""
STANDING: Final = r"""
SELECT c.relname, obj_description(o.oid, 'pg_constraint'), o.convalidated
  FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid
 WHERE c.relnamespace = 'public'::regnamespace AND o.contype = 'c' AND o.conname = c.relname || %s"""
# Rows from before are looked at afterwards, while others go on writing.
PUT: Final = """ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}, ADD CONSTRAINT {name} CHECK ({said}) NOT VALID;
COMMENT ON CONSTRAINT {name} ON {table} IS {mark}"""
SETTLE: Final = """DO $$ BEGIN ALTER TABLE {table} VALIDATE CONSTRAINT {name};
EXCEPTION WHEN check_violation THEN NULL; END $$"""


def install(cursor: Any) -> None:
    """Put up what is missing or has changed, as the owner; what stands already is not touched."""
    standing = _standing(cursor)
    for table, said in _wanted(cursor):
        mark = hashlib.sha256(said.encode()).hexdigest()
        names = {"table": sql.Identifier(table), "name": sql.Identifier(table + SUFFIX)}
        found, is_settled = standing.get(table, (None, False))
        if found != mark:
            put = sql.SQL(PUT).format(said=sql.SQL(said), mark=sql.Literal(mark), **names)
            cursor.execute(put)
            is_settled = False
        if not is_settled:
            cursor.execute(sql.SQL(SETTLE).format(**names))


def unsettled(cursor: Any) -> list[str]:
    """The tables that hold, from before, a value which there is not."""
    return sorted(
        table for table, (_, is_settled) in _standing(cursor).items() if not is_settled
    )


def is_refused(fault: BaseException) -> bool:
    """Whether the database refused a value that there is not."""
    said = getattr(getattr(fault.__cause__, "diag", None), "constraint_name", None) or ""
    return isinstance(fault, IntegrityError) and said.endswith(SUFFIX)


def _wanted(cursor: Any) -> Iterator[tuple[str, str]]:
    role = database.plan().application.user
    cursor.execute(WRITABLE, [list(IS), role, role])
    for table, columns, types in cursor.fetchall():
        pairs = zip(columns, types, strict=True)
        yield table, " AND ".join(IS[kind].format(f'"{column}"') for column, kind in pairs)


def _standing(cursor: Any) -> dict[str, tuple[str | None, bool]]:
    cursor.execute(STANDING, [SUFFIX])
    return {table: (mark, is_settled) for table, mark, is_settled in cursor.fetchall()}
