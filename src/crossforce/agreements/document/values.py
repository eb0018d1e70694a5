"""Small values that every part of an agreement document is made of."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from crossforce.kernel.words import Words

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
"""A lasting name in kebab-case: of an organisation, function, unit or agreement."""

KindName = Annotated[
    str, StringConstraints(pattern=r"^[a-z]+\.([a-z]+(-[a-z]+)*|\*)$", max_length=80)
]
"""A record kind, such as `duty.entry`; `duty.*` means every kind of that service."""

ClauseNumber = Annotated[
    str, StringConstraints(pattern=r"^[0-9A-Z]+(\.[0-9]+){0,4}[a-z]?$", max_length=20)
]

Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2_000)]

Precision = Literal["day", "month", "season", "quarter", "half-year", "year", "about"]
Marking = Literal["OFFICIAL", "OFFICIAL-SENSITIVE"]
OWN = "own"
"""The compartment that is each posting's own: what lies there opens to nobody else."""
DECONFLICT = "deconflict"
"""To have what is one's own compared with what others have of their own, without seeing it."""
Action = Literal["find", "read", "add", "edit", "task", "disclose", "dispose", "deconflict"]


class Part(BaseModel):
    """Any table of a document: unknown keys are refused, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Sourced(Part):
    """A table whose facts have an origin: a source document, or an assumption with its reason."""

    source: Note | None = Field(
        default=None,
        description="Where the fact stands: source document and heading, '003, Tri-Force'.",
    )
    assumed: Note | None = Field(
        default=None,
        description="Why this is written although no source says it; pages show the mark.",
    )


class CivilDate(Part):
    """A civil date of England and Wales with the precision its source gives.

    A source's "April 2014" is `{ date = 2014-04-01, precision = "month" }` and is shown so. A bare
    TOML date is precise to the day. Rules run from the date written.
    """

    date: date
    precision: Precision = "day"
    words: Words | None = Field(
        default=None, description="The source's own words where no precision fits."
    )

    @model_validator(mode="before")
    @classmethod
    def _bare_date(cls, value: Any) -> Any:
        return {"date": value} if isinstance(value, date) else value


class Dated(Sourced):
    """A table with a period: `from` the first day, `until` the first day after. Both optional."""

    from_: CivilDate | None = Field(default=None, alias="from")
    until: CivilDate | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Dated":
        if self.from_ and self.until and self.until.date <= self.from_.date:
            raise ValueError(f"until {self.until.date} is not after from {self.from_.date}")
        return self


def clause_order(number: str) -> tuple[tuple[int, int, str], ...]:
    """A key that puts clause 2 before 10, and 7.2 before 7.2a."""
    return tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in _CLAUSE_PART.findall(number)
    )


_CLAUSE_PART = re.compile(r"[0-9]+|[A-Za-z]+")
