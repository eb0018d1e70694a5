"""Drafting, proposing, considering, refusing, withdrawing, varying."""

from dataclasses import replace
from typing import Any

import pytest

from crossforce.agreements import models, operations, rules
from crossforce.agreements.choices import State, View
from crossforce.agreements.queries import documents, facts
from crossforce.agreements.tests import factories
from crossforce.agreements.tests.factories import (
    AVON,
    DAY,
    DORSET,
    NOW,
    REFERENCE,
    THREE,
    WILTS,
    party,
)
from crossforce.kernel.refusals import Missing, Refused, StaleVersion

pytestmark = pytest.mark.usefixtures("bodies")

CHIEF, PCC = factories.parties(AVON)


def state(agreement: models.Agreement) -> State:
    return rules.state(facts.facts_of(agreement), NOW)


def propose(version: int = 1) -> models.Version:
    return operations.propose(
        actor=factories.programme(), reference=REFERENCE, version=version, at=NOW
    )


def consider(organisation: str, **changes: Any) -> models.VersionParty:
    values: dict[str, Any] = {
        "actor": party(organisation), "reference": REFERENCE, "number": 1,
        "organisation": organisation, "consideration": factories.in_favour(), "version": 1, "at": NOW,
    }  # fmt: skip
    return operations.consider(**(values | changes))


def refuse(organisation: str, reason: str = "It costs too much.") -> models.VersionParty:
    return operations.refuse(
        actor=party(organisation), reference=REFERENCE, number=1, organisation=organisation,
        reason=reason, at=NOW,
    )  # fmt: skip


class TestDraft:
    def test_may_be_unsound_and_even_unreadable(self) -> None:
        draft = factories.drafted("this is = = not TOML")
        assert draft.agreement.title_en == REFERENCE

    def test_gives_the_agreement_its_title_once_it_can_be_read(self) -> None:
        assert factories.drafted().agreement.title_en == "Joint roads policing"

    def test_is_begun_only_for_ones_own_organisation(self) -> None:
        with pytest.raises(Refused):
            operations.begin(
                actor=factories.programme(WILTS),
                owner=AVON,
                reference="theirs",
                document="",
                at=NOW,
            )

    @pytest.mark.parametrize("reference", ["", "Has Capitals", "-x", "a" * 101, "a/b"])
    def test_refuses_an_unfit_reference(self, reference: str) -> None:
        with pytest.raises(operations.NotNow, match="small letters"):
            factories.drafted("x", reference=reference)

    def test_refuses_a_taken_reference(self) -> None:
        factories.drafted()
        with pytest.raises(operations.NotNow, match="taken"):
            factories.drafted()

    @pytest.mark.parametrize(("text", "words"), [("a" * 2_100_000, "larger"), ("a\0b", "NUL")])
    def test_refuses_what_no_document_is(self, text: str, words: str) -> None:
        with pytest.raises(operations.NotNow, match=words):
            factories.drafted(text)

    def test_saved_by_two_refuses_the_later(self) -> None:
        factories.drafted()
        save = {"actor": factories.programme(), "reference": REFERENCE, "version": 1, "at": NOW}
        assert operations.save(document="mine", **save).version == 2  # type: ignore[arg-type]
        with pytest.raises(StaleVersion):
            operations.save(document="yours", **save)  # type: ignore[arg-type]
        assert models.Draft.objects.get().document == "mine"

    def test_discarded_frees_its_reference(self) -> None:
        factories.drafted()
        operations.discard(actor=factories.programme(), reference=REFERENCE, version=1, at=NOW)
        assert factories.drafted().version == 1


class TestPropose:
    def test_notifies_every_party_and_ends_the_draft(self) -> None:
        version = factories.proposed()
        rows = version.parties.all()
        assert {row.organisation for row in rows} == set(factories.parties(*THREE))
        assert {row.side for row in rows} == set(THREE)
        assert {row.notified_at for row in rows} == {NOW}
        assert not models.Draft.objects.exists()
        assert state(version.agreement) is State.PROPOSED

    def test_refuses_an_unsound_document_with_its_findings(self) -> None:
        factories.drafted(factories.document().replace('["roads-policing"]', '["flying"]'))
        with pytest.raises(operations.NotSound) as refused:
            propose()
        assert any(each.line and each.severity == "error" for each in refused.value.findings)

    def test_refuses_an_unreadable_document(self) -> None:
        factories.drafted("format = ")
        with pytest.raises(operations.NotSound):
            propose()

    def test_refuses_another_agreements_document(self) -> None:
        factories.drafted(factories.document(reference="another-one"))
        with pytest.raises(operations.NotNow, match="reference"):
            propose()

    def test_refuses_while_another_version_is_pending(self) -> None:
        version = factories.proposed()
        models.Draft.objects.create(
            agreement=version.agreement, owner=AVON, document=factories.document(),
            created_at=NOW, created_by="x", edited_at=NOW, edited_by="x",
        )  # fmt: skip
        with pytest.raises(operations.NotNow, match="Version 1 is still before its parties"):
            propose()

    def test_refuses_a_stale_draft(self) -> None:
        factories.drafted()
        with pytest.raises(StaleVersion):
            propose(version=9)

    def test_refuses_another_force(self) -> None:
        factories.drafted()
        with pytest.raises(Missing):
            operations.propose(
                actor=factories.programme(WILTS), reference=REFERENCE, version=1, at=NOW
            )

    def test_keeps_what_check_noted(self) -> None:
        version = factories.proposed()
        assert all(each["severity"] != "error" for each in version.findings)


class TestConsider:
    def test_keeps_the_partys_own_reasons(self) -> None:
        factories.proposed()
        row = consider(CHIEF)
        assert (row.view, row.interest, row.version) == (
            View.IN_INTEREST,
            "It saves a third.",
            2,
        )

    def test_refuses_another_party(self) -> None:
        factories.proposed()
        with pytest.raises(Refused):
            consider(CHIEF, actor=party(PCC))

    def test_refuses_a_missing_reason(self) -> None:
        factories.proposed()
        with pytest.raises(operations.NotNow, match="consistent approach"):
            consider(CHIEF, consideration=replace(factories.in_favour(), consistency=" "))

    def test_refuses_a_stale_page(self) -> None:
        factories.proposed()
        consider(CHIEF)
        with pytest.raises(StaleVersion):
            consider(CHIEF)

    def test_against_does_not_sign(self) -> None:
        factories.proposed()
        factories.give_key(CHIEF)
        consider(CHIEF, consideration=replace(factories.in_favour(), view=View.NOT_IN_INTEREST))
        with pytest.raises(operations.NotNow, match="Consider it first"):
            operations.sign(
                actor=party(CHIEF), reference=REFERENCE, number=1, organisation=CHIEF, at=NOW
            )


class TestRefuse:
    def test_rejects_the_version_for_all(self) -> None:
        version = factories.proposed()
        factories.signed_by(CHIEF)
        refuse(f"pcc-{WILTS}")
        assert state(version.agreement) is State.REJECTED
        with pytest.raises(operations.NotNow, match="rejected"):
            refuse(PCC)

    def test_needs_a_reason(self) -> None:
        factories.proposed()
        with pytest.raises(operations.NotNow, match="Say why"):
            refuse(CHIEF, " ")

    def test_is_too_late_after_signing(self) -> None:
        factories.proposed()
        factories.signed_by(CHIEF)
        with pytest.raises(operations.NotNow, match="already signed"):
            refuse(CHIEF)


class TestWithdraw:
    def withdraw(self, force: str = AVON, reason: str = "A mistake") -> models.Version:
        return operations.withdraw(
            actor=factories.programme(force),
            reference=REFERENCE,
            number=1,
            reason=reason,
            at=NOW,
        )

    def test_takes_it_back_and_lets_it_be_drafted_again(self) -> None:
        version = factories.proposed()
        self.withdraw()
        assert state(version.agreement) is State.WITHDRAWN
        draft = operations.vary(
            actor=factories.programme(), owner=AVON, reference=REFERENCE, at=NOW
        )
        assert draft.document == version.document
        assert propose().number == 2

    def test_is_for_whoever_proposed_it(self) -> None:
        factories.proposed()
        with pytest.raises(Refused):
            self.withdraw(WILTS)

    def test_needs_a_reason(self) -> None:
        factories.proposed()
        with pytest.raises(operations.NotNow, match="Say why"):
            self.withdraw(reason="")


class TestVary:
    def vary(self, force: str = WILTS) -> models.Draft:
        return operations.vary(
            actor=factories.programme(force), owner=force, reference=REFERENCE, at=NOW
        )

    @staticmethod
    def begun(known: rules.Facts) -> list[rules.VersionFacts | None]:
        return [rules.version_begun(known, NOW + days * DAY) for days in (15, 80)]

    def test_may_be_drafted_by_any_side(self) -> None:
        factories.in_force()
        assert self.vary().owner == WILTS

    def test_is_refused_while_there_is_a_draft(self) -> None:
        factories.in_force()
        self.vary()
        with pytest.raises(operations.NotNow, match="already a draft"):
            self.vary(AVON)

    def test_does_not_exist_for_a_stranger(self) -> None:
        factories.in_force()
        with pytest.raises(Missing):
            self.vary(DORSET)

    def test_takes_the_place_of_the_version_before_when_all_have_signed(self) -> None:
        agreement = factories.in_force()
        draft = self.vary()
        later = draft.document.replace("2026-12-01", "2027-02-01")
        operations.save(
            actor=factories.programme(WILTS),
            reference=REFERENCE,
            document=later,
            version=1,
            at=NOW,
        )
        operations.propose(
            actor=factories.programme(WILTS), reference=REFERENCE, version=2, at=NOW
        )
        for organisation in factories.parties(*THREE):
            factories.signed_by(organisation, number=2)
        known = facts.facts_of(agreement)
        numbers = [each and each.number for each in self.begun(known)]
        assert numbers == [1, 2]
        first = models.Term.objects.filter(of__number=1)
        assert {row.enforced.upper.date().isoformat() for row in first} == {"2027-02-01"}


def test_documents_are_judged_against_what_stands() -> None:
    factories.in_force()
    with pytest.raises(documents.Tampered):
        documents.document_of(models.Version(text=b"{}", text_hash="0" * 64))
    found = [each.agreement.reference for each in documents.standing_versions(NOW + 30 * DAY)]
    assert found == [REFERENCE]
