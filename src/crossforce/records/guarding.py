"""What the database does for every kind, made from the declarations by the owner after each `migrate`.

Triggers write pointers, words and scopes in the transaction of the record, and take everything away
with it. Policies say who may see what stands beside a record (sql/1_records.sql).
"""

from importlib import resources
from typing import Any, Final

from django.db import models
from psycopg import sql

from crossforce.access import api as access
from crossforce.kernel import database
from crossforce.kernel.guarded import models_of
from crossforce.records.following import follow, named, trigger
from crossforce.records.governed import GovernedRecord

OPEN: Final = (
    "records_scopes(text)",
    "records_rows(text)",
    "records_known_scopes()",
    "records_known_rows()",
    "records_described(int[])",
    "records_grounds(text, text, int[])",
    "records_search(text, text[], int)",
)
RIGHTS: Final = {
    "records_pointer": "SELECT",
    "records_searched": "",
    "records_link": "SELECT, INSERT, DELETE",
    "records_hold": "SELECT, INSERT, UPDATE",
    "records_proposal": "SELECT, INSERT, UPDATE",
}


def reached(action: str, scope: str = "scope_id", key: str = "record") -> str:
    """Whether the actor may do this where the row says."""
    return (
        f"({scope} = ANY ((SELECT records_scopes('{action}'))::int[])"
        f" OR {key} = ANY ((SELECT records_rows('{action}'))::uuid[]))"
    )


def known(scope: str, key: str) -> str:
    """Whether the actor may at least know of it."""
    return (
        f"({scope} = ANY ((SELECT records_known_scopes())::int[])"
        f" OR {key} = ANY ((SELECT records_known_rows())::uuid[]))"
    )


MINE: Final = "(SELECT (access_acting()).posting) = posting"
ONE, OTHER = ("one_scope", "one"), ("other_scope", "other")
EITHER_EDITED: Final = f"({reached('edit', *ONE)} OR {reached('edit', *OTHER)})"
BOTH_KNOWN: Final = f"({known(*ONE)} AND {known(*OTHER)})"
BOTH_READ: Final = f"({reached('read', *ONE)} AND {reached('read', *OTHER)})"
POLICIES: Final = {
    "records_pointer": {"found": ("SELECT", reached("find", key="id"), "")},
    "records_searched": {},
    "records_link": {
        "seen": ("SELECT", BOTH_KNOWN, ""),
        "made": ("INSERT", "", f"{EITHER_EDITED} AND {BOTH_READ}"),
        "cut": ("DELETE", EITHER_EDITED, ""),
    },
    "records_hold": {
        "seen": ("SELECT", reached("read"), ""),
        "placed": ("INSERT", "", reached("edit")),
        "lifted": ("UPDATE", reached("edit"), reached("edit")),
    },
    "records_proposal": {
        "seen": ("SELECT", f"({MINE} AND {reached('read')}) OR {reached('edit')}", ""),
        "made": ("INSERT", "", f"{MINE} AND {reached('read')}"),
        "answered": ("UPDATE", reached("edit"), reached("edit")),
    },
}


def install(cursor: Any) -> None:
    """Bring functions, rights, policies and triggers up to date, as the owner."""
    for file in sorted(resources.files(__package__).joinpath("sql").iterdir(), key=str):
        cursor.execute(file.read_text())
    _limit_rights(cursor)
    for table, policies in POLICIES.items():
        access.secure(cursor, table, policies)
    for table in ("records_hold", "records_proposal"):
        trigger(cursor, "records_beside", table, "BEFORE INSERT", "records_beside")
    trigger(cursor, "records_ends", "records_link", "BEFORE INSERT", "records_ends")
    for model in models_of():
        follow(cursor, model)
    cursor.execute("DROP FUNCTION IF EXISTS records_follow()")


def _limit_rights(cursor: Any) -> None:
    role = sql.Identifier(database.plan().application.user)
    for table, rights in RIGHTS.items():
        cursor.execute(named("REVOKE ALL ON {} FROM PUBLIC, ", table) + role)
        if rights:
            cursor.execute(sql.SQL("GRANT " + rights) + named(" ON {} TO ", table) + role)
    cursor.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE proname LIKE 'records\\_%'"
    )
    for (function,) in cursor.fetchall():
        cursor.execute(sql.SQL(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC, ") + role)
    for function in OPEN:
        cursor.execute(sql.SQL(f"GRANT EXECUTE ON FUNCTION {function} TO ") + role)


def governed() -> dict[str, type[models.Model]]:
    """Every concrete record, by its kind."""
    return {
        model.record_kind: model  # type: ignore[attr-defined]
        for model in models_of(GovernedRecord)
    }
