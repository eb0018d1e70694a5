"""What the API takes and gives."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from crossforce.kernel.web import acting
from crossforce.kernel.words import Words
from crossforce.ledger.api import Acts
from crossforce.organisations import directory, operations
from crossforce.organisations.choices import (
    CODE_PATTERN,
    DriverCode,
    Enactment,
    OrganisationKind,
    PolicingBodyKind,
    PreciseDate,
    SuccessionRelation,
)

LARGEST_PAGE = 200
LARGEST_VERSION = 2_000_000_000
VISIBLE = r"^[^\x00-\x1f]*[^\x00-\x1f\s][^\x00-\x1f]*$"
"""One line of text with something to see in it."""

Code = Annotated[str, Field(pattern=CODE_PATTERN, max_length=80)]
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=VISIBLE)]


ActingRequest = acting.ActingRequest[Acts]


class Asked(Schema):
    """What to list; `on` keeps the bodies that exist on the day."""

    q: str = Field("", max_length=200)
    kind: OrganisationKind | None = None
    region: str = Field("", max_length=80)
    on: dt.date | None = None
    offset: int = Field(0, ge=0, le=100_000)
    limit: int = Field(50, ge=1, le=LARGEST_PAGE)


class Row(Schema):
    """One body in a list."""

    code: str
    kind: OrganisationKind
    name: Words
    since: PreciseDate | None
    until: PreciseDate | None
    force: str | None
    legal_person: bool


class Page(Schema):
    """One page of a list."""

    total: int
    items: list[Row]


class Heirs(Schema):
    """Who stands in a body's place on a day."""

    code: str
    on: dt.date
    heirs: list[str]


class Figure(Schema):
    """One figure of a force."""

    driver: DriverCode
    on: dt.date
    value: float
    unit: str
    source: str
    licence: str


class Name(Schema):
    """A name in English and, where there is one, in Welsh."""

    en: Line
    cy: Line | None = None

    @property
    def words(self) -> Words:
        return Words(en=self.en, cy=self.cy)


class Enacted(Schema):
    """The day a change takes effect, and the text that says so."""

    on: dt.date
    source: Annotated[str, Field(min_length=3, max_length=300, pattern=VISIBLE)]

    @property
    def enactment(self) -> Enactment:
        return Enactment(on=PreciseDate(date=self.on), source=self.source)


class NewBody(Schema):
    """A body to enter in the directory."""

    code: Code
    kind: OrganisationKind
    name: Name
    since: dt.date
    source: Annotated[str, Field(min_length=3, max_length=300, pattern=VISIBLE)]
    force: Code | None = None
    policing_body_kind: PolicingBodyKind | None = None

    @property
    def value(self) -> directory.Organisation:
        never = self.kind in directory.NEVER_A_PARTY
        return directory.Organisation(
            code=self.code,
            kind=self.kind,
            name=self.name.words,
            since=PreciseDate(date=self.since),
            source=self.source,
            confidence="V",
            force=self.force,
            policing_body_kind=self.policing_body_kind,
            legal_person=not never,
        )


class NewName(Enacted):
    """Another name for the same legal person; a commissioner may change kind with it."""

    version: int = Field(ge=1, le=LARGEST_VERSION)
    name: Name
    policing_body_kind: PolicingBodyKind | None = None


class NewSuccession(Enacted):
    """Who follows, and how; without a successor the body is abolished."""

    version: int = Field(ge=1, le=LARGEST_VERSION)
    successor: Code | None = None
    relation: SuccessionRelation = SuccessionRelation.ABOLISHED
    ends: bool = True

    @property
    def heir(self) -> operations.Heir | None:
        if self.successor is None:
            return None
        return operations.Heir(self.successor, self.relation, ends=self.ends)


class NewUnit(Schema):
    """A unit to open."""

    code: Code
    name: Name
    since: dt.date
    above: UUID | None = None


class ChangedUnit(Schema):
    """A unit's name and place, on the version that was seen."""

    version: int = Field(ge=1, le=LARGEST_VERSION)
    name: Name
    above: UUID | None = None


class ClosedUnit(Schema):
    """The first day without the unit, on the version that was seen."""

    version: int = Field(ge=1, le=LARGEST_VERSION)
    on: dt.date


class UnitShown(Schema):
    """A unit of an organisation."""

    id: UUID
    code: str
    name: Words
    organisation: str | None
    above: UUID | None
    since: dt.date
    until: dt.date | None
    version: int
