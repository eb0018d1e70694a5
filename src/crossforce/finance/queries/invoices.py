"""Invoices between policing bodies."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from crossforce.finance import models
from crossforce.finance.choices import INVOICE, InvoiceState
from crossforce.finance.queries import budgets
from crossforce.finance.queries.listing import Listing
from crossforce.finance.rules import invoices as rules
from crossforce.finance.rules import keeping
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.people.api import Actor
from crossforce.records import api as records

ASKED: Final = "SELECT DISTINCT agreement, year FROM finance_invoice"
ORDER: Final = ("-raised_on", "number", "pk")


class NoSuchInvoice(Missing):
    """There is no such invoice, or none that you may know of."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which invoices are asked for; empty means all. `body` is either side."""

    agreement: str = ""
    year: int | None = None
    state: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """An invoice and what it charges."""

    row: models.Invoice
    claims: tuple[rules.Claim, ...]
    may_edit: bool

    @property
    def pence(self) -> int:
        """With value added tax."""
        return self.row.pence + self.row.vat_pence


@guarded.acts
def one(actor: Actor, invoice: UUID) -> Shown:
    """One invoice. Raises NoSuchInvoice."""
    return _shown(row_of(invoice), records.allowed(INVOICE, "edit"))


@guarded.acts
def asked_of(actor: Actor) -> tuple[list[str], list[int]]:
    """The agreements and the years of which the actor may read invoices."""
    found = records.cursor(models.Invoice).figures(ASKED, planning={})
    return sorted({each for each, _ in found}), sorted({year for _, year in found})


@guarded.acts
def may_settle(actor: Actor) -> bool:
    """Whether some invoice was sent that the actor may settle."""
    mine = records.allowed_among(INVOICE, "edit")
    sent = models.Invoice.objects.within_reach().filter(mine, state=InvoiceState.SENT)
    return bool(sent.exists())


@guarded.acts
def of_budget(actor: Actor, budget: UUID) -> list[Shown]:
    """The invoices by which something of this budget was charged, instalments and true-up, without
    those withdrawn. Raises NoSuchBudget.
    """
    row = budgets.row_of(budget)
    rows = _invoices(Wanted(row.agreement, row.year)).exclude(state=InvoiceState.WITHDRAWN)
    found = _listed(rows.order_by(*ORDER))
    keys = {UUID(claim.reference) for each in found for claim in each.claims}
    of_it = models.Line.objects.filter(pk__in=keys, budget=row.pk)
    own = {str(key) for key, _ in of_it.values_list("pk", "scope_id")}
    return [each for each in found if any(claim.reference in own for claim in each.claims)]


def row_of(invoice: UUID) -> models.Invoice:
    """The invoice, while somebody acts. Raises NoSuchInvoice."""
    row: models.Invoice | None = models.Invoice.objects.filter(pk=invoice).first()
    if row is None:
        raise NoSuchInvoice
    return row


def as_rules(row: models.Invoice) -> rules.Invoice:
    """The invoice as the rules know it."""
    claims = keeping.claims_kept(row.claims)
    return rules.Invoice(row.creditor, row.debtor, claims, row.vat_pence)


def _invoices(wanted: Wanted) -> Any:
    rows = models.Invoice.objects.within_reach()
    given = {"agreement": wanted.agreement, "year": wanted.year, "state": wanted.state}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    if wanted.body:
        rows = rows.filter(Q(creditor=wanted.body) | Q(debtor=wanted.body))
    return rows


def _listed(rows: Iterable[models.Invoice]) -> list[Shown]:
    may = records.allowed(INVOICE, "edit")
    return [_shown(each, may) for each in rows]


def _shown(row: models.Invoice, may: Callable[[Any], bool]) -> Shown:
    return Shown(row, keeping.claims_kept(row.claims), may(row))


LIST: Final = Listing("invoices", ORDER, _invoices, _listed)
"""The latest first."""
invoices, page, taken_out = LIST.whole, LIST.page, LIST.taken_out
