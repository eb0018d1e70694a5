"""Enumerations and small frozen values of organisations."""

import datetime as dt
import re
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crossforce.kernel.words import Words


class OrganisationKind(StrEnum):
    """What sort of body it is. Only some are legal persons; see `Organisation.legal_person`."""

    FORCE = "force"
    CHIEF_OFFICER = "chief-officer"
    POLICING_BODY = "policing-body"
    REGION = "region"
    NATIONAL_BODY = "national-body"
    PARTNER = "partner"
    PARTNERSHIP = "partnership"
    JOINT_COMMITTEE = "joint-committee"
    BOARD = "board"
    GROUP = "group"
    PLATFORM = "platform"


class PolicingBodyKind(StrEnum):
    """Who maintains a police force; the kinds have changed three times since 1995."""

    POLICE_AUTHORITY = "POLICE_AUTHORITY"
    PCC = "PCC"
    PFCC = "PFCC"
    MAYOR = "MAYOR"
    MOPAC = "MOPAC"
    COMMON_COUNCIL = "COMMON_COUNCIL"
    POLICING_AND_CRIME_BOARD = "POLICING_AND_CRIME_BOARD"
    OTHER = "OTHER"


class SuccessionRelation(StrEnum):
    """How one body follows another."""

    RENAMED = "renamed"
    MERGED = "merged"
    ABOLISHED = "abolished"
    FUNCTIONS_TRANSFERRED = "functions-transferred"


class Precision(StrEnum):
    """How much of a date the source gives."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"
    ABOUT = "about"


class PreciseDate(BaseModel):
    """A civil date with the precision of its source: "April 2014" is 2014-04-01, month.

    What rests on it runs from the date; readers are told no more than the source says. In a
    reference file a bare date means precision day.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    date: dt.date
    precision: Precision = Precision.DAY

    @model_validator(mode="before")
    @classmethod
    def _bare_date(cls, value: Any) -> Any:
        return {"date": value} if isinstance(value, dt.date | str) else value

    def __str__(self) -> str:
        if self.precision is Precision.ABOUT:
            return f"about {self.date.isoformat()}"
        length = {Precision.YEAR: 4, Precision.DAY: 10}.get(self.precision, 7)
        return self.date.isoformat()[:length]


class Enactment(BaseModel):
    """What makes a body begin, change or end: the day it takes effect, and the text that says so."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: PreciseDate
    source: str = Field(min_length=3, max_length=300)


class DriverCode(StrEnum):
    """A figure of a force by which costs can be shared."""

    OFFICER_FTE = "officer-fte"
    POPULATION = "population"
    POLICE_GRANT = "police-grant"


CODE_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
"""Organisation codes are lower-case words joined by hyphens, and last for ever."""

Code = str
"""An organisation code; `CodeField` checks its shape in a model."""


def code_field(**more: Any) -> Any:
    """A pydantic field for an organisation code."""
    return Field(pattern=CODE_PATTERN, max_length=80, **more)


def title_of_kind(kind: OrganisationKind | str) -> Words:
    """What readers call this kind of organisation."""
    return _KINDS[OrganisationKind(kind)]


def title_of_body(kind: PolicingBodyKind | str) -> Words:
    """What readers call this kind of policing body."""
    return _BODIES[PolicingBodyKind(kind)]


def title_of_relation(relation: SuccessionRelation | str) -> Words:
    """How readers are told that one body followed another."""
    return _RELATIONS[SuccessionRelation(relation)]


def title_of_office(office: str) -> Words:
    """What readers call a kind of office; one without a title of its own is read from its code."""
    return _OFFICES.get(office) or Words(en=office.replace("-", " ").capitalize())


def title_of_confidence(confidence: str) -> Words:
    """How sure a row is, in words."""
    return _CONFIDENCE[confidence]


def source_in_words(source: str) -> str:
    """A row's source with the numbers of the five source documents spelt out."""
    return re.sub(r"\b00[0-4]\b", lambda number: f"{_SOURCES[number[0]]} ({number[0]})", source)


_SOURCES = {
    "000": "news of the Thames Valley and Hampshire joint information management unit",
    "001": "news of Policing Vision 2025",
    "002": "Hampshire policing plan 2008 to 2011",
    "003": "South West police collaboration programme, February 2016",
    "004": "Dyfed-Powys police authority and force collaboration",
}
_KINDS = {
    OrganisationKind.FORCE: Words(en="Police force", cy="Heddlu"),
    OrganisationKind.CHIEF_OFFICER: Words(en="Chief officer", cy="Prif swyddog"),
    OrganisationKind.POLICING_BODY: Words(en="Policing body", cy="Corff plismona"),
    OrganisationKind.REGION: Words(en="Region", cy="Rhanbarth"),
    OrganisationKind.NATIONAL_BODY: Words(en="National body", cy="Corff cenedlaethol"),
    OrganisationKind.PARTNER: Words(en="Partner", cy="Partner"),
    OrganisationKind.PARTNERSHIP: Words(en="Partnership", cy="Partneriaeth"),
    OrganisationKind.JOINT_COMMITTEE: Words(en="Joint committee", cy="Cyd-bwyllgor"),
    OrganisationKind.BOARD: Words(en="Board", cy="Bwrdd"),
    OrganisationKind.GROUP: Words(en="Group", cy="Grŵp"),
    OrganisationKind.PLATFORM: Words(en="Operator of the platform", cy="Gweithredwr y llwyfan"),
}
_BODIES = {
    PolicingBodyKind.POLICE_AUTHORITY: Words(en="Police authority", cy="Awdurdod heddlu"),
    PolicingBodyKind.PCC: Words(
        en="Police and crime commissioner", cy="Comisiynydd heddlu a throseddu"
    ),
    PolicingBodyKind.PFCC: Words(
        en="Police, fire and crime commissioner", cy="Comisiynydd heddlu, tân a throseddu"
    ),
    PolicingBodyKind.MAYOR: Words(en="Mayor", cy="Maer"),
    PolicingBodyKind.MOPAC: Words(
        en="Mayor's Office for Policing and Crime",
        cy="Swyddfa'r Maer dros Blismona a Throseddu",
    ),
    PolicingBodyKind.COMMON_COUNCIL: Words(en="Common Council", cy="Cyngor Cyffredin"),
    PolicingBodyKind.POLICING_AND_CRIME_BOARD: Words(
        en="Policing and crime board", cy="Bwrdd plismona a throseddu"
    ),
    PolicingBodyKind.OTHER: Words(en="Another policing body", cy="Corff plismona arall"),
}
_RELATIONS = {
    SuccessionRelation.RENAMED: Words(
        en="Reconstituted under another name", cy="Ailgyfansoddi dan enw arall"
    ),
    SuccessionRelation.MERGED: Words(en="Merged", cy="Uno"),
    SuccessionRelation.ABOLISHED: Words(en="Abolished and replaced", cy="Diddymu a disodli"),
    SuccessionRelation.FUNCTIONS_TRANSFERRED: Words(
        en="Functions transferred", cy="Trosglwyddo swyddogaethau"
    ),
}
_OFFICES = {
    "chief-officer": Words(en="Chief officer", cy="Prif swyddog"),
    "policing-body": Words(en="Policing body", cy="Corff plismona"),
    "policing-body-chair": Words(
        en="Chair of the policing body", cy="Cadeirydd y corff plismona"
    ),
    "policing-body-chief-executive": Words(
        en="Chief executive of the policing body's office",
        cy="Prif weithredwr swyddfa'r corff plismona",
    ),
    "policing-body-representative": Words(
        en="Representative of the policing body", cy="Cynrychiolydd y corff plismona"
    ),
    "force-representative": Words(
        en="Representative of the force", cy="Cynrychiolydd yr heddlu"
    ),
    "secretariat-lead": Words(en="Head of the secretariat", cy="Pennaeth yr ysgrifenyddiaeth"),
    "representative": Words(en="Representative", cy="Cynrychiolydd"),
    "chief-officer-of-agency": Words(
        en="Chief officer of the agency", cy="Prif swyddog yr asiantaeth"
    ),
}
_CONFIDENCE = {
    "S": Words(en="Stated in a source document", cy="Wedi'i nodi mewn dogfen ffynhonnell"),
    "V": Words(en="Read in a public source", cy="Wedi'i ddarllen mewn ffynhonnell gyhoeddus"),
    "K1": Words(en="Well known", cy="Hysbys iawn"),
    "K2": Words(en="Known, dates to be confirmed", cy="Hysbys, dyddiadau i'w cadarnhau"),
    "K3": Words(en="Uncertain, to be confirmed", cy="Ansicr, i'w gadarnhau"),
    "D": Words(en="Set by this platform", cy="Wedi'i bennu gan y platfform hwn"),
}
