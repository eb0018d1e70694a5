"""How long a record is kept, and when it may go.

The Code of Practice on Police Information and Records Management (July 2023): review groups, clear
periods and a floor. The figures come from the rule pack `retention-schedules`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crossforce.kernel.civil import add_months
from crossforce.records.choices import NOT_KNOWN, Disposal, Group

TWO_PERSON = frozenset({Group.PUBLIC_PROTECTION, Group.SERIOUS})


@dataclass(frozen=True, slots=True)
class Review:
    """A group and a day of review, and who left a record with them."""

    by: str
    group: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides about the disposal of one record."""

    group: str
    review_due: date | None
    disposal: str
    proposed_by: str
    holds: Sequence[str]
    reviews: Sequence[Review]
    """With which group and day each of its states left it, the oldest first; none where nobody else is asked about."""


def review_due(rule: Mapping[str, Any], created_on: date, last_notice: date | None) -> date:
    """The day of the next review: a clear period after the last notice, never before the floor.

    A schedule without a clear period is reviewed at its floor.
    """
    floor = add_months(created_on, _months(rule, "floor"))
    clear = _months(rule, "clear") or _months(rule, "review")
    if not clear:
        return floor
    return max(floor, add_months(last_notice or created_on, clear))


def later(by_schedule: date | None, own: date | None, *, is_grouped: bool) -> date | None:
    """The day of review of a record whose kind says its own day: of one in a review group the later of both counts."""
    if own is None or by_schedule is None:
        return own or by_schedule
    return max(own, by_schedule) if is_grouped else own


def shortest(rule: Mapping[str, Any]) -> int:
    """After how many months a record is due of which no notice came."""
    clear = _months(rule, "clear") or _months(rule, "review")
    return max(_months(rule, "floor"), clear)


def refusal_to_dispose(standing: Standing, *, by: Collection[str], on: date) -> str | None:
    """Why a record may not go today, or None. A hold beats everything else; what one set oneself counts for nothing.

    `by` has every reference that is the one human who asks.
    """
    left = as_others_left(standing.reviews, by)
    if standing.holds:
        return "It is held: " + "; ".join(standing.holds) + ". Lift the hold first."
    if standing.review_due is not None and on < standing.review_due:
        if standing.review_due == NOT_KNOWN:
            return "It is kept: until when cannot be said yet."
        return f"It is kept until {standing.review_due:%-d %B %Y}, when it is due for review."
    if left is not None and left.due is not None and on < left.due:
        until = "a day not known yet" if left.due == NOT_KNOWN else f"{left.due:%-d %B %Y}"
        return f"It was kept until {until}, which you changed, so somebody else has to decide about it."
    if standing.group in TWO_PERSON or (left is not None and left.group in TWO_PERSON):
        return _refusal_to_one_alone(standing, by)
    return None


def as_others_left(reviews: Sequence[Review], by: Collection[str]) -> Review | None:
    """The group and day that somebody else set last; those with which it began, where nobody else has."""
    found, before = None, None
    for each in reviews:
        is_set = before is None or (each.group, each.due) != (before.group, before.due)
        if found is None or (is_set and each.by not in by):
            found = each
        before = each
    return found


def _refusal_to_one_alone(standing: Standing, by: Collection[str]) -> str | None:
    if standing.disposal != Disposal.PROPOSED and standing.group not in TWO_PERSON:
        return "You took it out of a group about which two people decide: propose its disposal first."
    if standing.disposal != Disposal.PROPOSED:
        return "Two people decide about groups 1 and 2: propose its disposal first."
    if standing.proposed_by in by:
        return "You proposed its disposal, so somebody else has to decide about it."
    return None


def _months(rule: Mapping[str, Any], name: str) -> int:
    years, months = rule.get(f"{name}_years", 0), rule.get(f"{name}_months", 0)
    return int(years) * 12 + int(months)
