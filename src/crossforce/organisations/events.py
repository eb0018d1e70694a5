"""What organisations tell: codes and days, never objects. Delivered after commit."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OrganisationEstablished:
    """A new body is in the directory."""

    organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OrganisationRenamed:
    """A body has another name from a day; it is the same legal person."""

    organisation: str
    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class OrganisationSucceeded:
    """A body ended, or gave functions away and lives on; nobody follows where `successor` is None."""

    predecessor: str
    successor: str | None
    relation: str
    on: date
    at: datetime
    ends: bool = True


@dataclass(frozen=True, slots=True)
class ReferenceLoaded:
    """The shipped directory was brought into the database."""

    changed: int
    at: datetime


@dataclass(frozen=True, slots=True)
class UnitOpened:
    """A unit came into being."""

    unit: UUID
    owner: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UnitChanged:
    """A unit has another name or stands elsewhere in its tree."""

    unit: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class UnitClosed:
    """A unit ends on a day."""

    unit: UUID
    on: date
    at: datetime
