"""What the office that keeps a report is told of records that stay out of it."""

from collections.abc import Mapping
from typing import Final

from crossforce.kernel import registry
from crossforce.programme.rules.report_release import Why

WHY: Final[Mapping[Why, str]] = {
    Why.MARKING: "Marked above OFFICIAL. Whoever holds it can mark it anew on its record.",
    Why.HOLDER: "No clause lets you disclose it. Ask its holder.",
    Why.WITHHELD: "The agreement withholds what it is about.",
    Why.PERSON: "Its title may name a person. Name the office instead, on its record.",
}


def counted(kind: str, why: Why, number: int) -> str:
    """How many of a kind stay out, and why."""
    found = next(each for each in registry.record_kinds if each.name == kind)
    named = found.title.lower() if number == 1 else (found.plural or found.title).lower()
    return f"{number} {named}. {WHY[why]}"


def kind_titles() -> dict[str, str]:
    """What every kind of record is called."""
    return {each.name: each.title for each in registry.record_kinds}
