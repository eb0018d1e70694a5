"""Days and instants as a source writes them, turned into canonical ones; those that come again are remembered."""

import re
from datetime import UTC, date, datetime
from typing import Final

from crossforce.nominals.canonical import days
from crossforce.nominals.mapping.document import Dates
from crossforce.records.mapping import patterns
from crossforce.records.mapping.findings import Wrong

ISO: Final = "YYYY-MM-DD"
TYPED: Final = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?P<offset>[+-]\d\d:\d\d(:\d\d)?)?", re.ASCII
)
"""An instant as a typed column of Parquet gives it; without its offset it is read as its zone has it."""


class Calendar:
    """The days of one source."""

    def __init__(self, of: Dates, *, is_typed: bool = False) -> None:
        forms = [of.date, *of.partial, *((ISO,) if is_typed and of.date != ISO else ())]
        self._forms = [patterns.compiled(each) for each in forms]
        self._named = " or ".join(forms)
        self._unknown = frozenset(of.unknown)
        self._clock = of.clock()
        typed = of.model_copy(update={"date": ISO, "time": "HH:mm:ss", "between": " "})
        self._typed = typed.clock() if is_typed else None
        self._known: dict[str, str] = {}

    def day(self, text: str, column: str) -> str:
        """The day as far as it is known; empty where it is not. Raises Wrong."""
        if not text or text in self._unknown:
            return ""
        if (found := self._known.get(text)) is None:
            found = self._read(text, column)
            patterns.keep(self._known, text, found)
        return found

    def _read(self, text: str, column: str) -> str:
        for form in self._forms:
            if match := form.fullmatch(text):
                return _joined(match)
        raise Wrong(
            "day-form",
            f"{text[:40]!r} is no day in the form {self._named}.",
            "Correct it, or set dates.date, dates.partial or dates.unknown to what is written.",
            column=column,
        )

    def whole(self, text: str, column: str, *, on: date) -> date | None:
        """A whole day; None where none is known. Raises Wrong."""
        found = self.day(text, column)
        if not found:
            return None
        return date.fromisoformat(days.last(days.checked(found, column, on=on)))

    def instant(self, text: str, column: str) -> datetime | None:
        """An instant; None where none is known. Raises Wrong."""
        if not text or text in self._unknown:
            return None
        try:
            return self._instant(text)
        except Wrong as wrong:
            wrong.column, wrong.is_whole = column, False
            wrong.remedy = wrong.remedy.replace("times.", "dates.")
            raise

    def _instant(self, text: str) -> datetime:
        typed = TYPED.fullmatch(text) if self._typed else None
        if typed is None or self._typed is None:
            return self._clock.instant(text)
        if not typed["offset"]:
            return self._typed.instant(text)
        try:
            return datetime.fromisoformat(text).astimezone(UTC)
        except (ValueError, OverflowError):
            raise patterns.unreadable(text, f"{ISO} HH:mm:ss") from None


def _joined(match: re.Match[str]) -> str:
    parts = match.groupdict()
    month, day = parts.get("month") or "", parts.get("day") or ""
    if month and not month.isdigit():
        known = patterns.MONTHS
        month = str(known.index(month.lower()) + 1) if month.lower() in known else "99"
    found = str(parts["year"])
    for each in (month, day):
        found += f"-{each:0>2}" if each else ""
    return found
