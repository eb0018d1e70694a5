"""What a table of a spreadsheet is: its columns, and what each column's cells are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from crossforce.records.reading.limits import MOST_ROWS
from crossforce.records.reading.values import Value


class Sort(StrEnum):
    """What the cells of a column are. Pounds are kept as pence; a decimal has two places at most;
    several are parted by semicolons."""

    REFERENCE = "reference"
    TEXT = "text"
    DATE = "date"
    POUNDS = "pounds"
    NUMBER = "number"
    DECIMAL = "decimal"
    CODE = "code"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field, its heading when written, other headings by which it is known.

    Of one that is needed no cell is empty; of one that is headed the heading stands at least.
    """

    field: str
    heading: str
    sort: Sort = Sort.TEXT
    others: tuple[str, ...] = ()
    is_needed: bool = False
    codes: tuple[str, ...] = ()
    may_be_negative: bool = False
    longest: int = 200
    is_headed: bool = False


Judge = Callable[[Mapping[str, Value]], tuple[str, str, str] | None]
"""From the values of a row: the field that does not fit, what is wrong, how to mend it; None if all fits."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table: its columns in the order written, one of which may be the reference that makes rows known."""

    name: str
    title: str
    columns: tuple[Column, ...]
    judge: Judge = lambda values: None
    most_rows: int = MOST_ROWS

    @property
    def reference(self) -> Column | None:
        """The column by which a row is known again; none where rows are known by what they say."""
        return next((each for each in self.columns if each.sort is Sort.REFERENCE), None)
