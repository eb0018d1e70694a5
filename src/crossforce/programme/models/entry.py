"""Ideas and collaborations, as the register of a force has them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from crossforce.programme.choices import ENTRY, Stage
from crossforce.programme.models import fields
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class RegisterEntry(GovernedRecord):
    """One idea or collaboration. Indices of protection are in thousandths.

    A limb of the collaboration test is claimed where its evidence is written; `reason` is why the
    entry went where it is, `result` what its review concluded.
    """

    record_kind: ClassVar[str] = ENTRY

    code = fields.code("Reference")
    title = fields.title()
    description = fields.words("Description")
    stage = fields.one_of("Stage", Stage)
    function = fields.code("Function", blank=True)
    forces = fields.codes("Forces", help_text="Codes, parted by semicolons.")
    partners = models.CharField("Other partners", max_length=500, blank=True)
    owner = fields.owner()
    agreement = fields.code("Agreement", blank=True)
    entered_on = fields.day("Entered on")
    looked_on = fields.day("Last looked at on")
    threat = fields.words("Threat or risk that it is about")
    capability_evidence = fields.words("Evidence of better capability or capacity")
    threat_evidence = fields.words("Evidence that the threat may be reduced")
    baseline = fields.pence("Baseline cost a year in pence")
    saving = fields.pence("Cashable saving a year in pence")
    saving_method = fields.words("How the saving was measured")
    protection_before = models.IntegerField("Protection index before", null=True, blank=True)
    protection_after = models.IntegerField("Protection index after", null=True, blank=True)
    saving_evidence = fields.words("Evidence of the saving")
    source = models.CharField("Source", max_length=500, blank=True)
    result = fields.words("What its review concluded")
    reason = fields.words("Why it went where it is")

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[models.Index]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["stage", "title"], name="registerentry_by_stage"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "code"], name="registerentry_has_its_own_code"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(title=""), name="registerentry_is_named"
            ),
            models.CheckConstraint(
                condition=(Q(baseline=None) | Q(baseline__gte=0))
                & (Q(saving=None) | Q(saving__gte=0)),
                name="registerentry_money_not_negative",
            ),
        ]
