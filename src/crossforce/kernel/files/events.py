"""What happened to stored files as a whole."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FilesExamined:
    """What is kept was read again: how much there was, what was wrong, and how many were mended."""

    files: int
    size: int
    faults: tuple[str, ...]
    mended: int
    at: datetime
