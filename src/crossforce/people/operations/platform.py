"""What the platform does to itself, noted where every other act is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from crossforce.kernel import platform_key
from crossforce.ledger import api as ledger
from crossforce.people.choices import Actor
from crossforce.people.rules.powers import require

POWER: Final = "platform.operate"


@transaction.atomic
def note_restore(*, actor: Actor, backup: Mapping[str, str], at: datetime) -> ledger.Entry:
    """Declare under the platform's signature that this installation was restored from a backup.

    The log is then shorter than it was: the entry tells witnesses why (docs/formats/backup.md).
    """
    require(actor, POWER)
    made_at, sha256 = backup["made_at"], backup["manifest_sha256"]
    signed = platform_key.sign(settings.KEYS, statement(made_at, sha256, at))
    return ledger.append(
        actor=actor,
        operation="platform.restored",
        subject=f"platform.backup:{sha256}",
        detail={
            "backup_made_at": made_at,
            "manifest_sha256": sha256,
            "public_key": signed.public_key,
            "signature": signed.signature,
        },
        at=at,
    )


@transaction.atomic
def note_rotation(
    *, actor: Actor, key: str, number: int, resealed: int, at: datetime
) -> ledger.Entry:
    """Note that a key of the installation was replaced, and how much was sealed again under it."""
    require(actor, POWER)
    return ledger.append(
        actor=actor,
        operation="platform.key-rotated",
        subject=f"platform.key:{key}",
        detail={"number": number, "resealed": resealed},
        at=at,
    )


def statement(made_at: str, sha256: str, at: datetime) -> bytes:
    """The bytes that the platform signs when a backup was restored."""
    lines = (
        "crossforce restored, format 1",
        f"backup made at: {made_at}",
        f"manifest sha-256: {sha256}",
        f"restored at: {at.isoformat()}",
    )
    return "".join(f"{line}\n" for line in lines).encode()
