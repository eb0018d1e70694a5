"""The database answers for whoever acts, and for nobody else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from crossforce.access import queries
from crossforce.access.tests.factories import CLAUSE, LONG_AGO, bryn, given
from crossforce.acting import context as acting
from crossforce.kernel import guarded
from crossforce.kernel.periods import Period
from crossforce.people.models import Skill, Staff
from crossforce.people.tests import factories

pytestmark = pytest.mark.django_db


def seen() -> list[str]:
    return sorted(name for _, name in Staff.objects.values_list("id", "family_name"))


def now() -> datetime:
    return datetime.now(UTC)


class TestReading:
    def test_without_an_actor_there_are_no_rows(self) -> None:
        factories.staff(name="Robin Hill")
        assert seen() == []

    def test_an_office_sees_its_own_people_while_it_acts(self) -> None:
        factories.staff(name="Robin Hill")
        factories.staff(factories.PARTNER, name="Jo Lake")
        with guarded.acting(factories.actor("duty-inspector")):
            assert seen() == ["Hill", "Rees"]
        assert seen() == []

    def test_a_partner_sees_by_a_clause_until_it_ends(self) -> None:
        factories.staff(name="Robin Hill")
        with guarded.acting(bryn()):
            assert seen() == []
            given(CLAUSE)
            assert seen() == ["Hill"]
            given(replace(CLAUSE, holds=Period(LONG_AGO, now())))
            assert seen() == []

    @pytest.mark.parametrize(
        "clause",
        [
            replace(CLAUSE, holder=factories.ELSEWHERE),
            replace(CLAUSE, recipient=factories.ELSEWHERE),
            replace(CLAUSE, kind="people.skill"),
            replace(CLAUSE, actions=("find", "edit")),
            replace(CLAUSE, roles=("controller",)),
            replace(CLAUSE, units=("tri-force-sou",)),
            replace(CLAUSE, purposes=("court-preparation",)),
            replace(CLAUSE, collection="function:dogs"),
            replace(CLAUSE, compartment="special-branch"),
            replace(CLAUSE, holds=Period(datetime(2099, 1, 1, tzinfo=UTC))),
        ],
    )
    def test_every_condition_counts(self, clause: object) -> None:
        factories.staff(name="Robin Hill")
        given(clause)  # type: ignore[arg-type]
        with guarded.acting(bryn()):
            assert seen() == []

    def test_collections_of_one_holder_open_nothing_of_another(self) -> None:
        elsewhere = replace(CLAUSE, holder=factories.ELSEWHERE)
        given(
            *(replace(CLAUSE, collection=f"case:{name}") for name in "ab"),
            *(replace(elsewhere, collection=f"case:{name}") for name in "bc"),
        )
        numbers = {
            (holder, name): guarded.scope(
                guarded.ScopeOf(holder, CLAUSE.kind, collection=f"case:{name}")
            )
            for holder in (CLAUSE.holder, factories.ELSEWHERE)
            for name in "abc"
        }
        with guarded.acting(bryn()):
            open_ = set(queries.scopes(CLAUSE.kind, "read"))
        assert {place for place, number in numbers.items() if number in open_} == {
            (CLAUSE.holder, "a"),
            (CLAUSE.holder, "b"),
            (factories.ELSEWHERE, "b"),
            (factories.ELSEWHERE, "c"),
        }

    def test_a_unit_is_one_that_an_agreement_made(self) -> None:
        holder = factories.staff(name="Robin Hill")
        joint = factories.joint_unit("tri-force-sou", "tri-force")
        factories.unit("dogs", factories.HERE)
        factories.posting(holder, "investigator", unit_id=joint.pk)
        given(
            replace(CLAUSE, collection="unit:tri-force-sou"),
            replace(CLAUSE, collection="unit:dogs"),
        )
        with guarded.acting(bryn()):
            assert seen() == ["Hill"]

    def test_a_scope_is_known_to_be_open_before_anything_is_put_there(self) -> None:
        holder = factories.staff(name="Robin Hill")
        joint = factories.joint_unit("tri-force-sou", "tri-force")
        factories.posting(holder, "investigator", unit_id=joint.pk)
        given(
            replace(CLAUSE, collection="unit:tri-force-sou"),
            replace(CLAUSE, collection="function:dogs", marking="OFFICIAL"),
            replace(CLAUSE, holder=factories.ELSEWHERE, compartment="covert"),
        )
        places = [
            guarded.ScopeOf(organisation, CLAUSE.kind, collection, compartment, marking, person)
            for organisation in (CLAUSE.holder, factories.ELSEWHERE)
            for collection in ("", "unit:tri-force-sou", "function:dogs")
            for compartment in ("", "covert")
            for marking in ("OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET")
            for person in (None, holder.pk, UUID(int=7))
        ]
        with guarded.acting(bryn()):
            before = guarded.open_scopes("read", places)
            with guarded.acting(bryn(), LONG_AGO - timedelta(days=1)):
                assert not guarded.open_scopes("read", places)
            numbers = {each: guarded.scope(each) for each in places}
            open_ = set(queries.scopes(CLAUSE.kind, "read"))
            assert before == {each for each in places if numbers[each] in open_}
            assert guarded.open_scopes("read", places) == before
            assert not guarded.open_scopes("add", places)
        assert 5 < len(before) < len(places)
        assert not guarded.open_scopes("read", places)

    def test_looking_back_gives_what_was_allowed_then_and_now(self) -> None:
        factories.staff(name="Robin Hill")
        given(replace(CLAUSE, holds=Period(now() - timedelta(days=2))))
        with guarded.acting(bryn(), now() - timedelta(days=1)):
            assert seen() == ["Hill"]
        with guarded.acting(bryn(), now() - timedelta(days=3)):
            assert seen() == []


class TestChanging:
    def test_reading_is_not_editing(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(CLAUSE)
        with guarded.acting(bryn()):
            assert Staff.objects.filter(pk=row.pk).update(rank="Sergeant") == 0
            given(replace(CLAUSE, actions=("read", "edit")))
            assert Staff.objects.filter(pk=row.pk).update(rank="Sergeant") == 1

    def test_nothing_is_added_to_a_scope_that_is_not_open(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(CLAUSE)
        skill = Skill(
            id=UUID(int=1),
            staff=row,
            code="x",
            scope_id=row.scope_id,
            starts_at=LONG_AGO,
            changed_at=LONG_AGO,
            changed_by="test",
        )
        refused = pytest.raises(DatabaseError, match="row-level security")
        with refused, guarded.acting(bryn()):
            skill.save(force_insert=True)

    def test_looking_back_changes_nothing(self) -> None:
        row = factories.staff(name="Robin Hill")
        given(replace(CLAUSE, actions=("read", "edit")))
        with guarded.acting(bryn(), now() - timedelta(days=1)):
            assert Staff.objects.filter(pk=row.pk).update(rank="Sergeant") == 0


class TestContext:
    def test_nests_and_gives_back(self) -> None:
        factories.staff(name="Robin Hill")
        partner = bryn()
        with guarded.acting(factories.actor("duty-inspector")):
            with guarded.acting(partner):
                assert seen() == []
            with guarded.acting(None):
                assert seen() == []
            assert "Hill" in seen()

    def test_comes_back_after_a_failure_inside(self) -> None:
        factories.staff(name="Robin Hill")
        partner = bryn()
        with guarded.acting(factories.actor("duty-inspector")):
            with pytest.raises(ZeroDivisionError), guarded.acting(partner):
                raise ZeroDivisionError
            assert "Hill" in seen()

    def test_a_separator_in_a_field_is_refused(self) -> None:
        partner = bryn("a|b")
        with pytest.raises(acting.CannotAct), guarded.acting(partner):
            pass


@pytest.mark.django_db(transaction=True)
class TestToken:
    def test_is_worth_nothing_in_another_transaction(self) -> None:
        factories.staff(name="Robin Hill")
        inspector = factories.actor("duty-inspector")
        with guarded.acting(inspector):
            context = acting.current()
        assert context is not None
        assert acting.current() is None
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('crossforce.acting', %s, true)", [context.token])
            assert seen() == []

    def test_does_not_outlive_its_transaction(self) -> None:
        factories.staff(name="Robin Hill")
        with guarded.acting(factories.actor("duty-inspector")):
            assert seen()
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('crossforce.acting', true)")
            assert cursor.fetchone()[0] in (None, "")

    def test_a_posting_that_ended_acts_no_more(
        self, owner_connection: psycopg.Connection[object]
    ) -> None:
        factories.staff(name="Robin Hill")
        inspector = factories.actor("duty-inspector")
        with guarded.acting(inspector):
            assert seen()
            owner_connection.execute(
                "UPDATE people_posting SET ends_at = now() WHERE id = %s", [inspector.posting]
            )
            assert seen() == []


class TestSealed:
    @pytest.mark.parametrize(
        "statement",
        [
            "INSERT INTO access_grant (agreement) VALUES ('x')",
            "SELECT * FROM access_grant",
            "SELECT * FROM access_key",
            "SELECT * FROM access_scope",
            "INSERT INTO access_share (id) VALUES (gen_random_uuid())",
            "SELECT access_mac(1, 'x')",
            "SELECT access_number_of('a', 'b', '', '', 'OFFICIAL', NULL)",
            "SELECT access_put_grants('1|1|1|grants|{}', 'x')",
            "SELECT access_scope_of('1|1|1|scope|{}', 'x')",
        ],
    )
    def test_sql_that_slips_in_can_neither_read_nor_change_what_is_enforced(
        self, statement: str
    ) -> None:
        refused = pytest.raises(DatabaseError, match=r"permission denied|not sealed")
        with refused, connection.cursor() as cursor:
            cursor.execute(statement)

    def test_a_message_is_good_for_its_verb_only(self) -> None:
        message, mac = acting.sealed("scope", {"agreement": "x", "grants": []})
        refused = pytest.raises(DatabaseError, match="not sealed")
        with refused, connection.cursor() as cursor:
            cursor.execute("SELECT access_put_grants(%s, %s)", [message, mac])

    def test_scopes_have_one_number_each(self) -> None:
        of = guarded.ScopeOf("wiltshire", "records.note", "case:1", "", "SECRET")
        assert queries.scope_of(of) == queries.scope_of(of) > 0


class TestVouched:
    @pytest.mark.parametrize("vouched", ["", "0" * 64])
    def test_an_entry_that_the_platform_did_not_write_is_refused(self, vouched: str) -> None:
        factories.staff(name="Robin Hill")
        copied = """INSERT INTO ledger_entry
                           (id, operation, at, organisation, concerns, subject, rows, body, leaf_hash)
                    SELECT gen_random_uuid(), operation, at, organisation, concerns, subject, rows, body, leaf_hash
                      FROM ledger_entry LIMIT 1"""
        auditor = factories.actor("auditor")
        if vouched:
            acting.vouch("ledger", vouched)
        refused = pytest.raises(DatabaseError, match="by the platform itself")
        with refused, guarded.acting(auditor), connection.cursor() as cursor:
            cursor.execute(copied)
