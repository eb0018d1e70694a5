"""Changes to staff, postings and accounts."""

from datetime import timedelta
from typing import Any

import pytest

from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Conflict, Missing, Refused, StaleVersion
from crossforce.ledger.models import Entry
from crossforce.people import models, operations
from crossforce.people.operations import accounts
from crossforce.people.operations.postings import AlreadyAnswered, CannotPost, EndsOutside
from crossforce.people.operations.staff import HasLeft
from crossforce.people.tests import factories
from crossforce.people.tests.factories import AT, ELSEWHERE, HERE, JOINED, PARTNER

pytestmark = pytest.mark.django_db
TOMORROW = AT + timedelta(days=1)


def particulars(**more: Any) -> operations.Particulars:
    given: dict[str, Any] = {
        "number": "PC 7",
        "given_name": "Robin",
        "family_name": "Hill",
        "kind": "officer",
    }
    return operations.Particulars(**given | more)


def acts() -> int:
    """How many entries there are, beside those of rows that were read and written."""
    return Entry.objects.exclude(operation__startswith="record.").count()


def entries_of(operation: str) -> int:
    return Entry.objects.filter(operation=operation).count()


class TestAddStaff:
    def test_enters_someone_and_records_it(self) -> None:
        administrator = factories.actor("force-administrator")
        before = acts()
        row = operations.add_staff(
            actor=administrator,
            organisation=HERE,
            particulars=particulars(family_name="Ó Briain"),
            period=Period(AT),
            at=AT,
        )
        assert (row.name, row.sort_key) == ("Robin Ó Briain", "o briain robin")
        assert acts() == before + 1
        entry = Entry.objects.get(
            operation="people.staff-added", subject=f"people.staff:{row.pk}"
        )
        assert b"Briain" not in bytes(entry.body)

    def test_refuses_another_organisations_administrator_with_the_reason(self) -> None:
        factories.organisation(PARTNER)
        with pytest.raises(Refused, match="only gloucestershire itself"):
            operations.add_staff(
                actor=factories.actor("force-administrator"),
                organisation=PARTNER,
                particulars=particulars(),
                period=Period(AT),
                at=AT,
            )

    def test_refuses_a_number_that_somebody_has(self) -> None:
        holder = factories.staff(number="PC 7")
        with pytest.raises(Conflict, match="has that number"):
            factories.staff(number="PC 7")
        operations.end_staff(
            actor=factories.loader(), staff=holder.pk, version=1, ends_at=AT, at=AT
        )


class TestEditStaff:
    def test_changes_the_row_and_its_version(self) -> None:
        administrator = factories.actor("force-administrator")
        row = factories.staff()
        edited = operations.edit_staff(
            actor=administrator, staff=row.pk, version=1, particulars=particulars(), at=AT
        )
        assert (edited.number, edited.version) == ("PC 7", 2)
        assert entries_of("people.staff-edited") == 1

    def test_refuses_a_stale_version_and_changes_nothing(self) -> None:
        administrator = factories.actor("force-administrator")
        row = factories.staff(name="Robin Hill")
        change: dict[str, Any] = {
            "actor": administrator,
            "staff": row.pk,
            "version": 1,
            "at": AT,
        }
        operations.edit_staff(**change, particulars=particulars(given_name="Sam"))
        with pytest.raises(StaleVersion, match="nothing of yours was saved"):
            operations.edit_staff(**change, particulars=particulars(given_name="Alex"))
        assert factories.fresh(row, administrator).given_name == "Sam"
        assert entries_of("people.staff-edited") == 1

    def test_does_not_find_somebody_of_another_organisation(self) -> None:
        theirs = factories.staff(PARTNER)
        with pytest.raises(Missing):
            operations.edit_staff(
                actor=factories.actor("force-administrator"),
                staff=theirs.pk,
                version=1,
                particulars=particulars(),
                at=AT,
            )

    def test_refuses_an_office_without_the_power(self) -> None:
        row = factories.staff()
        with pytest.raises(Refused, match="duty-inspector"):
            operations.edit_staff(
                actor=factories.actor("duty-inspector"),
                staff=row.pk,
                version=1,
                particulars=particulars(),
                at=AT,
            )


class TestEndStaff:
    def test_ends_everything_they_hold_at_the_same_instant(self) -> None:
        row = factories.staff()
        held = factories.posting(row, "investigator")
        operations.end_staff(
            actor=factories.loader(), staff=row.pk, version=1, ends_at=TOMORROW, at=AT
        )
        held.refresh_from_db()
        assert held.ends_at == TOMORROW
        assert held.holds(AT)
        assert not held.holds(TOMORROW)

    def test_calls_off_a_posting_that_would_only_begin_later(self) -> None:
        row = factories.staff()
        later = operations.Wanted(HERE, "investigator", Period(TOMORROW + timedelta(days=9)))
        posting = operations.post(actor=factories.loader(), staff=row.pk, wanted=later, at=AT)
        operations.end_staff(
            actor=factories.loader(), staff=row.pk, version=1, ends_at=TOMORROW, at=AT
        )
        posting.refresh_from_db()
        assert posting.state == "declined"

    def test_is_final(self) -> None:
        row = factories.staff()
        leave: dict[str, Any] = {
            "actor": factories.loader(),
            "staff": row.pk,
            "ends_at": AT,
            "at": AT,
        }
        operations.end_staff(**leave, version=1)
        with pytest.raises(HasLeft):
            operations.end_staff(**leave, version=2)


class TestPost:
    def wanted(self, role: str = "investigator", **more: Any) -> operations.Wanted:
        given: dict[str, Any] = {"organisation": HERE, "role": role, "period": Period(AT)}
        return operations.Wanted(**given | more)

    def test_holds_at_once_in_ones_own_organisation(self) -> None:
        row = factories.staff()
        posting = operations.post(
            actor=factories.actor("force-administrator"),
            staff=row.pk,
            wanted=self.wanted(),
            at=AT,
        )
        assert posting.state == "held"
        assert entries_of("people.posted") >= 1

    def test_for_another_organisation_waits_until_that_one_accepts(self) -> None:
        factories.organisation(PARTNER)
        row = factories.staff()
        posting = operations.post(
            actor=factories.actor("force-administrator"),
            staff=row.pk,
            wanted=self.wanted(organisation=PARTNER),
            at=AT,
        )
        assert posting.state == "offered"
        theirs = factories.actor("force-administrator", PARTNER, name="Bryn Parry")
        accepted = operations.accept_posting(actor=theirs, posting=posting.pk, version=1, at=AT)
        assert accepted.state == "held"
        with pytest.raises(AlreadyAnswered):
            operations.decline_posting(actor=theirs, posting=posting.pk, version=2, at=AT)

    def test_an_offer_is_not_there_for_a_third_organisation(self) -> None:
        factories.organisation(PARTNER)
        row = factories.staff()
        posting = operations.post(
            actor=factories.actor("force-administrator"),
            staff=row.pk,
            wanted=self.wanted(organisation=PARTNER),
            at=AT,
        )
        third = factories.actor("force-administrator", ELSEWHERE, name="Cole Marsh")
        with pytest.raises(Missing):
            operations.accept_posting(actor=third, posting=posting.pk, version=1, at=AT)

    @pytest.mark.parametrize(
        ("role", "reason"),
        [
            ("wizard", "no role called"),
            ("chief-officer", "does not exist in wiltshire"),
            ("platform-administrator", "does not exist in wiltshire"),
        ],
    )
    def test_refuses_a_role_that_has_no_place_there(self, role: str, reason: str) -> None:
        row = factories.staff()
        with pytest.raises(CannotPost, match=reason):
            operations.post(
                actor=factories.loader(), staff=row.pk, wanted=self.wanted(role), at=AT
            )

    def test_refuses_a_unit_of_another_organisation(self) -> None:
        row = factories.staff()
        theirs = factories.unit("gl-dogs", PARTNER)
        with pytest.raises(CannotPost, match="belongs to gloucestershire"):
            operations.post(
                actor=factories.loader(),
                staff=row.pk,
                wanted=self.wanted(unit=theirs.pk),
                at=AT,
            )

    def test_a_joint_unit_takes_people_of_any_organisation(self) -> None:
        unit = factories.joint_unit("tri-force-sou", "sw-tri-force")
        for code in (HERE, PARTNER):
            held = factories.posting(
                factories.staff(code), "dog-handler", unit_id=unit.pk, organisation_code=code
            )
            assert (held.state, held.organisation_id) == ("held", code)

    def test_refuses_the_same_role_twice_at_a_time(self) -> None:
        row = factories.staff()
        factories.posting(row, "investigator")
        with pytest.raises(Conflict, match="already posted in that role"):
            factories.posting(row, "investigator")

    def test_refuses_a_time_before_the_person_joined(self) -> None:
        row = factories.staff()
        early = Period(JOINED - timedelta(days=30))
        with pytest.raises(CannotPost, match="within the time this person serves"):
            operations.post(
                actor=factories.loader(), staff=row.pk, wanted=self.wanted(period=early), at=AT
            )

    def test_nobody_gives_themself_an_office(self) -> None:
        administrator = factories.actor("force-administrator")
        assert administrator.staff
        with pytest.raises(CannotPost, match="Nobody gives themself an office"):
            operations.post(
                actor=administrator,
                staff=administrator.staff,
                wanted=self.wanted("auditor"),
                at=AT,
            )


class TestEndPosting:
    def test_brings_the_end_forward(self) -> None:
        held = factories.posting(factories.staff(), "investigator")
        ended = operations.end_posting(
            actor=factories.actor("force-administrator"),
            posting=held.pk,
            version=1,
            ends_at=TOMORROW,
            at=AT,
        )
        assert ended.ends_at == TOMORROW

    def test_does_not_put_it_off(self) -> None:
        held = factories.posting(factories.staff(), "investigator")
        end: dict[str, Any] = {
            "actor": factories.actor("force-administrator"),
            "posting": held.pk,
            "at": AT,
        }
        operations.end_posting(**end, version=1, ends_at=TOMORROW)
        with pytest.raises(EndsOutside):
            operations.end_posting(**end, version=2, ends_at=TOMORROW + timedelta(days=1))


class TestAccounts:
    def opened(self, **more: Any) -> models.Account:
        given = {"username": "Asha.Rees", "email": "Asha@example.org", "password": "x" * 20}
        return operations.open_account(
            actor=factories.loader(),
            staff=factories.staff(name="Asha Rees").pk,
            credentials=operations.Credentials(**given | more),
            at=AT,
        )

    def test_opens_one_in_lower_case_with_the_name(self) -> None:
        account = self.opened()
        assert (account.username, account.name) == ("asha.rees", "Asha Rees")
        assert account.check_password("x" * 20)

    def test_refuses_a_name_that_is_taken(self) -> None:
        self.opened()
        with pytest.raises(accounts.NameTaken):
            self.opened(email="")

    def test_a_closed_one_acts_as_nobody(self) -> None:
        account = self.opened()
        operations.close_account(
            actor=factories.actor("force-administrator"), account=account.pk, at=AT
        )
        account.refresh_from_db()
        assert not account.is_active

    def test_nobody_closes_another_organisations(self) -> None:
        account = self.opened()
        with pytest.raises(accounts.NoSuchAccount):
            operations.close_account(
                actor=factories.actor("force-administrator", PARTNER), account=account.pk, at=AT
            )

    def test_the_platform_appoints_the_first_administrator_with_one_entry(self) -> None:
        factories.organisation(HERE)
        before = acts()
        account = operations.appoint_administrator(
            actor=factories.loader(),
            organisation=HERE,
            particulars=particulars(),
            credentials=operations.Credentials("robin.hill"),
            starts_at=AT,
            at=AT,
        )
        assert account.staff
        assert [posting.role for posting in account.staff.postings.all()] == [
            "force-administrator"
        ]
        assert acts() == before + 1
