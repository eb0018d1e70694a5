"""Days as far as they are known: `1987`, `1987-03` or `1987-03-09`."""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from crossforce.records.mapping.findings import Wrong

FORM: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
EARLIEST: Final = 1880
"""Nobody of whom a force holds a record was born before."""
DEFAULTS: Final = frozenset({"1900-01-01", "1900", "1900-01", "1899-12-30", "1899-12-31", "1970-01-01", "9999-12-31"})  # fmt: skip
"""What systems write where no day is known; `1970-01-01` is one only where a time stands as nought."""


@lru_cache(maxsize=100_000)
def checked(text: str, column: str = "", *, on: date) -> str:
    """The day, as far as it is known, up to that on which it is said. Raises Wrong."""
    found = FORM.fullmatch(text)
    if found is None:
        raise Wrong(
            "day-form",
            f"{text[:40]!r} is no day, month or year.",
            "Write it in the form that the mapping says, or leave it empty.",
            column=column,
        )
    year, month, day = (int(each) if each else 0 for each in found.groups())
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise Wrong(
            "no-such-day",
            f"There is no day {text}.",
            "Correct it, or leave away what is not known of it.",
            column=column,
        ) from None
    if year < EARLIEST:
        raise Wrong("too-early", f"{text} is before {EARLIEST}.", "Correct it.", column=column)
    if first > on:
        raise Wrong("to-come", f"{text} is still to come.", "Correct it.", column=column)
    return text


def last(text: str) -> str:
    """The last day that it may be, as texts compare."""
    return (text + "-12-31"[len(text) - 4 :]) if len(text) < 10 else text


def born(text: str, column: str = "", *, on: date) -> str:
    """A day of birth, as far as it is known. Raises Wrong, also for what systems write where none is."""
    if text in DEFAULTS and text != "1970-01-01":
        raise Wrong(
            "default-day",
            f"{text} is what systems write where no day is known.",
            "Leave it empty, or write the year alone where only that is known.",
            column=column,
        )
    return checked(text, column, on=on)
