"""Signatures and signing keys: what to sign, and whether what was signed still holds."""

from dataclasses import dataclass
from datetime import datetime

from crossforce.agreements import models, rules, signing
from crossforce.agreements.queries import documents
from crossforce.kernel.refusals import Missing
from crossforce.people import api as people


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether one stored signature holds over the words and terms as they are stored now."""

    organisation: str
    signed_at: datetime
    fingerprint: str
    public: str
    signature: str
    holds: bool
    demonstration: bool


def statement(version: models.Version, organisation: str) -> signing.Statement:
    """What the organisation signs for this version, built from the stored bytes. Raises Tampered."""
    documents.prove(version)
    return signing.Statement(
        reference=version.agreement.reference,
        version=version.number,
        party=organisation,
        text_hash=version.text_hash,
        terms_hash=version.terms_hash,
        compiler=version.compiler,
    )


def statement_for(version: models.Version, organisation: str) -> signing.Statement:
    """The statement, for one of the version's parties. Raises Missing for anybody else."""
    if not version.parties.filter(organisation=organisation).exists():
        heir = version.agreement.novations.filter(successor=organisation)
        if not heir.exists():
            raise Missing("There is no such party to this version.")
    return statement(version, organisation)


def proofs(version: models.Version) -> list[Proof]:
    """Every signature of the version, tested anew."""
    found = version.signatures.select_related("key").order_by("signed_at")
    return [_proof(version, each) for each in found]


def _proof(version: models.Version, signature: models.Signature) -> Proof:
    key = signature.key
    return Proof(
        organisation=signature.organisation,
        signed_at=signature.signed_at,
        fingerprint=fingerprint(key),
        public=bytes(key.public).hex(),
        signature=bytes(signature.signature).hex(),
        holds=_holds(version, signature),
        demonstration=key.demonstration,
    )


def _holds(version: models.Version, signature: models.Signature) -> bool:
    key = signature.key
    facts = key_facts(key)
    if rules.refusal_of_key(facts, signature.organisation, signature.signed_at) is not None:
        return False
    try:
        expected = statement(version, signature.organisation)
    except documents.Tampered:
        return False
    same = signing.to_bytes(expected) == bytes(signature.statement)
    return same and signing.verify(expected, bytes(signature.signature), bytes(key.public))


def key_facts(key: models.SigningKey) -> rules.KeyFacts:
    """What decides whether the key may be used."""
    return rules.KeyFacts(key.organisation, key.valid_from, key.expires_at, key.revoked_at)


def fingerprint(key: models.SigningKey) -> str:
    """The first sixteen hexadecimal digits of the public key, by which people compare keys."""
    return bytes(key.public).hex()[:16]


def keys(actor: people.Actor, organisation: str) -> list[models.SigningKey]:
    """The organisation's keys, newest first, for those who administer them or sign. Raises Missing."""
    if not (
        actor.may("signing-key.administer", organisation)
        or actor.may("agreement.sign", organisation)
    ):
        raise Missing("There are no signing keys that you may know of.")
    return list(
        models.SigningKey.objects.filter(organisation=organisation).order_by("-issued_at")
    )


def usable_key(organisation: str, at: datetime) -> models.SigningKey | None:
    """The newest key held here that the organisation may sign with at the instant."""
    held = models.SigningKey.objects.filter(
        organisation=organisation, sealed_private__isnull=False
    )
    for key in held.order_by("-valid_from", "-id"):
        if rules.refusal_of_key(key_facts(key), organisation, at) is None:
            return key
    return None


@dataclass(frozen=True, slots=True)
class KeyShown:
    """A key on its holder's page."""

    row: models.SigningKey
    fingerprint: str
    state: str


def keys_shown(actor: people.Actor, organisation: str, at: datetime) -> list[KeyShown]:
    """The organisation's keys and where each stands. Raises Missing."""
    return [
        KeyShown(each, fingerprint(each), _state(each, at))
        for each in keys(actor, organisation)
    ]


def _state(key: models.SigningKey, at: datetime) -> str:
    if key.revoked_at is not None and key.revoked_at <= at:
        return "Revoked"
    return "Valid" if key.valid_from <= at < key.expires_at else "Expired"


def outside_keys(actor: people.Actor, at: datetime) -> list[tuple[str, str]]:
    """The keys held outside with which the actor's organisation may sign, for choosing one."""
    me = actor.organisation
    held = models.SigningKey.objects.filter(organisation=me, sealed_private__isnull=True)
    return [
        (str(each.pk), f"{each.label} ({fingerprint(each)})")
        for each in held.order_by("-issued_at")
        if rules.refusal_of_key(key_facts(each), me, at) is None
    ]
