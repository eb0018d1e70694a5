"""Writing to the ledger: append an entry; erase a private part."""

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import Conflict, Missing, Refused
from crossforce.ledger import canonical, models
from crossforce.ledger.canonical import JSON
from crossforce.ledger.choices import About, Acts, Part
from crossforce.ledger.entry import SALT_BYTES, Entry, commitment, leaf_hash, sorted_codes

NOTHING: Final = About()
ERASED: Final = "ledger.private-part-erased"


class NotInTransaction(RuntimeError):
    """An entry is written in the transaction of the change that it describes; there is none."""


class AlreadyErased(Conflict):
    """That private part is not held: it was erased, or the entry never had one."""


def append(
    *,
    actor: Acts,
    operation: str,
    subject: str,
    detail: Mapping[str, JSON],
    at: datetime,
    about: About = NOTHING,
    private: Mapping[str, JSON] | None = None,
) -> Entry:
    """Record one act, in the transaction that does it.

    `detail` holds ids, codes, dates and hashes. Anything personal goes into `private`, which the
    entry only commits to, so that it can be erased later. Raises NotInTransaction, NotAnEntry.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(NotInTransaction.__doc__)
    parts = {Part.ACTOR: _sealed(_who(actor))}
    if private is not None:
        parts[Part.PRIVATE] = _sealed(private)
    hashes = {part: commitment(salt, body) for part, (salt, body) in parts.items()}
    entry = Entry(
        id=new_id(),
        operation=operation,
        at=at,
        organisation=actor.organisation,
        actor_commitment=hashes[Part.ACTOR],
        subject=subject,
        detail=detail,
        concerns=sorted_codes([actor.organisation, *about.concerns]),
        agreements=tuple(about.agreements),
        scopes=tuple(sorted(set(about.scopes))),
        private_commitment=hashes.get(Part.PRIVATE),
    )
    _store([(entry, parts)])
    return entry


@transaction.atomic
def erase_private(*, actor: Acts, entry: UUID, part: Part, reason: str, at: datetime) -> Entry:
    """Erase the salt and private part behind a commitment; the entry goes on verifying.

    Only the organisation whose act the entry records may erase, and the erasure is an entry itself.
    """
    row = models.Entry.objects.filter(id=entry, concerns__contains=[actor.organisation]).first()
    if row is None:
        raise Missing("There is no such ledger entry.")
    require_erasing(actor, row.organisation)
    if not reason.strip():
        raise Conflict("Say why it is erased: the reason stays in the ledger.")
    record = append(
        actor=actor,
        operation=ERASED,
        subject=f"ledger.entry:{entry}",
        detail={"part": str(part), "reason": reason.strip()},
        at=at,
        about=About(concerns=row.concerns),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_erase_private(%s, %s, %s)", [entry, str(part), record.id])
        if cursor.fetchone() != (True,):
            raise AlreadyErased
    return record


def require_erasing(actor: Acts, organisation: str) -> None:
    """Let the act pass, or raise Refused: an organisation erases behind its own acts only."""
    if not actor.may("ledger.erase-private", organisation):
        raise Refused(f"Only an information manager of {organisation} may erase this.")


def _who(actor: Acts) -> dict[str, JSON]:
    """The private part about the actor."""
    return {
        "account": _text(actor.account),
        "name": actor.name,
        "office": actor.office,
        "posting": _text(actor.posting),
        "purpose": actor.purpose,
        "staff": _text(actor.staff),
    }


def _text(identifier: UUID | None) -> str | None:
    return None if identifier is None else str(identifier)


def _sealed(private: Mapping[str, JSON]) -> tuple[bytes, bytes]:
    return os.urandom(SALT_BYTES), canonical.to_bytes(private)


def _store(written: Sequence[tuple[Entry, Mapping[Part, tuple[bytes, bytes]]]]) -> None:
    """Two statements however many entries, and no lock that another writer would wait for."""
    models.Entry.objects.bulk_create(_row(entry) for entry, _ in written)
    models.PrivatePart.objects.bulk_create(
        models.PrivatePart(entry_id=entry.id, part=str(part), salt=salt, body=body)
        for entry, parts in written
        for part, (salt, body) in parts.items()
    )


def _row(entry: Entry) -> models.Entry:
    data = entry.to_bytes()
    return models.Entry(
        id=entry.id,
        operation=entry.operation,
        at=entry.at,
        organisation=entry.organisation,
        concerns=list(entry.concerns),
        subject=entry.subject,
        body=data,
        leaf_hash=leaf_hash(data),
    )
