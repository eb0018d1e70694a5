"""Identifiers: UUIDv7, so that keys sort by the instant they were made (RFC 9562, 5.7)."""

import os
import time
import uuid

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
