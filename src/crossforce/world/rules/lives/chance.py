"""Chance that is the same for the same seed, on every machine and with every release of its library."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, TypeVar

import numpy as np

OptionT = TypeVar("OptionT")
AT_ONCE: Final = 4_096
FRACTION: Final = 2.0**-53


class Chance:
    """Draws of one block. The stream of PCG64 itself is promised never to change; what numpy makes of it is not."""

    def __init__(self, *seed: int) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence(list(seed)))
        self._drawn: list[float] = []

    def share(self) -> float:
        """A number from 0, below 1."""
        if not self._drawn:
            raw = self._bits.random_raw(AT_ONCE)
            self._drawn = ((raw >> np.uint64(11)) * FRACTION).tolist()
        return self._drawn.pop()

    def below(self, number: int) -> int:
        """A whole number from 0, below this one."""
        return int(self.share() * number)

    def of_thousand(self, number: float) -> bool:
        """Whether what happens to so many of a thousand happens."""
        return self.share() * 1_000 < number

    def one_of(self, options: Sequence[OptionT]) -> OptionT:
        return options[int(self.share() * len(options))]

    def early(self, options: Sequence[OptionT], bent: float = 2.0) -> OptionT:
        """One of a list whose first are the commonest, the more so the greater `bent` is."""
        return options[int(self.share() ** bent * len(options))]

    def weighed(self, options: Sequence[tuple[OptionT, float]]) -> OptionT:
        """One of these, each as often as its weight says."""
        left = self.share() * sum(weight for _, weight in options)
        for option, weight in options:
            left -= weight
            if left < 0:
                return option
        return options[-1][0]

    def day(self, first: date, last: date) -> date:
        """A day from the first, before the last; the first where there is none between."""
        return first + timedelta(days=self.below(max((last - first).days, 1)))

    def digits(self, number: int) -> str:
        return f"{self.below(10**number):0{number}d}"
