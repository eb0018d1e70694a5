"""Loops over millions of rows, compiled when first called and kept on disk for the next start.

Arrays are counted by whoever holds them. Inside a loop over rows that counting costs more than all the rest, so that
loops which make no array of their own do without it: `_nrt` is numba's name for the runtime that counts.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., object])
KEPT: Final[dict[str, Any]] = {"cache": True, "nogil": True}
UNCOUNTED: Final[dict[str, Any]] = {**KEPT, "_nrt": False}


def compiled(loop: Loop) -> Loop:
    """The same function as machine code; it holds no lock of Python's while it runs."""
    return cast(Loop, numba.njit(**KEPT)(loop))


def walked(loop: Loop) -> Loop:
    """The same for a loop that makes no array."""
    return cast(Loop, numba.njit(**UNCOUNTED)(loop))


def inlined(step: Loop) -> Loop:
    """A step of such a loop, put into it: handing over a dozen arrays would cost more than the step itself."""
    return cast(Loop, numba.njit(**UNCOUNTED, forceinline=True)(step))
