"""Words that the canonical model knows, and what a tie between two records must say."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from crossforce.nominals.canonical import days
from crossforce.records.mapping.findings import Wrong

THINGS: Final = (
    "vehicle", "telephone", "document", "weapon", "firearm", "drugs", "property", "money", "animal",
    "computer", "bank-account", "vessel", "other",
)  # fmt: skip
HAPPENINGS: Final = ("crime", "incident", "stop", "custody", "intelligence", "other")
ENDS: Final = ("person", "object", "location", "event")
ROLES: Final = (
    "suspect in", "convicted of", "victim of", "witness to", "reported", "arrested in", "stopped in",
    "detained in", "subject of", "involved in", "lives at", "lived at", "works at", "seen at", "keeper of",
    "driver of", "owner of", "user of", "passenger in", "associate of", "relative of", "partner of",
    "parent of", "happened at", "used in", "taken in", "found at", "kept at",
)  # fmt: skip


def one_of(what: str, text: str, known: tuple[str, ...], column: str) -> Wrong:
    """The refusal of a code that is not known."""
    listed = ", ".join(filter(None, known))
    return Wrong(
        "unknown-code",
        f"{text[:40]!r} is no {what} that is known." if text else f"The row has no {what}.",
        f"Map it in the codes to one of: {listed}.",
        column=column,
    )


def tied(said: Mapping[str, Any], column: str, until_column: str, *, on: date) -> None:
    """Hold a tie to its sense: of two, and in a period. Raises Wrong."""
    if (said["one"], said["one_kind"]) == (said["other"], said["other_kind"]):
        raise Wrong(
            "tie-to-itself",
            f"The tie is of {said['one']!r} to itself.",
            "Correct one of the two ends.",
            column=column,
        )
    for end in (said["one"], said["other"]):
        if not end:
            raise Wrong(
                "no-end", "The tie lacks one of its ends.", "Fill it in.", column=column
            )
    if said["since"]:
        days.checked(said["since"], column, on=on)
    if said["until"]:
        days.checked(said["until"], until_column, on=date.max)
    if said["since"] and said["until"] and days.last(said["until"]) < said["since"]:
        raise Wrong(
            "ends-before",
            f"It ends on {said['until']}, before it begins on {said['since']}.",
            "Correct one of the two.",
            column=until_column,
        )
