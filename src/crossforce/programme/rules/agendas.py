"""What of a project the board that governs must see by a day: milestones, gates, trials that lapse."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from crossforce.programme.choices import ProjectState, TrialState
from crossforce.programme.rules.trials import Trial, standing

NOT_APPROVED: Final = frozenset(
    {
        ProjectState.EXPLORING,
        ProjectState.BID,
        ProjectState.BUSINESS_CASE,
        ProjectState.APPROVED,
    }
)
"""States before the gate of the full business case, which comes before anything goes live."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is due: `what` tells it from the others of the project, `why` makes it due."""

    what: str
    due_on: date
    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone or a phase that is not done: its code, what it is called, and when it is to be."""

    code: str
    title: str
    due_on: date


def items(
    state: ProjectState,
    milestones: Iterable[Step],
    phases: Iterable[Step],
    trial: Trial | None,
    on: date,
    until: date,
) -> Iterator[Item]:
    """Everything that is due up to and with `until`, as seen on a day; of a closed project nothing."""
    if state is ProjectState.CLOSED:
        return
    for each in milestones:
        if each.due_on <= until:
            how = "late" if each.due_on < on else "due"
            yield Item(f"milestone {each.code}", each.due_on, f"milestone {how}: {each.title}")
    first = min(phases, key=lambda each: each.due_on, default=None)
    if state in NOT_APPROVED and first is not None and first.due_on <= until:
        why = f"its gate is due: {first.title} goes live, and the project is at {state}"
        yield Item("gate", first.due_on, why)
    if trial is not None and trial.ends_on <= until:
        yield from _trial(trial, on)


def _trial(trial: Trial, on: date) -> Iterator[Item]:
    """A trial that was adopted is decided; one that has lapsed is told until the project is closed."""
    now = standing(trial, on)
    if now is TrialState.ADOPTED or trial.adopted_on is not None:
        return
    how = (
        "has lapsed" if now is TrialState.LAPSED else "lapses unless somebody decides otherwise"
    )
    yield Item("trial", trial.ends_on, f"its trial {how}")
