"""The continuity of exhibits. What was written down never changes: a trigger refuses it."""

from datetime import UTC
from typing import Any, ClassVar

import pgtrigger
from django.db import models

from crossforce.evidence.choices import TOUCH
from crossforce.evidence.models.lasting import differs
from crossforce.evidence.rules.continuity import Act, Step
from crossforce.records.governed import GovernedRecord, with_history

SAID = (
    "exhibit", "number", "act", "organisation", "office", "happened_at", "other", "place", "seal", "paper", "note",
    "previous", "digest", "signature", "public_key",
)  # fmt: skip
APART = ("exhibit", "signature", "public_key")
"""What of an entry stands beside what it says."""


@with_history
class Touch(GovernedRecord):
    """One entry of an exhibit's continuity: what was done, by whom, chained to the one before it. It never changes."""

    record_kind: ClassVar[str] = TOUCH

    exhibit = models.UUIDField("Exhibit")
    number = models.PositiveIntegerField("Number")
    act = models.CharField(
        "What was done", max_length=10, choices=[(each.value, each.value) for each in Act]
    )
    organisation = models.CharField("Whose act it was", max_length=100)
    office = models.CharField("By whom, by office and number", max_length=100)
    happened_at = models.DateTimeField("When")
    other = models.CharField("Released to, or received from", max_length=100, blank=True)
    place = models.CharField("Where it was put", max_length=200, blank=True)
    seal = models.CharField("Seal", max_length=60, blank=True)
    paper = models.CharField("Paper that the other side signed", max_length=200, blank=True)
    note = models.CharField("Note", max_length=500, blank=True)
    previous = models.CharField("Digest of the entry before", max_length=64, blank=True)
    digest = models.CharField("Digest", max_length=64)
    signature = models.CharField("Signature", max_length=128)
    public_key = models.CharField("Key that verifies it", max_length=64)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(
                fields=["seal"], condition=models.Q(act=Act.SEALED), name="touch_by_seal"
            ),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(fields=["exhibit", "number"], name="touch_numbered_once"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="touch_is_as_written",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(differs(SAID)),
            )
        ]

    @property
    def step(self) -> Step:
        """What it says, for the rules of continuity."""
        said = {name: getattr(self, name) for name in SAID if name not in APART}
        return Step(
            **said | {"act": Act(self.act), "happened_at": self.happened_at.astimezone(UTC)}
        )
