"""Writing to the ledger: append an entry; erase a private part."""

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import psycopg
from django.db import connection, transaction

from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import Conflict, Missing, Refused
from crossforce.ledger import canonical, models
from crossforce.ledger.canonical import JSON
from crossforce.ledger.choices import About, Act, Acts, Part
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
    act = Act(operation, subject, detail, about, private)
    return append_many(actor=actor, acts=[act], at=at)[0]


def append_many(*, actor: Acts, acts: Iterable[Act], at: datetime) -> list[Entry]:
    """Record acts that one transaction does, in one statement however many they are."""
    if not connection.in_atomic_block:
        raise NotInTransaction(NotInTransaction.__doc__)
    who = canonical.to_bytes(_who(actor))
    written = [_written(actor.organisation, who, act, at) for act in acts]
    if written:
        _store(written)
    return [entry for entry, _, _ in written]


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


Parts = dict[Part, tuple[bytes, bytes]]


def _written(
    organisation: str, who: bytes, act: Act, at: datetime
) -> tuple[Entry, bytes, Parts]:
    """The entry of an act, its bytes, and the private parts that it commits to."""
    parts = {Part.ACTOR: (os.urandom(SALT_BYTES), who)}
    if act.private is not None:
        parts[Part.PRIVATE] = (os.urandom(SALT_BYTES), canonical.to_bytes(act.private))
    hashes = {part: commitment(salt, body) for part, (salt, body) in parts.items()}
    entry = Entry(
        id=new_id(),
        operation=act.operation,
        at=at,
        organisation=organisation,
        actor_commitment=hashes[Part.ACTOR],
        subject=act.subject,
        detail=act.detail,
        concerns=sorted_codes([organisation, *act.about.concerns]),
        agreements=tuple(act.about.agreements),
        scopes=tuple(sorted(set(act.about.scopes))),
        private_commitment=hashes.get(Part.PRIVATE),
    )
    return entry, entry.to_bytes(), parts


STORE: Final = """
WITH kept AS (
  INSERT INTO ledger_entry
    (id, operation, at, organisation, concerns, subject, rows, body, leaf_hash)
  SELECT e.id, e.operation, e.at, e.organisation, string_to_array(e.concerns, ' '), e.subject,
         string_to_array(e.rows, ' ')::uuid[], e.body, e.leaf_hash
    FROM unnest(%b::uuid[], %b::text[], %b::timestamptz[], %b::text[], %b::text[], %b::text[],
                %b::text[], %b::bytea[], %b::bytea[])
      AS e (id, operation, at, organisation, concerns, subject, rows, body, leaf_hash)
)
INSERT INTO ledger_privatepart (entry_id, part, salt, body)
SELECT * FROM unnest(%b::uuid[], %b::text[], %b::bytea[], %b::bytea[])
"""


def _store(written: Sequence[tuple[Entry, bytes, Parts]]) -> None:
    """One statement, and no lock that another writer would wait for. Values travel as binary."""
    entries = [
        (
            e.id,
            e.operation,
            e.at,
            e.organisation,
            " ".join(e.concerns),
            e.subject,
            " ".join(e.rows),
            data,
            leaf_hash(data),
        )
        for e, data, _ in written
    ]
    parts = [
        (entry.id, str(part), salt, body)
        for entry, _, held in written
        for part, (salt, body) in held.items()
    ]
    columns = [list(column) for rows in (entries, parts) for column in zip(*rows, strict=True)]
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(STORE, columns)
