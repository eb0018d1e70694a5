"""Functions that tell the facts which kinds declare (kernel.registry.Fact): one for each, made by the owner.

The rule is the same for every fact and stands here alone: who is told, what of compartments, and what higher floors ask besides.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.db import connection
from psycopg import sql

from crossforce.kernel import guarded_policies, registry
from crossforce.kernel.guarded import by_kind
from crossforce.kernel.registry import About, Fact

TOLD: Final = """CREATE OR REPLACE FUNCTION {function}({asked}) RETURNS TABLE ({columns})
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $told$
  SELECT {told}
    FROM (SELECT * FROM public.{table} WHERE {when}) r JOIN public.access_scope s ON s.id = r.scope_id{joined}
   WHERE ((SELECT public.access_acting())).organisation IS NOT NULL{conditions}{besides}
     AND (s.compartment IN ({compartments}) OR {read}){grouped}
$told$"""
JOINED: Final = """
    JOIN public.{table} {row} ON {row}.id = r.{column} JOIN public.access_scope {place} ON {place}.id = {row}.scope_id"""
ARMS: Final = """({row}.scope_id = ANY ((SELECT public.access_scopes('{kind}', '{action}'))::int[])
          OR {row}.id = ANY ((SELECT public.access_rows('{kind}', '{action}'))::uuid[]))"""
DAY: Final = "(r.{column} AT TIME ZONE 'Europe/London')::date"
SUM: Final = "sum(r.{column})::bigint"
STANDING: Final = """SELECT oid::regprocedure::text, proname, obj_description(oid, 'pg_proc') FROM pg_proc
 WHERE starts_with(proname, 'told_') AND pronamespace = 'public'::regnamespace"""


def signatures() -> list[str]:
    """The functions, as the application may call them."""
    return [f"{name}({given})" for name, _, given, _ in _functions()]


def tell(cursor: Any) -> None:
    """Bring the functions up to date, for the application to call; what nobody declares any more is told no longer."""
    wanted = {name: made for name, *made in _functions()}
    cursor.execute(STANDING)
    for standing, name, shape in cursor.fetchall():
        if name not in wanted or wanted[name][0] != shape:
            cursor.execute(f"DROP FUNCTION {standing}")
    for name, (shape, given, made) in wanted.items():
        function = sql.SQL(f"{name}({given})")
        role = guarded_policies.application()
        revoked = sql.SQL("REVOKE ALL ON FUNCTION {} FROM PUBLIC, {}").format(function, role)
        granted = sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(function, role)
        noted = sql.SQL("COMMENT ON FUNCTION {} IS {}").format(function, sql.Literal(shape))
        guarded_policies.at_once(cursor, sql.SQL(made), revoked, granted, noted)


def _functions() -> Iterator[tuple[str, str, str, str]]:
    """Of each fact the function: its name, its shape, what it is given, and its statement."""
    for kind in registry.record_kinds:
        for fact in kind.facts:
            name, types = fact.told_by(kind.name), _types(kind.name)
            given = f"{types[fact.by]}[]" if fact.by else ""
            columns = [f'"{each}" {types[each]}' for each in fact.columns]
            columns += [f'"{each}" date' for each in fact.days]
            columns += [f'"{each}" bigint' for each in fact.sums]
            shape = f"({given}) ({', '.join(columns)})"
            yield name, shape, given, _statement(kind.name, fact, given, columns)


def _statement(kind: str, fact: Fact, asked: str, columns: list[str]) -> str:
    models = by_kind()
    tables = {each: model._meta.db_table for each, model in models.items()}
    met = {"r": kind} | {f"a{n}": each.kind for n, each in enumerate(fact.about)}
    besides = (
        guarded_policies.asked_besides(models[of], f"{row}.id") for row, of in met.items()
    )
    told = [f"r.{each}" for each in fact.columns]
    told += [DAY.format(column=each) for each in fact.days]
    groups = range(1, len(told) + 1)
    told += [SUM.format(column=each) for each in fact.sums]
    conditions = [f"r.{fact.by} = ANY ($1)"] if fact.by else []
    conditions += [_arms(f"a{n}", each) for n, each in enumerate(fact.about)]
    return TOLD.format(
        function=fact.told_by(kind),
        asked=asked,
        columns=", ".join(columns),
        told=", ".join(told),
        table=tables[kind],
        when=fact.when,
        joined="".join(
            JOINED.format(
                table=tables[each.kind], row=f"a{n}", place=f"p{n}", column=each.column
            )
            for n, each in enumerate(fact.about)
        ),
        conditions="".join(f"\n     AND {each}" for each in conditions),
        besides="".join(besides),
        compartments="'', p0.compartment" if fact.about else "''",
        read=ARMS.format(row="r", kind=kind, action="read"),
        grouped=f"\n   GROUP BY {', '.join(map(str, groups))}" if fact.sums else "",
    )


def _arms(row: str, about: About) -> str:
    return ARMS.format(row=row, kind=about.kind, action=about.action)


def _types(kind: str) -> dict[str, str]:
    """The types of its columns, without lengths."""
    fields = by_kind()[kind]._meta.concrete_fields
    return {each.column: str(each.db_type(connection)).split("(")[0] for each in fields}
