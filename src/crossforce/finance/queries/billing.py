"""An invoice as it is sent: what each charge is of, by which clause, what was invoiced before, when it is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from crossforce.finance import models
from crossforce.finance.choices import InvoiceState
from crossforce.finance.queries import agreed, invoices
from crossforce.finance.queries.invoices import Shown, Wanted
from crossforce.finance.rules import keeping
from crossforce.finance.rules.invoices import Claim
from crossforce.kernel import guarded, guarded_watch, rulepacks
from crossforce.kernel.money import in_parts
from crossforce.people.api import Actor

PACK: Final = "finance-practice"
DAYS_TO_PAY: Final = "invoice.days-to-pay"


@dataclass(frozen=True, slots=True)
class Billed:
    """One charge: the budget that it is of, whose share, how large, and the clause in words.

    Of a budget that one may not read only the charge itself is told.
    """

    claim: Claim
    budget: models.Budget | None = None
    force: str = ""
    share: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice whole. `before` are the invoices of the same bodies for that agreement's year that were
    raised before it and stand, as far as they may be read."""

    shown: Shown
    title: str
    billed: tuple[Billed, ...]
    before: tuple[Shown, ...]
    due_on: date

    @property
    def before_pence(self) -> int:
        """What was invoiced before, together."""
        return sum(each.pence for each in self.before)

    @property
    def is_credit_note(self) -> bool:
        """Whether more is given back than is charged."""
        return self.shown.pence < 0


@guarded.acts
def bill(actor: Actor, invoice: UUID) -> Bill:
    """The invoice as it is sent. Raises NoSuchInvoice."""
    return _bill(actor, invoice)


@guarded.acts
def taken_out(actor: Actor, invoice: UUID) -> Bill:
    """The same, to leave the platform as a document. Raises NoSuchInvoice."""
    guarded_watch.takes_out("invoice")
    return _bill(actor, invoice)


def _bill(actor: Actor, invoice: UUID) -> Bill:
    shown = invoices.one(actor, invoice)
    row = shown.row
    keys = [UUID(each.reference) for each in shown.claims]
    lines = {str(each.pk): each for each in models.Line.objects.filter(pk__in=keys)}
    of = {each.budget for each in lines.values()}
    budgets = {each.pk: each for each in models.Budget.objects.filter(pk__in=of)}
    days = rulepacks.load(PACK).value(DAYS_TO_PAY, row.raised_on)
    return Bill(
        shown,
        agreed.title(actor, row.agreement),
        tuple(_billed(each, lines, budgets) for each in shown.claims),
        tuple(_before(actor, row)),
        row.raised_on + timedelta(days=days),
    )


def _before(actor: Actor, row: models.Invoice) -> list[Shown]:
    found = invoices.invoices(actor, Wanted(row.agreement, row.year, body=row.debtor))
    return [
        each
        for each in reversed(found)
        if (each.row.creditor, each.row.debtor) == (row.creditor, row.debtor)
        and each.row.state != InvoiceState.WITHDRAWN
        and (each.row.created_at, each.row.pk) < (row.created_at, row.pk)
    ]


def _billed(
    claim: Claim, lines: Mapping[str, models.Line], budgets: Mapping[UUID, models.Budget]
) -> Billed:
    line = lines.get(claim.reference)
    budget = budgets.get(line.budget) if line else None
    if line is None or budget is None:
        return Billed(claim)
    stretches = keeping.standing_kept(budget.standing)
    holding = [each for each in stretches if each.starts_on <= line.on < each.ends_on]
    stretch = (holding or stretches)[-1]
    share = in_parts(stretch.shares).get(line.party, "")
    return Billed(claim, budget, line.party, share, str(stretch.why or ""))
