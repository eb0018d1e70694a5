"""Nobody acts: no row of any guarded table, nor of what stands beside it, found by what the database has."""

from psycopg import sql

from crossforce.kernel import guarded, registry
from crossforce.kernel.guarded import models_of
from tests.adversarial.conftest import Scene, another_backend, raw

GUARDED = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relrowsecurity
       AND has_table_privilege(c.oid, 'SELECT') AND c.relname <> ALL (ARRAY['people_posting', 'people_token',
           'organisations_organisation', 'organisations_succession', 'organisations_unit'])
"""


def guarded_tables() -> list[str]:
    """But what everybody reads, because decisions begin from it: only its writing is guarded."""
    return sorted(name for (name,) in raw(GUARDED))


def test_every_registered_kind_has_its_table(db: None) -> None:
    kinds = {model.record_kind for model in models_of()}  # type: ignore[attr-defined]
    assert kinds == set(registry.record_kinds.names())
    tables = set(guarded_tables())
    assert {model._meta.db_table for model in models_of()} <= tables


def test_there_are_rows_for_who_acts(scene: Scene) -> None:
    with guarded.acting(scene.asha):
        for table in ("records_note", "records_noteevent", "records_pointer"):
            assert raw(f"SELECT count(*) FROM {table}") != [(0,)]


def test_without_anybody_acting_there_is_no_row(scene: Scene) -> None:
    for table in guarded_tables():
        assert raw(f"SELECT count(*) FROM {table}") == [(0,)], table
        assert raw(f"SELECT EXISTS (SELECT FROM {table})") == [(False,)], table


def test_without_anybody_acting_no_function_answers(scene: Scene) -> None:
    for statement in (
        "SELECT access_scopes('records.note', a) FROM unnest('{find,read,explain,preview}'::text[]) a",
        "SELECT access_scopes('', a) FROM unnest('{find,read,add,edit,dispose}'::text[]) a",
        "SELECT access_rows('records.note', 'read')",
        "SELECT records_known_scopes() || records_scopes('read')",
        "SELECT records_known_rows()",
    ):
        assert {tuple(row[0] or ()) for row in raw(statement)} == {()}, statement
    for statement in (
        "SELECT * FROM access_reasons('records.note', 'read', NULL, now(), NULL, NULL)",
        "SELECT * FROM records_search('van', '{}', 9)",
    ):
        assert raw(statement) == [], statement


def test_a_new_connection_sees_nothing(standing_scene: Scene) -> None:
    tables = guarded_tables()
    with another_backend() as other:
        for table in tables:
            asked = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            assert other.execute(asked).fetchone() == (0,), table
