"""What a decision does, once, from its day; and what must be told to the next meeting."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crossforce.boards.choices import How
from crossforce.boards.rules.decisions import Judgement
from crossforce.boards.rules.reasons import Reason


@dataclass(frozen=True, slots=True)
class Report:
    """A decision as a later meeting is told of it."""

    reference: str
    title: str
    how: How
    decided_on: date
    urgency: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a motion: what stands against it, the day of its effect, and when that was done."""

    against: Reason | None
    takes_effect_on: date | None
    done_on: date | None = None


def outcome_of(judged: Judgement, done_on: date | None = None) -> Outcome:
    """What came of a motion that was just judged."""
    first = judged.reasons[0] if judged.reasons else None
    return Outcome(first, judged.takes_effect_on, done_on)


def refusal_to_take_effect(outcome: Outcome, on: date) -> Reason | None:
    """Why the decision does not take effect on the day; None where it does.

    It does so once: what has taken effect is not repeated, and what was not validly decided never does.
    """
    if outcome.against is not None:
        first = outcome.against
        return Reason(f"This was not decided: {first.words}", first.mend, first.why)
    day = outcome.takes_effect_on
    if day is None:
        return Reason("A motion of the board's own business has no effect outside of it")
    if outcome.done_on is not None:
        return Reason(f"This took effect on {outcome.done_on:%-d %B %Y} already")
    if on < day:
        return Reason(f"This takes effect on {day:%-d %B %Y}", "Wait for that day.")
    return None


def to_report(
    decided: Iterable[Report], last_meeting: date | None, meeting: date
) -> tuple[Report, ...]:
    """The decisions that the meeting must be told of: in writing or urgent, since the meeting before."""
    found = [
        each
        for each in decided
        if each.how is not How.MEETING
        and (last_meeting is None or each.decided_on > last_meeting)
        and each.decided_on <= meeting
    ]
    return tuple(sorted(found, key=lambda each: (each.decided_on, each.reference)))
