"""Tables for finance systems: what a journal, a schedule of instalments and invoices look like."""

from collections.abc import Iterable

from crossforce.finance.rules.invoices import Invoice
from crossforce.finance.rules.journals import Entry
from crossforce.finance.rules.sharing import Instalment

Row = tuple[str | int, ...]

JOURNAL = (
    "reference", "date", "organisation", "account", "counterparty", "debit", "credit", "words",
)  # fmt: skip
INSTALMENTS = (
    "function", "organisation", "part", "from", "until", "gross pence", "in kind pence",
    "due pence",
)  # fmt: skip
INVOICES = (
    "creditor", "debtor", "reference", "words", "vat", "net pence", "invoice vat pence",
    "invoice pence",
)  # fmt: skip


def journal(entries: Iterable[Entry]) -> Iterable[Row]:
    """One row a line, in pounds, with debits and credits in columns of their own that sum alike."""
    for entry in entries:
        for each in entry.postings:
            debit, credit = max(each.pence, 0), max(-each.pence, 0)
            yield (
                entry.reference,
                entry.on.isoformat(),
                each.party,
                each.account.value,
                each.other,
                _pounds(debit) if debit else "",
                _pounds(credit) if credit else "",
                entry.words,
            )


def schedule(instalments: Iterable[Instalment]) -> Iterable[Row]:
    """One row for what a party pays of a function in a part of the year; `until` is the last day's
    morrow."""
    for each in instalments:
        yield (
            each.function,
            each.party,
            each.part.label,
            each.part.starts_on.isoformat(),
            each.part.ends_on.isoformat(),
            each.gross,
            each.in_kind,
            each.due,
        )


def invoiced(invoices: Iterable[Invoice]) -> Iterable[Row]:
    """One row for each thing charged; the invoice's tax and total stand on its first row only, so
    that the columns can be summed."""
    for invoice in invoices:
        for n, claim in enumerate(invoice.claims):
            whole = (invoice.vat_pence, invoice.pence) if n == 0 else (0, 0)
            yield (
                claim.creditor,
                claim.debtor,
                claim.reference,
                claim.words,
                claim.vat.value,
                claim.pence,
                *whole,
            )


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02d}"
