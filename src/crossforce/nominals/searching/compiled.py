"""Loops over millions of rows, compiled when first called and kept on disk for the next start.

Arrays are counted by whoever holds them. Inside a loop over rows that counting costs more than all the rest, so that
loops which make no array of their own do without it: `_nrt` is numba's name for the runtime that counts.
"""

from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., object])
KEPT: Final[dict[str, Any]] = {"cache": True, "nogil": True}
UNCOUNTED: Final[dict[str, Any]] = {**KEPT, "_nrt": False}


def stamped(made: Any) -> Any:
    """Machine code that counts on disk no longer than every file beside its own stays as it is: it is made of these as well.

    numba itself looks at the file of whoever calls, not at that of what is called.
    """
    file = made._cache._cache_file
    file._source_stamp = (
        file._source_stamp,
        beside(Path(made.py_func.__code__.co_filename).parent),
    )
    return made


@lru_cache
def beside(folder: Path) -> str:
    """A digest of the files of a folder as they are."""
    files = sorted(folder.glob("*.py"))
    return sha256(b"".join(sha256(each.read_bytes()).digest() for each in files)).hexdigest()


def compiled(loop: Loop) -> Loop:
    """The same function as machine code; it holds no lock of Python's while it runs."""
    return cast(Loop, stamped(numba.njit(**KEPT)(loop)))


def walked(loop: Loop) -> Loop:
    """The same for a loop that makes no array."""
    return cast(Loop, stamped(numba.njit(**UNCOUNTED)(loop)))


def inlined(step: Loop) -> Loop:
    """A step of such a loop, put into it: handing over a dozen arrays would cost more than the step itself."""
    return cast(Loop, stamped(numba.njit(**UNCOUNTED, forceinline=True)(step)))
