"""Writing to the ledger: append an entry; erase a private part."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from struct import Struct
from typing import Final
from uuid import UUID

import psycopg
from django.db import connection

from crossforce.kernel import guarded, statements
from crossforce.kernel.ids import ascending_ids
from crossforce.kernel.refusals import Conflict, Missing, Refused
from crossforce.ledger import models, queries
from crossforce.ledger.choices import About, Act, Acts, Citation, Part
from crossforce.ledger.operations import copying
from crossforce.transparency import canonical
from crossforce.transparency.canonical import JSON
from crossforce.transparency.entry import (
    SALT_BYTES,
    Entry,
    NotAnEntry,
    commitment,
    leaf_hash,
    sorted_codes,
)

NOTHING: Final = About()
MOST_ROWS: Final = 10_000
"""So many rows stand in one entry: less than half of what it can hold, whatever else it names."""
VOUCHED: Final = "ledger"
ERASED: Final = "ledger.private-part-erased"
HELD: Final = b"SELECT entry_id FROM ledger_commitment WHERE entry_id = ANY (%s) AND part = %s"


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


def append_many(
    *, actor: Acts, acts: Iterable[Act], at: datetime, is_last: bool = False
) -> list[Entry]:
    """Record acts that one transaction does, at once however many they are.

    An act that names more rows than an entry holds becomes several entries, numbered as its parts. `is_last`:
    nothing more is asked in the transaction, so that a single entry travels with its commit.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(NotInTransaction.__doc__)
    who = canonical.to_bytes(_who(actor))
    parts: list[Written] = []
    touched: dict[int, Touched] = {}
    done = list(_parted(acts))  # all are held: none takes the place of another in `touched`
    new = zip(ascending_ids(len(done)), _salts(len(done)), strict=True)
    entries = [
        _entry(actor.organisation, who, act, at, next(new), parts, touched) for act in done
    ]
    if entries:
        _store(entries, parts, statements.hold if is_last else statements.texts)
    return entries


@guarded.acts
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
    if part == Part.ACTOR:
        _refuse_own_name(actor, row)
    return _erase(actor, row, part, reason.strip(), at)


def erase_said(
    *, actor: Acts, subjects: Sequence[str], operations: Iterable[str], at: datetime
) -> int:
    """Erase what acts left in private of things that are destroyed now, in that transaction; answers how many.

    Whoever may destroy the things may: nobody keeps in the log what is destroyed elsewhere.
    """
    touched = queries.touching(queries.Touching(tuple(operations))).exclude(rows=[])
    named = [UUID(each.split(":")[1]) for each in subjects]
    rows = {row.pk: row for row in touched.filter(rows__overlap=named, subject__in=subjects)}
    held = statements.rows(HELD, [list(rows), str(Part.PRIVATE)])
    for (identifier,) in held:
        _erase(actor, rows[identifier], Part.PRIVATE, "What it was about is destroyed.", at)
    return len(held)


def _erase(actor: Acts, row: models.Entry, part: Part, reason: str, at: datetime) -> Entry:
    record = append(
        actor=actor,
        operation=ERASED,
        subject=f"ledger.entry:{row.pk}",
        detail={"part": str(part)},
        at=at,
        about=About(concerns=row.concerns),
        private={"reason": reason},
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger_erase_private(%s, %s, %s)", [row.pk, str(part), record.id]
        )
        if cursor.fetchone() != (True,):
            raise AlreadyErased
    return record


def _refuse_own_name(actor: Acts, row: models.Entry) -> None:
    """Who looked, opened or judged makes themself nobody in no entry; nor does whoever erased."""
    if row.operation == ERASED:
        raise Refused("By whom something was erased is not erased itself.")
    is_own = queries.names_oneself(actor, row)
    if is_own is None:
        raise Refused(
            "Only somebody of whoever acted erases a name here: it could be their own."
        )
    if is_own:
        raise Refused("Nobody erases their own name. Ask another information manager to.")


def require_erasing(actor: Acts, organisation: str) -> None:
    """Let the act pass, or raise Refused: an organisation erases behind its own acts only."""
    if not actor.may("ledger.erase-private", organisation):
        raise Refused(f"Only an information manager of {organisation} may erase this.")


def _parted(acts: Iterable[Act]) -> Iterator[Act]:
    """The acts, in parts where they name too many rows; what is personal goes with the first."""
    for act in acts:
        rows = act.detail.get("rows")
        if not isinstance(rows, list | tuple) or len(rows) <= MOST_ROWS:
            yield act
            continue
        starts = range(0, len(rows), MOST_ROWS)
        for number, start in enumerate(starts, 1):
            some = {
                "rows": rows[start : start + MOST_ROWS],
                "part": number,
                "parts": len(starts),
            }
            private = act.private if number == 1 else None
            yield replace(act, detail={**act.detail, **some}, private=private)


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


Written = tuple[UUID, Part, bytes, bytes]
"""A private part: of which entry, which, salt, body."""


Saying = Callable[[bytes, Sequence[str | None]], object]
Touched = tuple[tuple[str, ...], tuple[Citation, ...], tuple[int, ...]]
"""Organisations, agreements and scopes, as entries name them; worked out once for what many acts share."""


def _entry(
    organisation: str,
    who: bytes,
    act: Act,
    at: datetime,
    new: tuple[UUID, bytes],
    parts: list[Written],
    touched: dict[int, Touched],
) -> Entry:
    """The entry of an act; the private parts that it commits to go to `parts`."""
    (identifier, salt), about, private = new, act.about, None
    if (here := touched.get(id(about))) is None:
        concerns = sorted_codes([organisation, *about.concerns])
        here = concerns, tuple(about.agreements), tuple(sorted(set(about.scopes)))
        touched[id(about)] = here
    parts.append((identifier, _ACTOR, salt, who))
    actor = commitment(salt, who)
    if act.private is not None:
        (salt,), body = _salts(1), canonical.to_bytes(act.private)
        parts.append((identifier, _PRIVATE, salt, body))
        private = commitment(salt, body)
    return Entry(
        identifier,
        act.operation,
        at,
        organisation,
        actor,
        act.subject,
        act.detail,
        *here,
        private,
    )


def _store(entries: list[Entry], parts: list[Written], say: Saying) -> None:
    """No writer waits for another: no lock, no sequence, no hash of the entry before."""
    told = [_told(entry) for entry in entries]
    leaves = b"".join([leaf for _, _, leaf in told])  # in the order of identifiers
    token = guarded.voucher(VOUCHED, sha256(leaves).hexdigest())
    if len(told) == 1:
        say(APPEND, [token, *_given(entries[0], told[0], parts)])
        return
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(VOUCH, [token])
        for sql, data in ((ENTRIES, map(_row, entries, told)), (PARTS, map(_part, parts))):
            with cursor.copy(sql) as copy:
                copy.write(copying.table(data))


Told = tuple[bytes, Sequence[str], bytes]
"""The bytes of an entry, its rows, its leaf hash."""


def _salts(count: int) -> list[bytes]:
    """Each of its own, drawn at once: asking the system takes longer than drawing."""
    drawn = os.urandom(SALT_BYTES * count)
    return [drawn[at : at + SALT_BYTES] for at in range(0, len(drawn), SALT_BYTES)]


def _told(entry: Entry) -> Told:
    data, rows = entry.to_bytes(), entry.rows
    if data.count(b'"rows":[') > ("rows" in entry.detail):
        raise NotAnEntry("rows stand in a detail itself, nowhere deeper")
    return data, rows, leaf_hash(data)


def _given(entry: Entry, told: Told, parts: list[Written]) -> list[str | None]:
    """What `ledger_append` takes, as texts."""
    data, rows, leaf = told
    held = [value for _, _, *salt_and_body in parts for value in salt_and_body]
    searched = (entry.organisation, " ".join(entry.concerns), entry.subject, " ".join(rows))
    whole = [str(entry.id), entry.operation, entry.at.isoformat(), *searched]
    whole += ["\\x" + each.hex() for each in (data, leaf, *held)]
    return [*whole, *[None] * (13 - len(whole))]


def _row(entry: Entry, told: Told) -> bytes:
    data, rows, leaf = told
    subject, named = entry.subject.encode(), copying.uuids(rows)
    alike = _shared(entry.operation, entry.at, entry.organisation, entry.concerns)
    return b"".join(
        [
            _NINE_AND_16,
            entry.id.bytes,
            alike,
            _size(len(subject)),
            subject,
            _size(len(named)),
            named,
            _size(len(data)),
            data,
            _32,
            leaf,
        ]
    )


@lru_cache(1024)
def _shared(
    operation: str, at: datetime, organisation: str, concerns: tuple[str, ...]
) -> bytes:
    """What many rows have alike."""
    values = (
        operation.encode(),
        copying.instant(at),
        organisation.encode(),
        copying.texts(concerns),
    )
    return b"".join(map(copying.counted, values))


def _part(part: Written) -> bytes:
    identifier, name, salt, body = part
    return b"".join(
        [_FOUR_AND_16, identifier.bytes, _NAMES[name], _32, salt, _size(len(body)), body]
    )


_ACTOR, _PRIVATE = Part.ACTOR, Part.PRIVATE  # an enumeration is asked slowly
_NAMES: Final = {part: copying.counted(part.encode()) for part in Part}
_size: Final = Struct(">I").pack
_32: Final = (32).to_bytes(4)
_NINE_AND_16: Final = (9).to_bytes(2) + (16).to_bytes(4)
_FOUR_AND_16: Final = (4).to_bytes(2) + (16).to_bytes(4)
VOUCH: Final = "SELECT set_config('crossforce.vouched', %b, true)"
APPEND: Final = f"SELECT ledger_append({', '.join(f'${n}' for n in range(1, 15))})".encode()
ENTRIES: Final = """
COPY ledger_entry (id, operation, at, organisation, concerns, subject, rows, body, leaf_hash)
FROM STDIN (FORMAT binary)
"""
PARTS: Final = "COPY ledger_privatepart (entry_id, part, salt, body) FROM STDIN (FORMAT binary)"
