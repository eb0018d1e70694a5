"""Putting the guard on every guarded table: run by the owner after each `migrate`, always the same.

What is enforced stands in `sql/` and in the policies below, and nowhere else.
"""

from dataclasses import astuple
from datetime import UTC, datetime
from typing import Any, Final

from django.apps import apps
from django.db import models
from psycopg import sql

from crossforce.access.standing import standing_grants
from crossforce.kernel import guarded_policies, registry
from crossforce.kernel.guarded import by_kind, models_of

OPEN: Final = (
    "access_scopes(text, text)",
    "access_rows(text, text)",
    "access_narrows(text, text)",
    "access_clauses(text, text)",
    "access_scope_of(text, text)",
    "access_decided()",
    "access_place(text, uuid)",
    "access_described(text, uuid)",
    "access_put_grants(text, text)",
    "access_administers(text)",
    "access_employs(uuid)",
    "access_gives_own_office(uuid, text)",
    "access_keeps(text, text)",
    "access_signs_in(uuid)",
)
"""The functions that the application may call, itself or by a policy; every other is for these alone."""

ARMS: Final = """(scope_id = ANY ((SELECT access_scopes('{kind}', '{action}'))::int[])
    OR {key} = ANY ((SELECT access_rows('{kind}', '{action}'))::uuid[]))"""
NEW: Final = "scope_id = ANY ((SELECT access_scopes('{kind}', 'add'))::int[])"
HISTORY: Final = "EXISTS (SELECT FROM {table} now WHERE now.{key} = pgh_obj_id)"
MOVED: Final = """CREATE OR REPLACE TRIGGER guarded_moved AFTER UPDATE OF scope_id ON {} FOR EACH ROW
    WHEN (OLD.scope_id IS DISTINCT FROM NEW.scope_id) EXECUTE FUNCTION access_moved({})"""
RIGHTS: Final = {"access_share": "SELECT", "access_request": "SELECT, INSERT, UPDATE"}
"""What the application reads and writes here itself, under the policies below."""
KNOWN: Final = """INSERT INTO access_kind (kind, relation, besides) VALUES (%s, %s, %s)
    ON CONFLICT (kind) DO UPDATE SET relation = excluded.relation, besides = excluded.besides"""
STANDS: Final = """INSERT INTO access_grant
    (agreement, version, clause, term, kind, holder, recipient, collection, units, roles, actions, purposes, rank,
     compartment, holds, onward, glass_roles)
    VALUES ('', 0, '', %s, %s, %s, '', '', '{}', %s, %s, '{}', access_rank(%s), '', '[,]', false, '{}')"""
MINE: Final = "(SELECT (access_acting()).{field}) = {column}"


def install(cursor: Any) -> None:
    """Bring functions, policies, rights and standing access up to date, as the owner."""
    _note_kinds(cursor)  # first: functions ask what stands there
    guarded_policies.functions(cursor, __package__, OPEN)
    for table in (each._meta.db_table for each in apps.get_app_config("access").get_models()):
        guarded_policies.rights(cursor, table, RIGHTS.get(table, ""))
    for model in models_of():
        guard(cursor, model)
    _guard_own(cursor)
    _stand(cursor)


def policies(model: type[models.Model]) -> dict[str, tuple[str, str, str]]:
    """The policies of a guarded model's table: name to command, USING and WITH CHECK."""
    kind, key = model.record_kind, model._meta.pk.column  # type: ignore[attr-defined]

    def arms(action: str) -> str:
        return ARMS.format(kind=kind, action=action, key=key) + guarded_policies.narrowed(model)

    return {
        "guarded_read": ("SELECT", arms("read"), ""),
        "guarded_add": ("INSERT", "", NEW.format(kind=kind)),
        "guarded_edit": ("UPDATE", f"{arms('read')} AND {arms('edit')}", arms("edit")),
        "guarded_dispose": ("DELETE", f"{arms('read')} AND {arms('dispose')}", ""),
    }


def policies_of_history(model: type[models.Model]) -> dict[str, tuple[str, str, str]]:
    """The policies of the table that keeps a guarded model's states: they follow the row as it is now."""
    seen = HISTORY.format(table=model._meta.db_table, key=model._meta.pk.column)
    return {"guarded_read": ("SELECT", seen, "")}


def guard(cursor: Any, model: type[models.Model]) -> None:
    """Row security on the model's table, and on its history, which follows the row as it is now."""
    table = model._meta.db_table
    guarded_policies.secure(cursor, table, policies(model))
    for history in guarded_policies.histories(model):
        guarded_policies.secure(cursor, history._meta.db_table, policies_of_history(model))
        guarded_policies.write_by_trigger_only(cursor, table, history._meta.db_table)
    moved = sql.SQL(MOVED).format(sql.Identifier(table), sql.Literal(model.record_kind))  # type: ignore[attr-defined]
    cursor.execute(moved)


def _guard_own(cursor: Any) -> None:
    """Requests and shares: who asked or was given, and the organisation that holds the record."""
    asker = MINE.format(field="posting", column="posting")
    holder = "scope = ANY ((SELECT access_decided())::int[])"
    organisation = MINE.format(field="organisation", column="organisation")
    either = f"{asker} OR {holder}"
    guarded_policies.secure(cursor, "access_share", {"own_read": ("SELECT", either, "")})
    guarded_policies.secure(
        cursor,
        "access_request",
        {
            "own_read": ("SELECT", either, ""),
            "own_ask": ("INSERT", "", f"{asker} AND {organisation}"),
            "own_decide": ("UPDATE", holder, holder),
        },
    )


def _note_kinds(cursor: Any) -> None:
    """Kinds and their tables. With a new kind, grants are derived anew: a clause may name `records.*`."""
    known = by_kind()
    cursor.execute("SELECT kind FROM access_kind")
    if known.keys() - {kind for (kind,) in cursor.fetchall()}:
        cursor.execute("DELETE FROM access_grant WHERE agreement <> ''")
    cursor.execute("DELETE FROM access_kind WHERE kind <> ALL (%s)", [list(known)])
    asked = guarded_policies.asked_besides
    cursor.executemany(KNOWN, [(k, m._meta.db_table, asked(m)) for k, m in known.items()])


def _stand(cursor: Any) -> None:
    """Standing access as the rule pack has it today, for every registered kind."""
    wanted = standing_grants(registry.record_kinds.names(), datetime.now(UTC).date())
    with cursor.connection.transaction():
        cursor.execute("DELETE FROM access_grant WHERE agreement = ''")
        cursor.executemany(STANDS, [astuple(each) for each in wanted])
