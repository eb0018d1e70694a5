"""Names by the million: each distinct text is divided into words once, and rows are numbers from then on."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np

from crossforce.nominals.searching.arrays import Array, Codes

MOST: Final = 500_000
"""Distinct texts that are remembered; beyond them it begins anew."""
Divide = Callable[[str], Iterable[tuple[int, ...]]]
"""Makes the forms of a text, each as codes; the whole one first."""


class Texts:
    """Texts that came, numbered; each with its forms."""

    def __init__(self, divide: Divide, width: int) -> None:
        self._divide, self._width = divide, width
        self._begin()

    def numbers(self, texts: Sequence[str]) -> Codes:
        """The number of each text; those that are new are divided."""
        if len(self._numbers) > MOST:
            self._begin()
        for text in set(texts) - self._numbers.keys():
            self._take(text)
        return np.fromiter(map(self._numbers.__getitem__, texts), np.uint32, len(texts))

    def whole(self, numbers: Codes) -> Codes:
        """The codes of the whole form of each text, a column for each word of it."""
        codes: Codes = self._whole[numbers].T
        return codes

    def several(self, numbers: Codes) -> Array:
        """Which texts have more forms than the whole one."""
        flags: Array = self._several[numbers]
        return flags

    def forms(self, number: int) -> Sequence[tuple[int, ...]]:
        return self._forms.get(number) or [tuple(self._whole[number].tolist())]

    def _begin(self) -> None:
        self._numbers: dict[str, int] = {}
        self._forms: dict[int, list[tuple[int, ...]]] = {}
        self._whole = np.zeros((1_024, self._width), np.uint32)
        self._several = np.zeros(1_024, bool)

    def _take(self, text: str) -> None:
        number = self._numbers[text] = len(self._numbers)
        forms = list(self._divide(text))
        if number == len(self._several):
            self._whole = np.concatenate([self._whole, np.zeros_like(self._whole)])
            self._several = np.concatenate([self._several, np.zeros_like(self._several)])
        self._whole[number] = forms[0]
        if len(forms) > 1:
            self._forms[number], self._several[number] = forms, True
