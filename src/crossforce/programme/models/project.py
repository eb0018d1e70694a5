"""Projects: what makes an entry of the register real."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from crossforce.programme.choices import PROJECT, Completeness, ProjectState
from crossforce.programme.models import fields
from crossforce.records.governed import GovernedRecord, with_history

LEVELS = [(int(each), each.name.capitalize()) for each in Completeness]


def case(label: str) -> "models.PositiveSmallIntegerField[int, int]":
    """How far one of the five cases is written."""
    return models.PositiveSmallIntegerField(label, choices=LEVELS, default=Completeness.ABSENT)


@with_history
class Project(GovernedRecord):
    """One project. `entry` is the code of the register's entry that it makes real.

    A trial has a first day and a day before which it ends; whether it has lapsed is worked out from
    them. `decision` is the board's decision by which it passed its last gate.
    """

    record_kind: ClassVar[str] = PROJECT

    code = fields.code("Code")
    title = fields.title()
    state = fields.one_of("State", ProjectState)
    entry = fields.code("Entry of the register", blank=True)
    agreement = fields.code("Agreement", blank=True)
    function = fields.code("Function", blank=True)
    forces = fields.codes("Forces", help_text="Codes, parted by semicolons.")
    owner = fields.owner()
    purpose = fields.words("Purpose", help_text="In words that everybody in it understands.")
    benefit = fields.words("Benefit to the public")
    strategic = case("Strategic case")
    economic = case("Economic case")
    commercial = case("Commercial case")
    financial = case("Financial case")
    management = case("Management case")
    trial_from = fields.day("Trial from")
    trial_to = fields.day("Trial until before")
    trial_adopted_on = fields.day("Adopted on")
    cost = fields.pence("Cost in pence")
    secured = fields.pence("Money secured in pence")
    lesson = fields.words("What was learned")
    decision = models.CharField("Decision", max_length=200, blank=True)
    reason = fields.words("Why it went where it is")
    source = models.CharField("Source", max_length=500, blank=True)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["state", "title"], name="project_by_state"),
            models.Index(fields=["entry"], name="project_of_entry"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "code"], name="project_has_its_own_code"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(title=""), name="project_is_named"
            ),
            models.CheckConstraint(
                condition=Q(trial_from=None, trial_to=None, trial_adopted_on=None)
                | Q(
                    trial_from__isnull=False,
                    trial_to__isnull=False,
                    trial_to__gt=F("trial_from"),
                ),
                name="project_trial_ends",
            ),
            models.CheckConstraint(
                condition=(Q(cost=None) | Q(cost__gte=0))
                & (Q(secured=None) | Q(secured__gte=0)),
                name="project_money_not_negative",
            ),
        ]
