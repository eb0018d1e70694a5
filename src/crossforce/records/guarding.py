"""What the database does for every kind, made from the declarations by the owner after each `migrate`.

Triggers write pointers, words and scopes in the transaction of the record, and take everything away
with it. Policies say who may see what stands beside a record (sql/1_records.sql).
"""

from typing import Any, Final

from django.db import models
from psycopg import sql

from crossforce.kernel import guarded_policies, registry
from crossforce.kernel.guarded import by_kind, models_of
from crossforce.records.following import EACH, follow, revoke, trigger
from crossforce.records.governed import GovernedRecord
from crossforce.records.telling import tell

OPEN: Final = (
    "records_scopes(text)",
    "records_rows(text)",
    "records_known_scopes()",
    "records_known_rows()",
    "records_ended()",
    "records_ends_going(text, text)",
    "records_described(int[])",
    "records_left(text, text)",
    "records_grounds(text, text, int[])",
    "records_listed(text, int, int[])",
    "records_search(text, text[], int)",
)
RIGHTS: Final = {
    "records_pointer": "SELECT",
    "records_searched": "",
    "records_ends": "SELECT",
    "records_cut": "",
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
CUTTER: Final = (
    f"({reached('edit', *ONE)} OR (relation <> 'needs' AND {reached('edit', *OTHER)}))"
)
"""What a record needs is not for the holder of that to cut."""
BOTH_KNOWN: Final = f"({known(*ONE)} AND {known(*OTHER)})"
BOTH_READ: Final = f"({reached('read', *ONE)} AND {reached('read', *OTHER)})"
STANDING: Final = "EXISTS (SELECT FROM records_ends e WHERE e.record = {key})"
"""That both ends of a record are known, which are seen only then."""
IF_BETWEEN: Final = f"(kind <> ALL ((SELECT records_ended())::text[]) OR {STANDING})"
HELD: Final = IF_BETWEEN.format(key="records_hold.record")
PROPOSED: Final = IF_BETWEEN.format(key="records_proposal.record")
ENDED: Final = """CREATE OR REPLACE FUNCTION records_ended() RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$ SELECT {kinds}::text[] $$"""
"""The kinds that have ends."""
# What may be changed may be seen, said twice: of an UPDATE or DELETE that names no column PostgreSQL asks no more.
POLICIES: Final = {
    "records_pointer": {
        "found": (
            "SELECT",
            f"{reached('find', key='id')} AND {IF_BETWEEN.format(key='records_pointer.id')}",
            "",
        )
    },
    "records_searched": {},
    "records_cut": {},
    "records_ends": {"seen": ("SELECT", BOTH_KNOWN, "")},
    "records_link": {
        "seen": ("SELECT", BOTH_KNOWN, ""),
        "made": ("INSERT", "", f"{EITHER_EDITED} AND {BOTH_READ}"),
        "cut": ("DELETE", f"{CUTTER} AND {BOTH_KNOWN}", ""),
    },
    "records_hold": {
        "seen": ("SELECT", f"{reached('read')} AND {HELD}", ""),
        "placed": ("INSERT", "", f"{reached('edit')} AND {HELD}"),
        "lifted": (
            "UPDATE",
            f"{reached('read')} AND {reached('edit')} AND {HELD}",
            reached("edit"),
        ),
    },
    "records_proposal": {
        "seen": (
            "SELECT",
            f"(({MINE} AND {reached('read')}) OR {reached('edit')}) AND {PROPOSED}",
            "",
        ),
        "made": ("INSERT", "", f"{MINE} AND {reached('read')} AND {PROPOSED}"),
        "answered": ("UPDATE", f"{reached('edit')} AND {PROPOSED}", reached("edit")),
    },
}
BY_WHOM: Final = {
    "records_link": ("linked_by",),
    "records_hold": ("placed_by", "lifted_by"),
    "records_proposal": ("proposed_by", "answered_by"),
}
"""What is told of who acted, which is held to the truth."""


def install(cursor: Any) -> None:
    """Bring functions, rights, policies and triggers up to date, as the owner."""
    kinds = sql.Literal([each.name for each in registry.record_kinds if each.ends])
    cursor.execute(sql.SQL(ENDED).format(kinds=kinds))
    revoke(cursor, "ALL ON FUNCTION records_ended()")
    guarded_policies.functions(cursor, __package__, OPEN)
    for table, allowed in RIGHTS.items():
        guarded_policies.rights(cursor, table, allowed)
    for table, policies in POLICIES.items():
        guarded_policies.secure(cursor, table, policies)
    for table in ("records_hold", "records_proposal"):
        trigger(cursor, "records_beside", table, "BEFORE INSERT", "records_beside")
    trigger(cursor, "records_ends", "records_link", "BEFORE INSERT", "records_ends")
    when = "WHEN (OLD.relation = 'needs')"
    trigger(
        cursor,
        "records_cut",
        "records_link",
        "AFTER DELETE",
        "records_cut",
        how=f"{EACH} {when}",
    )
    for table, columns in BY_WHOM.items():
        when = "BEFORE INSERT OR UPDATE"
        trigger(cursor, "records_beside_told", table, when, "records_beside_told", columns)
    for model in models_of():
        follow(cursor, model)
    tell(cursor)
    cursor.execute("DROP FUNCTION IF EXISTS records_follow()")


def between(model: Any) -> guarded_policies.Narrowing | None:
    """What must hold besides of a record that has ends: that both are known. None of another."""
    kind = registry.record_kinds.get(model.record_kind)
    key = f"{model._meta.db_table}.{model._meta.pk.column}"
    if kind is None or not kind.ends:
        return None
    return guarded_policies.Narrowing(STANDING.format(key=key), "records_ends_known")


def governed() -> dict[str, type[models.Model]]:
    """Every concrete record, by its kind."""
    return by_kind(GovernedRecord)
