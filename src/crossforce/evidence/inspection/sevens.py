"""7z archives: what lies in one, by its table, and each file by what packed it.

Written from the format's own description, upon the decoders that Python brings: its reader in Python is LGPL, and libarchive is
not on every machine. Whatever a table says is bounded by the bytes that it has: a number of things takes at least as many.
"""

import bz2
import io
import lzma
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate
from typing import IO, TYPE_CHECKING, Final, Protocol

from crossforce.evidence.inspection import listed
from crossforce.evidence.inspection.listed import (
    BZIP2,
    DEFLATE,
    END,
    LZMA2,
    TABLE,
    TURNED,
    WRAPPED,
    Named,
    Pack,
)
from crossforce.evidence.inspection.tables import Table, Unfit
from crossforce.evidence.rules.members import Kind, Member, plain

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

TYPE: Final = "application/x-7z-compressed"
HEAD: Final = struct.Struct("<6s2xIQQI")
MARK: Final = b"7z\xbc\xaf\x27\x1c"
LARGEST_TABLE: Final = 32 * 1024 * 1024
MOST_WRAPPED: Final = 4
PART: Final = 1024 * 1024
Held = tuple[Member, Callable[[], IO[bytes]]]


class Encrypted(ValueError):
    """Its table is encrypted: not even names can be read."""


class Altered(ValueError):
    """The bytes do not have the sum that the archive states."""


def members(file: IO[bytes]) -> Iterator[Held]:
    """Each file and folder in order; its bytes can be had once, and not after those of a later one."""
    packs, files = _table(file)
    places = ((pack, at) for pack in packs for at in range(len(pack.sizes)))
    opened: dict[int, Unpacking] = {}
    for each in files:
        if not each.has_bytes:
            yield Member(plain(each.name), 0, kind=each.kind), io.BytesIO
            continue
        pack, at = next(places, (None, 0))
        if pack is None:
            raise Unfit
        if id(pack) not in opened:
            opened = {id(pack): Unpacking(file, pack)}
        alone = pack.packed if len(pack.sizes) == 1 else 0
        kind = each.kind if each.kind != Kind.FILE else pack.kind
        member = Member(plain(each.name), pack.sizes[at], alone, kind)
        yield member, partial(opened[id(pack)].open, at)


class _Decoder(Protocol):
    """What the decoders of Python are to us."""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class Unpacking:
    """One pack, read from its beginning to its end, file after file."""

    def __init__(self, file: IO[bytes], pack: Pack) -> None:
        self._file, self._pack = file, pack
        self._at = self._read = 0
        self._starts = [0, *accumulate(pack.sizes)]
        self._decoder = _decoder(pack) if pack.kind == Kind.FILE else None
        self._over = b""

    def open(self, number: int) -> IO[bytes]:
        """The file of that number."""
        start = self._starts[number]
        while self._at < start:
            self.part(min(PART, start - self._at))
        return io.BufferedReader(_One(self, self._pack.sizes[number], self._pack.sums[number]))

    def part(self, most: int) -> bytes:
        """The next bytes of it, at least one. Raises EOFError where there are none."""
        while not (came := self._come(most)):
            if self._read >= self._pack.packed and not self._over:
                raise EOFError
        self._at += len(came)
        return came

    def _come(self, most: int) -> bytes:
        decoder = self._decoder
        wants = not self._over and getattr(decoder, "needs_input", True)
        given = self._over or (self._packed() if wants else b"")
        self._over = b""
        if decoder is None:
            came, self._over = given[:most], given[most:]
            return came
        if getattr(decoder, "eof", False):
            raise EOFError
        came = decoder.decompress(given, most)
        self._over = getattr(decoder, "unconsumed_tail", b"")
        if not (came or given):
            raise EOFError
        return came

    def _packed(self) -> bytes:
        self._file.seek(self._pack.start + self._read)
        came = self._file.read(min(PART, self._pack.packed - self._read))
        self._read += len(came)
        return came


class _One(io.RawIOBase):
    """One file of a pack; that it is sound is told at its end."""

    def __init__(self, pack: Unpacking, size: int, stated: int | None) -> None:
        self._pack, self._left, self._stated, self._sum = pack, size, stated, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        room = memoryview(buffer)
        if not self._left:
            if self._stated not in (None, self._sum):
                raise Altered
            return 0
        came = self._pack.part(min(len(room), self._left))
        self._left -= len(came)
        self._sum = zlib.crc32(came, self._sum)
        room[: len(came)] = came
        return len(came)


def _decoder(pack: Pack) -> _Decoder | None:
    """What unpacks it; nothing where its bytes lie as they are."""
    name, told = pack.coders[0]
    if name == BZIP2:
        return bz2.BZ2Decompressor()
    if name == DEFLATE:
        return zlib.decompressobj(-zlib.MAX_WBITS)
    if name == b"\0":
        return None
    turned = [_turned(*each) for each in reversed(pack.coders[1:])]
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[*turned, _by_lzma(name, told)])


def _by_lzma(name: bytes, told: bytes) -> dict[str, int]:
    if name == LZMA2:
        (said,) = told
        length = (2 | said & 1) << (said // 2 + 11)
        return {"id": lzma.FILTER_LZMA2, "dict_size": min(max(length, 4096), 0xFFFFFFFF)}
    forms, length = struct.unpack("<BI", told)
    rest, lc = divmod(forms, 9)
    pb, lp = divmod(rest, 5)
    known = {"dict_size": max(length, 4096), "lc": lc, "lp": lp, "pb": pb}
    return {"id": lzma.FILTER_LZMA1} | known


def _turned(name: bytes, told: bytes) -> dict[str, int]:
    found = {"id": TURNED[name]}
    return found | {"dist": told[0] + 1} if TURNED[name] == lzma.FILTER_DELTA else found


def _table(file: IO[bytes]) -> tuple[list[Pack], list[Named]]:
    """What is packed, and what it is called. A table is itself packed, more often than not."""
    mark, stated, start, length, total = HEAD.unpack(file.read(HEAD.size))
    said = struct.pack("<QQI", start, length, total)
    if mark != MARK or zlib.crc32(said) != stated or length > LARGEST_TABLE:
        raise Unfit
    file.seek(HEAD.size + start)
    content = file.read(length)
    if len(content) != length or zlib.crc32(content) != total:
        raise Altered
    for _ in range(MOST_WRAPPED):
        table = Table(content or bytes([END]))
        begins = table.byte()
        if begins in (END, TABLE):
            return listed.named(table) if begins == TABLE else ([], [])
        if begins != WRAPPED:
            raise Unfit
        content = _unwrapped(file, *listed.streams(table))
    raise Unfit


def _unwrapped(file: IO[bytes], pack: Pack, *others: Pack) -> bytes:
    if pack.kind == Kind.LOCKED:
        raise Encrypted
    if others or pack.kind != Kind.FILE or pack.total > LARGEST_TABLE:
        raise Unfit
    return io.BufferedReader(_One(Unpacking(file, pack), pack.total, pack.total_sum)).read()
