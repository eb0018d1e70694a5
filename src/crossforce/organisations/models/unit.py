"""A team inside one organisation, or a joint unit that an agreement creates."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import F, Q

from crossforce.kernel.ids import new_id
from crossforce.kernel.versioned import Versioned
from crossforce.kernel.words import Words
from crossforce.organisations.models import dated
from crossforce.organisations.models.history import never_deleted, with_history
from crossforce.organisations.models.organisation import Organisation

_NO_LOOP_AND_ONE_OWNER = """
IF NEW.parent_id IS NOT NULL THEN
    IF EXISTS (
        WITH RECURSIVE above AS (
            SELECT id, parent_id FROM organisations_unit WHERE id = NEW.parent_id
            UNION
            SELECT unit.id, unit.parent_id
            FROM organisations_unit unit JOIN above ON unit.id = above.parent_id
        )
        SELECT 1 FROM above WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'a unit cannot stand below itself' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM organisations_unit unit WHERE unit.id = NEW.parent_id
        AND unit.organisation IS NOT DISTINCT FROM NEW.organisation
        AND unit.agreement_reference = NEW.agreement_reference
    ) THEN
        RAISE EXCEPTION 'a unit and the unit above it have one owner'
            USING ERRCODE = 'check_violation';
    END IF;
END IF;
RETURN NEW;
"""


class UnitQuerySet(models.QuerySet["Unit"]):
    """Filters that read as the questions people ask."""

    def existing(self, on: date) -> "UnitQuerySet":
        """Units that exist on the day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)

    def of_organisation(self, organisation: str) -> "UnitQuerySet":
        """The organisation's own units."""
        return self.filter(organisation=organisation)

    def joint(self) -> "UnitQuerySet":
        """Units that agreements create."""
        return self.filter(organisation__isnull=True)


@with_history
class Unit(Versioned):
    """A node of a tree of teams in `[since, until)`.

    An own unit has an organisation. A joint unit has the reference of the agreement that creates
    it instead; what the unit does, and for whom, is in that agreement and not here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=80)
    name_en = models.CharField(max_length=200)
    name_cy = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units",
        db_column="organisation",
    )
    agreement_reference = models.CharField(max_length=100, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    since = models.DateField()
    since_precision = dated.precision_field()
    until = models.DateField(null=True, blank=True)
    until_precision = dated.precision_field()
    updated_at = models.DateTimeField()
    updated_by = models.CharField(max_length=100)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            dated.in_order("unit_period_in_order"),
            dated.known_precision("unit_precision_known", "since_precision", "until_precision"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(agreement_reference=""),
                name="unit_own_or_joint",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"),
                name="unit_code_is_kebab_case",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="unit_not_its_own_parent",
            ),
            models.CheckConstraint(condition=~Q(updated_by=""), name="unit_updated_at_and_by"),
            models.UniqueConstraint(
                fields=["organisation", "code"],
                condition=Q(organisation__isnull=False),
                name="unit_code_once_in_organisation",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(organisation__isnull=True),
                name="joint_unit_code_once",
            ),
        ]
        triggers = [
            never_deleted("unit_is_never_deleted"),
            pgtrigger.Trigger(
                name="unit_tree",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_NO_LOOP_AND_ONE_OWNER,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_en} ({self.owner})"

    @property
    def name(self) -> Words:
        """What the unit is called."""
        return Words(en=self.name_en, cy=self.name_cy or None)

    @property
    def owner(self) -> str:
        """The organisation's code, or the agreement's reference."""
        return self.organisation_id or self.agreement_reference

    def exists(self, on: date) -> bool:
        """Whether the unit exists on the day."""
        return self.since <= on and (self.until is None or on < self.until)
