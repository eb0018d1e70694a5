"""Work shared out over the processor's cores: compiled loops let go of the interpreter, so threads are enough.

Each thread keeps to a core of its own, since a kernel that packs threads which sleep and wake onto one core would
else leave the others idle.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any, Final, TypeVar

Answer = TypeVar("Answer")
MANY: Final = 5_000
"""Rows from which a thread of their own pays."""


def shared(
    function: Callable[..., Answer], work: Sequence[tuple[Any, ...]], *, rows: int = MANY
) -> list[Answer]:
    """What the function answers to each piece of work, in their order; work on few rows is done here and at once."""
    if rows < MANY:
        return [function(*each) for each in work]
    cores = sorted(os.sched_getaffinity(0))
    if len(work) < 2 or len(cores) < 2:
        return [function(*each) for each in work]
    turn = count()

    def keep_to_one() -> None:
        os.sched_setaffinity(0, {cores[next(turn) % len(cores)]})

    with ThreadPoolExecutor(min(len(cores), len(work)), initializer=keep_to_one) as threads:
        return list(threads.map(lambda each: function(*each), work))
