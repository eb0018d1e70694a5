"""What is found in a file: facts, each with how sure it is, and a picture of it."""

from dataclasses import dataclass
from typing import Final

LARGEST: Final = 64 * 1024 * 1024
"""A longer file is not looked into: all of it lies in memory meanwhile."""
OFFICE: Final = (
    *(
        f"application/vnd.openxmlformats-officedocument.{each}"
        for each in (
            "wordprocessingml.document",
            "spreadsheetml.sheet",
            "presentationml.presentation",
        )
    ),
    *(
        f"application/vnd.oasis.opendocument.{each}"
        for each in ("text", "spreadsheet", "presentation")
    ),
)
"""Types of office documents that are looked into."""
MOST_FACTS: Final = 40
LONGEST: Final = 300

PROVEN, STATED, DERIVED = "proven", "stated", "derived"
"""Proven by the bytes themselves; stated by whatever made the file, and changed by anybody; worked out of what is stated."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a file tells: its name, what it is, and how sure."""

    name: str
    value: str
    sure: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a file tells of itself, and a picture of it in JPEG where one could be made; `why_not` where something failed."""

    facts: tuple[Fact, ...] = ()
    picture: bytes = b""
    why_not: str = ""


def fact(name: str, value: object, sure: str) -> Fact:
    """One that is fit to be shown: on one line, without what steers a screen, and not too long."""
    text = "".join(each if each.isprintable() else " " for each in str(value))
    return Fact(name, " ".join(text.split())[:LONGEST], sure)
