"""The kinds of arrays that an index is made of."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Bytes: TypeAlias = NDArray[np.uint8]
Codes: TypeAlias = NDArray[np.uint32]
Marks: TypeAlias = NDArray[np.uint64]
Weights: TypeAlias = NDArray[np.int32]
Days: TypeAlias = NDArray[np.int32]
Array: TypeAlias = NDArray[Any]
