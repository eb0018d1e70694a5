"""Forenames that are one name: which distinct values the list of short forms knows, and which of them go together."""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from crossforce.nominals.searching import shortforms


@cache
def _listed() -> tuple[str, ...]:
    return tuple(sorted(shortforms.groups()))


@cache
def related() -> npt.NDArray[np.bool_]:
    """Whether two names of the list may be one, by their numbers; 0 stands for what is not listed."""
    names = _listed()
    numbers = {name: number for number, name in enumerate(names, 1)}
    found = np.zeros((len(names) + 1, len(names) + 1), bool)
    for name, number in numbers.items():
        for other in shortforms.others(name):
            found[number, numbers[other]] = found[numbers[other], number] = True
    return found


def numbers_of(values: pa.Array) -> npt.NDArray[np.int16]:
    """The number of each value in the list, 0 where it is not listed."""
    at = pc.index_in(values, pa.array(_listed(), pa.string())).fill_null(-1)
    found: Any = at.to_numpy(zero_copy_only=False) + 1
    return np.asarray(found, np.int16)
