"""Keys of files: each file has its own, sealed under its holder's, which is sealed under the master key.

Without its holder's key nothing tells what a file is; without its own key its bytes are noise, wherever copies of them lie.
"""

import hmac
import os
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection, models, transaction

from crossforce.kernel import ids, statements
from crossforce.kernel.files.models import HolderKey, StoredFile
from crossforce.kernel.files.sealing import NONCE, Altered, Sums
from crossforce.kernel.refusals import NotUnderstood

BOUND: Final = b"crossforce file 1"
HOLDER: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,119}")
TOGETHER: Final = 500
KNOWN: Final = struct.Struct(">32s32sQ")
USING: Final = "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))"
MAKING: Final = f"LOCK TABLE {HolderKey._meta.db_table} IN ROW EXCLUSIVE MODE"
RESEALING: Final = f"LOCK TABLE {HolderKey._meta.db_table} IN SHARE ROW EXCLUSIVE MODE"
"""Waits for whoever makes a key, and lets nobody begin to before the end of the transaction."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What is sealed of a file: its key, and once it is kept what identifies its bytes."""

    key: bytes
    sums: Sums | None = None


@dataclass(frozen=True, slots=True)
class Ring:
    """A version of a holder's key as it is used."""

    number: int
    secret: bytes

    def seal(self, file: UUID, inside: Inside) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + AESGCM(self.secret).encrypt(nonce, _packed(inside), BOUND + file.bytes)

    def open(self, file: UUID, sealed: bytes) -> Inside:
        try:
            plain = AESGCM(self.secret).decrypt(
                sealed[:NONCE], sealed[NONCE:], BOUND + file.bytes
            )
        except InvalidTag:
            raise Altered(f"The key of file {file} is not as it was kept.") from None
        return _unpacked(plain)

    def likeness(self, sums: Sums) -> bytes:
        """The same for the same bytes under this key alone."""
        said = f"{sums.size} {sums.sha256} {sums.blake3}".encode()
        return hmac.digest(self.secret, b"likeness " + said, "sha256")


def current(holder: str) -> Ring:
    """The holder's key as it is now, made when first needed; it stays so until the transaction ends."""
    if not HOLDER.fullmatch(holder):
        raise NotUnderstood("Files are kept for an organisation, by its code.")
    statements.answer(USING, _lock(holder))
    found = _newest(holder)
    if found is None:
        statements.alone(f"{_lock(holder)} first")
        found = _newest(holder) or _made(holder, 1)
    return _ring(found)


def inside(file: StoredFile) -> Inside:
    """What is sealed of the file. Raises Altered, and KeyError where it is no more."""
    key = _of(file)
    if key.sealed is None:  # another took its place since the row was read
        file.refresh_from_db(fields=["sealed", "key_number"])
        key = _of(file)
    if file.sealed is None:
        raise KeyError(file.pk)
    return _ring(key).open(file.pk, bytes(file.sealed))


def rotate(holder: str) -> tuple[int, int]:
    """Seal the keys of all that the holder keeps under a new key, and forget the one before; answers its number, and how many.

    No other key of the installation is replaced meanwhile.
    """
    with settings.KEYS.rotating(), transaction.atomic():
        return _rotated(holder)


def _rotated(holder: str) -> tuple[int, int]:
    statements.alone(_lock(holder))
    old = _newest(holder)
    if old is None:
        raise NotUnderstood(f"{holder} keeps no files.")
    before, fresh = _ring(old), _ring(_made(holder, old.number + 1))
    files = StoredFile.objects.filter(sealed__isnull=False).order_by("pk")
    count = 0
    for keys in _in_batches(files.filter(holder=holder).values_list("pk", flat=True)):
        some = list(
            files.select_for_update().filter(pk__in=keys)
        )  # without what went meanwhile
        for file in some:
            held = before.open(file.pk, bytes(file.sealed or b""))
            file.sealed, file.key_number = fresh.seal(file.pk, held), fresh.number
            file.likeness = fresh.likeness(held.sums) if held.sums else None
        StoredFile.objects.bulk_update(some, ["sealed", "key_number", "likeness"])
        count += len(some)
    HolderKey.objects.filter(pk=old.pk).update(sealed=None)
    return fresh.number, count


def reseal_all(reseal: Callable[..., bytes]) -> int:
    """Seal every holder's key under the current master key, in a transaction; answers how many there were.

    Who makes one at this moment is waited for, and who comes then seals under the current master key.
    """
    _say(RESEALING)
    held = list(HolderKey.objects.select_for_update().filter(sealed__isnull=False))
    for key in held:
        key.sealed = reseal(bytes(key.sealed or b""), context=_context(key.pk))
        key.save(update_fields=["sealed"])
    return len(held)


def _in_batches(keys: models.QuerySet[StoredFile, UUID]) -> Iterator[list[UUID]]:
    left = keys.iterator()
    while some := list(islice(left, TOGETHER)):
        yield some


def _say(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _lock(holder: str) -> str:
    return f"kernel.holder_key {holder}"


def _context(key: UUID) -> str:
    return f"kernel.holder_key:{key}"


def _of(file: StoredFile) -> HolderKey:
    return HolderKey.objects.get(holder=file.holder, number=file.key_number)


def _newest(holder: str) -> HolderKey | None:
    return HolderKey.objects.filter(holder=holder).order_by("-number").first()


def _made(holder: str, number: int) -> HolderKey:
    key = ids.new_id()
    _say(
        MAKING
    )  # before it is sealed: under a master key that nobody forgets until it is there
    sealed = settings.KEYS.seal(os.urandom(32), context=_context(key))
    return HolderKey.objects.create(id=key, holder=holder, number=number, sealed=sealed)


def _ring(key: HolderKey) -> Ring:
    return Ring(
        key.number, settings.KEYS.unseal(bytes(key.sealed or b""), context=_context(key.pk))
    )


def _packed(inside: Inside) -> bytes:
    if inside.sums is None:
        return inside.key
    sums = inside.sums
    known = bytes.fromhex(sums.sha256), bytes.fromhex(sums.blake3), sums.size
    return inside.key + KNOWN.pack(*known)


def _unpacked(plain: bytes) -> Inside:
    if len(plain) == 32:
        return Inside(plain)
    sha256, blake3, size = KNOWN.unpack(plain[32:])
    return Inside(plain[:32], Sums(size, sha256.hex(), blake3.hex()))
