"""SHA-256 of many texts at once, as leaves and as nodes of the tree.

Texts that wait for nothing of each other go side by side, as many as the processor has lanes for; one after
another, making the hash objects takes longer than hashing. What is hashed here is only ever compared with what
others hashed before (the database, the integrator): wrong hashes would raise an alarm, never hide one.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from stringzilla import Sha256s, Str

from crossforce.transparency.tree import HASH_BYTES

LEAF: Final = b"\x00"
NODE: Final = b"\x01"
"""What RFC 6962 puts before the bytes of an entry, and before two children."""
JOINT: Final = b"\x00"


def leaves(entries: Sequence[bytes]) -> bytes:
    """The leaf hashes of entries, joined."""
    return _digests(_begun(LEAF, len(entries)).copy().update(entries))


def joined_leaves(entries: bytes, count: int) -> bytes | None:
    """The leaf hashes of so many entries, joined, as the entries are by a zero byte each; None if it is another number."""
    parts = Str(entries).split(JOINT)
    if len(parts) != count:
        return None
    return _digests(_begun(LEAF, count).copy().update(parts))


def parents(row: Sequence[bytes]) -> list[bytes]:
    """The parents of an even number of neighbours in the tree."""
    pairs = _begun(NODE, len(row) // 2).copy()
    found: list[bytes] = pairs.update(row[::2]).update(row[1::2]).digest()
    return found


def _digests(texts: Sha256s) -> bytes:
    return bytes(texts.digest(bytearray(HASH_BYTES * len(texts))))


@lru_cache(maxsize=64)
def _begun(prefix: bytes, count: int) -> Sha256s:
    """So many hashes that begin alike: to copy them is quicker than to begin them."""
    return Sha256s(count).update([prefix] * count)
