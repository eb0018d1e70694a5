"""The Merkle tree of RFC 6962, section 2.1: roots, proofs, their verification, and where nodes are kept.

A node is named by level (leaves are level 0) and index. Only nodes whose whole subtree is there are
ever asked for, and those never change: they can stand in files that only grow, and a proof reads
one node a level.
"""

import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

HASH_BYTES: Final = 32
EMPTY: Final = sha256().digest()
_BEGUN: Final = sha256(b"\x01")

Node = Callable[[int, int], bytes]
"""Gives the hash of a complete node: `node(level, index)`."""
Keep = Callable[[int, int, Sequence[bytes]], None]
"""Takes new complete nodes of a level, from an index on: `keep(level, first, hashes)`."""
Pair = Callable[[Sequence[bytes]], list[bytes]]
"""Gives the parents of neighbours: see `parents`."""


class DoesNotProve(ValueError):
    """This proof does not lead from the one hash to the other; the message says why."""


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 over a one byte and both children."""
    return sha256(b"\x01" + left + right).digest()


def root(node: Node, size: int) -> bytes:
    """The root of the first `size` leaves."""
    return _span(node, 0, size) if size else EMPTY


def inclusion(node: Node, index: int, size: int) -> list[bytes]:
    """The path that proves the leaf at `index` in the tree of `size`, from the leaf upwards."""
    if not 0 <= index < size:
        raise DoesNotProve(f"there is no leaf {index} in a tree of {size}")
    path, low, high = [], 0, size
    while high - low > 1:
        split = _split(low, high)
        if index < split:
            path.append(_span(node, split, high))
            high = split
        else:
            path.append(_span(node, low, split))
            low = split
    return path[::-1]


def consistency(node: Node, first: int, second: int) -> list[bytes]:
    """The path that proves that the tree of `second` leaves continues the tree of `first`."""
    if not 1 <= first <= second:
        raise DoesNotProve(f"a tree of {second} does not continue one of {first}")
    path, low, high = [], 0, second
    while first != high:
        split = _split(low, high)
        if first <= split:
            path.append(_span(node, split, high))
            high = split
        else:
            path.append(_span(node, low, split))
            low = split
    if low:
        path.append(_span(node, low, high))
    return path[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes
) -> None:
    """Raise DoesNotProve unless the leaf hash stands at `index` under the expected root."""
    _check_lengths([leaf, expected, *path])
    if not 0 <= index < size:
        raise DoesNotProve(f"there is no leaf {index} in a tree of {size}")
    rest = list(path)
    if _root_with(leaf, index, size, rest) != expected or rest:
        raise DoesNotProve("the path is too long, or leads to another root")


def verify_consistency(
    first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes
) -> None:
    """Raise DoesNotProve unless the second tree continues the first."""
    _check_lengths(path)
    if not 1 <= first <= second:
        raise DoesNotProve(f"a tree of {second} does not continue one of {first}")
    rest = list(path)
    found = _both_roots(first, second, rest, first_root)
    if rest or found != (first_root, second_root):
        raise DoesNotProve(
            "the path leads to other roots: the one tree does not continue the other"
        )


def _root_with(leaf: bytes, index: int, size: int, rest: list[bytes]) -> bytes:
    """The root over `size` leaves, from one of them and its path, which is used up from the top."""
    if size == 1:
        return leaf
    split, sibling = _split(0, size), _last(rest)
    if index < split:
        return node_hash(_root_with(leaf, index, split, rest), sibling)
    return node_hash(sibling, _root_with(leaf, index - split, size - split, rest))


def _both_roots(
    first: int, second: int, rest: list[bytes], known: bytes | None
) -> tuple[bytes, bytes]:
    """The roots over the first leaves and over all; `known` is the former while it is a whole subtree."""
    if first == second:
        shared = _last(rest) if known is None else known
        return shared, shared
    split, sibling = _split(0, second), _last(rest)
    if first <= split:
        before, after = _both_roots(first, split, rest, known)
        return before, node_hash(after, sibling)
    before, after = _both_roots(first - split, second - split, rest, None)
    return node_hash(sibling, before), node_hash(sibling, after)


def _last(rest: list[bytes]) -> bytes:
    if not rest:
        raise DoesNotProve("the path is too short")
    return rest.pop()


class Edge:
    """The right edge of a growing tree: all that adding leaves and saying the root needs."""

    def __init__(self, size: int = 0, waiting: dict[int, bytes] | None = None) -> None:
        self.size = size
        self._waiting = waiting or {}

    @classmethod
    def of(cls, node: Node, size: int) -> "Edge":
        """The edge of a tree whose nodes are kept."""
        levels = range(size.bit_length())
        return cls(size, {n: node(n, (size >> n) - 1) for n in levels if (size >> n) & 1})

    def extend(self, leaves: Sequence[bytes], keep: Keep | None = None) -> None:
        """Add leaf hashes; every node that becomes complete goes to `keep`."""
        level, row = 0, list(leaves)
        while row:
            if keep:
                keep(level, self.size >> level, row)
            before = self._waiting.pop(level, None)
            if before is not None:
                row.insert(0, before)
            if len(row) & 1:
                self._waiting[level] = row.pop()
            row = parents(row)
            level += 1
        self.size += len(leaves)

    def add(self, level: int, subtree: bytes) -> None:
        """Add the root of 2**level leaves at once; such a subtree begins at a multiple of its size."""
        if self.size & ((1 << level) - 1):
            raise ValueError(f"no subtree of level {level} begins at {self.size}")
        self.size += 1 << level
        while (before := self._waiting.pop(level, None)) is not None:
            level, subtree = level + 1, node_hash(before, subtree)
        self._waiting[level] = subtree

    def root(self) -> bytes:
        """The root of the tree as it now is."""
        found = None
        for level in sorted(self._waiting):
            here = self._waiting[level]
            found = here if found is None else node_hash(here, found)
        return EMPTY if found is None else found


def parents(row: Sequence[bytes]) -> list[bytes]:
    """The parents of an even number of neighbours. Copying a hash that began is quicker than beginning it."""
    began, found, one_by_one = _BEGUN.copy, [], iter(row)
    for left, right in zip(one_by_one, one_by_one, strict=True):
        parent = began()
        parent.update(left + right)
        found.append(parent.digest())
    return found


def subtrees(
    first: int, leaves: Sequence[bytes], paired: Pair = parents
) -> list[tuple[int, bytes]]:
    """The fewest whole subtrees over leaves from place `first` on: level and root, from left to right.

    They can be worked out apart from the rest of the tree, which takes them by `Edge.add`; whoever has a
    quicker way to `parents` gives it.
    """
    level, row = 0, list(leaves)
    left: list[tuple[int, bytes]] = []
    right: list[tuple[int, bytes]] = []
    while row:
        if first & 1:
            left.append((level, row.pop(0)))
        if len(row) & 1:
            right.append((level, row.pop()))
        row = paired(row)
        level, first = level + 1, (first + 1) >> 1
    return left + right[::-1]


class NodeFiles:
    """Nodes in a folder, one file a level, 32 bytes a node in order of index.

    What is written is worked out from the leaves alone: writing again does no harm, and files that
    were lost or are stale can be made anew at any time.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._open: dict[int, int] = {}

    def node(self, level: int, index: int) -> bytes:
        found = os.pread(self._file(level), HASH_BYTES, HASH_BYTES * index)
        if len(found) < HASH_BYTES:
            raise DoesNotProve(f"node {index} of level {level} is not kept")
        return found

    def keep(self, level: int, first: int, hashes: Sequence[bytes]) -> None:
        data, place = memoryview(b"".join(hashes)), HASH_BYTES * first
        while data:
            written = os.pwrite(self._file(level), data, place)
            data, place = data[written:], place + written

    def held(self) -> int:
        """How many leaves the folder holds; whether they are the right ones, a root tells."""
        return os.fstat(self._file(0)).st_size // HASH_BYTES

    def close(self) -> None:
        for handle in self._open.values():
            os.close(handle)
        self._open.clear()

    def _file(self, level: int) -> int:
        if level not in self._open:
            path = self.folder / f"level-{level:02}"
            self._open[level] = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._open[level]


def _split(low: int, high: int) -> int:
    """Where RFC 6962 divides the leaves from `low` to `high`: the left part is a power of two."""
    return low + (1 << ((high - low - 1).bit_length() - 1))


def _span(node: Node, low: int, high: int) -> bytes:
    """The root over the leaves from `low` to `high`, of which only the right end may be ragged."""
    span = high - low
    if span & (span - 1) == 0:
        level = span.bit_length() - 1
        return node(level, low >> level)
    split = _split(low, high)
    return node_hash(_span(node, low, split), _span(node, split, high))


def _check_lengths(hashes: Sequence[bytes]) -> None:
    if any(len(each) != HASH_BYTES for each in hashes):
        raise DoesNotProve(f"a hash has {HASH_BYTES} bytes")
