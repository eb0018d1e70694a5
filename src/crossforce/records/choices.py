"""Enumerations and small frozen values of records."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from crossforce.access.choices import MARKINGS as MARKINGS

OWNED: Final = "own:"
"""How the compartment begins that is one posting's own; a clause says `own`, and no document can name another's."""
NAMED_BY: Final = "crossforce.records.queries.names_of"
"""What names the records of every kind in the ledger (kernel.registry.subject_names)."""

EARLIEST_DAY, LATEST_DAY = date(1900, 1, 1), date(2199, 12, 31)
NOT_KNOWN: Final = date(2999, 12, 31)
"""The day of review of a record that is kept until something happens that nobody can date yet."""
COLLECTED, ALTERED, CONSULTED = "record.collected", "record.altered", "record.consulted"
DISCLOSED, COMBINED, ERASED = "record.disclosed", "record.combined", "record.erased"
"""The six operations that are logged (Data Protection Act 2018 s62)."""
PROPOSED, ACCEPTED, REFUSED = (
    f"record.correction-{each}" for each in ("proposed", "accepted", "refused")
)
TOLD: Final = "record.recipients-told"
"""Whoever received a record that was corrected since is told (Data Protection Act 2018 s38(5), s48(4))."""
SAYING: Final = (COLLECTED, ALTERED, PROPOSED, ACCEPTED, REFUSED)
"""Acts that leave in private what a record says: read by its readers alone (insight/sql/5_opened.sql), erased with it."""
REMAINS_DUE: Final = "private parts of destroyed records are still to be erased"
"""How the database notes it, from a migration until it is done (operations/remains.py)."""


class Purpose(StrEnum):
    """The policing purposes; every record has one or more (Code of Practice, July 2023)."""

    LIFE = "protect-life-and-property"
    ORDER = "preserve-order"
    PREVENTION = "prevent-offences"
    JUSTICE = "bring-offenders-to-justice"
    DUTY = "duty-from-law"


class Group(StrEnum):
    """The review groups of police information; a record in none is kept by its kind's schedule."""

    NONE = ""
    PUBLIC_PROTECTION = "1"
    SERIOUS = "2"
    OTHER = "3"
    MISCELLANEOUS = "4"


class Disposal(StrEnum):
    """Where a record stands on its way out."""

    KEPT = "kept"
    PROPOSED = "proposed"


class SheetState(StrEnum):
    """What became of a spreadsheet that was sent."""

    REFUSED = "refused"
    IN_PART = "in-part"
    DONE = "done"


class Relation(StrEnum):
    """How one record bears on another. What another one needs stays until the day of that: only who may edit that cuts it."""

    CONCERNS = "concerns"
    SUPPORTS = "supports"
    FOLLOWS = "follows"
    DUPLICATES = "duplicates"
    COMBINES = "combines"
    NEEDS = "needs"


class ProposalState(StrEnum):
    """Where a proposed correction stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record goes: who holds it, in which collection and compartment, how marked."""

    holder: str
    collection: str = ""
    compartment: str = ""
    marking: str = MARKINGS[0]


@dataclass(frozen=True, slots=True)
class Reference:
    """One record of any kind."""

    kind: str
    id: UUID

    @property
    def subject(self) -> str:
        """As the ledger names it."""
        return f"{self.kind}:{self.id}"
