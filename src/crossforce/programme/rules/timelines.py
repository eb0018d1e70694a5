"""A timeline as a chart shows it: bars and marks placed between the first day and the last, in thousandths."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from crossforce.kernel.civil import add_months
from crossforce.programme.choices import Light
from crossforce.programme.rules.days import months_later

WHOLE = 1000
STEPS = (1, 3, 6, 12, 24, 60)
MOST_TICKS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """Something in `[starts_on, ends_on)`; one that ends on the day it starts is a mark."""

    row: str
    title: str
    starts_on: date
    ends_on: date
    light: Light = Light.GREY


@dataclass(frozen=True, slots=True)
class Placed:
    """The same, placed: `left` and `width` of the whole's thousand."""

    span: Span
    left: int
    width: int


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a month, and where it is."""

    day: date
    left: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows in the order given, each with its bars in order of time; and the ticks above them."""

    starts_on: date
    ends_on: date
    rows: tuple[tuple[str, tuple[Placed, ...]], ...]
    ticks: tuple[Tick, ...]
    today: int | None


def timeline(spans: Sequence[Span], today: date) -> Timeline | None:
    """The spans from the first month to the last; None where there are none."""
    if not spans:
        return None
    start = min(each.starts_on for each in spans).replace(day=1)
    end = months_later(max(each.ends_on for each in spans).replace(day=1), 1)
    names = dict.fromkeys(each.row for each in spans)
    rows = tuple((name, tuple(_placed(name, spans, start, end))) for name in names)
    now = _at(today, start, end) if start <= today < end else None
    return Timeline(start, end, rows, tuple(_ticks(start, end)), now)


def _placed(name: str, spans: Sequence[Span], start: date, end: date) -> Iterator[Placed]:
    mine = (each for each in spans if each.row == name)
    for each in sorted(mine, key=lambda one: (one.starts_on, one.ends_on, one.title)):
        left = _at(each.starts_on, start, end)
        yield Placed(each, left, max(_at(each.ends_on, start, end) - left, 0))


def _ticks(start: date, end: date) -> Iterator[Tick]:
    months = (end.year - start.year) * 12 + end.month - start.month
    longest = -(-months // (12 * MOST_TICKS)) * 12
    step = next((each for each in STEPS if months <= each * MOST_TICKS), longest)
    for month in range(0, months, step):
        day = add_months(start, month)
        yield Tick(day, _at(day, start, end))


def _at(day: date, start: date, end: date) -> int:
    return (day - start).days * WHOLE // (end - start).days
