"""Kinds, states and limits of digital evidence."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

EXHIBIT, ITEM, TOUCH = "evidence.exhibit", "evidence.item", "evidence.touch"
SHARE: Final = "evidence.share"
SHARE_OPENED, SHARE_READ = "evidence.share-opened", "evidence.share-read"
WAITS: Final = timedelta(days=7)
"""So long may a sender leave a file unfinished."""
MOST_AT_ONCE: Final = 64 * 1024 * 1024
"""So many bytes may one request add to a file."""
LARGEST: Final = 2**44
"""A file has fewer bytes than that: sixteen terabytes."""


class State(StrEnum):
    """How far an original came."""

    ARRIVING = "arriving"
    KEPT = "kept"
    GIVEN_UP = "given-up"
