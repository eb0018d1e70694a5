"""A proof pack: an exhibit's files, its continuity and the log's proof of both, verified by anybody with this file alone.

Its manifest names every file by its SHA-256 and holds the continuity as it was signed. What the manifest says the log's entry
binds, so that one key of the log, known from elsewhere, vouches for all of it (docs/formats/proof-pack.md).
"""

import hashlib
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Final

from crossforce.evidence.choices import EXHIBIT, TOUCH
from crossforce.evidence.rules import manifest as manifests
from crossforce.evidence.rules.manifest import MANIFEST, Kept, Manifest, NotAPack, Written
from crossforce.records.choices import COLLECTED
from crossforce.transparency import receipt
from crossforce.transparency.checkpoint import Key

MADE: Final = "evidence.proof-made"
"""The operation of the entry that binds the manifest."""
SEAL, INSTRUCTIONS = "receipt.json", "README.txt"
LARGEST: Final = 64 * 1024 * 1024
"""Nothing but a file of the exhibit has more bytes."""
PART: Final = 1024 * 1024
DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OverflowError, RuntimeError, NotImplementedError,
)  # fmt: skip
UNREADABLE: Final = (*DAMAGED, OSError, ValueError)
LOCAL, END, ENDS = 30, 22, b"PK\x05\x06"
"""Bytes of the header before a member, and of the record at the end, without what may follow in them; how the latter begins."""
DESCRIBED: Final = 0x08
"""The flag of a member whose sizes stand after it."""
MOST_IN_SHORT, LONG = 2**31 - 1, struct.Struct("<HHQQ")
"""Of what is longer, or stands further on, the directory says so in more words; any header may: its sizes."""


class Altered(ValueError):
    """The pack is not as it was made; the message names what is not."""


@dataclass(frozen=True, slots=True)
class Proved:
    """What a pack proves: its manifest, the log's entry of its making, and when each act was written down, as far as it is opened."""

    manifest: Manifest
    sealed: receipt.Verified
    written_at: Mapping[int, datetime]


def receipt_of(number: int) -> str:
    """Under which name the receipt of an act lies."""
    return f"receipts/{number}.json"


def verify(file: IO[bytes], trusted: Sequence[Key] = ()) -> Proved:
    """Check everything; every trusted key must have signed every receipt. Raises NotAPack, Altered."""
    try:
        with zipfile.ZipFile(file) as pack:
            proved = _verified(pack, trusted)
            _end_to_end(file, pack)
            return proved
    except DAMAGED as fault:
        raise NotAPack(f"it is not a whole ZIP file: {fault}") from fault


def _verified(pack: zipfile.ZipFile, trusted: Sequence[Key]) -> Proved:
    said = _small(pack, MANIFEST)
    sealed = _receipt(pack, SEAL, trusted)
    entry = sealed.found.entry
    if (entry.operation, entry.detail.get("sha256")) != (
        MADE,
        hashlib.sha256(said).hexdigest(),
    ):
        raise Altered(f"{MANIFEST} is not what the log's entry of the pack's making says")
    manifest, instructions = manifests.read(said)
    if entry.subject != f"{EXHIBIT}:{manifest.record}":
        raise Altered(f"{SEAL} is of another exhibit")
    _nothing_else(pack, manifest)
    if hashlib.sha256(_small(pack, INSTRUCTIONS)).hexdigest() != instructions:
        raise Altered(f"{INSTRUCTIONS} is not as it was put in")
    for kept in manifest.files:
        _check(pack, kept)
    written = {each.step.number: _written(pack, each, trusted) for each in manifest.acts}
    return Proved(manifest, sealed, written)


def _nothing_else(pack: zipfile.ZipFile, manifest: Manifest) -> None:
    wanted = {MANIFEST, SEAL, INSTRUCTIONS, *(each.path for each in manifest.files)}
    wanted |= {receipt_of(each.step.number) for each in manifest.acts}
    for name, number in Counter(each.orig_filename for each in pack.infolist()).items():
        if name not in wanted or number > 1:
            raise Altered(f"{name} was put into it")


def _end_to_end(file: IO[bytes], pack: zipfile.ZipFile) -> None:
    """Nothing stands before, between, behind or beside the members that the directory names. Raises Altered."""
    place = 0
    for member in sorted(pack.infolist(), key=lambda each: each.header_offset):
        if member.header_offset != place:
            raise Altered(f"something was put in before {member.filename}")
        place = _end_of(file, member)
    file.seek(-END, 2)
    last = file.read(END)
    if place != pack.start_dir or last[:4] != ENDS or last[-2:] != bytes(2):
        raise Altered("something was put in behind its members")


def _end_of(file: IO[bytes], member: zipfile.ZipInfo) -> int:
    """Where the next begins. Raises Altered where more is said of the member than has to be."""
    size = member.file_size
    is_long = max(size, member.header_offset) > MOST_IN_SHORT
    is_stored = (member.compress_type, member.compress_size) == (zipfile.ZIP_STORED, size)
    file.seek(member.header_offset)
    head = file.read(LOCAL)
    named, more = (int.from_bytes(head[at : at + 2], "little") for at in (26, 28))
    further = file.read(named + more)[named:]
    sizes = [LONG.pack(1, 16, each, each) for each in (0, size)]
    is_plain = bool(member.extra) == is_long and further in (b"", *sizes)
    if not is_stored or not is_plain or member.comment:
        raise Altered(f"{member.filename} is not as it was put in")
    described = (24 if further else 16) if member.flag_bits & DESCRIBED else 0
    return member.header_offset + LOCAL + named + more + size + described


def _check(pack: zipfile.ZipFile, kept: Kept) -> None:
    total, size = hashlib.sha256(), 0
    for part in _parts(pack, kept.path, kept.size):
        total.update(part)
        size += len(part)
    if (size, total.hexdigest()) != (kept.size, kept.sha256):
        raise Altered(f"{kept.path} ({kept.name}) is not as it was kept")


def _written(pack: zipfile.ZipFile, act: Written, trusted: Sequence[Key]) -> datetime:
    """When the act was written down. What the entry commits to is compared where it is opened."""
    name = receipt_of(act.step.number)
    found = _receipt(pack, name, trusted).found
    if found.entry.subject != f"{TOUCH}:{act.record}":
        raise Altered(f"{name} is of another act")
    if found.entry.operation != COLLECTED:
        raise Altered(f"{name} is not of the writing down of its act")
    opened = found.opened.get("private")
    if isinstance(opened, Mapping) and opened.get("digest") != act.step.digest:
        raise Altered(f"{name} is of an act that says something else")
    return found.entry.at


def _receipt(pack: zipfile.ZipFile, name: str, trusted: Sequence[Key]) -> receipt.Verified:
    try:
        return receipt.verify(receipt.parse(_small(pack, name)), trusted)
    except Altered:
        raise
    except ValueError as fault:
        raise Altered(f"{name} does not verify: {fault}") from fault


def _small(pack: zipfile.ZipFile, name: str) -> bytes:
    return b"".join(_parts(pack, name, LARGEST))


def _parts(pack: zipfile.ZipFile, name: str, most: int) -> Iterator[bytes]:
    """What lies there, and no more than it may be. Raises Altered."""
    try:
        with pack.open(name) as member:
            while most >= 0 and (part := member.read(PART)):
                most -= len(part)
                yield part
    except KeyError:
        raise Altered(f"{name} is missing") from None
    except UNREADABLE as fault:
        raise Altered(f"{name} cannot be read: {fault}") from fault
    if most < 0:
        raise Altered(f"{name} is longer than it was")
