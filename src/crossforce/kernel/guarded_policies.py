"""What the owner of the database puts up after each `migrate`: functions, rights and row security.

Always the same, whatever stood there before; what stands already is replaced as it stands, so that whoever
works meanwhile goes on. What is decided stands in the apps; here is how it is put up, and how one sees that
it still stands.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from django.apps import apps
from django.db import connection, models
from psycopg import sql

from crossforce.kernel import database, finite, registry

DEFINED: Final = re.compile(r"CREATE (?:(?:OR REPLACE )?FUNCTION|AGGREGATE) (\w+) ?\(")
POLICIES: Final = """SELECT polname, obj_description(oid, 'pg_policy'), concat_ws('|', polcmd, polpermissive,
       polroles, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
  FROM pg_policy WHERE polrelid = to_regclass(%s)"""
WRITERS: Final = """SELECT DISTINCT p.oid::regprocedure::text
  FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE t.tgrelid = %s::regclass AND p.prosrc LIKE %s"""

Policies = Mapping[str, tuple[str, str, str]]
"""By name: the command, USING and WITH CHECK."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a higher floor asks besides, of the rows of a model.

    For policies it is a `condition`; where the owner looks for whoever acts, a `function` of the row's key.
    """

    condition: str
    function: str


narrowings: list[Callable[[Any], Narrowing | None]] = []
"""What higher floors ask besides; None of a model of which they ask nothing."""

declared: dict[str, Policies] = {}
"""By table: policies of other tables than guarded ones, for whoever looks whether they still stand."""


def narrowed(model: Any) -> str:
    """What must hold of a row besides, before anybody sees or changes it."""
    return "".join(f" AND {each.condition}" for asks in narrowings if (each := asks(model)))


def asked_besides(model: Any, key: str = "$1") -> str:
    """The same as SQL on the row's key, for functions that read as the owner."""
    return "".join(
        f" AND public.{each.function}({key})" for asks in narrowings if (each := asks(model))
    )


def install() -> None:
    """All that the apps have put up, the lowest floor first, and what they may then write; as the owner."""
    with connection.cursor() as cursor:
        for each in registry.owner_installs:
            each(cursor)
        finite.install(cursor)


def functions(cursor: Any, package: str, callable_: Sequence[str]) -> None:
    """Bring the functions of the package's `sql/` up to date; the application may call these and no other."""
    role, defined = application(), set()
    for file in sorted(resources.files(package).joinpath("sql").iterdir(), key=str):
        text = file.read_text()
        cursor.execute(text)
        defined.update(DEFINED.findall(text))
    cursor.execute(
        """SELECT oid::regprocedure::text FROM pg_proc
            WHERE proname = ANY (%s) AND pronamespace = 'public'::regnamespace""",
        [sorted(defined)],
    )
    revoked = [f"REVOKE ALL ON FUNCTION {each} FROM PUBLIC, {{0}}" for (each,) in cursor]
    given = [f"GRANT EXECUTE ON FUNCTION {each} TO {{0}}" for each in callable_]
    at_once(cursor, *(sql.SQL(each).format(role) for each in (*revoked, *given)))


def rights(cursor: Any, table: str, allowed: str = "") -> None:
    """What the application may do to the table, and nothing else."""
    revoked = named("REVOKE ALL ON {} FROM PUBLIC, ", table) + application()
    given = sql.SQL(f"GRANT {allowed}") + named(" ON {} TO ", table) + application()
    at_once(cursor, revoked, *([given] if allowed else []))


def at_once(cursor: Any, *statements: sql.Composable) -> None:
    """The statements as one: nobody meets what is between them."""
    cursor.execute(sql.SQL("; ").join(statements))


def write_by_trigger_only(cursor: Any, table: str, history: str) -> None:
    """History is written by the triggers of its table, as the owner, and by nobody else."""
    cursor.execute(WRITERS, [table, f'%INSERT INTO "{history}"%'])
    for (function,) in cursor.fetchall():
        cursor.execute(
            f"ALTER FUNCTION {function} SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"
        )
    revoked = named("REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {} FROM ", history)
    cursor.execute(revoked + application())


def histories(model: type[models.Model]) -> Iterator[type[models.Model]]:
    """The tables in which django-pghistory keeps the states of the model's rows."""
    for each in apps.get_models():
        if getattr(each, "pgh_tracked_model", None) is model:
            yield each


def secure(cursor: Any, table: str, wanted: Policies) -> None:
    """Row security with exactly these policies on the table; where it has them, nothing is touched."""
    if is_secured(cursor, table, wanted):
        return
    cursor.execute(named("ALTER TABLE {} ENABLE ROW LEVEL SECURITY", table))
    for name in standing_policies(cursor, table):
        cursor.execute(named("DROP POLICY {} ON {}", name, table))
    for name, (command, using, check) in wanted.items():
        said = f" USING ({using})" if using else ""
        said += f" WITH CHECK ({check})" if check else ""
        statement = named("CREATE POLICY {} ON {} FOR ", name, table) + sql.SQL(command + said)
        cursor.execute(statement)
    for name, (_none, says) in standing_policies(cursor, table).items():
        mark = sql.Literal(_mark(wanted[name], says))
        cursor.execute(named("COMMENT ON POLICY {} ON {} IS ", name, table) + mark)


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
    cursor.execute(POLICIES, [table])
    return {name: (mark, says) for name, mark, says in cursor.fetchall()}


def application() -> sql.Identifier:
    """The role that the web connects as."""
    return sql.Identifier(database.plan().application.user)


def named(statement: str, *names: str) -> sql.Composed:
    """The statement with these names of tables and policies."""
    return sql.SQL(statement).format(*map(sql.Identifier, names))


def _mark(policy: tuple[str, str, str], says: str) -> str:
    return hashlib.sha256("\n".join((*policy, says)).encode()).hexdigest()
