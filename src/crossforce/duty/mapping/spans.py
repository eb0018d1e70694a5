"""From when to when a row is: one cell or several, with or without the day of the end."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from crossforce.duty.mapping import document
from crossforce.duty.mapping.cells import Cells
from crossforce.duty.mapping.values import Wrong
from crossforce.records.mapping.patterns import Clock, keep

Span = tuple[datetime, datetime]
At = Mapping[str, int]
Read = TypeVar("Read")
Texts = Callable[[Cells], tuple[str, str, str]]
"""The day, and two times of the clock."""


def reader(mapping: document.Mapping, at: At, clock: Clock) -> Callable[[Cells], Span]:
    """What reads the span of a row; of an export of days only where its rows have times."""
    if "from_to" in at:
        return _of_one_day(
            mapping, clock, _in_one_cell(mapping, at), mapping.headings["from_to"]
        )
    if "end_time" in at and "end_date" not in at:
        return _of_one_day(mapping, clock, _in_cells(at), mapping.headings["end_time"])
    start, end = (_moment(mapping, at, clock, which) for which in ("start", "end"))
    return lambda cells: (start(cells), end(cells))


def _in_cells(at: At) -> Texts:
    day, begin, end = at["start_date"], at["start_time"], at["end_time"]
    return lambda cells: (cells[day], cells[begin], cells[end])


def _in_one_cell(mapping: document.Mapping, at: At) -> Texts:
    day, both = at["date" if mapping.shape == "days" else "start_date"], at["from_to"]
    until, form = mapping.times.until, mapping.times.time

    def texts(cells: Cells) -> tuple[str, str, str]:
        begin, found, end = cells[both].partition(until)
        if not found:
            raise Wrong(
                "time-form",
                f"{cells[both][:40]!r} is not two times in the form {form}{until}{form}.",
                "Correct it, or set times.time and times.until to what the export writes.",
            )
        return cells[day], begin.strip(), end.strip()

    return texts


def _of_one_day(
    mapping: document.Mapping, clock: Clock, texts: Texts, column: str
) -> Callable[[Cells], Span]:
    """Both times are of one day, or the end is the next day's where the mapping lets it be."""
    between, goes_on = mapping.times.between, mapping.times.past_midnight
    may_be_equal = mapping.times.equal_times == "whole-day"
    dates = mapping.headings["date" if mapping.shape == "days" else "start_date"]
    start = _together(mapping, clock, dates, mapping.headings.get("start_time", column))
    known: dict[tuple[str, str], datetime] = {}
    is_after = _after(clock)

    def next_day(date: str, time_: str) -> datetime:
        if (found := known.get((date, time_))) is None:
            later = clock.day(date) + timedelta(days=1)
            found = clock.instant(f"{clock.written_day(later)}{between}{time_}")
            keep(known, (date, time_), found)
        return found

    def span(cells: Cells) -> Span:
        try:
            day, begin, end = texts(cells)
            starts_at = start(day, begin)
            if goes_on and not is_after(end, begin):
                if not may_be_equal and not is_after(begin, end):
                    raise _equal(end)
                return starts_at, next_day(day, end)
            return starts_at, clock.instant(f"{day}{between}{end}")
        except Wrong as wrong:
            wrong.column = wrong.column or column
            raise

    return span


def _after(clock: Clock) -> Callable[[str, str], bool]:
    """What says whether a time of the clock comes after another. Raises Wrong."""
    if clock.pattern.is_of_twelve:
        return lambda end, begin: clock.order(end) > clock.order(begin)
    return _is_after


def _is_after(end: str, begin: str) -> bool:
    """Whether a time of the clock comes after another; 7:00 may be written without its nought."""
    width = max(len(end), len(begin))
    return end.zfill(width) > begin.zfill(width)


def _equal(time_: str) -> Wrong:
    return Wrong(
        "negative-duration",
        f"It begins and ends at {time_}.",
        'Correct the times; where that is a whole day in your export, set times.equal_times to "whole-day".',
    )


def _moment(
    mapping: document.Mapping, at: At, clock: Clock, which: str
) -> Callable[[Cells], datetime]:
    columns: Mapping[str, str] = {str(field): name for field, name in mapping.headings.items()}
    if which in at:
        place, column = at[which], columns[which]
        return lambda cells: named(clock.instant, cells[place], column)
    if f"{which}_date" not in at:
        return _no_times
    day, time_ = at[f"{which}_date"], at[f"{which}_time"]
    read = _together(mapping, clock, columns[f"{which}_date"], columns[f"{which}_time"])
    return lambda cells: read(cells[day], cells[time_])


def _together(
    mapping: document.Mapping, clock: Clock, dates: str, times: str
) -> Callable[[str, str], datetime]:
    """What reads a date and a time of two cells; which of them is wrong is told."""
    between = mapping.times.between

    def read(day: str, time_: str) -> datetime:
        try:
            return clock.instant(f"{day}{between}{time_}")
        except Wrong as wrong:
            named(clock.day, day, dates)
            wrong.column = times
            raise

    return read


def named(read: Callable[[str], Read], text: str, column: str) -> Read:
    """What the text of a column says. Raises Wrong, with the column."""
    try:
        return read(text)
    except Wrong as wrong:
        wrong.column = column
        raise


def _no_times(_cells: Cells) -> datetime:
    raise AssertionError("an export of days has no times of its own")
