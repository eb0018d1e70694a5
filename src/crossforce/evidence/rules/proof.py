"""A proof pack: an exhibit's files, its continuity and the log's proof of both, verified by anybody with this file alone.

Its manifest names every file by its SHA-256 and holds the continuity as it was signed. What the manifest says the log's entry
binds, so that one key of the log, known from elsewhere, vouches for all of it (docs/formats/proof-pack.md).
"""

import hashlib
import json
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Final

from crossforce.evidence.choices import EXHIBIT, TOUCH
from crossforce.evidence.rules import continuity
from crossforce.evidence.rules.continuity import Act, Break, Custody, Step
from crossforce.transparency import receipt
from crossforce.transparency.checkpoint import Key

FORMAT: Final = "crossforce-proof-pack/1"
MADE: Final = "evidence.proof-made"
"""The operation of the entry that binds the manifest."""
MANIFEST, SEAL, INSTRUCTIONS = "proof.json", "receipt.json", "README.txt"
LARGEST: Final = 64 * 1024 * 1024
"""Nothing but a file of the exhibit has more bytes."""
PART: Final = 1024 * 1024
DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OverflowError, RuntimeError, NotImplementedError,
)  # fmt: skip
UNREADABLE: Final = (*DAMAGED, OSError, ValueError)
HOW: Final = """\
Proof pack of an exhibit

files/         the exhibit's digital originals, byte for byte as they were kept
proof.json     what the exhibit is, the SHA-256 of each file, and its continuity since the seizure: every act with
               the digest of the act before it and the platform's signature
receipt.json   the log's receipt for the making of this pack: it binds proof.json
receipts/      the log's receipt for the writing down of each act: that it was written down then, and not later

To verify it you need no account, and no network once the library "crossforce" is installed (Python 3.11):

    crossforce evidence verify THIS-FILE.zip --log-key KEY

KEY is the verifier key of the log. Have it from elsewhere than from this pack or whoever gave it to you: from the log's
page, from another force, or from a witness. With --witness KEY you ask that a witness signed as well. The command names
the first thing that is not as it was and ends with code 1; with code 3 where you gave no key. Where the continuity itself
is broken it says at which act and why: that is no fault of the pack.

Without this library: the SHA-256 of each file stands in proof.json; the formats are described with the library's sources,
under docs/formats (proof-pack, ledger-receipt, ledger-checkpoint). The log is a Merkle tree as in RFC 6962.
"""


class NotAPack(ValueError):
    """This is not a proof pack; the message says why."""


class Altered(ValueError):
    """The pack is not as it was made; the message names what is not."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the pack: under which name it lies there, what it was called, and what it is."""

    path: str
    name: str
    size: int
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Written:
    """An act of the continuity with what it was written down as: its record, its signature and the key that verifies it."""

    record: str
    step: Step
    signature: str
    public_key: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack holds. `exhibit` says what the exhibit is, in words; `names` what organisations are called."""

    record: str
    holder: str
    seized_at: datetime
    made_at: datetime
    marking: str
    exhibit: Mapping[str, str]
    files: Sequence[Kept]
    acts: Sequence[Written]
    keys: Sequence[str]
    names: Mapping[str, str]

    def to_bytes(self) -> bytes:
        """The file."""
        body = {
            "format": FORMAT,
            "record": self.record,
            "holder": self.holder,
            "seized_at": self.seized_at.isoformat(),
            "made_at": self.made_at.isoformat(),
            "marking": self.marking,
            "exhibit": dict(self.exhibit),
            "files": [_fields(each) for each in self.files],
            "continuity": [
                _fields(each.step)
                | {"happened_at": each.step.happened_at.isoformat(), "record": each.record}
                | {"signature": each.signature, "public_key": each.public_key}
                for each in self.acts
            ],
            "keys": list(self.keys),
            "names": dict(self.names),
            "instructions_sha256": hashlib.sha256(HOW.encode()).hexdigest(),
        }
        return (json.dumps(body, indent=1, ensure_ascii=False) + "\n").encode()

    def breaks(self) -> list[Break]:
        """Where the continuity cannot be shown, acts among them that the platform did not sign."""
        seized = Custody(self.holder, self.seized_at)
        signed = [(each.step, each.signature, each.public_key) for each in self.acts]
        steps = [each.step for each in self.acts]
        named = lambda code: self.names.get(code, code)  # noqa: E731 - as `called` of the platform
        return [
            *continuity.breaks(self.record, seized, steps, named),
            *continuity.unsigned(self.record, signed, self.keys),
        ]


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
            return _verified(pack, trusted)
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
    manifest, instructions = _read(said)
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
    for name, number in Counter(pack.namelist()).items():
        if name not in wanted or number > 1:
            raise Altered(f"{name} was put into it")


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


def _read(said: bytes) -> tuple[Manifest, str]:
    try:
        body: Any = json.loads(said)
        if body["format"] != FORMAT:
            raise NotAPack(f"it is not in the format {FORMAT}")
        manifest = Manifest(
            record=body["record"],
            holder=body["holder"],
            seized_at=datetime.fromisoformat(body["seized_at"]),
            made_at=datetime.fromisoformat(body["made_at"]),
            marking=body["marking"],
            exhibit=body["exhibit"],
            files=[Kept(**each) for each in body["files"]],
            acts=[_act(each) for each in body["continuity"]],
            keys=body["keys"],
            names=body["names"],
        )
        return manifest, body["instructions_sha256"]
    except (KeyError, TypeError, AttributeError, RecursionError, json.JSONDecodeError) as fault:
        raise NotAPack(f"its {MANIFEST} is not in the format {FORMAT}") from fault


def _act(said: dict[str, Any]) -> Written:
    apart = {name: said.pop(name) for name in ("record", "signature", "public_key")}
    moment = datetime.fromisoformat(said.pop("happened_at"))
    return Written(
        step=Step(**said | {"act": Act(said["act"]), "happened_at": moment}), **apart
    )


def _fields(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__dataclass_fields__}
