"""Small frozen values of insight."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crossforce.kernel.periods import Period

FAR: Final = {
    "purpose": 1,
    "period": 2,
    "posting": 4,
    "role": 4,
    "unit": 4,
    "action": 6,
    "agreement": 8,
    "newest": 8,
    "record": 8,
}
"""What it takes to close a gap: one chooses a purpose oneself, and waits for a day; the rest is for others."""
OVER: Final = 8
"""What has ended comes back by a new signature only."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One grant, or one share, held against a question, condition by condition.

    `agreement` "" is standing access; `covers` is None when the question names no record. `is_posted`: the
    posting was held then. Of a share only: `is_bound`, its agreement still joins holder and reader, and
    `is_counted`, it is among the newest, beyond which none counts.
    """

    agreement: str
    version: int
    clause: str
    term: str
    holder: str
    recipient: str
    collection: str
    units: tuple[str, ...]
    roles: tuple[str, ...]
    actions: tuple[str, ...]
    purposes: tuple[str, ...]
    marking: str
    compartment: str
    holds: Period
    glass_minutes: int | None
    glass_roles: tuple[str, ...]
    is_now: bool
    is_unit: bool
    is_role: bool
    is_purpose: bool
    is_action: bool
    covers: bool | None
    is_posted: bool = True
    origin: str = ""
    is_bound: bool = True
    is_counted: bool = True

    @property
    def allows(self) -> bool:
        """Whether every condition holds."""
        return not self.missing

    @property
    def missing(self) -> tuple[str, ...]:
        """The conditions that do not hold, by name."""
        said = {
            "period": self.is_now,
            "unit": self.is_unit,
            "role": self.is_role,
            "purpose": self.is_purpose,
            "action": self.is_action,
            "record": self.covers is not False,
            "posting": self.is_posted,
            "agreement": self.is_bound,
        }
        lacks = tuple(name for name, holds in said.items() if not holds)
        return lacks or (() if self.is_counted else ("newest",))

    def is_over(self, at: datetime) -> bool:
        """Whether it has ended by the instant."""
        return self.holds.ends_at is not None and self.holds.ends_at <= at

    def distance(self, at: datetime) -> int:
        """How far it is from allowing, by what it takes to close the gap: 0 allows."""
        return sum(FAR[name] for name in self.missing) + OVER * self.is_over(at)


@dataclass(frozen=True, slots=True)
class Where:
    """Who holds a record, in which collection and compartment, how marked."""

    holder: str
    collection: str
    compartment: str
    marking: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether somebody may do something at an instant, and what decides it.

    `because` are the clauses (or shares) that allow it; `nearest` those that lack least, first what is
    nearest to allowing it. `place` is where the record is that is asked about, where it is refused.
    """

    kind: str
    action: str
    at: datetime
    is_allowed: bool
    because: tuple[Reason, ...] = ()
    nearest: tuple[Reason, ...] = ()
    place: Where | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """What one grant opens to the people of one organisation: for a preview, which signs nothing.

    `scopes` are the scopes that it covers at the instant asked about.
    """

    viewer: str
    kind: str
    actions: frozenset[str]
    units: frozenset[str]
    roles: frozenset[str]
    purposes: frozenset[str]
    scopes: frozenset[int]
    term: str = ""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The sights of an agreement's grants before and after, and those that others give the same people."""

    before: tuple[Sight, ...]
    after: tuple[Sight, ...]
    beside: tuple[Sight, ...]


@dataclass(frozen=True, slots=True)
class Falling:
    """How many single records, opened to people of an organisation, would close with an agreement."""

    viewer: str
    kind: str
    holder: str
    amount: int
