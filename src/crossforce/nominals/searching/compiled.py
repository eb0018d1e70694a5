"""Loops over millions of rows, compiled when first called and kept on disk for the next start."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """The same function as machine code; it holds no lock of Python's while it runs."""
    return cast(Loop, numba.njit(cache=True, nogil=True)(loop))
