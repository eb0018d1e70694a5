"""What SQL that slipped into a request can still infer or do: each line of SECURITY.md has its test here."""

from django.db import transaction

from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.records.tests import factories
from tests.adversarial.conftest import BY, SECRET_WORDS, Scene, raw
from tests.adversarial.test_probing import message_of

NOTE = f"""INSERT INTO records_note (id, scope_id, subject, body, purposes, version, disposal, source_system,
                 source_reference, review_group, proposed_by, created_at, created_by, changed_at, changed_by)
          VALUES (%s, %s, 'x', 'x', '{{prevent-offences}}', 1, 'kept', '', '', '', '', now(), {BY}, now(), {BY})"""


EXPLAINED = """EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF, BUFFERS OFF)
               SELECT 1 FROM records_note WHERE subject = %s"""


class TestItCanInfer:
    def test_roughly_how_many_rows_a_table_has(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            assert raw("SELECT reltuples FROM pg_class WHERE relname = 'records_note'")
            assert raw("SELECT pg_relation_size('records_note') > 0") == [(True,)]

    def test_that_a_table_has_a_row_at_all(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            merge = "MERGE INTO {} USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE"
            assert "row-level security" in message_of(merge.format("records_note"))
            assert message_of(merge.format("records_request")) == ""

    def test_what_the_planner_expects_but_not_what_there_is(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            planned = str(raw("EXPLAIN SELECT * FROM records_note"))
            assert "rows=" in planned
            assert "actual" not in planned

    def test_by_trying_what_hidden_rows_hold_where_it_has_a_plan_explained(
        self, scene: Scene
    ) -> None:
        """Where a guess fits no row at all the policy is not asked; that takes a statement of its own to see."""
        with guarded.acting(scene.cole):
            right, wrong = (
                "\n".join(str(row[0]) for row in raw(EXPLAINED, guess))
                for guess in (SECRET_WORDS, "Operation Goose")
            )
        assert "never executed" not in right
        assert "never executed" in wrong
        assert SECRET_WORDS not in right.replace(f"'{SECRET_WORDS}'", "")

    def test_that_an_identifier_it_knows_is_taken(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            place = guarded.scope(guarded.ScopeOf(factories.ELSEWHERE, "records.note"))
            assert "duplicate key" in message_of(NOTE, scene.secret.pk, place)
            assert message_of(NOTE, new_id(), place) == ""

    def test_that_somebody_it_knows_by_identifier_is_on_the_staff(self, scene: Scene) -> None:
        """A foreign key is checked whoever may see what it points at; adding skills is needed for it."""
        own = factories.ELSEWHERE
        with transaction.atomic():
            factories.policy("skills", kinds=("people.skill",), holder=own, recipient=own)
        there = scene.asha.staff
        with guarded.acting(scene.cole):
            assert not raw("SELECT 1 FROM people_staff WHERE id = %s", there)
            assert _skill_of(there) == ""
            assert "foreign key" in _skill_of(new_id())

    def test_what_is_being_asked_and_by_which_connection(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            assert raw("SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()")

    def test_what_the_ledger_says_of_acts_but_not_who_acted_and_why(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            assert raw("SELECT subject FROM ledger_entry") != []
            assert raw("SELECT body FROM ledger_opened WHERE body IS NOT NULL") == []

    def test_who_is_posted_where_and_which_accounts_there_are(self, scene: Scene) -> None:
        assert raw("SELECT role FROM people_posting") != []
        assert raw("SELECT count(password) FROM people_account") != []
        assert raw("SELECT reference FROM agreements_agreement") == []


class TestItCanDo:
    def test_whatever_whoever_acts_may_do_and_no_more(self, scene: Scene) -> None:
        with guarded.acting(scene.colleague):
            mine = f"UPDATE records_note SET body = 'mine', changed_by = {BY} RETURNING id"
            assert raw(mine) == [(scene.clear.pk,)]

    def test_hold_others_up(self, scene: Scene) -> None:
        with guarded.acting(scene.cole):
            raw("LOCK TABLE records_note IN EXCLUSIVE MODE")
            raw("SELECT pg_advisory_xact_lock(1)")

    def test_go_on_reading_a_cursor_that_was_begun_by_who_may(self, scene: Scene) -> None:
        """Rows of an open cursor are those of the instant of its first row: a leave does not close it."""
        with transaction.atomic():
            with guarded.acting(scene.asha):
                raw("DECLARE long CURSOR FOR SELECT subject FROM records_note ORDER BY subject")
                assert len(raw("FETCH 1 FROM long")) == 1
            with guarded.acting(scene.cole):
                assert len(raw("FETCH ALL FROM long")) == 1
            raw("CLOSE long")


def _skill_of(staff: object) -> str:
    """What the database says when somebody is given a skill."""
    place = guarded.scope(guarded.ScopeOf(factories.ELSEWHERE, "people.skill"))
    raw("SET CONSTRAINTS ALL IMMEDIATE")
    return message_of(
        """INSERT INTO people_skill (id, scope_id, staff_id, code, evidence, version, starts_at,
                                     changed_at, changed_by)
           VALUES (gen_random_uuid(), %s, %s, 'x', '', 1, now(), now(), 'x')""",
        place,
        staff,
    )
