"""What the table of a 7z archive says: what is packed by what, of which files it is, and what those are called."""

import lzma
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from crossforce.evidence.inspection.tables import Table, Unfit
from crossforce.evidence.rules.members import Kind

MOST_CODERS: Final = 4
START: Final = 32
"""Here the packed bytes begin: what stands before them is the archive's head."""
END, TABLE, STREAMS, FILES, PACKS, FOLDERS, SUBSTREAMS = 0, 1, 4, 5, 6, 7, 8
SIZES, SUMS, FOLDER, UNPACKED, NUMBERS, EMPTY, NO_FOLDER, UNDOES = 9, 10, 11, 12, 13, 14, 15, 16
NAMES, ATTRIBUTES, WRAPPED = 17, 21, 23
LOCKS: Final = b"\x06\xf1\x07\x01"
LZMA1, LZMA2, DEFLATE, BZIP2 = b"\x03\x01\x01", b"\x21", b"\x04\x01\x08", b"\x04\x02\x02"
TURNED: Final = {
    b"\x03": lzma.FILTER_DELTA,
    b"\x03\x03\x01\x03": lzma.FILTER_X86,
    b"\x04": lzma.FILTER_X86,
    b"\x03\x03\x02\x05": lzma.FILTER_POWERPC,
    b"\x05": lzma.FILTER_POWERPC,
    b"\x03\x03\x05\x01": lzma.FILTER_ARM,
    b"\x07": lzma.FILTER_ARM,
    b"\x03\x03\x07\x01": lzma.FILTER_ARMTHUMB,
    b"\x08": lzma.FILTER_ARMTHUMB,
}
"""What turns bytes before they are packed by LZMA2: told to its decoder, which undoes it."""
HAS_MODE, IS_FOLDER, LEADS_ON = 0x8000, 0x10, 0x400


@dataclass(slots=True)
class Pack:
    """Bytes that are packed together: by what, in the order of unpacking; how long they are so, and unpacked; of which files."""

    coders: list[tuple[bytes, bytes]]
    lengths: list[int]
    is_plain: bool
    last: int = 0
    start: int = 0
    packed: int = 0
    total_sum: int | None = None
    sizes: list[int] = field(default_factory=list)
    sums: list[int | None] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.lengths[self.last]

    @property
    def kind(self) -> Kind:
        """Whether what lies in it can be read."""
        names = [name for name, _ in self.coders]
        if LOCKS in names:
            return Kind.LOCKED
        first, turned = names[:1], names[1:]
        if not self.is_plain or not (first == [LZMA2] or not turned):
            return Kind.STRANGE
        known = first[0] in (LZMA1, LZMA2, DEFLATE, BZIP2, b"\0") and set(turned) <= set(TURNED)
        return Kind.FILE if known else Kind.STRANGE


@dataclass(slots=True)
class Named:
    """A file or folder by its name; whether it has bytes in a pack."""

    name: str = ""
    has_bytes: bool = True
    kind: Kind = Kind.FILE


def named(table: Table) -> tuple[list[Pack], list[Named]]:
    """What is packed, and the names in their order."""
    packs, files = list[Pack](), list[Named]()
    while (what := table.byte()) != END:
        if what == STREAMS:
            packs = streams(table)
        elif what == FILES:
            files = _files(table)
        else:
            raise Unfit
    return packs, files


def streams(table: Table) -> list[Pack]:
    """The packs, each with its place."""
    packs, lengths, at = list[Pack](), list[int](), 0
    while (what := table.byte()) != END:
        if what == PACKS:
            at, lengths = _lengths(table)
        elif what == FOLDERS:
            packs = _packs(table)
        elif what == SUBSTREAMS:
            _parted(table, packs)
        else:
            raise Unfit
    for pack in packs:
        number = 1 if pack.is_plain else min(len(pack.coders), len(lengths))
        mine, lengths = lengths[:number], lengths[number:]
        pack.start, pack.packed = START + at, sum(mine)
        at += pack.packed
        if not pack.sizes and not pack.sums:
            pack.sizes, pack.sums = [pack.total], [pack.total_sum]
    return packs


def _lengths(table: Table) -> tuple[int, list[int]]:
    at, number, lengths = table.number(), table.number(), list[int]()
    while (what := table.byte()) != END:
        if what == SIZES:
            lengths = [table.number() for _ in table.times(number)]
        elif what == SUMS:
            table.sums(number)
        else:
            raise Unfit
    return at, lengths


def _packs(table: Table) -> list[Pack]:
    table.needs(FOLDER)
    number = table.number()
    table.needs(0)
    packs = [_pack(table) for _ in table.times(number)]
    table.needs(UNPACKED)
    for pack in packs:
        pack.lengths = [table.number() for _ in pack.lengths]
    while (what := table.byte()) != END:
        if what != SUMS:
            raise Unfit
        for pack, said in zip(packs, table.sums(number), strict=True):
            pack.total_sum = said
    return packs


def _pack(table: Table) -> Pack:
    """By what it is packed; where a coder has more than one line in or out, it is not plain."""
    number, ins, outs = table.number(), 0, 0
    if not 0 < number <= MOST_CODERS:
        raise Unfit
    coders = list[tuple[bytes, bytes]]()
    for _ in range(number):
        flags = table.byte()
        name = table.bytes(flags & 15)
        into, out = (table.number(), table.number()) if flags & 16 else (1, 1)
        ins, outs = ins + into, outs + out
        coders.append((name, table.bytes(table.number()) if flags & 32 else b""))
    if not 0 < outs <= 4 * MOST_CODERS or not outs <= ins + 1 <= 4 * MOST_CODERS:
        raise Unfit
    bound = {}
    for _ in range(outs - 1):
        into, out = table.number(), table.number()
        bound[out] = into
    lines = ins - (outs - 1)
    for _ in range(lines if lines > 1 else 0):
        table.number()
    if not ins == outs == number:
        return Pack(coders, [0] * outs, is_plain=False)
    order = _order(number, bound)
    return Pack([coders[each] for each in order], [0] * outs, is_plain=True, last=order[-1])


def _order(number: int, bound: dict[int, int]) -> Sequence[int]:
    """Coders from the one that reads what is packed to the one that gives the files."""
    (at,) = set(range(number)) - set(bound.values()) if number > 1 else {0}
    order = [at]
    while at in bound and len(order) < number:
        at = bound[at]
        order.append(at)
    if sorted(order) != list(range(number)):
        raise Unfit
    return order


def _parted(table: Table, packs: list[Pack]) -> None:
    """Of how many files each pack is, how long they are, and their sums."""
    numbers, what = [1] * len(packs), table.byte()
    if what == NUMBERS:
        numbers, what = [table.number() for _ in packs], table.byte()
    for pack, number in zip(packs, numbers, strict=True):
        _lengthened(table, pack, number, is_said=what == SIZES)
    what = table.byte() if what == SIZES else what
    if what == SUMS:
        _summed(table, packs)
        what = table.byte()
    if what != END:
        raise Unfit


def _lengthened(table: Table, pack: Pack, number: int, *, is_said: bool) -> None:
    """How long each of so many files is: of the last what is left."""
    stated = [table.number() for _ in table.times(number - 1)] if is_said else []
    if len(stated) != max(number - 1, 0) or sum(stated) > pack.total:
        raise Unfit
    pack.sizes = [*stated, pack.total - sum(stated)] if number else []
    pack.sums = [pack.total_sum if number == 1 else None] * number


def _summed(table: Table, packs: list[Pack]) -> None:
    """The sums of all files but those that are alone in a pack whose sum is stated."""
    wanted = [each for each in packs if len(each.sizes) != 1 or each.total_sum is None]
    said = iter(table.sums(sum(len(each.sizes) for each in wanted)))
    for pack in wanted:
        pack.sums = [next(said) for _ in pack.sizes]


def _files(table: Table) -> list[Named]:
    number = table.number()
    files = [Named() for _ in table.times(number)]
    while (what := table.byte()) != END:
        inner = Table(table.bytes(table.number()))
        if what in SAID:
            SAID[what](inner, files)
    return files


def _called(table: Table, files: list[Named]) -> None:
    table.needs(0)
    for each in files:
        each.name = table.name()


def _emptied(table: Table, files: list[Named]) -> None:
    """What has no bytes is a folder, unless more is said."""
    for each, is_empty in zip(files, table.flags(len(files)), strict=True):
        each.has_bytes = not is_empty
        each.kind = Kind.FOLDER if is_empty else Kind.FILE


def _are_files(table: Table, files: list[Named]) -> None:
    _of_empty(table, files, Kind.FILE)


def _undo(table: Table, files: list[Named]) -> None:
    """What is to be taken away where it is unpacked."""
    _of_empty(table, files, Kind.STRANGE)


def _of_empty(table: Table, files: list[Named], kind: Kind) -> None:
    empty = [each for each in files if not each.has_bytes]
    for each, is_so in zip(empty, table.flags(len(empty)), strict=True):
        each.kind = kind if is_so else each.kind


def _attributed(table: Table, files: list[Named]) -> None:
    has = table.all_or_flags(len(files))
    table.needs(0)
    for each, is_said in zip(files, has, strict=True):
        said = table.four() if is_said else 0
        form = stat.S_IFMT(said >> 16) if said & HAS_MODE else 0
        if form == stat.S_IFLNK or said & LEADS_ON:
            each.kind = Kind.LINK
        elif form not in (0, stat.S_IFREG, stat.S_IFDIR):
            each.kind = Kind.DEVICE
        elif said & IS_FOLDER and not each.has_bytes:
            each.kind = Kind.FOLDER


SAID: Final[dict[int, Callable[[Table, list[Named]], None]]] = {
    NAMES: _called,
    EMPTY: _emptied,
    NO_FOLDER: _are_files,
    UNDOES: _undo,
    ATTRIBUTES: _attributed,
}
"""What is said of the files, and who reads it; times of day and others are passed over."""
