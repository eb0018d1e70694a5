"""What slips into a statement begins none of its own, and runs no text: so nobody has a plan explained to them."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from crossforce.kernel import guarded
from tests.adversarial.conftest import Scene, raw
from tests.adversarial.test_probing import message_of

SLIPPED = "SELECT 1 FROM records_note WHERE subject = '{}'"


class TestOneStatementAtATime:
    @pytest.mark.parametrize(
        "more",
        [
            "x'; EXPLAIN ANALYZE SELECT 1 FROM records_note WHERE body >= 'a",
            "x'; UPDATE records_note SET subject = 'x",
            "x'; SET LOCAL row_security = 'off",
        ],
    )
    def test_a_second_one_is_refused(self, scene: Scene, more: str) -> None:
        with guarded.acting(scene.cole):
            assert "multiple commands" in message_of(SLIPPED.format(more))

    def test_also_with_values_and_in_a_cursor_of_the_server(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            assert "multiple commands" in message_of("SELECT 1; SELECT %s", 1)
            with (
                pytest.raises(DatabaseError, match="multiple commands"),
                transaction.atomic(),
                connection.chunked_cursor() as cursor,
            ):
                cursor.execute("SELECT 1; SELECT 2")
            assert raw("SELECT count(*) FROM records_note") == [(0,)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "expression",
    [
        "query_to_xml('EXPLAIN ANALYZE SELECT 1 FROM records_note', true, false, '')",
        "query_to_xmlschema('SELECT 1', true, false, '')",
        "query_to_xml_and_xmlschema('SELECT 1', true, false, '')",
        "cursor_to_xml('x', 1, true, false, '')",
        "ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, ''b''::tsquery')",
        "(SELECT count(*) FROM ts_stat('SELECT ''a''::tsvector'))",
        "pg_stat_get_tuples_fetched('records_note'::regclass)",
        "pg_stat_get_xact_tuples_fetched('records_note'::regclass)",
        "pg_stat_get_xact_numscans('note_newest'::regclass)",
        "(SELECT sum(idx_tup_fetch) FROM pg_stat_xact_user_tables)",
        "(SELECT sum(idx_tup_read) FROM pg_stat_user_indexes)",
        "(SELECT sum(heap_blks_hit) FROM pg_statio_user_tables)",
        "(SELECT sum(tup_fetched) FROM pg_stat_database)",
        "(SELECT sum(hits) FROM pg_stat_io)",
        "(SELECT count(*) FROM pg_locks WHERE mode = 'SIReadLock')",
        "pg_stat_force_next_flush()",
    ],
)
def test_no_function_runs_a_text_or_counts_what_was_read(expression: str) -> None:
    assert "permission denied" in message_of(f"SELECT {expression}")


@pytest.mark.django_db
def test_of_all_that_counts_only_who_is_connected_may_be_asked() -> None:
    counting = "'^(pg_stat_get|pg_lock|query_to_xml|cursor_to_xml|ts_stat)'"
    is_open = f"proname ~ {counting} AND has_function_privilege(oid, 'EXECUTE')"
    found = raw(f"SELECT proname FROM pg_proc WHERE {is_open}")
    assert found == [("pg_stat_get_activity",)]


def test_the_platform_itself_is_not_hindered(scene: Scene) -> None:
    with guarded.acting(scene.asha):
        found: list[tuple[Any, ...]] = raw("SELECT count(*) FROM records_note")
    assert found == [(2,)]
