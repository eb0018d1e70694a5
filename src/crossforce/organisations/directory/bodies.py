"""The rows of the directory: frozen values, read from reference files or the database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from crossforce.kernel.rulepacks import Confidence
from crossforce.kernel.words import Words
from crossforce.organisations.choices import (
    DriverCode,
    OrganisationKind,
    PolicingBodyKind,
    PreciseDate,
    SuccessionRelation,
    code_field,
)


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class FormerName(_Value):
    """What a body was called until a day, under the same legal person."""

    name: Words
    until: PreciseDate
    policing_body_kind: PolicingBodyKind | None = None
    source: str = ""
    confidence: Confidence = "K2"


class Succession(_Value):
    """Who followed the body, how and from when."""

    code: str = code_field()
    relation: SuccessionRelation
    on: PreciseDate
    note: str = ""


class RegionMembership(_Value):
    """The region a force is counted in, from a day until another."""

    region: str = code_field()
    since: PreciseDate = Field(alias="from")
    until: PreciseDate | None = None
    source: str = ""
    confidence: Confidence = "K1"

    def holds(self, on: date) -> bool:
        """Whether the membership holds on the day."""
        return self.since.date <= on and (self.until is None or on < self.until.date)


class MemberOffice(_Value):
    """A seat by office: a kind of office, and the organisations whose holders sit."""

    office: str = code_field()
    of: tuple[str, ...]
    note: str = ""


class Organisation(_Value):
    """One body in `[since, until)`, with its names, ties and the source of what is said of it."""

    code: str = code_field()
    kind: OrganisationKind
    name: Words
    short_name: Words | None = None
    sector: str = ""
    policing_body_kind: PolicingBodyKind | None = None
    force: str | None = None
    host: str | None = None
    ons_code: str = ""
    since: PreciseDate | None = Field(default=None, alias="from")
    until: PreciseDate | None = None
    collective: bool = False
    legal_person: bool = True
    source: str
    confidence: Confidence
    note: str = ""
    region_memberships: tuple[RegionMembership, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    succeeded_by: tuple[Succession, ...] = ()
    members: tuple[MemberOffice, ...] = ()

    def exists(self, on: date) -> bool:
        """Whether the body exists on the day, as far as the directory vouches for it."""
        begun = self.since is None or self.since.date <= on
        return begun and (self.until is None or on < self.until.date)

    def former_name(self, on: date) -> FormerName | None:
        """The former name the body had on the day, or None when it had today's."""
        return next((each for each in self.former_names if on < each.until.date), None)

    def name_on(self, on: date) -> Words:
        """What the body was called on the day."""
        former = self.former_name(on)
        return former.name if former else self.name

    def policing_body_kind_on(self, on: date) -> PolicingBodyKind | None:
        """What kind of policing body it was on the day; None for any other organisation."""
        kinds = (
            each.policing_body_kind
            for each in self.former_names
            if on < each.until.date and each.policing_body_kind
        )
        return next(kinds, self.policing_body_kind)


@dataclass(frozen=True, slots=True)
class DriverFigure:
    """One figure of one force, from a day until the next figure."""

    driver: DriverCode
    force: str
    on: date
    value: Decimal


class Driver(_Value):
    """A series of figures by which costs can be shared, with unit, source and licence."""

    code: DriverCode
    title: Words
    unit: str
    source: str
    licence: str
    confidence: Confidence
    note: str = ""
