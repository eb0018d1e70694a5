"""The double-entry journal of an agreement's year, from what was posted, charged and paid."""

from collections.abc import Iterator
from datetime import date

from crossforce.finance import models
from crossforce.finance.choices import InvoiceState, Sort
from crossforce.finance.queries.invoices import as_rules
from crossforce.finance.rules import invoices as rules
from crossforce.finance.rules import journals
from crossforce.finance.rules.journals import Entry
from crossforce.kernel import guarded, guarded_watch
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor


@guarded.acts
def journal(actor: Actor, agreement: str, year: int) -> list[Entry]:
    """Every entry of the agreement's year, by day, in the books of the policing bodies.

    Each balances in every book that it touches, or could not be made. Forecasts and commitments are
    no entries. What is read is taken out of the platform.
    """
    guarded_watch.takes_out("journal")
    kept = models.Budget.objects.filter(agreement=agreement, year=year)
    directory = organisations.directory()
    leads = {row.pk: row.lead for row in kept}
    lines = models.Line.objects.filter(agreement=agreement, year=year)
    sorts = (Sort.ACTUAL, Sort.IN_KIND, Sort.CHARGE)
    found = [
        entry
        for line in lines.filter(sort__in=sorts).order_by("on", "created_at", "pk")
        if line.budget in leads
        for entry in _of_line(line, leads[line.budget], directory)
    ]
    invoices = list(
        models.Invoice.objects.filter(agreement=agreement, year=year).order_by("number")
    )
    found += [
        journals.taxed(row.number, row.raised_on, as_rules(row))
        for row in invoices
        if row.vat_pence and row.state != InvoiceState.WITHDRAWN
    ]
    found += _paid(invoices)
    return sorted(found, key=lambda each: each.on)


def _of_line(
    line: models.Line, lead: str, directory: organisations.Directory
) -> Iterator[Entry]:
    reference, body = str(line.pk), _body(directory, line.party, line.on)
    if line.sort == Sort.ACTUAL:
        yield journals.spent(reference, line.on, body, line.pence, line.words)
    elif line.sort == Sort.IN_KIND:
        yield journals.given_in_kind(reference, line.on, {body: line.pence}, line.words)
    elif body != (creditor := _body(directory, lead, line.on)):
        claim = rules.Claim(creditor, body, line.pence, reference, line.words)
        yield journals.charged(reference, line.on, [claim], line.words)


def _paid(invoices: list[models.Invoice]) -> Iterator[Entry]:
    """One payment for all invoices that were set off together."""
    together: dict[tuple[str, date], list[models.Invoice]] = {}
    for row in invoices:
        if row.settled_on:
            together.setdefault((row.settlement, row.settled_on), []).append(row)
    for (settlement, on), rows in together.items():
        for settled in rules.set_off(as_rules(each) for each in rows):
            yield journals.paid(settlement, on, settled)


def _body(directory: organisations.Directory, force: str, on: date) -> str:
    """The policing body whose books it is; a force of which none is known stands for itself."""
    try:
        return directory.policing_body(force, on)
    except organisations.NoSuchOrganisation:
        return force
