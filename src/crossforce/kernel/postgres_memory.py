"""How much memory our own server takes for what it holds of the database: a quarter of the machine's.

What a day's bulk work touches must stay there: pages that are put out and read again cost an import of
some hundred thousand rows more than its rows. Beyond some gigabytes the system's own cache does as well.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import psutil

MEGABYTE: Final = 1 << 20
LEAST, MOST, SHARE = 128, 2048, 4
LIMITS: Final = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
"""Where Linux says what a container may take."""


def shared_buffers() -> str:
    """The setting, for the machine or the container that this is."""
    return f"'{megabytes(_memory())}MB'"


def megabytes(memory: int) -> int:
    """Of so many bytes."""
    return min(max(memory // SHARE // MEGABYTE, LEAST), MOST)


def limit(files: Iterable[Path] = LIMITS) -> int | None:
    """The bytes that a container may take, where it is told."""
    for path in files:
        try:
            return int(path.read_text())
        except (OSError, ValueError):  # no such file, or "max"
            continue
    return None


def _memory() -> int:
    there: int = psutil.virtual_memory().total
    return min(there, limit() or there)
