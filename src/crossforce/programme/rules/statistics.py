"""What a register says in numbers: by stage, function and region, how much is protective, how old it is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median_low

from crossforce.programme.choices import Stage
from crossforce.programme.rules.figures import Figures
from crossforce.programme.rules.register import Entry
from crossforce.programme.rules.staleness import is_stale


@dataclass(frozen=True, slots=True)
class Statistics:
    """A register in numbers. An entry of forces of two regions counts in both, and once in `total`."""

    total: int
    by_stage: Mapping[Stage, int]
    by_function: Mapping[str, int]
    by_region: Mapping[str, int]
    protective: int
    stale: int
    median_days: int | None
    oldest_days: int | None

    @property
    def protective_share(self) -> Fraction | None:
        """Of all entries, the part in support of protective services."""
        return Fraction(self.protective, self.total) if self.total else None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the numbers are told by: the region of each force, and the category of each function."""

    regions: Mapping[str, str]
    categories: Mapping[str, str]


def statistics(
    entries: Sequence[Entry], around: Surroundings, on: date, figures: Figures
) -> Statistics:
    """The register on the day."""
    ages = [(on - entry.entered_on).days for entry in entries if entry.entered_on]
    return Statistics(
        total=len(entries),
        by_stage={stage: sum(1 for each in entries if each.stage is stage) for stage in Stage},
        by_function=_counted(entry.function for entry in entries if entry.function),
        by_region=_counted(region for entry in entries for region in regions(entry, around)),
        protective=sum(
            1 for each in entries if around.categories.get(each.function) in figures.protective
        ),
        stale=sum(1 for each in entries if is_stale(each, on, figures)),
        median_days=median_low(ages) if ages else None,
        oldest_days=max(ages, default=None),
    )


def regions(entry: Entry, around: Surroundings) -> set[str]:
    """The regions of the forces of an entry."""
    return {around.regions[force] for force in entry.forces if force in around.regions}


def _counted(names: Iterable[str]) -> dict[str, int]:
    """How often each, the most frequent first, the same number in order of name."""
    return dict(sorted(Counter(names).items(), key=lambda item: (-item[1], item[0])))
