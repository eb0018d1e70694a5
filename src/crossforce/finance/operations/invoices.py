"""Invoices between policing bodies: sent, withdrawn, and settled by what is left to pay."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from crossforce.access import api as access
from crossforce.finance import models
from crossforce.finance.choices import BUDGET, INVOICE, InvoiceState
from crossforce.finance.operations import posting
from crossforce.finance.queries import budgets, invoices
from crossforce.finance.rules import invoices as rules
from crossforce.finance.rules import keeping
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood, Refused
from crossforce.people.api import Actor
from crossforce.records import api as records


class NotSo(Conflict):
    """That cannot be done with an invoice that stands so; the message says how it stands."""


class NotAllThere(Refused):
    """Not every charge of this invoice is open to you; the message says how many are not."""


class NotBetweenTwo(NotUnderstood):
    """Set off invoices between the same two bodies, one invoice at least."""


class TwoAgreements(NotUnderstood):
    """What one agreement charges is not set off against another; the message says which they are."""


class NotThen(NotUnderstood):
    """It was not paid on that day; the message says which days there are."""


@guarded.acts
def send_invoice(*, actor: Actor, invoice: UUID, version: int, at: datetime) -> None:
    """Note that an invoice went to its debtor. Raises NoSuchInvoice, NotSo."""
    row = _in_state(invoice, InvoiceState.RAISED, "Only an invoice that is raised is sent.")
    given = {"state": InvoiceState.SENT.value, "sent_on": civil.day_of(at)}
    records.edit(actor=actor, kind=INVOICE, record=row.pk, version=version, given=given, at=at)


@guarded.acts
def withdraw_invoice(
    *, actor: Actor, invoice: UUID, version: int, words: str, at: datetime
) -> None:
    """Withdraw an invoice that was not sent: its charges are taken back, so that they can be raised anew.

    Raises NoSuchInvoice, NotSo, NotAllThere, MayNotPost, Refused.
    """
    row = _in_state(invoice, InvoiceState.RAISED, "Only an invoice not sent yet is withdrawn.")
    if not words.strip():
        raise NotUnderstood("Say why the invoice is withdrawn.")
    for budget, lines in sorted(_charges(row).items()):
        access.require(BUDGET, budget, "edit")
        held = budgets.row_of(budget, is_locked=True)
        posting.reverse(actor, held, lines, words, at)
    given = {"state": InvoiceState.WITHDRAWN.value}
    records.edit(actor=actor, kind=INVOICE, record=row.pk, version=version, given=given, at=at)


@guarded.acts
def settle_invoices(
    *, actor: Actor, chosen: Sequence[UUID], on: date, reference: str, at: datetime
) -> rules.Settled:
    """Set invoices between two bodies off against each other; what is left is paid on the day.

    `reference` is the payment's. Raises NoSuchInvoice, NotSo, NotBetweenTwo, TwoAgreements, NotThen.
    """
    rows = [
        _in_state(each, InvoiceState.SENT, "Only an invoice that was sent is settled.")
        for each in dict.fromkeys(chosen)
    ]
    settled = rules.set_off(invoices.as_rules(each) for each in rows)
    if len(settled) != 1:
        raise NotBetweenTwo
    (between,) = settled
    _require_one_agreement(rows)
    _require_day(rows, on, civil.day_of(at))
    if not reference.strip():
        raise NotUnderstood("Give the reference of the payment, or of the note that sets off.")
    given = {
        "state": InvoiceState.SETTLED.value,
        "settled_on": on,
        "settlement": reference.strip(),
    }
    for row in rows:
        records.edit(
            actor=actor, kind=INVOICE, record=row.pk, version=row.version, given=given, at=at
        )
    return between


def _require_one_agreement(rows: Sequence[models.Invoice]) -> None:
    named = sorted({each.agreement for each in rows})
    if len(named) > 1:
        raise TwoAgreements(
            f"These are of {' and '.join(named)}. Settle what each agreement charges by itself: one"
            " payment may be the reference of both."
        )


def _require_day(rows: Sequence[models.Invoice], on: date, today: date) -> None:
    """Paid is what is paid: not in days to come, nor before the year or the invoice it is paid for."""
    first = max(min(each.raised_on, date(each.year, 4, 1)) for each in rows)
    if not first <= on <= today:
        raise NotThen(
            f"Give the day on which it was paid: from {first:%-d %B %Y} to {today:%-d %B %Y}."
        )


def _charges(row: models.Invoice) -> dict[UUID, list[models.Line]]:
    """The lines that an invoice charges, by their budget: all of them, or it is refused."""
    keys = {UUID(each.reference) for each in keeping.claims_kept(row.claims)}
    found: dict[UUID, list[models.Line]] = {}
    for line in models.Line.objects.filter(pk__in=keys):
        found.setdefault(line.budget, []).append(line)
        keys.discard(line.pk)
    if keys:
        raise NotAllThere(
            f"{len(keys)} of the charges of {row.number} are not open to you, so it cannot be"
            " withdrawn as a whole. Ask its keeper for reading the lines of its budgets."
        )
    return found


def _in_state(invoice: UUID, state: InvoiceState, words: str) -> models.Invoice:
    row = invoices.row_of(invoice)
    if row.state != state:
        raise NotSo(f"{words} {row.number} is {row.state}.")
    return row
