"""What one policing body charges another at once."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from crossforce.finance.choices import INVOICE, InvoiceState
from crossforce.finance.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Invoice(GovernedRecord):
    """A charge between two bodies, a credit note where it is below nothing.

    `claims` are the charges that it settles, each with the line that it was posted by. Invoices
    that are set off against each other bear the same `settlement`.
    """

    record_kind: ClassVar[str] = INVOICE

    number = models.CharField("Number", max_length=200)
    agreement = fields.code("Agreement")
    year = fields.year()
    part = models.CharField("Period", max_length=40)
    creditor = fields.code("From")
    debtor = fields.code("To")
    pence = models.BigIntegerField("Pence before tax")
    vat_pence = models.BigIntegerField("Value added tax in pence")
    claims = fields.kept("What it charges")
    state = models.CharField(
        "State", max_length=10, choices=[(s.value, s.value) for s in InvoiceState]
    )
    raised_on = models.DateField("Raised on")
    sent_on = models.DateField("Sent on", null=True, blank=True)
    settled_on = models.DateField("Settled on", null=True, blank=True)
    settlement = models.CharField("Settled by", max_length=200, blank=True)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["scope_id", "-created_at"], name="invoice_in_scope"),
            models.Index(fields=["-created_at", "scope_id"], name="invoice_newest"),
            models.Index(fields=["agreement", "year"], name="invoice_of_year"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(fields=["scope_id", "number"], name="invoice_number_once"),
            models.CheckConstraint(
                condition=~Q(creditor=models.F("debtor")), name="invoice_between_two"
            ),
            models.CheckConstraint(
                condition=Q(state="settled", settled_on__isnull=False) & ~Q(settlement="")
                | ~Q(state="settled") & Q(settled_on__isnull=True, settlement=""),
                name="invoice_settled_by_something",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "settled"]) | Q(sent_on__isnull=False),
                name="invoice_is_sent_on_a_day",
            ),
            fields.within("pence", "invoice_is_no_larger_than_any"),
            fields.within("vat_pence", "invoice_tax_is_no_larger"),
            fields.one_of("state", InvoiceState, "invoice_stands_somewhere"),
            fields.of_a_year("invoice_is_of_a_year"),
            fields.said("number", "creditor", "debtor", constraint="invoice_says_whose_it_is"),
        ]
