"""Spans of civil days, half-open: what a document's `from` and `until` mean to the check."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from crossforce.agreements.document.values import Dated


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days from `start` until before `end`; date.min and date.max stand for no limit."""

    start: date = date.min
    end: date = date.max

    def contains(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return self.start <= day < self.end

    def meet(self, other: "Span") -> "Span | None":
        """The days both spans share, if any."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None

    def __str__(self) -> str:
        start = "" if self.start == date.min else f"from {in_words(self.start)}"
        end = "" if self.end == date.max else f"until {in_words(self.end)}"
        return " ".join(filter(None, (start, end))) or "at all times"


ALWAYS = Span()


def within(dated: Dated, outer: Span) -> Span | None:
    """The days of a table inside the table around it; None where no day is left."""
    start = dated.from_.date if dated.from_ else outer.start
    end = dated.until.date if dated.until else outer.end
    return Span(start, end).meet(outer) if start < end else None


def elementary(spans: Iterable[Span], inside: Span = ALWAYS) -> Iterator[Span]:
    """Pieces of `inside` on each of which every span either holds all days or none."""
    edges = {inside.start, inside.end}
    for span in spans:
        edges.update(day for day in (span.start, span.end) if inside.start < day < inside.end)
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        yield Span(start, end)


def gaps(covering: Iterable[Span], whole: Span) -> Iterator[Span]:
    """The parts of `whole` that no span covers, in order."""
    cursor = whole.start
    for span in sorted(covering):
        if span.end <= cursor or span.start >= whole.end:
            continue
        if cursor < span.start:
            yield Span(cursor, span.start)
        cursor = span.end
        if cursor >= whole.end:
            return
    if cursor < whole.end:
        yield Span(cursor, whole.end)


def merged(spans: Iterable[Span]) -> Iterator[Span]:
    """The same days in as few spans as possible, in order."""
    current: Span | None = None
    for span in sorted(spans):
        if current is None:
            current = span
        elif span.start <= current.end:
            current = Span(current.start, max(current.end, span.end))
        else:
            yield current
            current = span
    if current is not None:
        yield current


def in_words(day: date) -> str:
    """`2014-04-01` as "1 April 2014"."""
    return f"{day.day} {day:%B} {day.year}"
