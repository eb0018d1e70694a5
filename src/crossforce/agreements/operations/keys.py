"""Signing keys: an organisation issues, registers, replaces and revokes its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings
from django.db import transaction

from crossforce.agreements import events, models
from crossforce.agreements.operations.reach import NotNow, who
from crossforce.kernel import civil, ids, rulepacks
from crossforce.kernel.events import publish
from crossforce.kernel.refusals import Missing
from crossforce.ledger import api as ledger
from crossforce.people import api as people
from crossforce.transparency.canonical import JSON

POWER = "signing-key.administer"


class CannotKeepKey(NotNow):
    """The signing key cannot be made, registered or revoked; the message says why."""


@dataclass(frozen=True, slots=True)
class NewKey:
    """What a new key is to be: its label, its life in days, and its public part when held outside.

    No number of days means the usual life, from the rule pack.
    """

    label: str
    days: int | None = None
    public: bytes | None = None


@transaction.atomic
def issue(
    *, actor: people.Actor, organisation: str, key: NewKey, at: datetime
) -> models.SigningKey:
    """Give the organisation a key: made and sealed here, or registered by its public part only."""
    people.require(actor, POWER, organisation=organisation)
    made = _made(actor, organisation, key, at)
    _record(actor, "signing-key.issued", made, at)
    return made


@transaction.atomic
def rotate(*, actor: people.Actor, key: UUID, new: NewKey, at: datetime) -> models.SigningKey:
    """Replace a key: the new one serves from now, the old one signs nothing more.

    What the old key has signed stays signed.
    """
    old = _held(actor, key, at)
    made = _made(actor, old.organisation, new, at)
    _revoke(old, actor, "Replaced by a new key", at)
    _record(actor, "signing-key.rotated", made, at, replaces=str(old.pk))
    return made


@transaction.atomic
def revoke(*, actor: people.Actor, key: UUID, reason: str, at: datetime) -> models.SigningKey:
    """Revoke a key at once: it signs nothing from this instant. Signatures made before stand."""
    held = _held(actor, key, at)
    if not reason.strip():
        raise CannotKeepKey("Say why the key is revoked.")
    _revoke(held, actor, reason.strip(), at)
    _record(actor, "signing-key.revoked", held, at)
    return held


def reseal_all(reseal: Callable[..., bytes]) -> int:
    """Seal every stored private part under the current master key; answers how many there were."""
    held = models.SigningKey.objects.filter(sealed_private__isnull=False)
    for key in held.select_for_update():
        sealed = bytes(key.sealed_private or b"")
        key.sealed_private = reseal(sealed, context=seal_context(key.pk))
        key.save(update_fields=["sealed_private"])
    return len(held)


def seal_context(key: UUID) -> str:
    """What a sealed private part is bound to: the row it belongs to."""
    return f"agreements.signing_key:{key}"


def _made(
    actor: people.Actor, organisation: str, key: NewKey, at: datetime
) -> models.SigningKey:
    pack, on = rulepacks.load("agreement-lifecycle"), civil.day_of(at)
    days = key.days or int(pack.value("signing-key.days", on))
    longest = int(pack.value("signing-key.longest-days", on))
    if not 0 < days <= longest:
        raise CannotKeepKey(f"A key lives between 1 and {longest} days.")
    if not key.label.strip():
        raise CannotKeepKey("Give the key a name by which its holder will know it.")
    identifier = ids.new_id()
    public, sealed = _pair(key, identifier)
    if models.SigningKey.objects.filter(public=public).exists():
        raise CannotKeepKey(
            "That public key is registered already; each key is registered once."
        )
    return models.SigningKey.objects.create(
        id=identifier,
        organisation=organisation,
        label=key.label.strip()[:100],
        public=public,
        sealed_private=sealed,
        demonstration=settings.DEMONSTRATION,
        issued_at=at,
        issued_by=who(actor),
        valid_from=at,
        expires_at=at + timedelta(days=days),
    )


def _pair(key: NewKey, identifier: UUID) -> tuple[bytes, bytes | None]:
    if key.public is not None:
        try:
            return Ed25519PublicKey.from_public_bytes(key.public).public_bytes_raw(), None
        except ValueError as fault:
            raise CannotKeepKey(
                "That is not an Ed25519 public key: 32 bytes are expected."
            ) from fault
    private = Ed25519PrivateKey.generate()
    sealed = settings.KEYS.seal(private.private_bytes_raw(), context=seal_context(identifier))
    return private.public_key().public_bytes_raw(), sealed


def _held(actor: people.Actor, key: UUID, at: datetime) -> models.SigningKey:
    held = models.SigningKey.objects.select_for_update().filter(pk=key).first()
    if held is None or not actor.may(POWER, held.organisation):
        raise Missing("There is no such signing key of your organisation.")
    if held.revoked_at is not None and held.revoked_at <= at:
        raise CannotKeepKey("That key is revoked already.")
    return held


def _revoke(key: models.SigningKey, actor: people.Actor, reason: str, at: datetime) -> None:
    key.revoked_at, key.revoked_by, key.revoked_because = at, who(actor), reason
    key.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])


def _record(
    actor: people.Actor,
    operation: str,
    key: models.SigningKey,
    at: datetime,
    replaces: str = "",
) -> None:
    detail: dict[str, JSON] = {
        "organisation": key.organisation,
        "public": bytes(key.public).hex(),
        "held-outside": key.is_held_outside,
        "demonstration": key.demonstration,
        "replaces": replaces,
    }
    ledger.append(
        actor=actor,
        operation=operation,
        subject=f"signing-key:{key.pk}",
        detail=detail,
        at=at,
    )
    publish(events.SigningKeyChanged(key.pk, key.organisation, at))
