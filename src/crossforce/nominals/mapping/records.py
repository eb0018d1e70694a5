"""What comes out of a source: records in canonical form, and rows that were refused with their reasons."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from crossforce.records.mapping.findings import Wrong


class TieSaid(NamedTuple):
    """A tie that a row makes: by reference, since what stands behind it is not looked up yet."""

    one: str
    one_kind: str
    other: str
    other_kind: str
    role: str
    since: str = ""
    until: str = ""


class Record(NamedTuple):
    """One record. `values` are the fields of its kind beside those that all have; `statements` are JSON, as they are kept."""

    row: int
    reference: str
    is_deleted: bool = False
    number: str = ""
    team: str = ""
    recorded_on: date | None = None
    values: Mapping[str, Any] = {}
    statements: str = "[]"
    ties: Sequence[TieSaid] = ()


class Reason(NamedTuple):
    """Why a row was refused: by which rule, in which column, and what would mend it."""

    rule: str
    column: str
    message: str
    remedy: str

    @classmethod
    def of(cls, wrong: Wrong) -> "Reason":
        """The reason that this is."""
        return cls(wrong.rule, wrong.column, wrong.message, wrong.remedy)


class Refused(NamedTuple):
    """A row of which nothing is kept but the row itself, until somebody mends it."""

    row: int
    reasons: tuple[Reason, ...]
    reference: str = ""
    team: str = ""


class Tally(NamedTuple):
    """How often each rule refused a row, and of which team."""

    rule: str
    team: str
    rows: int
