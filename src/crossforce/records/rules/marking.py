"""Protective markings: their order, and what a combination of records bears."""

from collections.abc import Iterable

from crossforce.records.choices import MARKINGS, OWNED, Place

WIDEST = MARKINGS[0]


def highest(markings: Iterable[str]) -> str:
    """A list, an export, a link or a combination bears the highest marking of its parts."""
    return max(markings, key=MARKINGS.index, default=WIDEST)


def is_lowered(before: str, after: str) -> bool:
    """Whether a record would be marked lower than it was."""
    return MARKINGS.index(after) < MARKINGS.index(before)


def line(markings: Iterable[str], compartments: Iterable[str] = ()) -> str:
    """The marking as it stands on a page or a file, with the compartments it comes from; that it is one's own marks nothing."""
    named = sorted({each for each in compartments if each and not each.startswith(OWNED)})
    return highest(markings) + "".join(f" [{each.upper()}]" for each in named)


def refusal_to_combine(parts: Iterable[Place], into: Place) -> str | None:
    """A record made of others is marked as high as any of them, and stays in their compartment."""
    listed = list(parts)
    wanted = highest(each.marking for each in listed)
    if is_lowered(wanted, into.marking):
        return f"Mark it {wanted} or higher: that is the highest marking of its parts."
    compartments = {each.compartment for each in listed if each.compartment}
    if len(compartments) > 1:
        return "These records are of different compartments, which may not be combined."
    if compartments and into.compartment not in compartments:
        return f"Keep it in the compartment {min(compartments)}, from which it is taken."
    return None
