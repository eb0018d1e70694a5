"""How long a decision took from its paper to its effect, and where it waited.

Inspectors of collaborations found decisions complicated and slow; this is the measure of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from crossforce.boards.rules.days import WorkingDays


class NotAPath(ValueError):
    """The steps of a decision do not follow each other in time; the message says which."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a decision on a day: a paper, a board, an agreement, its effect."""

    what: str
    on: date


@dataclass(frozen=True, slots=True)
class Path:
    """The way of one decision. `waited` is its longest wait and `waited_for` the step that ended it."""

    steps: tuple[Step, ...]
    days: int
    working_days: int
    waited: int
    waited_for: str
    is_slow: bool


@dataclass(frozen=True, slots=True)
class PathsOfABoard:
    """The decisions of a board together: how many, the middle one and the longest, in working days."""

    decisions: int
    median_working_days: float
    longest_working_days: int
    slow: int
    median_steps: float


def path(steps: Sequence[Step], days: WorkingDays, slow: int) -> Path:
    """The way of a decision through its steps, in the order given. Raises NotAPath."""
    for before, after in pairwise(steps):
        if after.on < before.on:
            raise NotAPath(
                f"“{after.what}” is dated before “{before.what}”: mend one of the days."
            )
    if not steps:
        raise NotAPath("A decision has at least one step.")
    waits = [
        (days.between(before.on, after.on), after.what) for before, after in pairwise(steps)
    ]
    working = sum(wait for wait, _ in waits)
    waited, waited_for = max(waits, key=lambda wait: wait[0], default=(0, ""))
    calendar = (steps[-1].on - steps[0].on).days
    return Path(tuple(steps), calendar, working, waited, waited_for, working > slow)


def together(paths: Iterable[Path]) -> PathsOfABoard | None:
    """The decisions of a board together; None where it has taken none."""
    found = list(paths)
    if not found:
        return None
    working = [each.working_days for each in found]
    return PathsOfABoard(
        decisions=len(found),
        median_working_days=float(median(working)),
        longest_working_days=max(working),
        slow=sum(each.is_slow for each in found),
        median_steps=float(median(len(each.steps) for each in found)),
    )
