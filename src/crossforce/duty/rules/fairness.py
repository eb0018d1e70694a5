"""Hours that forces give to shared units, and hours that they receive, month by month.

Whoever's people are on duty gives. The force in whose area a duty is, receives, if it takes part in
the unit's work; where no place is noted, or the place is nobody's who takes part, everybody who
takes part receives the same. Every second that is given is received, and none twice. What nobody
has worked yet is planned, and neither given nor received.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from crossforce.kernel import civil
from crossforce.kernel.money import allocate

HOUR = 3600


class Piece(NamedTuple):
    """So many seconds of one force's duties in one unit, function and month; and who receives them."""

    month: date
    unit: str
    function: str
    giver: str
    seconds: int
    receivers: tuple[str, ...]
    is_planned: bool = False


class Key(NamedTuple):
    """What hours are told by."""

    month: date
    unit: str
    function: str
    force: str


@dataclass(frozen=True, slots=True)
class Line:
    """What one force gave to a function of a unit in a month, and what it received, in seconds.

    `planned` is what it is yet to give: in neither.
    """

    key: Key
    given: int
    received: int
    planned: int = 0

    @property
    def balance(self) -> int:
        """What it gave more than it received; all balances of a unit and month sum to nothing."""
        return self.given - self.received


@dataclass(frozen=True, slots=True)
class Total:
    """The same, summed over whatever was asked for."""

    name: str
    given: int
    received: int
    planned: int = 0

    @property
    def balance(self) -> int:
        """What was given more than received."""
        return self.given - self.received


class Stretch(NamedTuple):
    """A part of a month in which the same forces take part in everything, all past or all to come."""

    month: date
    starts_at: datetime
    ends_at: datetime


def receivers(area: str | None, taking_part: Sequence[str], giver: str) -> tuple[str, ...]:
    """Who receives a duty: the force of the place, else all who take part, else whoever gives."""
    if area in taking_part and area is not None:
        return (area,)
    return tuple(taking_part) or (giver,)


def lines(pieces: Iterable[Piece]) -> list[Line]:
    """What was given, received and planned, in order of month, unit, function and force."""
    given: defaultdict[Key, int] = defaultdict(int)
    received: defaultdict[Key, int] = defaultdict(int)
    planned: defaultdict[Key, int] = defaultdict(int)
    for piece in pieces:
        of = piece.month, piece.unit, piece.function
        if piece.is_planned:
            planned[Key(*of, piece.giver)] += piece.seconds
            continue
        given[Key(*of, piece.giver)] += piece.seconds
        for force, seconds in divided(piece.seconds, piece.receivers).items():
            received[Key(*of, force)] += seconds
    every = sorted({*given, *received, *planned})
    return [Line(key, given[key], received[key], planned[key]) for key in every]


def divided(seconds: int, among: Sequence[str]) -> dict[str, int]:
    """The seconds, the same to each; a rest that cannot be divided goes to the first of them."""
    return allocate(seconds, dict.fromkeys(among, Fraction(1, len(among))))


def totals(of: Iterable[Line], by: str) -> list[Total]:
    """The lines summed by `force`, `unit`, `function` or `month`, in order of it."""
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for line in of:
        held = sums[str(getattr(line.key, by))]
        held[0] += line.given
        held[1] += line.received
        held[2] += line.planned
    return [Total(name, *sums[name]) for name in sorted(sums)]


def months(first: date, number: int) -> Iterator[tuple[date, datetime, datetime]]:
    """So many civil months from that of the day: the first day, and its instants in London."""
    begin = first.replace(day=1)
    for n in range(number):
        month = civil.add_months(begin, n)
        yield month, civil.instant(month), civil.instant(civil.add_months(begin, n + 1))


def stretches(first: date, number: int, edges: Iterable[datetime]) -> list[Stretch]:
    """The months, cut where who takes part changes, and where the present is."""
    cuts, found = sorted(set(edges)), list[Stretch]()
    for month, starts_at, ends_at in months(first, number):
        inner = (edge for edge in cuts if starts_at < edge < ends_at)
        found += [Stretch(month, *pair) for pair in pairwise([starts_at, *inner, ends_at])]
    return found


def in_hours(seconds: int) -> str:
    """`1,234.5`: hours to the nearest tenth, for reading. Sums are of seconds."""
    return f"{_tenths(seconds) / 10:,.1f}"


def balance_in_hours(of: Line | Total) -> str:
    """What was given more than received, as whoever reads both in tenths of hours would work it out."""
    return f"{(_tenths(of.given) - _tenths(of.received)) / 10:,.1f}"


def _tenths(seconds: int) -> int:
    return (seconds * 10 + HOUR // 2) // HOUR


def as_demand(totals: Iterable[Total]) -> str:
    """The hours received as `demand` of a COST_SHARE term: a snapshot, which the parties then sign.

    Whole hours; who received none is named with 0, because every payer has a figure.
    """
    said = ", ".join(f"{each.name} = {round(each.received / HOUR)}" for each in totals)
    return f"demand = {{ {said} }}"


def months_back(day: date, number: int) -> date:
    """The first day of the month so many months before that of the day."""
    return civil.add_months(day.replace(day=1), -number)
