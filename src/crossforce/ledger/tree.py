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

Node = Callable[[int, int], bytes]
"""Gives the hash of a complete node: `node(level, index)`."""
Keep = Callable[[int, int, Sequence[bytes]], None]
"""Takes new complete nodes of a level, from an index on: `keep(level, first, hashes)`."""


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
    """Raise DoesNotProve unless the leaf hash stands at `index` under the expected root (RFC 9162, 2.1.3.2)."""
    _check_lengths([leaf, expected, *path])
    if not 0 <= index < size:
        raise DoesNotProve(f"there is no leaf {index} in a tree of {size}")
    at, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise DoesNotProve("the path is too long")
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            at, last = _past_missing(at, last)
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise DoesNotProve("the path is too short")
    if found != expected:
        raise DoesNotProve("the path leads to another root")


def verify_consistency(
    first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes
) -> None:
    """Raise DoesNotProve unless the second tree continues the first (RFC 9162, 2.1.4.2)."""
    _check_lengths(path)
    if not 1 <= first <= second:
        raise DoesNotProve(f"a tree of {second} does not continue one of {first}")
    if first == second:
        if path or first_root != second_root:
            raise DoesNotProve("two trees of one size have one root and need no path")
        return
    whole = first & (first - 1) == 0
    if not path and not whole:
        raise DoesNotProve("the path is too short")
    start = first_root if whole else path[0]
    found = _both_roots(first, second, path if whole else path[1:], start)
    if found != (first_root, second_root):
        raise DoesNotProve(
            "the path leads to other roots: the one tree does not continue the other"
        )


def _both_roots(
    first: int, second: int, path: Sequence[bytes], start: bytes
) -> tuple[bytes, bytes]:
    """The roots of both trees, as the path builds them up from the node that they share."""
    before = after = start
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    for sibling in path:
        if last == 0:
            raise DoesNotProve("the path is too long")
        if at & 1 or at == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            at, last = _past_missing(at, last)
        else:
            after = node_hash(after, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise DoesNotProve("the path is too short")
    return before, after


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
            pairs = zip(row[::2], row[1::2], strict=True)
            row = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
            level += 1
        self.size += len(leaves)

    def root(self) -> bytes:
        """The root of the tree as it now is."""
        found = None
        for level in sorted(self._waiting):
            here = self._waiting[level]
            found = here if found is None else node_hash(here, found)
        return EMPTY if found is None else found


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


def _past_missing(at: int, last: int) -> tuple[int, int]:
    """Up past the levels where the node at the right end has no sibling."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _check_lengths(hashes: Sequence[bytes]) -> None:
    if any(len(each) != HASH_BYTES for each in hashes):
        raise DoesNotProve(f"a hash has {HASH_BYTES} bytes")
