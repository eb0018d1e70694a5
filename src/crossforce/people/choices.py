"""Enumerations and small frozen values of people."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone, or some named system work, acting for one organisation in one posting.

    `powers` hold for the actor's own organisation only; `powers_everywhere` for any. The rule pack
    `standing-powers` hands out both.
    """

    account: UUID | None
    staff: UUID | None
    posting: UUID | None
    organisation: str
    office: str
    purpose: str = ""
    powers: frozenset[str] = frozenset()
    name: str = ""
    unit: str = ""
    powers_everywhere: frozenset[str] = frozenset()

    @property
    def is_system(self) -> bool:
        """Whether this is system work and not a person."""
        return self.office.startswith(SYSTEM_PREFIX)

    @property
    def reference(self) -> str:
        """Who acts, for the columns that say by whom: a person, or named system work."""
        return f"staff:{self.staff}" if self.staff else self.office

    def may(self, power: str, organisation: str | None = None) -> bool:
        """Whether the actor holds the power for the organisation; None means for its own."""
        if power in self.powers_everywhere:
            return True
        return power in self.powers and organisation in (None, self.organisation)


def acts(actor: Actor | None) -> bool:
    """Whether somebody acts in a posting: to them the places of the governed apps are shown."""
    return actor is not None and actor.posting is not None


EARLIEST_DAY, LATEST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""What is asked or recorded of people lies between these days; anything else is a slip."""

SYSTEM_PREFIX = "system:"
PLATFORM = "crossforce-platform"
"""The organisation that system work and the platform's own administrators act for."""


class EmploymentKind(StrEnum):
    """On what footing a person works for the organisation."""

    OFFICER = "officer"
    SPECIAL = "special"
    STAFF = "staff"
    PCSO = "pcso"
    VOLUNTEER = "volunteer"
    PARTNER = "partner"
    OFFICE_HOLDER = "office-holder"


class PostingState(StrEnum):
    """Where a posting stands: one to another organisation waits until that one accepts it."""

    OFFERED = "offered"
    HELD = "held"
    DECLINED = "declined"


class AuthorityState(StrEnum):
    """Where an authority stands at an instant; computed, never stored."""

    VALID = "valid"
    NOT_YET = "not-yet"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    SKILL_MISSING = "skill-missing"
