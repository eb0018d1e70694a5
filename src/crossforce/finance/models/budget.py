"""What a function of a collaboration may cost in a financial year."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from crossforce.finance.choices import BUDGET, Rhythm, Spread, State
from crossforce.finance.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Budget(GovernedRecord):
    """One shared cost of an agreement in one year: the functions that a clause shares together.

    From the day it opens it keeps the driver figures and the shares by which it was agreed, so that
    the same parts come out whenever they are asked for; `decision` says by what it was opened.
    """

    record_kind: ClassVar[str] = BUDGET

    agreement = fields.code("Agreement")
    function = fields.code("Function")
    year = fields.year()
    title = models.CharField("Title", max_length=200)
    pence = models.BigIntegerField("Cost in pence")
    rhythm = models.CharField(
        "Paid by", max_length=10, choices=[(each.value, each.value) for each in Rhythm]
    )
    spread = models.CharField(
        "Spread", max_length=10, choices=[(each.value, each.value) for each in Spread]
    )
    lead = fields.code("Force that spends for all")
    state = models.CharField(
        "State", max_length=10, choices=[(each.value, each.value) for each in State]
    )
    decision = models.CharField("Decision", max_length=200, blank=True)
    in_kind = fields.kept("Given in kind")
    standing = fields.kept("Shares, frozen")
    figures = fields.kept("Figures, frozen")

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["scope_id", "-created_at"], name="budget_in_scope"),
            models.Index(fields=["-created_at", "scope_id"], name="budget_newest"),
            models.Index(fields=["year", "agreement"], name="budget_of_year"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "agreement", "function", "year"], name="budget_once_a_year"
            ),
            models.CheckConstraint(condition=Q(pence__gte=0), name="budget_is_not_negative"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "proposed"])
                | ~Q(decision="") & ~Q(standing="") & ~Q(figures=""),
                name="budget_opens_by_decision",
            ),
            fields.within("pence", "budget_is_no_larger_than_any", least=0),
            fields.one_of("state", State, "budget_stands_somewhere"),
            fields.one_of("rhythm", Rhythm, "budget_is_paid_by_some_rhythm"),
            fields.one_of("spread", Spread, "budget_is_spread_somehow"),
            fields.of_a_year("budget_is_of_a_year"),
            fields.said("agreement", "function", "lead", constraint="budget_says_whose_it_is"),
        ]
