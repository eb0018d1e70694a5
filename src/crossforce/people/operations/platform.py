"""What the platform does to itself, noted where every other act is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from crossforce.kernel import guarded, platform_key
from crossforce.kernel.files.events import FilesExamined
from crossforce.ledger import api as ledger
from crossforce.people import models
from crossforce.people.choices import Actor
from crossforce.people.rules.powers import require

POWER: Final = "platform.operate"
BATCH: Final = 500


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


@transaction.atomic
def note_examination(*, actor: Actor, found: FilesExamined, at: datetime) -> ledger.Entry:
    """Note that what a holder keeps was read again, and which files were not as they were kept, the first of them by name."""
    require(actor, POWER)
    return ledger.append(
        actor=actor,
        operation="platform.files-examined",
        subject=f"platform.files:{found.holder}",
        detail={
            "files": found.files,
            "size": found.size,
            "faults": found.faults,
            "named": list(found.named),
            "mended": found.mended,
        },
        at=at,
        about=ledger.About(concerns=[found.holder]),
    )


def give_scopes(*, actor: Actor, at: datetime) -> int:
    """Give rows their scopes that were written before scopes were; answers how many there were.

    Nobody can reach a row without one, so that this runs as the owner of the tables. Each batch is
    kept as a whole: stopped in between, it goes on where it was.
    """
    require(actor, POWER)
    done = 0
    for model in (models.Staff, models.Skill, models.Authority, models.Vetting):
        while given := _give_some(actor, model, at):
            done += given
    return done


@guarded.acts
def _give_some(actor: Actor, model: Any, at: datetime) -> int:
    is_staff = model is models.Staff
    rows = model.objects.select_for_update(of=("self",)).filter(scope_id=guarded.UNSCOPED)
    found = list((rows if is_staff else rows.select_related("staff")).order_by("id")[:BATCH])
    if not found:
        return 0
    for row in found:
        staff = row if is_staff else row.staff
        of = guarded.ScopeOf(staff.organisation_id, model.record_kind, person=staff.pk)
        row.scope_id = guarded.scope(of)
        model.objects.filter(pk=row.pk).update(scope_id=row.scope_id)
    holders = {(row if is_staff else row.staff).organisation_id for row in found}
    ledger.append(
        actor=actor,
        operation="people.scopes-given",
        subject=model.record_kind,
        detail={"count": len(found), "rows": [str(row.pk) for row in found]},
        at=at,
        about=ledger.About(
            concerns=sorted(holders), scopes=sorted({row.scope_id for row in found})
        ),
    )
    return len(found)


def statement(made_at: str, sha256: str, at: datetime) -> bytes:
    """The bytes that the platform signs when a backup was restored."""
    lines = (
        "crossforce restored, format 1",
        f"backup made at: {made_at}",
        f"manifest sha-256: {sha256}",
        f"restored at: {at.isoformat()}",
    )
    return "".join(f"{line}\n" for line in lines).encode()
