"""Checkpoints: signed notes that say how long the log is and what its root is (docs/formats/ledger-checkpoint.md).

The formats are C2SP's: tlog-checkpoint in a signed note, Ed25519 for the log, cosignature/v1 for
witnesses.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from crossforce.transparency.tree import HASH_BYTES

LOG, WITNESS = 1, 4
"""The kinds of signature: Ed25519 over the note, and cosignature/v1."""
LARGEST: Final = 1 << 20
ID_BYTES, TIME_BYTES = 4, 8
NAME = re.compile(r"[!-*,-~]{1,200}")  # of our keys: one word of ASCII, without “+”
ANY_NAME = re.compile(r"[^\s+]+")  # of whoever else signed: nobody has to understand it
SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
LATEST: Final = 253_402_300_800
"""Where the year 10000 begins: no cosignature is from then, and no calendar goes on."""


class NotACheckpoint(ValueError):
    """This is not a checkpoint, or not a key of one; the message says why."""


class NotSigned(ValueError):
    """The signature that is asked for is missing or wrong; the message says whose."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How long a log is and what its root is; `origin` names the log."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


@dataclass(frozen=True, slots=True)
class Key:
    """A public key with the name that it signs under; written as a verifier key of a signed note."""

    name: str
    kind: int
    public: bytes

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name) or self.kind not in (LOG, WITNESS):
            raise NotACheckpoint(f"{self.name!r} names no key of a log or a witness")
        if len(self.public) != HASH_BYTES:
            raise NotACheckpoint("an Ed25519 public key has 32 bytes")

    @property
    def id(self) -> bytes:
        """Four bytes that stand before a signature, so that its key is found."""
        material = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return sha256(material).digest()[:ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_base64(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> "Key":
        """The key that a verifier key writes. Raises NotACheckpoint."""
        name, _, rest = text.strip().partition("+")
        hash_, _, encoded = rest.partition("+")
        data = _bytes(encoded)
        key = cls(name, data[0] if data else 0, data[1:])
        if key.id.hex() != hash_:
            raise NotACheckpoint("the verifier key was altered: its hash is another")
        return key


def keys_of(given: Iterable[str], kind: int, whose: str) -> list[Key]:
    """The verifier keys. Raises NotACheckpoint where one is of the other kind: a log is no witness to itself."""
    keys = [Key.parse(each) for each in given]
    if wrong := [key.name for key in keys if key.kind != kind]:
        raise NotACheckpoint(f"the key of {wrong[0]} is not that of {whose}")
    return keys


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line of a note."""

    name: str
    id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"— {self.name} {_base64(self.id + self.value)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint with its signatures."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        lines = dict.fromkeys(str(each) for each in self.signatures)
        return self.checkpoint.text() + "\n" + "".join(lines)

    def signed_by(self, key: Key) -> int | None:
        """When the witness cosigned, in seconds of Unix time; None for the log's own signature.

        Raises NotSigned unless the key signed.
        """
        for signature in self.signatures:
            if (signature.name, signature.id) == (key.name, key.id):
                return _verified(self.checkpoint, key, signature.value)
        raise NotSigned(f"{key.name} has not signed")

    def also(self, signatures: Iterable[Signature]) -> "Note":
        """The note with more signatures."""
        return Note(self.checkpoint, (*self.signatures, *signatures))


def parse(text: str) -> Note:
    """The note that the text writes. Raises NotACheckpoint."""
    body, gap, lines = text.rpartition("\n\n")
    if not gap or len(text) > LARGEST or not lines.endswith("\n"):
        raise NotACheckpoint("a checkpoint has lines, an empty line, and signatures")
    if CONTROL.search(text):
        raise NotACheckpoint("a checkpoint has no control characters")
    origin, size, root, *more = f"{body}\n".split("\n")
    if more != [""] or not origin or not SIZE.fullmatch(size):
        raise NotACheckpoint("a checkpoint has three lines: origin, size, root")
    checkpoint = Checkpoint(origin, int(size), _bytes(root))
    if len(checkpoint.root) != HASH_BYTES:
        raise NotACheckpoint("a root has 32 bytes")
    return Note(checkpoint, tuple(_signatures(lines)))


def public_key(private: Ed25519PrivateKey, name: str, kind: int) -> Key:
    """The public half."""
    return Key(name, kind, private.public_key().public_bytes_raw())


def sign(checkpoint: Checkpoint, private: Ed25519PrivateKey) -> Signature:
    """The log's signature, under the log's origin as its name."""
    key = public_key(private, checkpoint.origin, LOG)
    return Signature(key.name, key.id, private.sign(checkpoint.text().encode()))


def cosign(checkpoint: Checkpoint, private: Ed25519PrivateKey, name: str, at: int) -> Signature:
    """A witness's cosignature: at that time this was the longest the witness had seen."""
    key = public_key(private, name, WITNESS)
    value = at.to_bytes(TIME_BYTES) + private.sign(_cosigned(checkpoint, at))
    return Signature(key.name, key.id, value)


def _verified(checkpoint: Checkpoint, key: Key, value: bytes) -> int | None:
    at, said = None, checkpoint.text().encode()
    if key.kind == WITNESS:
        at, value = int.from_bytes(value[:TIME_BYTES]), value[TIME_BYTES:]
        if at >= LATEST:
            raise NotSigned(f"the time of {key.name} is none")
        said = _cosigned(checkpoint, at)
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(value, said)
    except InvalidSignature:
        raise NotSigned(f"the signature of {key.name} is wrong") from None
    return at


def _cosigned(checkpoint: Checkpoint, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{checkpoint.text()}".encode()


def _signatures(lines: str) -> Iterator[Signature]:
    """Each line; of kinds of signature that are not known here, any length is right."""
    for line in lines.removesuffix("\n").split("\n"):
        mark, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        data = _bytes(encoded)
        if mark != "—" or not ANY_NAME.fullmatch(name) or len(data) <= ID_BYTES:
            raise NotACheckpoint(f"{line[:80]!r} is not a signature")
        yield Signature(name, data[:ID_BYTES], data[ID_BYTES:])


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotACheckpoint(f"{text[:80]!r} is not base64") from None
