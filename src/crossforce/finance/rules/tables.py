"""Lines as a finance system writes them, budgets and figures as a spreadsheet does: which columns, and what a row says."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from crossforce.finance.choices import (
    BY_HAND,
    FIRST_YEAR,
    LAST_YEAR,
    Confidence,
    Driver,
    Rhythm,
    Sort,
    Spread,
)
from crossforce.finance.rules.figures import unlike
from crossforce.records.reading import layouts
from crossforce.records.reading.layouts import Column, Layout
from crossforce.records.reading.values import Row, Value

LONGEST: Final = 120
MOST_LINES, MOST_BUDGETS, MOST_FIGURES = 20_000, 1_000, 5_000


def _is_budget(values: Any) -> tuple[str, str, str] | None:
    if not FIRST_YEAR <= values["year"] <= LAST_YEAR:
        return "year", f"{values['year']} is no year", "Write that in which it begins, as 2027."
    if not values["amount"]:
        return "amount", "a budget is of more than nothing", "Write it in pounds, as 1,234.56."
    return None


def _is_figure(values: Any) -> tuple[str, str, str] | None:
    why = unlike(Driver(values["driver"]), values.get("agreement") or "")
    return ("driver", why.rstrip("."), "Correct the column Agreement.") if why else None


LINES: Final = Layout(
    "lines",
    "Lines of a budget",
    (
        Column(
            "reference", "Reference", layouts.Sort.REFERENCE, longest=LONGEST, is_headed=True
        ),
        Column(
            "sort", "Sort", layouts.Sort.CODE, is_needed=True, codes=tuple(map(str, BY_HAND))
        ),
        Column("on", "Date", layouts.Sort.DATE, ("day",), is_needed=True),
        Column("party", "Force", layouts.Sort.CODE, ("body",), is_needed=True, longest=LONGEST),
        Column("pence", "Amount", layouts.Sort.POUNDS, is_needed=True, may_be_negative=True),
        Column("words", "Words", others=("what for",), is_needed=True),
    ),
    most_rows=MOST_LINES,
)
BUDGETS: Final = Layout(
    "budgets",
    "Budgets",
    (
        Column("agreement", "Agreement", layouts.Sort.CODE, is_needed=True, longest=LONGEST),
        Column("function", "Function", layouts.Sort.CODE, is_needed=True, longest=LONGEST),
        Column("year", "Year", layouts.Sort.NUMBER, is_needed=True),
        Column("amount", "Amount", layouts.Sort.POUNDS, is_needed=True),
        Column("rhythm", "Rhythm", layouts.Sort.CODE, codes=tuple(map(str, Rhythm))),
        Column("spread", "Spread", layouts.Sort.CODE, codes=tuple(map(str, Spread))),
        Column("lead", "Lead", layouts.Sort.CODE, longest=LONGEST),
    ),
    _is_budget,
    MOST_BUDGETS,
)

FIGURES: Final = Layout(
    "figures",
    "Figures to share by",
    (
        Column(
            "driver", "What is counted", layouts.Sort.CODE, ("what", "measure"), is_needed=True
        ),
        Column("force", "Force", layouts.Sort.CODE, ("body",), longest=LONGEST),
        Column("on", "As at", layouts.Sort.DATE, ("date", "day"), is_needed=True),
        Column("value", "Figure", layouts.Sort.DECIMAL, ("number",), is_needed=True),
        Column("source", "Source", is_needed=True, longest=300),
        Column(
            "confidence",
            "How sure",
            layouts.Sort.CODE,
            ("confidence",),
            codes=tuple(map(str, Confidence)),
        ),
        Column("agreement", "Agreement", layouts.Sort.CODE, longest=LONGEST),
        Column("note", "Note", longest=500),
    ),
    _is_figure,
    MOST_FIGURES,
)
TITLES: Final = {each.name: each.title for each in (BUDGETS, LINES, FIGURES)}
"""What each table holds, in words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One amount that a row states."""

    reference: str
    sort: Sort
    on: date
    party: str
    pence: int
    words: str


@dataclass(frozen=True, slots=True)
class Budget:
    """One budget that a row asks for."""

    agreement: str
    function: str
    year: int
    pence: int
    rhythm: Rhythm
    spread: Spread
    lead: str


def line(row: Row) -> Line:
    """The amount of a sound row."""
    of: dict[str, Any] = dict(row.values)
    return Line(
        row.reference, Sort(of["sort"]), of["on"], of["party"], of["pence"], of["words"]
    )


def budget(row: Row) -> Budget:
    """The budget of a sound row: by the quarter, alike, and with the lead of the clauses, unless it says otherwise."""
    of: dict[str, Any] = dict(row.values)
    return Budget(
        of["agreement"],
        of["function"],
        of["year"],
        of["amount"],
        Rhythm(_said(of, "rhythm") or Rhythm.QUARTER),
        Spread(_said(of, "spread") or Spread.ALIKE),
        _said(of, "lead"),
    )


def place(row: Row, field: str) -> str:
    """The cell of a field; the row, where the file has no such column."""
    return row.places.get(field) or f"Row {row.number}"


def _said(of: dict[str, Value], field: str) -> str:
    return str(of.get(field) or "")
