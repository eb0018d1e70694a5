"""Putting the guard on every guarded table: run by the owner after each `migrate`, always the same.

What is enforced stands in `sql/` and in the policies below, and nowhere else.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from importlib import resources
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from psycopg import sql

from crossforce.access import acting
from crossforce.access.standing import standing_grants
from crossforce.kernel import database, registry
from crossforce.kernel.guarded import models_of

OPEN: Final = (
    "access_scopes(text, text)",
    "access_rows(text, text)",
    "access_clauses(text, text)",
    "access_seen(text, int)",
    "access_scope_of(text, text)",
    "access_decided()",
    "access_place(text, uuid)",
    "access_described(text, uuid)",
    "access_glass(text, uuid)",
    "access_reasons(text, text, int, timestamptz, uuid, text)",
    "access_audience(text, int, text, timestamptz)",
    "access_foreseen(text, text)",
    "access_counted(text, text)",
    "access_falling(text, text)",
    "access_put_grants(text, text)",
    "access_put_share(text, text)",
    "access_end_share(text, text)",
    "access_acting()",
    "access_sight(text, text)",
    "access_standing(text, text)",
)
"""The functions that the application may call; every other is for these alone."""

ARMS: Final = """(scope_id = ANY ((SELECT access_scopes('{kind}', '{action}'))::int[])
    OR {key} = ANY ((SELECT access_rows('{kind}', '{action}'))::uuid[]))"""
NEW: Final = "scope_id = ANY ((SELECT access_scopes('{kind}', 'add'))::int[])"
HISTORY: Final = "EXISTS (SELECT FROM {table} now WHERE now.{key} = pgh_obj_id)"
MOVED: Final = """CREATE TRIGGER guarded_moved AFTER UPDATE OF scope_id ON {} FOR EACH ROW
    WHEN (OLD.scope_id IS DISTINCT FROM NEW.scope_id) EXECUTE FUNCTION access_moved({})"""
MINE: Final = "(SELECT (access_acting()).{field}) = {column}"

Policies = Mapping[str, tuple[str, str, str]]
"""By name: the command, USING and WITH CHECK."""

also: list[Callable[[Any], None]] = []
"""What upper floors install besides: called with the owner's cursor after the policies stand."""


declared: dict[str, Policies] = {}
"""By table: policies of other tables than guarded ones, for whoever looks whether they still stand."""


def install() -> None:
    """Bring functions, policies, rights, keys and standing access up to date, as the owner."""
    with connection.cursor() as cursor:
        for file in sorted(resources.files(__package__).joinpath("sql").iterdir(), key=str):
            cursor.execute(file.read_text())
        _limit_rights(cursor)
        for version in settings.KEYS.versions(acting.KEY)[:2]:
            install_key(version.number, version.as_bytes(), cursor)
        _note_kinds(cursor)
        for model in models_of():
            guard(cursor, model)
        _guard_own(cursor)
        _stand(cursor)
        for more in also:
            more(cursor)


def install_key(number: int, secret: bytes, cursor: Any = None) -> None:
    """Let the database know a version of the acting key; of those before, only the last stays good."""
    forget = "DELETE FROM access_key WHERE number < %s - 1"
    statement = """INSERT INTO access_key VALUES (%s, %s, %s) ON CONFLICT (number)
                   DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad"""
    values = [number, *acting.pads(secret)]
    if cursor is not None:
        cursor.execute(statement, values)
        return
    login = database.plan().owner_login().on(connection.settings_dict["NAME"])
    with login.connect(autocommit=True) as owner:
        owner.execute(statement, values)
        owner.execute(forget, [number])


def policies(model: type[models.Model]) -> dict[str, tuple[str, str, str]]:
    """The policies of a guarded model's table: name to command, USING and WITH CHECK."""
    kind, key = model.record_kind, model._meta.pk.column  # type: ignore[attr-defined]

    def arms(action: str) -> str:
        return ARMS.format(kind=kind, action=action, key=key)

    return {
        "guarded_read": ("SELECT", arms("read"), ""),
        "guarded_add": ("INSERT", "", NEW.format(kind=kind)),
        "guarded_edit": ("UPDATE", f"{arms('read')} AND {arms('edit')}", arms("edit")),
        "guarded_dispose": ("DELETE", f"{arms('read')} AND {arms('dispose')}", ""),
    }


def policies_of_history(model: type[models.Model]) -> dict[str, tuple[str, str, str]]:
    """The policies of the table that keeps a guarded model's states: they follow the row as it is now."""
    key = model._meta.pk.column
    seen = HISTORY.format(table=model._meta.db_table, key=key)
    return {"guarded_read": ("SELECT", seen, "")}


def guard(cursor: Any, model: type[models.Model]) -> None:
    """Row security on the model's table, and on its history, which follows the row as it is now."""
    table = model._meta.db_table
    secure(cursor, table, policies(model))
    for history in histories(model):
        secure(cursor, history._meta.db_table, policies_of_history(model))
        write_by_trigger_only(cursor, table, history._meta.db_table)
    cursor.execute(_("DROP TRIGGER IF EXISTS guarded_moved ON {}", table))
    moved = sql.SQL(MOVED).format(sql.Identifier(table), sql.Literal(model.record_kind))  # type: ignore[attr-defined]
    cursor.execute(moved)


def write_by_trigger_only(cursor: Any, table: str, history: str) -> None:
    """History is written by the triggers of its table, as the owner, and by nobody else."""
    cursor.execute(
        """SELECT DISTINCT p.oid::regprocedure::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE t.tgrelid = %s::regclass AND p.prosrc LIKE %s""",
        [table, f'%INSERT INTO "{history}"%'],
    )
    for (function,) in cursor.fetchall():
        cursor.execute(
            f"ALTER FUNCTION {function} SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
        )
    role = database.plan().application.user
    cursor.execute(_("REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {} FROM {}", history, role))


def histories(model: type[models.Model]) -> Iterator[type[models.Model]]:
    """The tables in which django-pghistory keeps the states of the model's rows."""
    for each in apps.get_models():
        if getattr(each, "pgh_tracked_model", None) is model:
            yield each


def secure(cursor: Any, table: str, wanted: Policies) -> None:
    """Row security with exactly these policies on the table; where it has them, nothing is touched."""
    if is_secured(cursor, table, wanted):
        return
    cursor.execute(_("ALTER TABLE {} ENABLE ROW LEVEL SECURITY", table))
    for name in standing_policies(cursor, table):
        cursor.execute(_("DROP POLICY {} ON {}", name, table))
    for name, (command, using, check) in wanted.items():
        said = f" USING ({using})" if using else ""
        said += f" WITH CHECK ({check})" if check else ""
        statement = _("CREATE POLICY {} ON {} FOR ", name, table) + sql.SQL(command + said)
        cursor.execute(statement)
    for name, (_none, says) in standing_policies(cursor, table).items():
        mark = sql.Literal(_mark(wanted[name], says))
        cursor.execute(_("COMMENT ON POLICY {} ON {} IS ", name, table) + mark)


def is_secured(cursor: Any, table: str, wanted: Policies) -> bool:
    """Whether the table stands under row security with these policies, as they were made, and no other."""
    cursor.execute("SELECT relrowsecurity FROM pg_class WHERE oid = to_regclass(%s)", [table])
    is_on = cursor.fetchone() == (True,)
    standing = standing_policies(cursor, table)
    return (
        is_on
        and standing.keys() == wanted.keys()
        and all(mark == _mark(wanted[name], says) for name, (mark, says) in standing.items())
    )


def standing_policies(cursor: Any, table: str) -> dict[str, tuple[str | None, str]]:
    """The policies that a table has: the mark that each was made with, and what it says today."""
    cursor.execute(
        """SELECT polname, obj_description(oid, 'pg_policy'), concat_ws('|', polcmd, polpermissive, polroles,
                  pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
             FROM pg_policy WHERE polrelid = to_regclass(%s)""",
        [table],
    )
    return {name: (mark, says) for name, mark, says in cursor.fetchall()}


def _mark(policy: tuple[str, str, str], says: str) -> str:
    return hashlib.sha256("\n".join((*policy, says)).encode()).hexdigest()


def _(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def _guard_own(cursor: Any) -> None:
    """Requests and shares: who asked or was given, and the organisation that holds the record."""
    asker = MINE.format(field="posting", column="posting")
    holder = "scope = ANY ((SELECT access_decided())::int[])"
    organisation = MINE.format(field="organisation", column="organisation")
    either = f"{asker} OR {holder}"
    secure(cursor, "access_share", {"own_read": ("SELECT", either, "")})
    secure(
        cursor,
        "access_request",
        {
            "own_read": ("SELECT", either, ""),
            "own_ask": ("INSERT", "", f"{asker} AND {organisation}"),
            "own_decide": ("UPDATE", holder, holder),
        },
    )


def _limit_rights(cursor: Any) -> None:
    """The application reads nothing here but what it may call for, and writes requests only."""
    role = sql.Identifier(database.plan().application.user)
    for model in apps.get_app_config("access").get_models():
        table = sql.Identifier(model._meta.db_table)
        cursor.execute(sql.SQL("REVOKE ALL ON {} FROM PUBLIC, {}").format(table, role))
    for statement in (
        "GRANT SELECT ON access_share TO {}",
        "GRANT SELECT, INSERT, UPDATE ON access_request TO {}",
    ):
        cursor.execute(sql.SQL(statement).format(role))
    cursor.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE proname LIKE 'access\\_%'"
    )
    for (function,) in cursor.fetchall():
        cursor.execute(
            sql.SQL("REVOKE ALL ON FUNCTION " + function + " FROM PUBLIC, {}").format(role)
        )
    for function in OPEN:
        cursor.execute(sql.SQL("GRANT EXECUTE ON FUNCTION " + function + " TO {}").format(role))


def _note_kinds(cursor: Any) -> None:
    """Kinds and their tables. With a new kind, grants are derived anew: a clause may name `records.*`."""
    cursor.execute("SELECT kind FROM access_kind")
    before = {kind for (kind,) in cursor.fetchall()}
    if {model.record_kind for model in models_of()} - before:  # type: ignore[attr-defined]
        cursor.execute("DELETE FROM access_grant WHERE agreement <> ''")
    cursor.execute("DELETE FROM access_kind")
    for model in models_of():
        cursor.execute(
            "INSERT INTO access_kind (kind, relation) VALUES (%s, %s)",
            [model.record_kind, model._meta.db_table],  # type: ignore[attr-defined]
        )


def _stand(cursor: Any) -> None:
    """Standing access as the rule pack has it today, for every registered kind."""
    cursor.execute("DELETE FROM access_grant WHERE agreement = ''")
    for each in standing_grants(registry.record_kinds.names(), datetime.now(UTC).date()):
        cursor.execute(
            """INSERT INTO access_grant
                 (agreement, version, clause, term, holder, recipient, kind, collection, units, roles, actions,
                  purposes, rank, compartment, holds, onward, glass_roles)
               VALUES ('', 0, '', %s, %s, '', %s, '', '{}', %s, %s, '{}', access_rank(%s), '', '[,]', false, '{}')""",
            [each.rule, each.holder, each.kind, each.roles, each.actions, each.marking],
        )
