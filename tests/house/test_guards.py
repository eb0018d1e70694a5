"""Row security stands on every guarded table, is written in one place, and is open to nothing else."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from crossforce.access import guarding, soundness
from crossforce.acting import guarding as acting
from crossforce.acting import vouching
from crossforce.acting.models import Key
from crossforce.duty import guarding as duty
from crossforce.evidence import guarding as evidence
from crossforce.insight import guarding as insight
from crossforce.kernel import guarded_policies
from crossforce.kernel.guarded import models_of
from crossforce.kernel.vouched import Vouched, VouchedQuerySet
from crossforce.nominals import guarding as nominals
from crossforce.oversight import guarding as oversight
from crossforce.people import guarding as people
from crossforce.records import guarding as records
from crossforce.records import telling
from crossforce.replicas import guarding as replicas
from crossforce.sharing import guarding as sharing

SOURCE = Path(__file__).parents[2] / "src" / "crossforce"
POLICY = re.compile(r"\b(CREATE|ALTER|DROP)\s+POLICY\b|ROW\s+LEVEL\s+SECURITY", re.IGNORECASE)
LEDGER = ("ledger_erase_private(uuid,text,uuid)",)
OPEN = (
    *acting.OPEN,
    *guarding.OPEN,
    *insight.OPEN,
    *sharing.OPEN,
    *records.OPEN,
    *oversight.OPEN,
    *duty.OPEN,
    *evidence.OPEN,
    *replicas.OPEN,
    *LEDGER,
    *people.OPEN,
    *telling.signatures(),
    *nominals.OPEN,
)
READABLE = {"access_share": {"SELECT"}, "access_request": {"SELECT", "INSERT", "UPDATE"}}
FILES = {"kernel_holderkey", "kernel_storedfile"}
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def asked(question: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@pytest.mark.django_db
class TestTables:
    def test_every_guarded_table_and_its_history_has_exactly_its_policies(self) -> None:
        assert not list(soundness.faults())

    def test_every_guarded_table_keeps_its_states(self) -> None:
        without = [
            model for model in models_of() if not list(guarded_policies.histories(model))
        ]
        assert not without

    def test_whatever_has_a_policy_is_under_row_security(self) -> None:
        off = """SELECT DISTINCT relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
                  WHERE NOT relrowsecurity"""
        assert not asked(off)

    def test_whatever_names_a_scope_is_under_row_security(self) -> None:
        """A new table beside the records that names their scopes is decided upon."""
        named = """SELECT DISTINCT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                     JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
                      AND a.attname IN ('scope', 'scope_id', 'one_scope', 'other_scope')"""
        assert not asked(named)


@pytest.mark.django_db
class TestVouchedRows:
    """Enforcement is computed from agreements: from all that is stored of them but their drafts. Files hang by their keys."""

    def test_are_all_of_agreements_but_drafts_and_the_keys_of_files(self) -> None:
        stored = {
            model._meta.db_table for model in apps.get_app_config("agreements").get_models()
        }
        assert set(vouching.tables()) == stored - {"agreements_draft"} | FILES

    def test_have_their_triggers(self) -> None:
        with connection.cursor() as cursor:
            assert not list(vouching.unguarded(cursor))

    def test_are_reached_only_by_managers_that_vouch(self) -> None:
        for model in models_of(Vouched):
            for manager in (model._default_manager, model._base_manager, *model._meta.managers):
                assert isinstance(manager.all(), VouchedQuerySet), model
            assert model._meta.pk.name == "id", model


@pytest.mark.django_db
class TestFunctions:
    def test_one_that_runs_as_the_owner_says_where_it_looks(self) -> None:
        loose = """SELECT p.oid::regprocedure::text FROM pg_proc p
                     JOIN pg_namespace n ON n.oid = p.pronamespace
                    WHERE n.nspname = 'public' AND prosecdef
                      AND NOT EXISTS (SELECT FROM unnest(proconfig) c WHERE c LIKE 'search_path=%%pg_temp')"""
        assert not asked(loose)

    def test_the_application_calls_no_other_than_the_listed_ones(self) -> None:
        callable_now = """SELECT p.oid FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                           WHERE n.nspname = 'public' AND prorettype <> 'trigger'::regtype
                             AND (prosecdef OR split_part(proname, '_', 1) IN ('access', 'duty', 'records', 'oversight', 'replicas',
                                                                          'nominals'))
                             AND has_function_privilege(p.oid, 'EXECUTE')"""
        found = {row[0] for row in asked(callable_now)}
        listed = {row[0] for row in asked("SELECT unnest(%s::regprocedure[])::oid", list(OPEN))}
        assert found == listed, asked(
            "SELECT x::regprocedure::text FROM unnest(%s::oid[]) x", list(found ^ listed)
        )


@pytest.mark.django_db
def test_the_application_reads_nothing_of_access_but_requests_and_shares() -> None:
    tables = [model._meta.db_table for model in apps.get_app_config("access").get_models()]
    for table in [*tables, Key._meta.db_table]:
        held = {
            right
            for right in RIGHTS
            if asked("SELECT has_table_privilege(%s, %s)", table, right)[0][0]
        }
        assert held == READABLE.get(table, set()), table


def test_policies_are_written_in_one_place_alone() -> None:
    elsewhere = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*")
        if path.suffix in {".py", ".sql"}
        and path.name != "guarded_policies.py"
        and path.parent.name != "tests"
        and POLICY.search(path.read_text())
    ]
    assert not elsewhere
