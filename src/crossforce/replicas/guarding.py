"""The counters' functions, and the triggers on every table from which rights are worked out; put up by the owner."""

from collections.abc import Iterator
from typing import Any, Final

from django.db import connection

from crossforce.kernel import guarded_policies

OPEN: Final = ("replicas_known()", "replicas_agrees(text, timestamptz)")
"""The functions that the application may call."""
TABLES: Final = (
    "access_grant",
    "access_key",
    "access_share",
    "organisations_organisation",
    "organisations_succession",
    "organisations_unit",
    "people_posting",
)
"""What `access_scopes` and `access_rows` read, but scopes: what a number stands for never changes."""
COUNTS: Final = """CREATE OR REPLACE TRIGGER replicas_changed AFTER INSERT OR UPDATE OR DELETE ON {}
    FOR EACH STATEMENT EXECUTE FUNCTION replicas_changed()"""
ALWAYS: Final = "ALTER TABLE {} ENABLE ALWAYS TRIGGER replicas_changed"
STANDING: Final = """SELECT count(*) FROM pg_trigger WHERE tgrelid = to_regclass(%s)
    AND tgfoid = to_regproc('replicas_changed') AND tgenabled = 'A' AND tgqual IS NULL"""


def install(cursor: Any) -> None:
    """Bring functions, rights and triggers up to date, as the owner."""
    guarded_policies.functions(cursor, __package__, OPEN)
    guarded_policies.rights(cursor, "replicas_change")
    for table in uncounted(cursor):
        for statement in (COUNTS, ALWAYS):
            cursor.execute(guarded_policies.named(statement, table))


def uncounted(cursor: Any) -> Iterator[str]:
    """The tables whose changes are not counted."""
    for table in TABLES:
        cursor.execute(STANDING, [table])
        if cursor.fetchone() != (1,):
            yield table


def faults() -> Iterator[str]:
    """One line for each such table."""
    with connection.cursor() as cursor:
        for table in uncounted(cursor):
            yield f"changes of the table {table} are not counted: a standby may lag behind unseen"
