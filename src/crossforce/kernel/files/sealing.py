"""How the bytes of one file are sealed: in segments, so that any part is read without the rest (docs/formats/stored-file.md).

Every segment is bound to its file, to its number and to whether it is the last one, as in STREAM: none can be moved, left
out, repeated or cut off. A segment that is written again, after an interruption, has a nonce of its own.
"""

import os
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC: Final = b"crossforce-file\x01"
HEADER: Final = len(MAGIC) + 16
SEGMENT: Final = 1024 * 1024
NONCE: Final = 12
OVER: Final = NONCE + 16
"""What a segment takes besides what it holds: its nonce and its tag."""
FULL, LAST, UNFINISHED = b"\x00", b"\x01", b"\x02"


class Altered(Exception):
    """What is stored is not what was kept; the message says which file, and where."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What identifies the bytes of a file: their number and two digests, in hexadecimal."""

    size: int
    sha256: str
    blake3: str


class Segments:
    """Seals and opens the segments of one file."""

    def __init__(self, file: UUID, key: bytes) -> None:
        self.file = file
        self.header = MAGIC + file.bytes
        self._box = AESGCM(key)

    def seal_into(
        self, box: memoryview, number: int, plain: bytes | bytearray | memoryview, mark: bytes
    ) -> None:
        """Put the segment there as it is stored; the room is as long as that."""
        box[:NONCE] = nonce = os.urandom(NONCE)
        self._box.encrypt_into(nonce, plain, self._bound(number, mark), box[NONCE:])

    def sealed(self, number: int, plain: bytes | bytearray, mark: bytes) -> bytearray:
        """The same in room of its own."""
        box = bytearray(len(plain) + OVER)
        self.seal_into(memoryview(box), number, plain, mark)
        return box

    def opened(self, number: int, box: bytes, mark: bytes) -> bytes:
        """What the segment holds. Raises Altered."""
        try:
            return self._box.decrypt(box[:NONCE], box[NONCE:], self._bound(number, mark))
        except (InvalidTag, ValueError):
            raise Altered(
                f"File {self.file} is not as it was kept, in part {number + 1}."
            ) from None

    def _bound(self, number: int, mark: bytes) -> bytes:
        return self.header + number.to_bytes(8, "big") + mark


def place_of(number: int) -> int:
    """Where a segment begins in what is stored."""
    return HEADER + number * (SEGMENT + OVER)


def size_of(stored: int) -> int:
    """How many bytes a whole stored file holds; -1 where none has that length."""
    full, rest = divmod(stored - HEADER, SEGMENT + OVER)
    return full * SEGMENT + rest - OVER if stored >= HEADER and rest >= OVER else -1


def stored_size(size: int) -> int:
    """How long a file of so many bytes is as it is stored."""
    return place_of(size // SEGMENT) + size % SEGMENT + OVER
