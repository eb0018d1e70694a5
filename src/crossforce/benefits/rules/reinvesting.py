"""Cash that a benefit frees, and where it goes: never more than has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crossforce.benefits.choices import BenefitClass
from crossforce.benefits.rules.profile import Profile
from crossforce.kernel.money import in_pounds


@dataclass(frozen=True, slots=True)
class Allocation:
    """So much freed cash put to a use: what for, and how many posts it pays."""

    benefit: str
    on: date
    pence: int
    destination: str
    posts: int = 0


def reinvested(allocations: Iterable[Allocation], benefit: str) -> int:
    """What of a benefit's cash is put to use already."""
    return sum(each.pence for each in allocations if each.benefit == benefit)


def refusal_to_allocate(
    profile: Profile, realised: int, before: Iterable[Allocation], new: Allocation, today: date
) -> str:
    """Why so much cannot be put to that use; empty when it can. `realised` is pence, to this day."""
    if profile.benefit_class is not BenefitClass.CASH_RELEASING:
        return f"{profile.reference} is {profile.benefit_class}: only what frees cash is reinvested."
    if profile.counted_in:
        return (
            f"{profile.reference} is counted in {profile.counted_in}: reinvest it from there."
        )
    if fault := _fault(profile, new, today):
        return fault
    left = realised - reinvested(before, profile.reference)
    if new.pence > left:
        return (
            f"{in_pounds(new.pence)} is more than what is left of what was realised:"
            f" {in_pounds(max(0, left))} of {in_pounds(realised)}."
        )
    return ""


def _fault(profile: Profile, new: Allocation, today: date) -> str:
    """What is wrong with an allocation by itself."""
    if new.benefit != profile.reference:
        return f"The allocation is of {new.benefit}, not of {profile.reference}."
    if new.pence <= 0 or new.posts < 0:
        return "An allocation is of more than nothing, and its posts are none or more."
    if not new.destination.strip():
        return "Say where the cash goes."
    if new.on > today:
        return f"{new.on:%-d %B %Y} is yet to come: record what is done when it is done."
    first = profile.starts_on
    if first is not None and new.on < first:
        return f"Nothing had come on {new.on:%-d %B %Y}: the first target starts on {first:%-d %B %Y}."
    return ""


def overdrawn(realised: int, allocations: Iterable[Allocation], benefit: str) -> int:
    """By how much reinvestment goes beyond what was realised, after a reading was corrected down."""
    return max(0, reinvested(allocations, benefit) - realised)
