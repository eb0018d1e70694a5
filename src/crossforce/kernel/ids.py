"""Identifiers: UUIDv7, so that keys sort by the instant they were made (RFC 9562, 5.7)."""

import os
import time
import uuid
from collections.abc import Iterator
from functools import lru_cache

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62
_RANDOM_A = (1 << 12) - 1
_RANDOM_B = (1 << 62) - 1


def new_id() -> uuid.UUID:
    """A new UUIDv7: 48 bits of Unix milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    high = (milliseconds << 80) | _VERSION | ((random >> 62 & _RANDOM_A) << 64)
    return uuid.UUID(int=high | _VARIANT | (random & _RANDOM_B))


def ascending_ids(count: int) -> list[uuid.UUID]:
    """New UUIDv7s of one millisecond, each greater than the one before it."""
    high = ((time.time_ns() // 1_000_000) << 80) | _VERSION | _VARIANT
    drawn = os.urandom(10 * count)
    random = [int.from_bytes(drawn[at : at + 10]) for at in range(0, 10 * count, 10)]
    made = [high | ((each >> 62 & _RANDOM_A) << 64) | (each & _RANDOM_B) for each in random]
    return [uuid.UUID(int=each) for each in sorted(made)]


@lru_cache(maxsize=8192)
def text(identifier: uuid.UUID) -> str:
    """It as text, for a page: its rows are written there and in the ledger, and again for the next reader."""
    return str(identifier)


def new_ids(at_once: int = 1_000) -> Iterator[str]:
    """UUIDv7s without end, as text, for what is made by the thousand."""
    while True:
        stamp = f"{time.time_ns() // 1_000_000:012x}"
        begins = f"{stamp[:8]}-{stamp[8:]}-7"
        drawn = os.urandom(10 * at_once).hex()
        for at in range(0, 20 * at_once, 20):
            random = drawn[at : at + 20]
            variant = "89ab"[int(random[3], 16) & 3]
            yield f"{begins}{random[:3]}-{variant}{random[4:7]}-{random[8:]}"
