"""Six parties of three forces sign, each for itself; and every way in which that is refused."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import DatabaseError, transaction
from django.test import TestCase

from crossforce.agreements import events, models, operations, rules, signing
from crossforce.agreements.choices import State
from crossforce.agreements.operations.keys import reseal_all, seal_context
from crossforce.agreements.queries import documents, facts, signatures
from crossforce.agreements.tests import factories
from crossforce.agreements.tests.factories import (
    AVON,
    DAY,
    DORSET,
    NOW,
    REFERENCE,
    THREE,
    party,
)
from crossforce.kernel import civil
from crossforce.kernel.events import subscribe
from crossforce.kernel.refusals import Missing, Refused
from crossforce.ledger.models import Entry

pytestmark = pytest.mark.usefixtures("bodies")

CHIEF, PCC = factories.parties(AVON)


def sign(organisation: str, by: str = "", **changes: Any) -> models.Signature:
    values: dict[str, Any] = {
        "reference": REFERENCE,
        "number": 1,
        "organisation": organisation,
        "at": NOW,
    }
    return operations.sign(actor=party(by or organisation), **(values | changes))


def state(agreement: models.Agreement, at: Any) -> State:
    return rules.state(facts.facts_of(agreement), at)


class TestSixParties:
    def test_bring_it_into_force_on_its_day(self) -> None:
        agreement = factories.in_force()
        begins = civil.instant(factories.BEGINS)
        assert state(agreement, NOW) is State.SIGNED
        assert state(agreement, begins) is State.IN_FORCE
        version = agreement.versions.get()
        assert [proof.holds for proof in signatures.proofs(version)] == [True] * 6
        rows = models.Term.objects.filter(agreement=agreement)
        assert {row.enforced.lower for row in rows} == {begins}
        taking = rows.filter(type="PARTICIPATION", function="roads-policing")
        assert {row.force for row in taking} == set(THREE)

    def test_all_but_one_bring_nothing_about(self) -> None:
        version = factories.proposed()
        for organisation in factories.parties(*THREE)[:-1]:
            factories.signed_by(organisation)
        assert state(version.agreement, NOW + 30 * DAY) is State.PROPOSED
        assert not models.Term.objects.exists()

    def test_leave_one_ledger_entry_each_that_cites_the_version(self) -> None:
        factories.in_force()
        entries = Entry.objects.filter(operation="agreement.signed")
        assert len(entries) == 6
        assert b'"reference":"joint-roads","version":1' in bytes(entries[0].body)

    def test_are_told_of_activation_once(self) -> None:
        heard: list[events.AgreementActivated] = []
        subscribe(events.AgreementActivated, heard.append)
        with TestCase.captureOnCommitCallbacks(execute=True):
            factories.in_force()
        assert [each.in_force_from for each in heard] == [civil.instant(factories.BEGINS)]


class TestSign:
    def test_refuses_another_organisation(self) -> None:
        factories.proposed()
        factories.give_key(CHIEF)
        factories.considered(CHIEF)
        with pytest.raises(Refused, match="only chief-constable-avon-and-somerset itself"):
            sign(CHIEF, by=PCC)

    def test_refuses_an_office_without_the_power(self) -> None:
        factories.proposed()
        with pytest.raises(Refused, match="does not carry the power"):
            operations.sign(
                actor=factories.programme(),
                reference=REFERENCE,
                number=1,
                organisation=AVON,
                at=NOW,
            )

    def test_does_not_exist_for_a_stranger(self) -> None:
        factories.proposed()
        with pytest.raises(Missing):
            sign(f"chief-constable-{DORSET}")

    def test_refuses_a_party_that_has_not_considered(self) -> None:
        factories.proposed()
        factories.give_key(CHIEF)
        with pytest.raises(operations.NotNow, match="has not recorded that it considered"):
            sign(CHIEF)

    def test_refuses_a_second_signature(self) -> None:
        factories.proposed()
        factories.signed_by(CHIEF)
        with pytest.raises(operations.NotNow, match="has already signed"):
            sign(CHIEF)

    def test_refuses_without_a_key(self) -> None:
        factories.proposed()
        factories.considered(CHIEF)
        with pytest.raises(operations.NotNow, match="no signing key held here"):
            sign(CHIEF)

    def test_refuses_an_expired_key(self) -> None:
        factories.proposed()
        factories.give_key(CHIEF, days=1)
        factories.considered(CHIEF)
        with pytest.raises(operations.NotNow, match="no signing key"):
            sign(CHIEF, at=NOW + DAY)

    def test_refuses_a_revoked_key(self) -> None:
        factories.proposed()
        key = factories.give_key(CHIEF)
        factories.considered(CHIEF)
        operations.revoke_key(actor=party(CHIEF), key=key.pk, reason="Lost", at=NOW)
        with pytest.raises(operations.NotNow, match="no signing key"):
            sign(CHIEF)

    def test_refuses_a_version_that_was_withdrawn(self) -> None:
        factories.proposed()
        factories.give_key(CHIEF)
        factories.considered(CHIEF)
        operations.withdraw(
            actor=factories.programme(),
            reference=REFERENCE,
            number=1,
            reason="A mistake",
            at=NOW,
        )
        with pytest.raises(operations.NotNow, match="withdrawn"):
            sign(CHIEF)


class TestOneByte:
    """What is stored is altered by the owner of the tables, behind the back of every guard."""

    @pytest.mark.parametrize("column", ["text", "terms"])
    def test_breaks_every_signature(self, column: str) -> None:
        version = factories.proposed()
        factories.signed_by(CHIEF)
        whole = bytearray(getattr(version, column))
        whole[100] ^= 1
        setattr(version, column, bytes(whole))
        assert [proof.holds for proof in signatures.proofs(version)] == [False]
        read = documents.document_of if column == "text" else documents.terms_of
        with pytest.raises(documents.Tampered):
            read(version)

    def test_with_its_hash_mended_breaks_every_signature_too(self) -> None:
        version = factories.proposed()
        factories.signed_by(CHIEF)
        version.text_hash = version.terms_hash
        version.text = version.terms
        assert [proof.holds for proof in signatures.proofs(version)] == [False]

    def test_of_the_compiler_breaks_every_signature(self) -> None:
        version = factories.proposed()
        factories.signed_by(CHIEF)
        version.compiler += 1
        assert [proof.holds for proof in signatures.proofs(version)] == [False]


class TestTheDatabase:
    """What is signed is guarded below the program: raw changes are refused there too."""

    def test_refuses_to_change_a_version(self) -> None:
        version = factories.proposed()
        for column in ("text", "terms", "document"):
            value = b"x" if column != "document" else "x"
            with pytest.raises(DatabaseError), transaction.atomic():
                models.Version.objects.filter(pk=version.pk).update(**{column: value})

    def test_refuses_to_change_or_delete_a_signature(self) -> None:
        factories.proposed()
        signature = factories.signed_by(CHIEF)
        rows = models.Signature.objects.filter(pk=signature.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(signature=b"0" * 64)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()

    def test_refuses_a_second_signature_of_one_party(self) -> None:
        factories.proposed()
        signature = factories.signed_by(CHIEF)
        signature.pk = uuid.uuid4()
        with pytest.raises(DatabaseError), transaction.atomic():
            signature.save(force_insert=True)

    def test_refuses_to_give_a_key_to_another(self) -> None:
        key = factories.give_key(CHIEF)
        with pytest.raises(DatabaseError), transaction.atomic():
            models.SigningKey.objects.filter(pk=key.pk).update(organisation=PCC)


class TestSignOutside:
    def outside(self, organisation: str = CHIEF) -> tuple[Ed25519PrivateKey, models.SigningKey]:
        private = Ed25519PrivateKey.generate()
        new = operations.NewKey("Held by us", public=private.public_key().public_bytes_raw())
        key = operations.issue_key(
            actor=party(organisation), organisation=organisation, key=new, at=NOW
        )
        return private, key

    def take_in(
        self, key: uuid.UUID, signature: bytes, organisation: str = CHIEF
    ) -> models.Signature:
        return operations.sign_outside(
            actor=party(organisation),
            reference=REFERENCE,
            number=1,
            organisation=organisation,
            key=key,
            signature=signature,
            at=NOW,
        )

    def test_takes_a_signature_over_the_statement(self) -> None:
        version = factories.proposed()
        factories.considered(CHIEF)
        private, key = self.outside()
        made = private.sign(signing.to_bytes(signatures.statement(version, CHIEF)))
        assert self.take_in(key.pk, made).made_outside
        assert key.sealed_private is None

    def test_refuses_one_over_other_bytes(self) -> None:
        version = factories.proposed()
        factories.considered(CHIEF)
        private, key = self.outside()
        other = bytearray(signing.to_bytes(signatures.statement(version, CHIEF)))
        other[-2] ^= 1
        with pytest.raises(operations.SignatureRefused, match="does not fit"):
            self.take_in(key.pk, private.sign(bytes(other)))

    def test_refuses_another_organisations_key(self) -> None:
        version = factories.proposed()
        factories.considered(CHIEF)
        private, key = self.outside(PCC)
        made = private.sign(signing.to_bytes(signatures.statement(version, CHIEF)))
        with pytest.raises(operations.SignatureRefused, match="belongs to another"):
            self.take_in(key.pk, made)

    def test_refuses_an_unknown_key(self) -> None:
        factories.proposed()
        factories.considered(CHIEF)
        with pytest.raises(operations.SignatureRefused, match="not registered"):
            self.take_in(uuid.uuid4(), b"\0" * 64)


class TestKeys:
    def test_are_issued_by_the_organisation_itself(self) -> None:
        with pytest.raises(Refused):
            operations.issue_key(
                actor=party(PCC), organisation=CHIEF, key=operations.NewKey("Not ours"), at=NOW
            )

    def test_are_never_stored_in_the_open(self) -> None:
        key = factories.give_key(CHIEF)
        assert key.sealed_private is not None
        assert bytes(key.sealed_private).startswith(b"cf1")

    def test_rotation_leaves_what_the_old_key_signed(self) -> None:
        version = factories.proposed()
        signature = factories.signed_by(CHIEF)
        new = operations.rotate_key(
            actor=party(CHIEF),
            key=signature.key_id,
            new=operations.NewKey("Next"),
            at=NOW + DAY,
        )
        assert [proof.holds for proof in signatures.proofs(version)] == [True]
        assert signatures.usable_key(CHIEF, NOW + DAY) == new

    def test_another_organisations_key_does_not_exist(self) -> None:
        key = factories.give_key(CHIEF)
        with pytest.raises(Missing):
            operations.revoke_key(actor=party(PCC), key=key.pk, reason="Ours now", at=NOW)

    @pytest.mark.parametrize(
        ("new", "words"),
        [
            (operations.NewKey("", 10), "name"),
            (operations.NewKey("Long", 5_000), "days"),
            (operations.NewKey("Short", public=b"short"), "32 bytes"),
        ],
    )
    def test_refuse_what_is_unfit(self, new: operations.NewKey, words: str) -> None:
        with pytest.raises(operations.NotNow, match=words):
            operations.issue_key(actor=party(CHIEF), organisation=CHIEF, key=new, at=NOW)

    def test_are_sealed_anew_when_the_master_key_changes(self) -> None:
        factories.proposed()
        key = factories.give_key(CHIEF)
        context = seal_context(key.pk)
        before = settings.KEYS.unseal(bytes(key.sealed_private or b""), context=context)

        def reseal(sealed: bytes, *, context: str) -> bytes:
            return bytes(
                settings.KEYS.seal(
                    settings.KEYS.unseal(sealed, context=context), context=context
                )
            )

        assert reseal_all(reseal) == 1
        key.refresh_from_db()
        after = settings.KEYS.unseal(bytes(key.sealed_private or b""), context=context)
        assert after == before

    def test_are_registered_once(self) -> None:
        public = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
        make: Callable[[], Any] = lambda: operations.issue_key(  # noqa: E731
            actor=party(CHIEF),
            organisation=CHIEF,
            key=operations.NewKey("K", public=public),
            at=NOW,
        )
        make()
        with pytest.raises(operations.NotNow, match="registered already"):
            make()
