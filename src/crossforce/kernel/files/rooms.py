"""Memory that is used again and again: to have it fresh costs a processor more than what is done in it."""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SIZE: Final = 4 * 1024 * 1024 + 64 * 1024
"""Four sealed segments, and what is left over of those before them."""
KEPT: Final = 16
_idle: list[memoryview] = []


def taken() -> memoryview:
    """A room that begins where a page does, with whatever was in it; for whoever took it alone, also after a fork."""
    try:
        return _idle.pop()
    except IndexError:
        return memoryview(mmap.mmap(-1, SIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))


def give_back(room: memoryview) -> None:
    """Nobody looks into it any more."""
    if len(_idle) < KEPT:
        _idle.append(room)


@contextmanager
def several(number: int) -> Iterator[list[memoryview]]:
    """So many of them, to the end of the block."""
    rooms = [taken() for _ in range(number)]
    try:
        yield rooms
    finally:
        for room in rooms:
            give_back(room)
