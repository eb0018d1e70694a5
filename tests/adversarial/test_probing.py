"""Questions that try to learn of a row without being shown it; result rows, messages, plans' real counts."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.records import models
from crossforce.records.tests import factories
from tests.adversarial.conftest import BY, CLEAR_WORDS, SECRET, SECRET_WORDS, Scene, raw

LEAKY = """CREATE FUNCTION pg_temp.peek(text) RETURNS bool LANGUAGE plpgsql COST 0.0000001 AS $$
           BEGIN RAISE NOTICE 'saw %', $1; RETURN true; END $$"""


def message_of(statement: str, *values: Any) -> str:
    """What the database says when it refuses; nothing when it does not."""
    try:
        with transaction.atomic():
            raw(statement, *values)
    except DatabaseError as error:
        return str(error)
    return ""


def is_clean(text: str) -> bool:
    return not re.search("van|Heron|Seen twice|special-branch", text)


class TestAStranger:
    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT 1 FROM records_note WHERE pg_temp.peek(subject)",
            "SELECT 1 FROM records_note WHERE pg_temp.peek(subject) AND pg_temp.peek(body) OFFSET 0",
            "SELECT 1 FROM (SELECT * FROM records_note OFFSET 0) n WHERE pg_temp.peek(n.subject)",
            "SELECT 1 FROM records_note a JOIN records_note b ON pg_temp.peek(a.subject || b.body)",
            "UPDATE records_note SET body = body WHERE pg_temp.peek(subject)",
            "DELETE FROM records_note WHERE pg_temp.peek(subject)",
            "SELECT 1 FROM records_pointer WHERE pg_temp.peek(title)",
            "SELECT 1 FROM records_noteevent WHERE pg_temp.peek(subject)",
            "SELECT 1 FROM people_staff WHERE pg_temp.peek(family_name)",
            "SELECT pg_temp.peek(max(subject)) FROM records_note HAVING max(subject) IS NOT NULL",
        ],
    )
    @pytest.mark.usefixtures("may_make_temporary")
    def test_gets_no_row_through_a_function_that_costs_nothing(
        self, scene: Scene, statement: str
    ) -> None:
        notices: list[str] = []
        with guarded.acting(scene.cole):
            raw(LEAKY)
            _hear(notices)
            raw(statement)
        assert notices == []

    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT subject::int FROM records_note",
            "SELECT 1 FROM records_note WHERE subject::int = 1",
            "SELECT 1 FROM records_note WHERE 1 / (length(subject) - length(subject)) = 1",
            "SELECT 1 FROM records_note WHERE CASE WHEN subject LIKE 'O%' THEN 1/(version-version) END = 1",
            "SELECT 1 FROM records_note WHERE to_tsvector(subject::regconfig, body) IS NULL",
            "SELECT 1 FROM records_note WHERE subject ~ ('(' || body)",
            "SELECT 1 FROM records_pointer WHERE title::int = 1",
            "SELECT 1 FROM people_staff WHERE family_name::int = 1",
        ],
    )
    def test_gets_no_value_in_an_error(self, scene: Scene, statement: str) -> None:
        with guarded.acting(scene.cole):
            told = message_of(statement)
        assert is_clean(told)
        assert not told

    def test_gets_no_real_counts_from_a_plan_that_was_run(self, scene: Scene) -> None:
        plan = "EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, BUFFERS OFF, FORMAT TEXT) SELECT {} FROM {}"
        with guarded.acting(scene.cole):
            for table in ("records_note", "records_pointer", "records_link", "people_staff"):
                lines = "\n".join(str(row[0]) for row in raw(plan.format("*", table)))
                assert is_clean(lines)
                scanned = next(line for line in lines.splitlines() if " on " + table in line)
                shown = re.search(r"actual rows=([0-9.]+)", scanned)
                assert shown is None or float(shown[1]) <= _visible(table)

    def test_gets_nothing_from_cursors_and_prepared_statements_of_another_actor(
        self, scene: Scene
    ) -> None:
        with transaction.atomic():
            with guarded.acting(scene.asha):
                raw("PREPARE looked AS SELECT subject FROM records_note")
                assert len(raw("EXECUTE looked")) == 2
            with guarded.acting(scene.cole):
                assert raw("EXECUTE looked") == []
                assert raw("EXECUTE looked") == []
                raw("DECLARE later CURSOR FOR SELECT subject FROM records_note")
            with guarded.acting(scene.asha):
                assert len(raw("EXECUTE looked")) == 2
            raw("DEALLOCATE looked")

    def test_gets_nothing_by_a_plan_that_was_made_generic_for_another(
        self, scene: Scene
    ) -> None:
        with transaction.atomic():
            raw("PREPARE often (text) AS SELECT subject FROM records_note WHERE subject <> $1")
            raw("SET LOCAL plan_cache_mode = force_generic_plan")
            for actor, rows in ((scene.asha, 2), (scene.cole, 0), (scene.colleague, 1)) * 4:
                with guarded.acting(actor):
                    assert len(raw("EXECUTE often('x')")) == rows
            raw("DEALLOCATE often")

    def test_gets_no_row_by_copying(self, scene: Scene) -> None:
        connection.ensure_connection()
        with guarded.acting(scene.cole), connection.connection.cursor() as cursor:
            with cursor.copy("COPY (SELECT * FROM records_note) TO STDOUT") as rows:
                assert b"".join(bytes(row) for row in rows) == b""
            with cursor.copy("COPY records_pointer TO STDOUT") as rows:
                assert b"".join(bytes(row) for row in rows) == b""

    def test_gets_no_row_by_the_ways_around_a_select(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            for statement in (
                "TABLE records_note",
                "SELECT * FROM ONLY records_note",
                "SELECT * FROM records_note TABLESAMPLE SYSTEM (100)",
                "SELECT * FROM records_note FOR UPDATE",
                "SELECT n FROM records_note n WHERE ctid = '(0,1)'",
                "WITH RECURSIVE x AS (SELECT id FROM records_note) SELECT * FROM x",
                "SELECT * FROM records_note, LATERAL (SELECT 1) l",
                "WITH gone AS (DELETE FROM records_note RETURNING *) SELECT * FROM gone",
                "WITH made AS (UPDATE records_note SET body = body RETURNING *) SELECT * FROM made",
                "MERGE INTO records_note n USING (SELECT 1) s ON n.id IS NOT NULL WHEN MATCHED THEN DELETE",
            ):
                assert raw(statement) == []

    def test_gets_nothing_of_the_statistics_of_a_guarded_column(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            for view in ("pg_stats", "pg_stats_ext", "pg_stats_ext_exprs"):
                assert (
                    raw(f"SELECT tablename FROM {view} WHERE tablename = 'records_note'") == []
                )


class TestAScope:
    def test_that_exists_is_not_told_from_one_that_does_not(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            for function in ("access_scope_of", "access_described", "access_place"):
                told = message_of(
                    f"SELECT {function}(%s, %s, %s, %s, %s, NULL)",
                    factories.HERE, "records.note", "", SECRET, "OFFICIAL",
                )  # fmt: skip
                assert told != ""
            hidden, missing = scene.secret.pk, new_id()
            for statement in (
                "SELECT access_place('records.note', %s)",
                "SELECT * FROM access_described('records.note', %s)",
                "SELECT * FROM access_glass('records.note', %s)",
            ):
                assert raw(statement, hidden) == raw(statement, missing)

    def test_by_its_number_tells_a_stranger_nothing(self, scene: Scene) -> None:
        number = scene.secret.scope_id
        for actor in (scene.cole, scene.colleague):
            with guarded.acting(actor):
                assert raw("SELECT * FROM records_described(%s)", [number]) == []
                assert raw(
                    "SELECT * FROM access_audience('records.note', %s, 'read', now())", number
                ) == raw("SELECT * FROM access_audience('records.note', %s, 'read', now())", 1)
                assert raw(
                    "SELECT * FROM access_reasons('records.note', 'read', %s, now(), NULL, NULL)",
                    number,
                ) == raw(
                    "SELECT * FROM access_reasons('records.note', 'read', %s, now(), NULL, NULL)",
                    1,
                )

    def test_of_a_compartment_is_in_no_list_of_reasons_of_those_outside(
        self, scene: Scene
    ) -> None:
        asked = "SELECT * FROM access_reasons('records.note', 'read', NULL, now(), %s, 'administration')"
        with guarded.acting(scene.colleague):
            for posting in (None, scene.colleague.posting, scene.asha.posting):
                assert SECRET not in str(raw(asked, posting))
        with guarded.acting(scene.asha):
            assert SECRET in str(raw(asked, scene.asha.posting))


class TestEveryFunction:
    """Whatever the application may call with a record's id says the same of a hidden and a missing one."""

    def test_that_takes_a_record_knows_no_hidden_one(self, scene: Scene) -> None:
        takes = raw(
            """SELECT p.oid::regprocedure::text, p.proargtypes::regtype[]::text[] FROM pg_proc p
                WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
                  AND p.prorettype <> 'trigger'::regtype AND has_function_privilege(p.oid, 'EXECUTE')
                  AND 'uuid'::regtype = ANY (p.proargtypes::oid[])"""
        )
        assert takes
        for actor in (scene.cole, scene.colleague):
            with guarded.acting(actor):
                for signature, types in takes:
                    told = [
                        _answer(signature.split("(")[0], types, record)
                        for record in (scene.secret.pk, new_id())
                    ]
                    assert told[0] == told[1], signature


class TestAnIdentifier:
    """Known ids: from a leaver's memory, an old page, a guess. A clash can tell that one is taken."""

    def test_of_a_hidden_record_is_not_taken_over_by_another_kind(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            place = guarded.scope(guarded.ScopeOf(factories.ELSEWHERE, "records.document"))
            told = message_of(_document(), scene.secret.pk, place)
            assert is_clean(told)
        with guarded.acting(scene.asha):
            pointer = models.Pointer.objects.get(pk=scene.secret.pk)
            assert (pointer.kind, pointer.title) == ("records.note", SECRET_WORDS)
            assert pointer.scope_id == scene.secret.scope_id

    def test_of_a_hidden_record_gives_no_content_in_the_clash(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            place = guarded.scope(guarded.ScopeOf(factories.ELSEWHERE, "records.note"))
            for tail in ("", " ON CONFLICT (id) DO UPDATE SET body = records_note.body"):
                assert is_clean(message_of(_note() + tail, scene.secret.pk, place))
            assert raw("SELECT count(*) FROM records_note") == [(0,)]

    def test_is_not_linked_held_or_corrected_by_who_cannot_find_it(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            own = factories.note(scene.cole, "Mine")
            for end in (scene.secret.pk, new_id()):
                for one, other in ((own.pk, end), (end, own.pk)):
                    assert message_of(_link(), one, other) != ""
                assert message_of(_hold(), end) != ""

    def test_of_a_hidden_record_is_refused_with_the_words_of_a_missing_one(
        self, scene: Scene
    ) -> None:
        hidden, missing = scene.secret.pk, new_id()
        with guarded.acting(scene.cole):
            own = factories.note(scene.cole, "Mine")
            for statement, before in ((_link(), (own.pk,)), (_hold(), ())):
                told = [
                    _without(message_of(statement, *before, each), each)
                    for each in (hidden, missing)
                ]
                assert told[0] == told[1]


class TestASequence:
    def test_counts_nothing_of_guarded_rows(self, scene: Scene) -> None:
        for model in guarded.models_of():
            fields = [field.get_internal_type() for field in model._meta.local_fields]
            assert not {"AutoField", "BigAutoField"} & set(fields), model


def _hear(notices: list[str]) -> None:
    connection.ensure_connection()
    connection.connection.add_notice_handler(
        lambda said: notices.append(said.message_primary or "")
    )


def _visible(table: str) -> int:
    return int(raw(f"SELECT count(*) FROM {table}")[0][0])


def _answer(function: str, types: list[str], record: UUID) -> Any:
    """What the function says of the record; every other argument is something usual."""
    usual = {
        "uuid": record, "text": "records.note", "integer": 1, "text[]": ["records.note"],
        "integer[]": [1], "timestamp with time zone": factories.AT, "boolean": False,
        "bytea": b"seal",
    }  # fmt: skip
    given = ", ".join(f"%s::{each}" for each in types)
    try:
        with transaction.atomic():
            rows = raw(f"SELECT * FROM {function}({given})", *(usual[each] for each in types))
    except DatabaseError as error:
        return _without(str(error), record)
    return [str(row).replace(str(record), "ID") for row in rows]


def _without(text: str, identifier: UUID) -> str:
    return text.replace(str(identifier), "ID")


_COLUMNS = """purposes, version, disposal, source_system, source_reference, review_group, proposed_by,
              created_at, created_by, changed_at, changed_by"""
_VALUES = f"'{{prevent-offences}}', 1, 'kept', '', '', '', '', now(), {BY}, now(), {BY}"


def _note() -> str:
    return f"""INSERT INTO records_note (id, scope_id, subject, body, {_COLUMNS})
               VALUES (%s, %s, 'mine', '', {_VALUES})"""


def _document() -> str:
    return f"""INSERT INTO records_document (id, scope_id, name, body, reference_number, {_COLUMNS})
               VALUES (%s, %s, 'mine', '', '', {_VALUES})"""


def _link() -> str:
    return """INSERT INTO records_link (id, one, other, one_kind, one_scope, other_kind, other_scope,
                     relation, linked_at, linked_by)
              VALUES (gen_random_uuid(), %s, %s, '', 0, '', 0, 'related', now(), 'x')"""


def _hold() -> str:
    return """INSERT INTO records_hold (id, record, kind, scope_id, reason, placed_at, placed_by, lifted_by)
              VALUES (gen_random_uuid(), %s, '', 0, 'x', now(), 'x', '')"""


def test_what_is_searched_for_here_is_there(scene: Scene) -> None:
    with guarded.acting(scene.asha):
        assert {row.subject for row in models.Note.objects.all()} == {CLEAR_WORDS, SECRET_WORDS}
