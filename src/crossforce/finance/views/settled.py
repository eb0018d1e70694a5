"""The settlement of a leave in words and tables, the same for the page and for the document."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Final

from django.utils.text import capfirst

from crossforce.finance.choices import ExitItem
from crossforce.finance.queries.exits import Settlement
from crossforce.finance.rules.joining import Joining
from crossforce.finance.rules.leaving import ExitLine
from crossforce.finance.rules.services import BoughtLine
from crossforce.finance.views import tables
from crossforce.kernel import pdf
from crossforce.kernel.web import dates, jinja
from crossforce.kernel.web.tables import Cell, Table, heads

TEMPLATE: Final = Path(__file__).resolve().parents[1] / "papers" / "settlement.typ"
ASIDE = "Held, and not counted"
ABOUT = {
    ASIDE: "The agreement itself states the sum for items of these sorts, so that they are not counted a second time."
}
ISO: Final = re.compile(r"\b\d{4}-\d\d-\d\d\b")
NUMBERS = "In all|Of that|Its part"


def items(found: Settlement) -> Table:
    """What is counted, item by item, and the sum."""
    price = found.price
    rows = [_row(line, _words(found, line)) for line in price.lines]
    whole = sum(each.total_pence for each in price.lines)
    rows.append(["Together", "–", tables.pounds(whole), "–", tables.pounds(price.pence)])
    return Table("Item by item", heads("Item|What", NUMBERS), rows)


def set_aside(found: Settlement) -> Table:
    """What is held and not counted, since the agreement itself states the sum of its sort."""
    rows = [_row(line, line.words) for line in found.price.set_aside]
    return Table(ASIDE, heads("Item|What", NUMBERS), rows)


def assumed(found: Settlement) -> list[str]:
    """Why some of the items are not certain, each reason once."""
    return list(_once(line.assumed for line in found.price.lines if line.assumed))


def fallback(found: Settlement) -> Table:
    """What the force would pay if it bought the service."""
    rows = [
        [
            _bought(line),
            str(each.months),
            tables.pounds(line.pence),
            tables.pounds(each.instead_of_pence),
            tables.pounds(each.dearer_by),
        ]
        for each in found.fallbacks
        for line in each.lines
    ]
    numbers = "Months|Bought|Taking part would cost|Dearer by"
    return Table("If the service were bought instead", heads("Service", numbers), rows)


def why(found: Settlement) -> str:
    """The clause by which it is settled, as it is headed."""
    cited = found.price.why
    if cited.clause is None:
        return cited.words
    heading = f" ({cited.heading.en})" if cited.heading else ""
    return f"By clause {cited.clause}{heading} of {found.title}"


def duties(found: Settlement) -> list[str]:
    """What remains to be done by and after the last day."""
    leave = found.price.leave
    told = []
    if leave.handover:
        what = ", ".join(tables.read_out(each).lower() for each in leave.handover)
        told.append(f"By {dates.day(leave.last_day)}: hand over {what}")
    if leave.winding_up_until > leave.leaves_on:
        told.append(f"Until {_last(leave.winding_up_until)}: winding up")
    if leave.residual_duties:
        until = _last(leave.residual_until)
        told += [f"Until {until}: {jinja.in_language(each)}" for each in leave.residual_duties]
    return told


def _last(end: date) -> str:
    """The last day before a period ends."""
    return dates.day(end - timedelta(days=1))


def _row(line: ExitLine, words: str) -> list[str]:
    return [
        tables.read_out(line.item.value),
        words,
        tables.pounds(line.total_pence),
        _share(line),
        tables.pounds(line.pence),
    ]


def _words(found: Settlement, line: ExitLine) -> str:
    if line.code == line.item.value and line.words.startswith(f"{line.code}: "):
        clause = found.price.why.clause
        told = f"The sum that {f'clause {clause}' if clause else 'the agreement'} states"
    elif line.item is ExitItem.NOTICE:
        told = capfirst(dated(line.words))
    else:
        told = line.words
    return f"{told} (assumed)" if line.assumed else told


def dated(text: str) -> str:
    """The text with its days as they are read."""
    return ISO.sub(_in_words, text)


def _in_words(found: re.Match[str]) -> str:
    return dates.day(date.fromisoformat(found[0]))


def _share(line: ExitLine) -> str:
    if not line.total_pence:
        return "–"
    return f"{float(Fraction(line.pence, line.total_pence)):.2%}"


def _once(words: Iterable[str]) -> Iterator[str]:
    yield from dict.fromkeys(words)


def _bought(line: BoughtLine) -> str:
    at = f"{line.units:,} units at {tables.pounds(line.tariff.pence)}"
    return f"{tables.function(line.tariff.service)}: {at} ({line.tariff.why})"


def paper(found: Settlement, marking: str, on: date, at: datetime) -> bytes:
    """The settlement as a tagged PDF, if notice is given on that day."""
    last_day = dates.day(found.price.leave.last_day)
    data = {
        "marking": marking,
        "title": f"Settlement: {tables.names()(found.force)} leaves {found.title}",
        "lead": f"If notice is given on {dates.day(on)}, the last day is {last_day}.",
        "why": why(found),
        "assumed": assumed(found),
        "total": tables.pounds(abs(found.price.pence)),
        "owed": found.price.pence < 0,
        "made": dates.instant(at),
        "tables": plain([items(found), set_aside(found), fallback(found)]),
        "unknown": list(found.price.unknown),
        "duties": duties(found),
    }
    return pdf.render(TEMPLATE, data, at=at)


def plain(found: Sequence[Table]) -> list[dict[str, object]]:
    """Tables as the document takes them."""
    return [
        {
            "caption": table.caption,
            "about": ABOUT.get(table.caption, ""),
            "heads": [each.title for each in table.heads],
            "numbers": [each.is_number for each in table.heads],
            "rows": [[str(cell) for cell in row] for row in table.rows],
        }
        for table in found
    ]


def joining(found: Iterable[Joining]) -> Table | None:
    """What each pays on the days on which somebody joins; none where nobody does."""
    named = tables.names()
    rows: list[list[Cell | str]] = [
        [
            tables.day(each.on),
            named(force),
            "Joins" if force in each.joiners else "–",
            dated(each.untold) or "–",
            tables.pounds(each.pence.get(force)),
        ]
        for each in found
        for force in each.pence or each.joiners
    ]
    return (
        Table("What is paid to buy in", heads("Day|Force|Who joins|Not told", "Pays"), rows)
        if rows
        else None
    )
