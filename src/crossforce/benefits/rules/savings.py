"""Savings programmes: what each force is to save in each financial year, and what it does.

A recurrent saving is worth its full-year effect in every year from its start; in the year in which
it starts, only the part of the days that are left, and the rest of the full year is new in the next.
A one-off saving is worth what it is in the year of its start, and nothing after.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from crossforce.benefits.choices import Confidence, Counting, Recurrence, Span
from crossforce.kernel.civil import financial_year
from crossforce.kernel.money import allocate


@dataclass(frozen=True, slots=True)
class Saving:
    """One saving of a force: in a full year so much, from a day, perhaps until a day.

    Without `confidence` it is realised; with it, it is a forecast.
    """

    reference: str
    force: str
    full_year: int
    starts_on: date
    recurrence: Recurrence = Recurrence.RECURRENT
    ends_on: date | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class YearTarget:
    """What a force is to save in the financial year that begins in that calendar year, counted how."""

    force: str
    year: int
    pence: int
    counting: Counting = Counting.CASH


@dataclass(frozen=True, slots=True)
class YearLine:
    """A force's year: target, realised, forecast and what of it counts, in the year and cumulated."""

    force: str
    year: int
    target: int
    realised: int
    forecast: int
    counted: int
    target_so_far: int
    realised_so_far: int
    counted_so_far: int

    @property
    def gap(self) -> int:
        """What is missing of the year's target; below nothing where it is exceeded."""
        return self.target - self.realised - self.counted

    @property
    def gap_so_far(self) -> int:
        """What is missing of the targets up to and with the year."""
        return self.target_so_far - self.realised_so_far - self.counted_so_far


def year_span(year: int) -> Span:
    """The financial year that begins in that calendar year."""
    return Span(date(year, 4, 1), date(year + 1, 4, 1))


def cash_in_year(saving: Saving, year: int) -> int:
    """What the saving is worth in the year, in pence.

    Parts of a year are told from the days since 1 April, so that the part before a day and the part
    from it are always the full year.
    """
    if saving.recurrence is Recurrence.ONE_OFF:
        return saving.full_year if financial_year(saving.starts_on) == year else 0
    return _before(saving, year, saving.ends_on) - _before(saving, year, saving.starts_on)


def _before(saving: Saving, year: int, day: date | None) -> int:
    """What of the full year lies before the day."""
    span = year_span(year)
    if day is None or day >= span.ends_on:
        return saving.full_year
    if day <= span.starts_on:
        return 0
    done = Fraction((day - span.starts_on).days, span.days)
    return allocate(saving.full_year, {"before": done, "from": 1 - done})["before"]


def new_in_year(saving: Saving, year: int) -> int:
    """What the year adds beyond the year before: the step in the cost of running, not the cash."""
    if saving.recurrence is Recurrence.ONE_OFF:
        return cash_in_year(saving, year)
    return cash_in_year(saving, year) - cash_in_year(saving, year - 1)


def counted_forecast(pence: int, weight: Fraction) -> int:
    """A forecast as far as it is sure: times its confidence, to the whole penny below."""
    return allocate(pence, {"unsure": 1 - weight, "sure": weight})["sure"]


def programme(
    targets: Sequence[YearTarget],
    savings: Iterable[Saving],
    confidence: Mapping[Confidence, Fraction],
) -> tuple[YearLine, ...]:
    """Every force and year for which there is a target, in order, with what is cumulated since the
    first target of that force, each year by what its own target counts. Raises ValueError where a
    force has two targets in a year."""
    aims = {(each.force, each.year): each for each in targets}
    if len(aims) < len(targets):
        raise ValueError("a force has one target in a year: add the two together")
    known = tuple(savings)
    lines: list[YearLine] = []
    for force, year in sorted(aims):
        own = [each for each in known if each.force == force]
        before = lines[-1] if lines and lines[-1].force == force else None
        lines.append(_line(aims[force, year], own, confidence, before))
    return tuple(lines)


def _line(
    of: YearTarget,
    savings: Sequence[Saving],
    confidence: Mapping[Confidence, Fraction],
    before: YearLine | None,
) -> YearLine:
    realised = sum(_worth(each, of) for each in savings if each.confidence is None)
    ahead = [(_worth(each, of), each.confidence) for each in savings if each.confidence]
    counted = sum(counted_forecast(worth, confidence[sure]) for worth, sure in ahead)
    return YearLine(
        of.force,
        of.year,
        of.pence,
        realised,
        sum(worth for worth, _ in ahead),
        counted,
        of.pence + (before.target_so_far if before else 0),
        realised + (before.realised_so_far if before else 0),
        counted + (before.counted_so_far if before else 0),
    )


def _worth(saving: Saving, of: YearTarget) -> int:
    """What a saving is worth in the year, by what its target counts."""
    worth = cash_in_year if of.counting is Counting.CASH else new_in_year
    return worth(saving, of.year)


def mixed(targets: Iterable[YearTarget]) -> Iterator[str]:
    """Forces of which some years count cash and others what is new: their sums mean neither."""
    found: defaultdict[str, set[Counting]] = defaultdict(set)
    for each in targets:
        found[each.force].add(each.counting)
    for force in sorted(each for each, kinds in found.items() if len(kinds) > 1):
        yield (
            f"The targets of {force} count cash in some years and what is new in others, so what is"
            " cumulated mixes the two: let all of them count the same."
        )
