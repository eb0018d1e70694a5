"""Public performance reports: as an office keeps them, and as everybody reads them."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, ClassVar

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from crossforce.kernel import ids
from crossforce.programme.choices import REPORT, ReportState
from crossforce.programme.models import fields
from crossforce.records.governed import GovernedRecord, with_history

FROZEN = (
    "code", "number", "title", "title_cy", "agreement", "region", "year", "introduction",
    "introduction_cy", "ahead", "ahead_cy", "caveat", "caveat_cy", "drawn_on", "figures", "rests_on",
    "published_on", "published_by", "decision", "reason",
)  # fmt: skip
"""What of a version that was published no longer changes: the database refuses it."""

LONGEST_KEPT = 1_000_000
LONGEST = 5_000


def kept(label: str) -> "models.TextField[str, str]":
    """What is kept as JSON and read by `rules.report_contents`."""
    return models.TextField(label, max_length=LONGEST_KEPT, blank=True)


def welsh(label: str) -> "models.TextField[str, str]":
    """The same in Welsh, where somebody has written it."""
    return models.TextField(f"{label}, in Welsh", max_length=LONGEST, blank=True)


def changed(names: Iterable[str]) -> Any:
    """Whether an update changes any of these."""
    each = (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in names)
    return reduce(or_, each)


@with_history
class PerformanceReport(GovernedRecord):
    """One version of a report about an agreement, or about a region.

    `figures` is what was drawn from records on a day, `rests_on` names those records and `left` the
    ones that were left out. `published_by` is an office.
    """

    record_kind: ClassVar[str] = REPORT

    code = models.SlugField(
        "Code",
        max_length=80,
        help_text="Small letters, figures and hyphens: a part of its address.",
    )
    number = models.PositiveSmallIntegerField("Version", validators=[MinValueValidator(1)])
    title = fields.title()
    title_cy = models.CharField("Title, in Welsh", max_length=200, blank=True)
    agreement = fields.code("Agreement", blank=True)
    region = fields.code("Region", blank=True)
    year = models.PositiveSmallIntegerField(
        "Financial year",
        validators=[MinValueValidator(1974), MaxValueValidator(2198)],
        help_text="The calendar year that it begins in.",
    )
    introduction = fields.words("What it is for")
    introduction_cy = welsh("What it is for")
    ahead = fields.words("What comes next")
    ahead_cy = welsh("What comes next")
    caveat = fields.words("About these figures")
    caveat_cy = welsh("About these figures")
    state = fields.one_of("State", ReportState)
    drawn_on = fields.day("Drawn on")
    figures = kept("Figures")
    rests_on = kept("Records that it rests on")
    left = kept("Records left out")
    published_on = fields.day("Published on")
    published_by = models.CharField("Published by", max_length=200, blank=True)
    decision = models.CharField("Decision", max_length=400, blank=True)
    reason = fields.words("Why it was published")
    withdrawn_on = fields.day("Withdrawn on")
    withdrawn_why = fields.words("Why it was withdrawn")
    withdrawn_why_cy = welsh("Why it was withdrawn")

    class Meta(GovernedRecord.Meta):
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "code", "number"], name="report_version_once"
            ),
            models.CheckConstraint(
                condition=Q(agreement="") & ~Q(region="") | ~Q(agreement="") & Q(region=""),
                name="report_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_on__isnull=True)
                | Q(state__in=["published", "withdrawn"], published_on__isnull=False)
                & ~Q(published_by="")
                & ~Q(figures="")
                & (~Q(decision="") | ~Q(reason="")),
                name="report_is_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) & ~Q(state="withdrawn")
                | Q(withdrawn_on__isnull=False, state="withdrawn") & ~Q(withdrawn_why=""),
                name="report_is_withdrawn_with_reason",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="report_stays_as_published",
                operation=pgtrigger.Update,
                condition=changed(FROZEN) & ~pgtrigger.Q(old__state="draft"),
            )
        ]


class PublicReport(models.Model):
    """What everybody reads of a version that was published: nothing governed is asked for it again.

    Of one that was withdrawn the content goes; that there was one, and why it went, stays.
    """

    objects: ClassVar[models.Manager["PublicReport"]] = models.Manager()

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    code = models.CharField(max_length=80)
    number = models.PositiveSmallIntegerField()
    agreement = models.CharField(max_length=120, blank=True)
    agreements = models.JSONField()
    region = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField()
    holder = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200)
    title_cy = models.CharField(max_length=200, blank=True)
    content = models.TextField(blank=True)
    content_sha256 = models.CharField(max_length=64)
    published_on = models.DateField()
    published_by = models.JSONField()
    decision = models.CharField(max_length=400, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_why = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="public_report_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) & ~Q(content="")
                | Q(withdrawn_on__isnull=False, content=""),
                name="public_report_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} version {self.number}"
