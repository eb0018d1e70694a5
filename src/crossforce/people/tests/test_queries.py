"""Reads of people, and who an account acts as."""

from datetime import timedelta

import pytest

from crossforce.kernel import guarded
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import Missing, Refused
from crossforce.kernel.testing.cast import HERE, PARTNER, Cast
from crossforce.people import models, operations, queries
from crossforce.people.tests import factories
from crossforce.people.tests.factories import AT

pytestmark = pytest.mark.django_db


def names(actor: object, **wanted: str) -> list[str]:
    with guarded.acting(actor):
        found = queries.staff_list(actor, queries.StaffFilter(**wanted), AT)  # type: ignore[arg-type]
        return [row.name for row in found]


class TestStaffList:
    def test_is_of_the_own_organisation_by_family_name(self) -> None:
        inspector = factories.actor("duty-inspector", name="Asha Rees")
        factories.staff(HERE, name="Éva Árnyas")
        factories.staff(HERE, name="Zed Bell")
        factories.staff(PARTNER, name="Ann Able")
        assert names(inspector) == ["Éva Árnyas", "Zed Bell", "Asha Rees"]

    def test_finds_without_accents_and_by_number(self) -> None:
        inspector = factories.actor("duty-inspector", name="Asha Rees")
        found = factories.staff(HERE, name="Éva Árnyas", number="PC 77")
        assert names(inspector, words="arnyas EVA") == [found.name]
        assert names(inspector, words="77") == [found.name]

    def test_filters_by_unit_skill_and_authority(self) -> None:
        inspector = factories.actor("duty-inspector", name="Asha Rees")
        unit = factories.unit("dogs", HERE)
        handler = factories.staff(HERE, name="Dan Dale")
        factories.posting(handler, "dog-handler", unit_id=unit.pk)
        skill = operations.NewSkill("welsh-speaker", Period(AT))
        operations.record_skill(actor=factories.loader(), staff=handler.pk, skill=skill, at=AT)
        authority = operations.NewAuthority("pursuit-command", Period(AT))
        operations.grant_authority(
            actor=factories.loader(), staff=handler.pk, authority=authority, at=AT
        )
        for wanted in (
            {"unit": "dogs"},
            {"unit": "dogs", "role": "dog-handler"},
            {"skill": "welsh-speaker"},
            {"authority": "pursuit-command"},
        ):
            assert names(inspector, **wanted) == ["Dan Dale"]
        assert names(inspector, unit="dogs", role="controller") == []

    def test_is_refused_to_an_auditor(self, cast: Cast) -> None:
        with pytest.raises(Refused):
            names(cast.dee().actor)

    def test_is_refused_to_nobody(self) -> None:
        with pytest.raises(Refused, match="Sign in"):
            names(None)


class TestRecord:
    def test_is_missing_for_those_who_may_know_of_nobody(self, cast: Cast) -> None:
        row = factories.staff(HERE)
        for actor in (None, cast.dee().actor, cast.cole("duty-inspector").actor):
            with pytest.raises(Missing):
                queries.record(actor, row.pk, AT)

    def test_history_tells_what_changed_and_who_did(self, cast: Cast) -> None:
        administrator = cast.asha("force-administrator").actor
        row = factories.staff(HERE, name="Robin Hill", number="PC 7")
        particulars = operations.Particulars("PC 7", "Robin", "Vale", "officer")
        operations.edit_staff(
            actor=administrator, staff=row.pk, version=1, particulars=particulars, at=AT
        )
        _, [last, first] = queries.history(administrator, row.pk)
        assert last.fields == (("family_name", "Hill", "Vale"),)
        assert last.by == "Asha Rees"
        assert ("number", None, "PC 7") in first.fields


class TestActing:
    def account(self, *roles: str) -> models.Account:
        holder = factories.staff(HERE)
        for role in roles:
            factories.posting(holder, role)
        credentials = operations.Credentials("robin")
        return operations.open_account(
            actor=factories.loader(), staff=holder.pk, credentials=credentials, at=AT
        )

    def test_an_account_acts_in_a_posting_with_its_powers(self) -> None:
        actor = queries.actor_of(self.account("force-administrator"), AT)
        assert actor is not None
        assert actor.organisation == HERE
        assert actor.may("people.administer", HERE)
        assert not actor.may("people.administer", PARTNER)

    def test_it_acts_in_the_posting_that_was_chosen(self) -> None:
        account = self.account("force-administrator", "duty-inspector")
        inspector = next(
            row for row in queries.postings_of(account, AT) if row.role == "duty-inspector"
        )
        actor = queries.actor_of(account, AT, posting=inspector.pk)
        assert actor is not None
        assert actor.office == "duty-inspector"
        assert not actor.may("people.administer")

    def test_it_acts_as_nobody_without_a_posting(self) -> None:
        assert queries.actor_of(self.account(), AT) is None

    def test_it_acts_as_nobody_once_the_person_has_left(self) -> None:
        account = self.account("force-administrator")
        assert account.staff
        leaves = AT + timedelta(days=3)
        operations.end_staff(
            actor=factories.loader(), staff=account.staff.pk, version=1, ends_at=leaves, at=AT
        )
        assert queries.actor_of(account, leaves - timedelta(seconds=1)) is not None
        assert queries.actor_of(account, leaves) is None

    def test_an_offered_posting_gives_no_power(self) -> None:
        factories.organisation(PARTNER)
        account = self.account()
        assert account.staff
        operations.post(
            actor=factories.actor("force-administrator"),
            staff=account.staff.pk,
            wanted=operations.Wanted(PARTNER, "force-administrator", Period(AT)),
            at=AT,
        )
        assert queries.actor_of(account, AT) is None

    def test_every_account_that_can_act_is_listed(self) -> None:
        account = self.account("duty-inspector")
        assert [(each.pk, row.role) for each, row in queries.accounts(AT)] == [
            (account.pk, "duty-inspector")
        ]
