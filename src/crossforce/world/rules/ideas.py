"""Hampshire's register: what its source names, and invented ideas beside it. Pure, and always the same."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from crossforce.world.rules.teams import drawn

STAGES: Final = ("idea", "idea", "idea", "scoping", "scoping", "business-case", "dropped")
OLDEST, STALEST = 900, 300


def entries(
    content: Mapping[str, Any], names: Mapping[str, str], today: date
) -> Iterator[dict[str, Any]]:
    """Every entry: those that the source names first, then a subject with each set of partners.

    `names` has the name of every force by its code.
    """
    for row in content["held"]:
        yield {**row, "forces": "; ".join(row["forces"])}
    number = 0
    for family in content["family"]:
        for subject in family["subjects"]:
            for partners in content["with"]:
                number += 1
                yield _idea(content, family, subject, partners, names, (number, today))


def _idea(
    content: Mapping[str, Any],
    family: Mapping[str, Any],
    subject: str,
    partners: Sequence[str],
    names: Mapping[str, str],
    place: tuple[int, date],
) -> dict[str, Any]:
    number, today = place
    code = f"H{number:03d}"
    entered = 30 + drawn(f"{code}/entered", OLDEST)
    looked = min(entered, drawn(f"{code}/looked", STALEST))
    stage = STAGES[drawn(f"{code}/stage", len(STAGES))]
    among = " and ".join(names[each] for each in partners)
    return {
        "code": code,
        "title": f"{subject}, with {among} {content['mark']}",
        "description": "Invented for the demonstration.",
        "stage": stage,
        "function": family["function"],
        "forces": "; ".join((content["holder"], *partners)),
        "owner": family["owner"],
        "entered_on": today - timedelta(days=entered),
        "looked_on": today - timedelta(days=looked),
        "reason": "Another idea covers it." if stage == "dropped" else "",
        "source": "demonstration",
    }
