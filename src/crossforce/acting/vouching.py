"""The triggers by which the database takes vouched rows from the platform's own process only (sql/3_vouched.sql)."""

from collections.abc import Iterator
from typing import Any, Final

from django.db import connection
from psycopg import sql

from crossforce.kernel import guarded_policies
from crossforce.kernel.guarded import models_of
from crossforce.kernel.vouched import Vouched

WRITTEN: Final = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD"}
SPENDS: Final = """CREATE OR REPLACE TRIGGER {name} AFTER {does} ON {table}
    REFERENCING {rows} TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION access_vouched_rows()"""
STANDING: Final = """SELECT count(DISTINCT tgtype) FROM pg_trigger
    WHERE tgrelid = to_regclass(%s) AND tgfoid = to_regproc('access_vouched_rows')
      AND tgenabled = 'A' AND tgqual IS NULL"""


def tables() -> list[str]:
    """Every table whose rows are vouched for."""
    return sorted(model._meta.db_table for model in models_of(Vouched))


def install(cursor: Any) -> None:
    """Put the triggers on every such table that lacks one, as the owner; none of them is emptied either."""
    for table in unguarded(cursor):
        for does, rows in WRITTEN.items():
            names = {
                "name": sql.Identifier(f"vouched_{does.lower()}"),
                "table": sql.Identifier(table),
            }
            made = sql.SQL(SPENDS).format(does=sql.SQL(does), rows=sql.SQL(rows), **names)
            cursor.execute(made)
            always = sql.SQL("ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}").format(**names)
            cursor.execute(always)
        revoked = guarded_policies.named("REVOKE TRUNCATE ON {} FROM ", table)
        cursor.execute(revoked + guarded_policies.application())


def unguarded(cursor: Any) -> Iterator[str]:
    """The tables that lack one of the three triggers, or have one that does not always fire."""
    for table in tables():
        cursor.execute(STANDING, [table])
        if cursor.fetchone() != (len(WRITTEN),):
            yield table


def faults() -> Iterator[str]:
    """One line for each table that is written by others than the platform alone."""
    with connection.cursor() as cursor:
        for table in unguarded(cursor):
            yield f"the table {table} is not kept from writing that nobody vouches for"
