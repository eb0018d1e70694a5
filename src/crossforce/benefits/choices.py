"""Enumerations and small frozen values of benefits."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from crossforce.kernel.civil import FIRST_YEAR as FIRST_YEAR
from crossforce.kernel.civil import LAST_YEAR as LAST_YEAR

BENEFIT: Final = "benefits.benefit"
CHANGE: Final = "benefits.change"
READING: Final = "benefits.reading"
REINVESTMENT: Final = "benefits.reinvestment"
TARGET: Final = "benefits.target"
SAVING: Final = "benefits.saving"
AREA: Final = "benefits.area"
POSTS: Final = "benefits.posts"
KINDS: Final = (BENEFIT, CHANGE, READING, REINVESTMENT, TARGET, SAVING, AREA, POSTS)
MARKING: Final = "OFFICIAL-SENSITIVE"
PURPOSES: Final = ("duty-from-law",)
LONGEST_KEPT: Final = 100_000
"""Letters of what is kept as JSON."""


class BenefitClass(StrEnum):
    """What a benefit is worth to whom: only the first frees cash; the last but one has no figures."""

    CASH_RELEASING = "cash-releasing"
    NON_CASH = "non-cash-releasing"
    QUANTIFIABLE = "quantifiable"
    QUALITATIVE = "qualitative"
    DISBENEFIT = "disbenefit"


MONEY = frozenset({BenefitClass.CASH_RELEASING, BenefitClass.NON_CASH})
"""Classes whose figures are pence."""


class Better(StrEnum):
    """Which way a measure goes when things get better."""

    HIGHER = "higher"
    LOWER = "lower"


class Adds(StrEnum):
    """Whether figures of a measure add up from period to period, or each says how things stand."""

    UP = "adds-up"
    LEVEL = "level"


class Status(StrEnum):
    """Where a benefit stands. Kept of one that is going on is that it is under way; whether it is on
    track, at risk or late follows from its light of the day, and is told and never kept."""

    IDENTIFIED = "identified"
    PLANNED = "planned"
    UNDER_WAY = "under-way"
    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    LATE = "late"
    REALISED = "realised"
    SUSTAINED = "sustained"
    LOST = "lost"
    CLOSED = "closed"


class Light(StrEnum):
    """A traffic light; `none` where there is nothing to judge by yet."""

    NONE = "none"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"


class Trend(StrEnum):
    """Whether realisation is nearer to its profile than it was a period before."""

    BETTER = "better"
    STEADY = "steady"
    WORSE = "worse"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How sure a forecast is; kept apart from the light."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ShareRule(StrEnum):
    """How a benefit is divided among forces."""

    COST_SHARES = "cost-shares"
    WHERE_IT_FALLS = "where-it-falls"
    EFFORT = "effort"


class Recurrence(StrEnum):
    """Whether a saving is made every year from its start, or once."""

    RECURRENT = "recurrent"
    ONE_OFF = "one-off"


class Counting(StrEnum):
    """What a savings target counts: cash saved in each year, or what is new in it."""

    CASH = "cash-in-year"
    NEW = "new-in-year"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of civil days: `starts_on` belongs to it, `ends_on` does not."""

    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.ends_on <= self.starts_on:
            raise ValueError(
                f"the period from {self.starts_on} ends on {self.ends_on}: put the end after the start"
            )

    def __str__(self) -> str:
        return f"{self.starts_on:%-d %B %Y} to {self.last_day:%-d %B %Y}"

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.ends_on - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends_on - self.starts_on).days

    def overlaps(self, other: "Span") -> bool:
        """Whether they share a day."""
        return self.starts_on < other.ends_on and other.starts_on < self.ends_on
