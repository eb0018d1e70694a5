"""Going live function by function and force by force: who has what on a day, and who is next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Phase:
    """One function going live in one force."""

    number: int
    function: str
    force: str
    planned_on: date | None = None
    live_on: date | None = None
    ended_on: date | None = None

    def is_live(self, on: date) -> bool:
        """Whether the force has the function on the day."""
        has_begun = self.live_on is not None and self.live_on <= on
        return has_begun and (self.ended_on is None or on < self.ended_on)


@dataclass(frozen=True, slots=True)
class Rollout:
    """How far one function has come on a day."""

    function: str
    live: tuple[str, ...]
    to_come: tuple[str, ...]
    next_on: date | None
    overdue: tuple[str, ...]


def rollouts(phases: Sequence[Phase], on: date) -> list[Rollout]:
    """Each function: which forces have it, which are to come and when next, and which were due."""
    return [
        _rollout(name, [each for each in phases if each.function == name], on)
        for name in sorted({each.function for each in phases})
    ]


def _rollout(function: str, phases: Sequence[Phase], on: date) -> Rollout:
    live = {each.force for each in phases if each.is_live(on)}
    still = [
        each
        for each in phases
        if each.force not in live and each.ended_on is None and not _was_live(each, on)
    ]
    days = sorted(
        each.planned_on for each in still if each.planned_on and each.planned_on >= on
    )
    late = {each.force for each in still if each.planned_on and each.planned_on < on}
    return Rollout(
        function,
        tuple(sorted(live)),
        tuple(sorted({each.force for each in still})),
        days[0] if days else None,
        tuple(sorted(late)),
    )


def _was_live(phase: Phase, on: date) -> bool:
    return phase.live_on is not None and phase.live_on <= on
