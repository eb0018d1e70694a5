"""What happened to stored files as a whole."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FilesExamined:
    """What a holder keeps was read again: how much there was, how much was wrong, how many were mended.

    The first faults are `named`; each file with one is marked as such where it is kept.
    """

    holder: str
    files: int
    size: int
    faults: int
    named: tuple[str, ...]
    mended: int
    at: datetime
