"""Each party signs a version for itself: with its key held here, or with a signature made outside."""

from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from crossforce.agreements import events, models, rules, signing
from crossforce.agreements.operations import activation, keys, reach
from crossforce.agreements.queries import facts, signatures
from crossforce.kernel.events import publish
from crossforce.ledger import api as ledger
from crossforce.people import api as people


class CannotSign(reach.NotNow):
    """The party may not sign this version now; the message says why."""


class SignatureRefused(CannotSign):
    """The signature does not hold for this party, these words and these terms."""


@transaction.atomic
def sign(
    *, actor: people.Actor, reference: str, number: int, organisation: str, at: datetime
) -> models.Signature:
    """Sign the version for the organisation, with its key held here.

    The signature covers the words, the compiled terms and the compiler's version together.
    """
    agreement, version = _may_sign(actor, reference, number, organisation, at)
    key = signatures.usable_key(organisation, at)
    if key is None or key.sealed_private is None:
        raise CannotSign(
            "Your organisation has no signing key held here that is valid today. Issue one, or "
            "upload a signature made with a key held outside."
        )
    secret = settings.KEYS.unseal(bytes(key.sealed_private), context=keys.seal_context(key.pk))
    statement = signatures.statement(version, organisation)
    made = signing.sign(statement, Ed25519PrivateKey.from_private_bytes(secret))
    return _added(actor, agreement, version, statement, key, made, at)


@transaction.atomic
def sign_outside(
    *,
    actor: people.Actor,
    reference: str,
    number: int,
    organisation: str,
    key: UUID,
    signature: bytes,
    at: datetime,
) -> models.Signature:
    """Take in a signature that the organisation made elsewhere, over the statement's bytes."""
    agreement, version = _may_sign(actor, reference, number, organisation, at)
    held = models.SigningKey.objects.filter(pk=key).first()
    if held is None:
        raise SignatureRefused(
            "That key is not registered here. Register its public part first."
        )
    if reason := rules.refusal_of_key(signatures.key_facts(held), organisation, at):
        raise SignatureRefused(reason)
    statement = signatures.statement(version, organisation)
    if not signing.verify(statement, signature, bytes(held.public)):
        raise SignatureRefused(
            "The signature does not fit the statement of this version and this key. Download the "
            "statement again and sign exactly those bytes."
        )
    return _added(actor, agreement, version, statement, held, signature, at)


def _may_sign(
    actor: people.Actor, reference: str, number: int, organisation: str, at: datetime
) -> tuple[models.Agreement, models.Version]:
    people.require(actor, "agreement.sign", organisation=organisation)
    agreement = reach.locked(actor, reference)
    version, known, facts_of_it = reach.version_and_facts(agreement, number)
    must = facts.asks_interest_test(agreement.basis, at)
    reason = rules.refusal_to_sign(known, facts_of_it, organisation, at, must_consider=must)
    if reason:
        raise CannotSign(reason)
    return agreement, version


def _added(
    actor: people.Actor,
    agreement: models.Agreement,
    version: models.Version,
    statement: signing.Statement,
    key: models.SigningKey,
    made: bytes,
    at: datetime,
) -> models.Signature:
    signature = models.Signature.objects.create(
        of=version,
        organisation=statement.party,
        key=key,
        statement=signing.to_bytes(statement),
        signature=made,
        made_outside=key.is_held_outside,
        signed_at=at,
        signed_by=reach.who(actor),
    )
    ledger.append(
        actor=actor,
        operation="agreement.signed",
        subject=reach.subject(agreement),
        detail=reach.proof(version)
        | reach.adoption(version)
        | {"organisation": statement.party, "key": str(key.pk), "signature": made.hex()},
        at=at,
        about=reach.about(agreement, version),
    )
    publish(events.AgreementSigned(agreement.pk, version.pk, statement.party, at))
    _settle(agreement, version, at)
    return signature


def _settle(agreement: models.Agreement, version: models.Version, at: datetime) -> None:
    """After the last signature, write the terms down; the day on which they begin may lie ahead."""
    version, _, facts_of_it = reach.version_and_facts(agreement, version.number)
    begins = rules.in_force_from(facts_of_it, at)
    if begins is None:
        return
    if not all(proof.holds for proof in signatures.proofs(version)):
        raise SignatureRefused(
            "A signature given earlier no longer holds: the stored words or terms were changed."
        )
    activation.write_terms(version, enforced_from=max(begins, at))
    activation.enforce(agreement, at=at)
    publish(events.AgreementActivated(agreement.pk, version.pk, begins, at))
