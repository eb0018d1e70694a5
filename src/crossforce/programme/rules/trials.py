"""Trials: tried for a time, and over at its end unless somebody decided otherwise before.

Nothing has to run for a trial to lapse: whether it has, is worked out from its dates when asked.
"""

from dataclasses import dataclass
from datetime import date

from crossforce.programme.choices import TrialState
from crossforce.programme.rules.days import months_later
from crossforce.programme.rules.figures import Figures


@dataclass(frozen=True, slots=True)
class Trial:
    """`[starts_on, ends_on)`; adopted for good from `adopted_on`, if that was decided in its time."""

    starts_on: date
    ends_on: date
    adopted_on: date | None = None

    def __post_init__(self) -> None:
        if self.ends_on <= self.starts_on:
            raise ValueError("a trial ends after it starts")


def standing(trial: Trial, on: date) -> TrialState:
    """Where the trial stands on the day."""
    is_adopted = trial.adopted_on is not None and trial.adopted_on < trial.ends_on
    if is_adopted and trial.adopted_on is not None and trial.adopted_on <= on:
        return TrialState.ADOPTED
    if on < trial.starts_on:
        return TrialState.TO_COME
    return TrialState.RUNNING if on < trial.ends_on else TrialState.LAPSED


def refusals(trial: Trial, to: date, on: date, decision: str, figures: Figures) -> list[str]:
    """What stands against a trial that would end on another day, decided today; nothing if it may.

    A trial is made longer while it runs, by a decision, and not beyond the longest that a trial is.
    """
    if (now := standing(trial, on)) in (TrialState.LAPSED, TrialState.ADOPTED):
        return [f"the trial is {now}: begin another"]
    lacks = [] if decision.strip() else ["no decision is named"]
    if to <= max(on, trial.starts_on):
        lacks.append("the new end is not to come")
    return [*lacks, *too_long(trial.starts_on, to, figures)]


def too_long(starts_on: date, ends_on: date, figures: Figures) -> list[str]:
    """That a trial would be longer than the longest that a trial is, in words; nothing where it is not."""
    if ends_on <= months_later(starts_on, figures.trial_months):
        return []
    return [f"a trial is no longer than {figures.trial_months} months"]
