"""What the application role has no right to, whatever SQL slips into a request."""

from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from crossforce.kernel import database, guarded
from crossforce.kernel.guarded import models_of
from tests.adversarial.conftest import Scene, as_actor, raw

COUNT = "SELECT count(*) FROM records_note"
WRITES = {
    "access_grant": "agreement = 'x'",
    "access_scope": "marking = 'OFFICIAL'",
    "access_block": "rank = 0",
    "access_share": "holder = 'x'",
    "access_kind": "relation = 'x'",
    "access_key": "number = 7",
    "records_pointer": "title = 'x'",
    "records_searched": "text = 'x'",
    "records_cut": "cut_by = 'x'",
    "records_noteevent": "subject = 'x'",
    "ledger_entry": "subject = 'x'",
    "organisations_organisationevent": "name_en = 'x'",
    "organisations_unitevent": "name_en = 'x'",
    "people_postingevent": "role = 'x'",
    "people_samepersonevent": "pgh_label = 'x'",
}
READS = (
    "access_grant",
    "access_scope",
    "access_block",
    "access_kind",
    "access_key",
    "records_searched",
    "records_cut",
)


def is_refused(statement: str, *values: Any) -> bool:
    try:
        with transaction.atomic():
            raw(statement, *values)
    except DatabaseError:
        return True
    return False


class TestTheApplicationRole:
    @pytest.mark.parametrize("table", sorted(WRITES))
    def test_changes_nothing_of_what_decides_or_is_kept(self, scene: Scene, table: str) -> None:
        with guarded.acting(scene.asha):
            assert is_refused(f"UPDATE {table} SET {WRITES[table]}")
            assert is_refused(f"DELETE FROM {table}")
            assert is_refused(f"TRUNCATE {table}")
            if table != "ledger_entry":
                assert is_refused(f"INSERT INTO {table} SELECT * FROM {table}")

    def test_deletes_no_account(self, scene: Scene) -> None:
        assert is_refused("DELETE FROM people_account")

    @pytest.mark.parametrize("table", READS)
    def test_reads_nothing_of_what_decides(self, scene: Scene, table: str) -> None:
        with guarded.acting(scene.asha):
            assert is_refused(f"SELECT * FROM {table}")
            assert is_refused(f"COPY {table} TO STDOUT")

    @pytest.mark.parametrize(
        "statement",
        [
            "SET ROLE {owner}",
            "SET SESSION AUTHORIZATION {owner}",
            "GRANT {owner} TO CURRENT_USER",
            "ALTER ROLE CURRENT_USER BYPASSRLS",
            "ALTER ROLE CURRENT_USER SUPERUSER",
            "CREATE ROLE another SUPERUSER",
            "ALTER TABLE records_note DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE records_note NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE records_note OWNER TO CURRENT_USER",
            "ALTER TABLE records_note DISABLE TRIGGER ALL",
            "DROP POLICY guarded_read ON records_note",
            "ALTER POLICY guarded_read ON records_note USING (true)",
            "CREATE POLICY mine ON records_note USING (true)",
            "CREATE TRIGGER mine AFTER INSERT ON records_note EXECUTE FUNCTION records_keep()",
            "DROP TRIGGER records_follow ON records_note",
            (
                "CREATE OR REPLACE FUNCTION access_scopes(kind text, action text) RETURNS int[] "
                "LANGUAGE sql AS 'SELECT NULL::int[]'"
            ),
            "ALTER FUNCTION access_scopes(text, text) OWNER TO CURRENT_USER",
            "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE FUNCTION pg_catalog.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "CREATE OPERATOR public.= (LEFTARG = int, RIGHTARG = int, FUNCTION = int4ne)",
            "CREATE TABLE public.mine (x int)",
            "CREATE VIEW public.mine AS SELECT 1",
            "CREATE SCHEMA mine",
            "CREATE EXTENSION dblink",
            "CREATE RULE mine AS ON SELECT TO records_note DO INSTEAD SELECT 1",
            "CREATE INDEX mine ON records_note (subject)",
            "CREATE STATISTICS mine ON subject, body FROM records_note",
            "COMMENT ON TABLE records_note IS 'x'",
            "VACUUM records_note",
            "LOCK TABLE access_grant IN ACCESS SHARE MODE",
            "SET LOCAL session_replication_role = 'replica'",
            "ALTER SYSTEM SET row_security = off",
            "COPY records_note FROM STDIN",
            "COPY records_note TO PROGRAM 'cat'",
            "SELECT pg_terminate_backend(pg_backend_pid())",
            "SELECT pg_cancel_backend(pg_backend_pid())",
            "SELECT * FROM pg_authid",
            "SELECT * FROM pg_statistic",
            "SELECT * FROM pg_user_mapping",
            "SELECT pg_ls_dir('.')",
        ],
    )
    def test_is_refused(self, scene: Scene, statement: str) -> None:
        owner = f'"{database.plan().owner_login().user}"'
        with guarded.acting(scene.asha):
            assert is_refused(statement.format(owner=owner))
            assert as_actor(scene.cole, COUNT) == [(0,)]

    def test_with_row_security_off_gets_an_error_and_no_rows(self, scene: Scene) -> None:
        with guarded.acting(scene.cole), transaction.atomic():
            raw("SET LOCAL row_security = off")
            assert is_refused(COUNT)
            assert is_refused("SELECT * FROM records_pointer")

    def test_calls_none_of_the_functions_that_decide_for_somebody_else(
        self, scene: Scene
    ) -> None:
        """Those that take an actor as an argument, or answer without asking who acts."""
        for statement in (
            "SELECT access_scopes_at(NULL, 'records.note', 'read', now())",
            "SELECT access_rows_at(NULL, 'records.note', 'read', now())",
            "SELECT access_grants_of(NULL, '', '', now())",
            "SELECT access_estate('wiltshire', now())",
            "SELECT access_told('records.note')",
            "SELECT access_tidy('wiltshire', 'records.note', '', 0::smallint, 0)",
            "SELECT access_unsealed('x', 'y', 'grants')",
        ):
            assert is_refused(statement), statement

    @pytest.mark.parametrize(
        "function", ["access_put_grants", "access_put_share", "access_end_share"]
    )
    def test_changes_no_grant_without_the_seal(self, scene: Scene, function: str) -> None:
        with guarded.acting(scene.asha):
            acting = str(raw("SELECT current_setting('crossforce.acting')")[0][0])
            message, mac = acting.split("~")
            for sent in (
                message,
                message.replace("|", "|grants|", 1),
                '1|1|1|grants|{"x": 1}',
                "",
            ):
                assert is_refused(f"SELECT {function}(%s, %s)", sent, mac)


class TestEveryFunction:
    def test_that_runs_as_the_owner_names_its_search_path_without_the_attackers(
        self, db: None
    ) -> None:
        found = raw(
            """SELECT p.oid::regprocedure::text, coalesce(array_to_string(p.proconfig, ';'), '')
                 FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                WHERE n.nspname = 'public' AND p.prosecdef"""
        )
        assert found
        for name, settings in found:
            path = next(
                (each for each in settings.split(";") if each.startswith("search_path=")), ""
            )
            parts = [
                each.strip().strip('"') for each in path.removeprefix("search_path=").split(",")
            ]
            assert parts[0] == "pg_catalog", (name, settings)
            assert parts[-1] == "pg_temp", (name, settings)
            assert set(parts) <= {"pg_catalog", "public", "pg_temp"}, (name, settings)

    def test_that_runs_as_the_owner_is_open_to_the_application_only_where_listed(
        self, db: None
    ) -> None:
        found = raw(
            """SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                WHERE n.nspname = 'public' AND p.prosecdef AND p.prorettype <> 'trigger'::regtype
                  AND has_function_privilege(p.oid, 'EXECUTE')
                  AND NOT starts_with(p.proname, 'pgtrigger')"""
        )
        assert {name for (name,) in found} - OPEN == set()


OPEN = {
    # told of the actor, or of what the actor may read, find or have explained:
    "access_acting", "access_administers", "access_audience", "access_audits", "access_clauses", "access_withholds", "ledger_names_oneself", "access_decided", "access_deciders", "access_described",
    "access_employs", "access_gives_own_office", "access_glass", "access_is_oneself", "access_keeps", "access_openings", "access_place", "access_reasons", "access_rows", "access_scopes", "access_seen",
    "access_signs_in", "oversight_is_anothers", "oversight_openings_of", "oversight_records_about", "records_described", "records_grounds",
    "records_known_rows", "records_known_scopes", "records_listed", "records_rows", "records_scopes", "records_search",
    "people_qualified", "people_one_human",
    # which boards are kept here, by identifier, code, agreement and since when; of one in a compartment to its readers:
    "told_boards_board_kept",
    # of papers that the actor may read: on which day each was decided, and which meetings put it off:
    "told_boards_decision_taken",
    # what seats answered to a paper that the actor reads, before a board that the actor may change:
    "told_boards_answer_given",
    # what bodies said to own rules that are proposed for a board that the actor reads:
    "told_boards_answer_said",
    # how much a decision has opened in all, by its identifier; of budgets in compartments to their readers:
    "told_finance_budget_opened",
    # that somebody else is interested too in what the actor is, where clauses of both sides have it compared:
    "nominals_met",
    # that something new answers one's own saved searches:
    "nominals_news_of", "nominals_news_seen",
    # under seal, what stands between a record and others, when it goes:
    "records_ends_going",
    # under seal, how many parts an exhibit or a case has, before it moves or goes:
    "evidence_parts", "evidence_case_parts",
    # under seal, which exhibits of a case may not go to its defence:
    "evidence_withheld",
    # whether a clause has copies of exhibits go from a giver to a receiver, and on; to these two alone; and by which agreements
    # the actor's own organisation is bound:
    "evidence_bound", "evidence_agreements",
    # that a copy is asked back, to who reads the offer or the copy; what its receiver answered, to who reads what was given:
    "told_evidence_copy_withdrawn", "told_evidence_copy_asked_back", "told_evidence_received_answered",
    # that an exhibit which the actor reads came as a copy, from whom and for how long:
    "told_evidence_received_bound",
    # of cases that somebody tied a copy or link to, by their identifiers, which are closed:
    "told_evidence_case_closed",
    # under seal, or of the scopes of whoever acts; and the tables of one's own session, into which a load is copied:
    "nominals_fed", "nominals_fed_in", "nominals_following", "nominals_leads", "nominals_likened", "nominals_whole", "nominals_reach",
    "nominals_sides", "nominals_asked", "nominals_noticed", "nominals_reach_of", "nominals_emptied",
    "nominals_staging_dropped", "nominals_staging_made", "nominals_staging_measured",
    # while which duties that the actor reads do not run, because somebody is away; no other absence, and not why:
    "duty_away",
    # whether rights changed, as a hash, and whether anything ends for the actor just now:
    "replicas_agrees", "replicas_known",
    # asked and changed under the application's seal only, or counted for who may preview:
    "access_counted", "access_end_share", "access_endings", "access_falling", "access_foreseen", "access_narrows",
    "access_open", "access_put_grants", "access_put_share", "access_scope_of", "access_sight", "access_standing", "duty_foreseen",
    "duty_hours",
    # under seal, disposes of what ended postings left as their own, once it is due:
    "records_left",
    # temporary tables of this connection, empty and of fixed columns, for an import:
    "duty_staging_dropped", "duty_staging_made", "duty_staging_measured",
    # puts a seal on a token, which opens nothing unless the platform made it for that token:
    "people_seal_token",
    # erases what an entry said in private, in the transaction that writes that into the ledger:
    "ledger_erase_private",
}  # fmt: skip
"""Each was read for what it tells a stranger; a new one is read before it is put here."""


@pytest.mark.usefixtures("may_make_temporary")
class TestTheSearchPath:
    """Temporary objects are refused (test_leftovers); where they are not, they decide nothing all the same."""

    def test_with_tables_of_ones_own_in_front_fools_no_decision(self, scene: Scene) -> None:
        with guarded.acting(scene.cole), transaction.atomic():
            raw("CREATE TEMP TABLE access_grant (agreement text, kind text)")
            raw("CREATE TEMP TABLE access_block (scopes int[])")
            raw("CREATE TEMP TABLE people_posting (id uuid, state text)")
            raw("CREATE TEMP TABLE access_key (number int, inner_pad bytea, outer_pad bytea)")
            raw("INSERT INTO pg_temp.access_key VALUES (1, '\\x00', '\\x00')")
            raw("SET LOCAL search_path = pg_temp, public, pg_catalog")
            assert raw("SELECT count(*) FROM public.records_note") == [(0,)]
            assert raw("SELECT public.access_scopes('records.note', 'read')") != [(None,)]
            transaction.set_rollback(True)

    def test_with_functions_and_operators_of_ones_own_fools_no_decision(
        self, scene: Scene
    ) -> None:
        with guarded.acting(scene.cole), transaction.atomic():
            raw(
                """CREATE FUNCTION pg_temp.access_scopes(text, text) RETURNS int[] LANGUAGE sql
                   AS 'SELECT array_agg(n) FROM generate_series(1, 1000) n'"""
            )
            raw(
                """CREATE FUNCTION pg_temp.yes(int, int) RETURNS bool LANGUAGE sql IMMUTABLE
                   AS 'SELECT true'"""
            )
            raw(
                "CREATE OPERATOR pg_temp.= (LEFTARG = int, RIGHTARG = int, FUNCTION = pg_temp.yes)"
            )
            raw("SET LOCAL search_path = pg_temp, public, pg_catalog")
            assert raw("SELECT count(*) FROM public.records_note") == [(0,)]
            assert raw("SELECT id FROM public.records_search('heron', '{}', 9)") == []
            transaction.set_rollback(True)

    def test_gives_no_way_to_write_history(self, scene: Scene) -> None:
        """A trigger on a table of one's own writes only what one may write oneself."""
        with guarded.acting(scene.asha), transaction.atomic():
            raw("CREATE TEMP TABLE lever (x int)")
            raw(
                """CREATE FUNCTION pg_temp.forge() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                     INSERT INTO public.records_noteevent SELECT * FROM public.records_noteevent;
                     RETURN NEW; END $$"""
            )
            raw(
                "CREATE TRIGGER forge AFTER INSERT ON lever FOR EACH ROW EXECUTE FUNCTION pg_temp.forge()"
            )
            assert is_refused("INSERT INTO lever VALUES (1)")
            transaction.set_rollback(True)


class TestEveryTable:
    def test_with_a_scope_is_under_row_security(self, db: None) -> None:
        """Found by its columns and not by what the code says of itself."""
        found = raw(
            """SELECT DISTINCT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                 JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT a.attisdropped
                  AND a.attname IN ('scope_id', 'one_scope', 'other_scope', 'pgh_obj_id', 'record')
                  AND NOT (c.relrowsecurity AND EXISTS (
                        SELECT FROM pg_policies p WHERE p.tablename = c.relname))
                  AND has_table_privilege(c.oid, 'SELECT')"""
        )
        assert {name for (name,) in found} - UNGUARDED == set()

    def test_of_a_guarded_model_is_under_row_security(self, db: None) -> None:
        for model in models_of():
            assert raw(
                "SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass",
                model._meta.db_table,
            ) == [(True,)]
            assert not _owns(model._meta.db_table)

    def test_is_owned_by_somebody_else(self, db: None) -> None:
        for model in apps.get_models(include_auto_created=True):
            if (
                model._meta.managed
                and model._meta.db_table in connection.introspection.table_names()
            ):
                assert not _owns(model._meta.db_table)


UNGUARDED = {
    "organisations_organisationevent",
    "organisations_unitevent",
    "people_postingevent",
    "people_samepersonevent",
}
"""History of bodies, units and postings, which are not guarded: acting begins from them."""


def _owns(table: str) -> bool:
    return bool(
        raw(
            "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = %s::regclass",
            table,
        )[0][0]
    )
