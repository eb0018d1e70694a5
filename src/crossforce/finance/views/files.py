"""What leaves as a file: which columns, the same by the page and by the command line."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.http.response import HttpResponseBase

from crossforce.finance.queries import exits, items
from crossforce.finance.queries.exits import PriceTold
from crossforce.finance.queries.years import Trued
from crossforce.finance.rules import exports
from crossforce.finance.rules.journals import Entry
from crossforce.finance.rules.leaving import ExitLine
from crossforce.finance.rules.years import FinancialYear
from crossforce.kernel.web import downloads
from crossforce.kernel.web.lists import Column, column
from crossforce.people.api import Actor
from crossforce.records import api as records


class Part(NamedTuple):
    """A part of a price of leaving, or why there is none."""

    force: str
    line: ExitLine | None = None
    why_not: str = ""
    not_counted: str = ""


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
    column("Why not", lambda each: each.why_not or each.unused),
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
JOURNAL: Final = [column(title, itemgetter(n)) for n, title in enumerate(exports.JOURNAL)]
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
PRICES: Final = [
    column("Force", lambda each: each.force),
    column("Last day", lambda each: each.price and each.price.leave.last_day),
    column("Pence", lambda each: each.price and each.price.pence),
    column("Why not told", lambda each: each.why_not),
    column("Not counted", lambda each: "; ".join(each.price.unknown) if each.price else ""),
    column("Kept in pence", lambda each: each.kept and each.kept.row.pence),
    column("Kept since", lambda each: each.kept and each.kept.row.changed_at),
    column("Kept by", lambda each: each.kept and each.kept.holder),
]
PARTS: Final = [
    column("Force", lambda each: each.force),
    column("Item", lambda each: each.line and each.line.item.value),
    column("Code", lambda each: each.line and each.line.code),
    column("Words", lambda each: each.line and each.line.words),
    column("In all in pence", lambda each: each.line and each.line.total_pence),
    column("Pence", lambda each: each.line and each.line.pence),
    column("Assumed", lambda each: each.line and each.line.assumed),
    column("Why not told", lambda each: each.why_not),
    column("Not counted", lambda each: each.not_counted),
]
ITEMS: Final = _columns(
    {
        "Sort": "sort", "Code": "code", "Words": "words", "Pence": "pence", "From": "starts_on",
        "Until before": "ends_on", "To break it in pence": "break_pence", "Years of life": "life_years",
        "Borne by": "share", "Item": "pk",
    }
)  # fmt: skip
BROUGHT_IN: Final = "finance-files-brought-in"


def owed(found: Iterable[Trued]) -> list[Any]:
    """A row for each party of a budget; nothing that would be summed of a part of the lines."""
    return [(each, line) for each in found if each.is_whole for line in each.answer.lines]


def in_parts(found: Iterable[PriceTold]) -> list[Part]:
    """A row for each part of each price, for each cost that could not be counted, and for each force of which none can be told."""
    rows: list[Part] = []
    for each in found:
        price = each.price
        rows += [Part(each.force, line) for line in price.lines] if price else []
        rows += [Part(each.force, not_counted=why) for why in price.unknown] if price else []
        rows += [] if price else [Part(each.force, why_not=each.why_not)]
    return rows


def entered(found: Iterable[Entry]) -> list[Any]:
    """A row for each line of an entry."""
    return list(exports.journal(found))


def prices(
    actor: Actor, agreement: str, on: date, at: datetime, *, by_part: bool
) -> HttpResponseBase:
    """The prices of leaving, or part by part what each is made of, as the answer of a page."""
    ask = partial(exits.prices_taken_out, actor, agreement, on, at)
    if by_part:
        name = f"parts-of-leaving-{agreement}-{on}"
        return records.marked_file(actor, name, PARTS, lambda: in_parts(ask()))
    return records.marked_file(actor, f"prices-of-leaving-{agreement}-{on}", PRICES, ask)


def held(actor: Actor, agreement: str) -> HttpResponseBase:
    """What is held together, as the answer of a page."""
    ask = partial(items.taken_out, actor, agreement)
    return records.marked_file(actor, f"held-together-{agreement}", ITEMS, ask)


def write(
    actor: Actor, to: Path, columns: Sequence[Column], ask: Callable[[], Iterable[Any]]
) -> None:
    """The file as the page would send it; one that is there stays."""
    out = records.marked_table(actor, to.stem, columns, ask)
    downloads.write(to, out.columns, out.rows)
