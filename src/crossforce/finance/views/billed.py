"""An invoice in words and tables, the same for the page and for the document."""

from datetime import datetime
from pathlib import Path
from typing import Final

from crossforce.finance.choices import TRUE_UP, InvoiceState
from crossforce.finance.queries.billing import Bill, Billed
from crossforce.finance.rules.years import FinancialYear
from crossforce.finance.views import settled, tables
from crossforce.kernel import pdf
from crossforce.kernel.web import dates
from crossforce.kernel.web.tables import Table, heads

TEMPLATE: Final = Path(__file__).resolve().parents[1] / "papers" / "invoice.typ"
SETTLED: Final = "True-up: each share is of what was spent, less what was charged before"


def title(found: Bill) -> str:
    """What it is, and its number."""
    return f"{'Credit note' if found.is_credit_note else 'Invoice'} {found.shown.row.number}"


def facts(found: Bill) -> list[tuple[str, str]]:
    """Between whom, for what, and when it is due."""
    row, named = found.shown.row, tables.names()
    return [
        ("From", named(row.creditor)),
        ("To", named(row.debtor)),
        ("Agreement", found.title),
        ("Financial year", str(FinancialYear(row.year))),
        ("Period", SETTLED if row.part == TRUE_UP else row.part),
        ("Raised on", tables.day(row.raised_on)),
        ("Due on", tables.day(found.due_on)),
    ]


def charges(found: Bill) -> Table:
    """Each charge with its budget, share and clause; tax and the sum below."""
    row, dash = found.shown.row, ["–"] * 4
    rows = [_row(each) for each in found.billed]
    rows.append(["Value added tax", *dash, tables.pounds(row.vat_pence)])
    rows.append(["Together", *dash, tables.pounds(found.shown.pence)])
    return Table(
        "What it charges",
        heads("For|By|Value added tax", "Budget of the year|Share|Amount"),
        rows,
    )


def before(found: Bill) -> Table:
    """What was invoiced for the same year before."""
    rows = [
        [
            each.row.number,
            tables.day(each.row.raised_on),
            tables.INVOICE_STATES[InvoiceState(each.row.state)][0],
            tables.pounds(each.pence),
        ]
        for each in found.before
    ]
    if rows:
        rows.append(["Together", "–", "–", tables.pounds(found.before_pence)])
    return Table("Invoiced before", heads("Number|Raised|State", "Amount"), rows)


def paper(found: Bill, marking: str, at: datetime) -> bytes:
    """The invoice as a tagged PDF."""
    row = found.shown.row
    data = {
        "marking": marking,
        "title": title(found),
        "facts": facts(found),
        "withdrawn": row.state == InvoiceState.WITHDRAWN,
        "tables": settled.plain([charges(found), before(found)]),
        "made": dates.instant(at),
    }
    return pdf.render(TEMPLATE, data, at=at)


def _row(each: Billed) -> list[str]:
    return [
        each.claim.words,
        each.why or "–",
        tables.read_out(each.claim.vat),
        tables.pounds(each.budget.pence if each.budget else None),
        each.share or "–",
        tables.pounds(each.claim.pence),
    ]
