"""Enumerations and small frozen values of organisations."""

import datetime as dt
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator


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
    YEAR = "year"


class PreciseDate(BaseModel):
    """A civil date with the precision of its source: "April 2014" is 2014-04-01, month.

    In a reference file a bare date means precision day.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    date: dt.date
    precision: Precision = Precision.DAY

    @model_validator(mode="before")
    @classmethod
    def _bare_date(cls, value: Any) -> Any:
        return {"date": value} if isinstance(value, dt.date | str) else value

    @model_validator(mode="after")
    def _first_day_of_its_precision(self) -> "PreciseDate":
        first_day = self.precision is Precision.DAY or self.date.day == 1
        first_month = self.precision is not Precision.YEAR or self.date.month == 1
        if not (first_day and first_month):
            raise ValueError(f"{self.date} is not the first day of a {self.precision}")
        return self

    def __str__(self) -> str:
        length = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[self.precision]
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
