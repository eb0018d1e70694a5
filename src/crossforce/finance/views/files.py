"""What leaves as a file: which columns, the same by the page and by the command line."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from crossforce.finance.queries.years import Trued
from crossforce.finance.rules import exports
from crossforce.finance.rules.journals import Entry
from crossforce.finance.rules.years import FinancialYear
from crossforce.finance.views.tables import column
from crossforce.kernel.web import downloads
from crossforce.kernel.web.lists import Column
from crossforce.people.api import Actor
from crossforce.records import api as records


def _of(name: str) -> Callable[[Any], Any]:
    return lambda each: getattr(each.row, name)


def _columns(names: dict[str, str]) -> list[Column]:
    """Under each title what the row says."""
    return [column(title, _of(name)) for title, name in names.items()]


def _year(of: Any) -> str:
    return str(FinancialYear(of.row.year))


BUDGETS: Final = [
    *_columns({"Budget": "title", "Agreement": "agreement", "Function": "function"}),
    column("Year", _year),
    column("State", _of("state")),
    column("Pence", _of("pence")),
    column("Spends for all", _of("lead")),
    column("Held by", lambda each: each.holder),
    column("Decision", _of("decision")),
]
LINES: Final = _columns(
    {
        "Reference": "source_reference", "Sort": "sort", "Date": "on", "Force": "party",
        "Pence": "pence", "Words": "words", "Line": "pk", "Takes back": "takes_back",
    }
)  # fmt: skip
INVOICES: Final = [
    *_columns(
        {
            "Number": "number", "Agreement": "agreement", "Year": "year", "Period": "part",
            "From": "creditor", "To": "debtor", "State": "state", "Raised on": "raised_on",
            "Sent on": "sent_on", "Settled on": "settled_on", "Settled by": "settlement",
            "Net pence": "pence", "Tax in pence": "vat_pence",
        }
    ),
    column("Pence", lambda each: each.pence),
]  # fmt: skip
FIGURES: Final = [
    *_columns(
        {"What is counted": "driver", "Force": "force", "As at": "on", "Figure": "value"}
    ),
    *_columns({"Source": "source", "How sure": "confidence", "Agreement": "agreement"}),
    column("Note", _of("note")),
    column("Held by", lambda each: each.holder),
    column("Counts", lambda each: "no" if each.why_not else "yes"),
    column("Why not", lambda each: each.why_not),
    column("Reference files", lambda each: each.beside.value if each.beside else ""),
    column("Reference files as at", lambda each: each.beside.on if each.beside else ""),
]
TRUE_UPS: Final = [
    column("Agreement", lambda row: row[0].row.agreement),
    column("Function", lambda row: row[0].row.function),
    column("Year", lambda row: _year(row[0])),
    column("State", lambda row: row[0].row.state),
    column("Force", lambda row: row[1].party),
    column("Share in pence", lambda row: row[1].gross),
    column("In kind in pence", lambda row: row[1].in_kind),
    column("To pay in pence", lambda row: row[1].due),
    column("Borne in pence", lambda row: row[1].paid),
    column("Still owed in pence", lambda row: row[1].balance),
]
JOURNAL: Final = [
    column(title, lambda row, n=n: row[n]) for n, title in enumerate(exports.JOURNAL)
]
IMPORTS: Final = [
    *_columns({"File": "file_name", "What it holds": "layout", "Budget": "budget"}),
    column("Sent at", lambda each: each.at.isoformat()),
    column("By", lambda each: each.by),
    column("Held by", lambda each: each.holder),
    column("State", _of("state")),
    column("New", lambda each: each.counts.get("new", 0)),
    column("Corrected", lambda each: each.counts.get("changed", 0)),
    column("As it was", lambda each: each.counts.get("unchanged", 0)),
    column("Faults", lambda each: each.counts.get("faults", 0)),
    column("SHA-256 of the file", _of("file_sha256")),
]
BROUGHT_IN: Final = "finance-files-brought-in"


def owed(found: Iterable[Trued]) -> list[Any]:
    """A row for each party of a budget; nothing that would be summed of a part of the lines."""
    return [(each, line) for each in found if each.is_whole for line in each.answer.lines]


def entered(found: Iterable[Entry]) -> list[Any]:
    """A row for each line of an entry."""
    return list(exports.journal(found))


def write(
    actor: Actor, to: Path, columns: Sequence[Column], ask: Callable[[], Iterable[Any]]
) -> None:
    """The file as the page would send it; one that is there stays."""
    out = records.marked_table(actor, to.stem, columns, ask)
    downloads.write(to, out.columns, out.rows)
