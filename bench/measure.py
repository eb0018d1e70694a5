"""One measured figure, with the peer it was measured against in the same run, and its gate."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """`gate` bounds the ratio when there is a peer, else the figure itself."""

    what: str
    ours: float
    unit: str
    peer: str = ""
    theirs: float | None = None
    more_is_better: bool = False
    gate: float | None = None
    goal: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times better than the peer."""
        if not self.theirs or not self.ours:
            return None
        return self.ours / self.theirs if self.more_is_better else self.theirs / self.ours

    @property
    def holds(self) -> bool:
        if self.gate is None:
            return True
        if self.peer:
            return self.ratio is not None and self.ratio >= self.gate
        return self.ours >= self.gate if self.more_is_better else self.ours <= self.gate


def seconds(work: Callable[[], object], *, times: int = 5) -> float:
    """The median wall-clock time of one run, after one run that is not counted."""
    work()
    return statistics.median(once(work) for _ in range(times))


def once(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
