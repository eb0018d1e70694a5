"""How long a record is kept, and when it may go.

The Code of Practice on Police Information and Records Management (July 2023): review groups, clear
periods and a floor. The figures come from the rule pack `retention-schedules`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crossforce.kernel.civil import add_months
from crossforce.records.choices import Disposal, Group

TWO_PERSON = frozenset({Group.PUBLIC_PROTECTION, Group.SERIOUS})


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides about the disposal of one record."""

    group: str
    review_due: date | None
    disposal: str
    proposed_by: str
    holds: Sequence[str] = ()


def review_due(rule: Mapping[str, Any], created_on: date, last_notice: date | None) -> date:
    """The day of the next review: a clear period after the last notice, never before the floor.

    A schedule without a clear period is reviewed at its floor.
    """
    floor = add_months(created_on, _months(rule, "floor"))
    clear = _months(rule, "clear") or _months(rule, "review")
    if not clear:
        return floor
    return max(floor, add_months(last_notice or created_on, clear))


def refusal_to_dispose(standing: Standing, *, by: str, on: date) -> str | None:
    """Why a record may not go today, or None. A hold beats everything else."""
    if standing.holds:
        return "It is held: " + "; ".join(standing.holds) + ". Lift the hold first."
    if standing.review_due is not None and on < standing.review_due:
        return f"It is kept until {standing.review_due:%-d %B %Y}, when it is due for review."
    if standing.group in TWO_PERSON:
        return _refusal_to_one_alone(standing, by)
    return None


def _refusal_to_one_alone(standing: Standing, by: str) -> str | None:
    if standing.disposal != Disposal.PROPOSED:
        return "Two people decide about groups 1 and 2: propose its disposal first."
    if standing.proposed_by == by:
        return "You proposed its disposal, so somebody else has to decide about it."
    return None


def _months(rule: Mapping[str, Any], name: str) -> int:
    years, months = rule.get(f"{name}_years", 0), rule.get(f"{name}_months", 0)
    return int(years) * 12 + int(months)
