"""One amount of a budget: spent, foreseen, promised, given in kind or charged."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from crossforce.finance.choices import LINE, Sort
from crossforce.finance.models import fields
from crossforce.records.governed import GovernedRecord, with_history

WRITTEN = [
    "budget", "agreement", "function", "year", "sort", "on", "pence", "party", "words", "takes_back",
    "source_system", "source_reference",
]  # fmt: skip


@with_history
class Line(GovernedRecord):
    """What happened or is foreseen on a day, in pence, by or for a force.

    It is never changed: the database refuses it. What is wrong is taken back by another line of
    the same amount with the other sign. A line from elsewhere is known by system and reference.
    """

    record_kind: ClassVar[str] = LINE

    budget = models.UUIDField("Budget")
    agreement = fields.code("Agreement")
    function = fields.code("Function")
    year = fields.year()
    sort = models.CharField("Sort", max_length=12, choices=[(s.value, s.value) for s in Sort])
    on = models.DateField("Day")
    pence = models.BigIntegerField("Pence")
    party = fields.code("Force")
    words = models.CharField("What for", max_length=200)
    takes_back = models.UUIDField("Takes back", null=True, blank=True)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["scope_id", "-created_at"], name="line_in_scope"),
            models.Index(fields=["-created_at", "scope_id"], name="line_newest"),
            models.Index(fields=["budget", "sort", "on"], name="line_of_budget"),
            models.Index(fields=["agreement", "year"], name="line_of_year"),
            models.Index(
                fields=["year", "sort"],
                include=["scope_id", "id", "pence"],
                name="line_in_totals",
            ),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(condition=~Q(pence=0), name="line_says_an_amount"),
            models.UniqueConstraint(
                fields=["scope_id", "source_system", "source_reference"],
                condition=~Q(source_reference=""),
                name="line_comes_once",
            ),
            models.UniqueConstraint(
                fields=["scope_id", "takes_back"],
                condition=Q(takes_back__isnull=False),
                name="line_is_taken_back_once",
            ),
            fields.within("pence", "line_is_no_larger_than_any"),
            fields.one_of("sort", Sort, "line_is_of_a_sort"),
            fields.of_a_year("line_is_of_a_year"),
            fields.said("party", "words", constraint="line_says_whose_and_what_for"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.ReadOnly(name="line_written_once", fields=WRITTEN)
        ]
