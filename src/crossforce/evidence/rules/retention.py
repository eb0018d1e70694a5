"""Until when the material of a case is kept: Criminal Procedure and Investigations Act 1996, Code of Practice.

The figures are those of the rule pack `evidence-retention`; the last of all days that apply counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from crossforce.evidence.choices import Outcome, Sentence, Stage
from crossforce.kernel.civil import add_months


@dataclass(frozen=True, slots=True)
class Facts:
    """What of a case decides until when its material is kept."""

    outcome: Outcome = Outcome.NONE
    outcome_on: date | None = None
    sentence: Sentence = Sentence.NONE
    released_on: date | None = None
    appeal: Stage = Stage.NONE
    appeal_on: date | None = None
    ccrc: Stage = Stage.NONE
    ccrc_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Until when, and by which rule. No day: it cannot be known yet."""

    until: date | None
    rule: str


def reckoned(facts: Facts, months_from_conviction: int) -> Reckoned:
    """Until when the material of a case is kept; without a day while anything that decides it is open."""
    if facts.outcome == Outcome.NONE or facts.outcome_on is None:
        return Reckoned(None, "undecided")
    found = list(_days(facts, facts.outcome_on, months_from_conviction))
    for each in found:
        if each.until is None:
            return each
    return max(found, key=lambda each: each.until or date.min)


def not_evidential(captured_on: date, days: int) -> date:
    """Until when body-worn video is kept that is no evidence."""
    return captured_on + timedelta(days=days)


def _days(facts: Facts, decided_on: date, months: int) -> Iterator[Reckoned]:
    if facts.outcome == Outcome.CONVICTED:
        yield Reckoned(add_months(decided_on, months), "conviction")
        if facts.sentence in {Sentence.CUSTODY, Sentence.HOSPITAL}:
            yield Reckoned(facts.released_on, facts.sentence.value)
    else:
        yield Reckoned(decided_on, "decided")
    for stage, on, rule in (
        (facts.appeal, facts.appeal_on, "appeal"),
        (facts.ccrc, facts.ccrc_on, "ccrc"),
    ):
        if stage != Stage.NONE:
            yield Reckoned(on if stage == Stage.DECIDED else None, rule)
