"""Exhibits, their digital originals and their continuity. What was kept or written down never changes: triggers refuse it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, ClassVar

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from crossforce.evidence.choices import EXHIBIT, ITEM, LARGEST, SHARE, TOUCH, WAITS, State
from crossforce.evidence.rules.continuity import Act, Step
from crossforce.records.governed import GovernedRecord, with_history

FINAL = ("name", "exhibit", "size", "state", "media_type", "sha256", "blake3", "file")
SAID = (
    "exhibit", "number", "act", "organisation", "office", "happened_at", "other", "place", "seal", "paper", "note",
    "previous", "digest", "signature", "public_key",
)  # fmt: skip
GIVEN = ("exhibit", "item", "partner", "organisation", "ground", "expires_at", "digest")
RECALLED = ("recalled_at", "recalled_by")
APART = ("exhibit", "signature", "public_key")
"""What of an entry stands beside what it says."""


def _differs(names: Iterable[str]) -> str:
    return " OR ".join(f'OLD."{each}" IS DISTINCT FROM NEW."{each}"' for each in names)


@with_history
class Exhibit(GovernedRecord):
    """Something produced as evidence, under the reference of whoever found it, such as JAS/1."""

    record_kind: ClassVar[str] = EXHIBIT

    exhibit_reference = models.CharField("Exhibit reference", max_length=40)
    description = models.CharField("What it is, without opinion", max_length=500)
    case_reference = models.CharField("Crime, incident or operation", max_length=80)
    seized_at = models.DateTimeField("When it was seized or captured")
    seized_where = models.CharField("Exactly where", max_length=300, blank=True)
    seized_by = models.CharField("By whom, by office and number", max_length=100)
    power = models.CharField("Under what power, or by consent", max_length=100, blank=True)

    class Meta(GovernedRecord.Meta):
        indexes = GovernedRecord.Meta.indexes
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "case_reference", "exhibit_reference"],
                name="exhibit_reference_once",
            ),
        ]


@with_history
class Item(GovernedRecord):
    """One digital original of an exhibit: its name as it came, its digests, and where kernel.files keeps its bytes."""

    record_kind: ClassVar[str] = ITEM

    name = models.CharField("Name", max_length=255)
    exhibit = models.UUIDField("Exhibit")
    size = models.BigIntegerField(
        "Bytes", validators=[MinValueValidator(0), MaxValueValidator(LARGEST)]
    )
    state = models.CharField(
        "State", max_length=10, choices=[(each.value, each.value) for each in State]
    )
    media_type = models.CharField("Type, by its content", max_length=100, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    blake3 = models.CharField("BLAKE3", max_length=64, blank=True)
    file = models.UUIDField("Stored file")

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["exhibit"], name="item_of_exhibit"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="item_is_original",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"OLD.state = 'kept' AND ({_differs(FINAL)})"),
            )
        ]

    def is_arriving(self, at: datetime) -> bool:
        """Whether more of it may still come: a week after its beginning nothing does, and what came is destroyed."""
        return self.state == State.ARRIVING and at <= self.created_at + WAITS

    def state_at(self, at: datetime) -> State:
        """How far it came: one that is late is given up, whoever has or has not said so."""
        is_late = self.state == State.ARRIVING and not self.is_arriving(at)
        return State.GIVEN_UP if is_late else State(self.state)

    @property
    def is_kept(self) -> bool:
        """Whether all of it came, and can be read."""
        return self.state == State.KEPT


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
                condition=pgtrigger.Condition(_differs(SAID)),
            )
        ]

    @property
    def step(self) -> Step:
        """What it says, for the rules of continuity."""
        said = {name: getattr(self, name) for name in SAID if name not in APART}
        return Step(
            **said | {"act": Act(self.act), "happened_at": self.happened_at.astimezone(UTC)}
        )


@with_history
class Share(GovernedRecord):
    """An original shown by link to somebody without an account: to whom, why, until when. Of the link its SHA-256 alone is kept."""

    record_kind: ClassVar[str] = SHARE

    exhibit = models.UUIDField("Exhibit")
    item = models.UUIDField("Digital original")
    partner = models.CharField("Shown to", max_length=100)
    organisation = models.CharField("Of which organisation", max_length=100)
    ground = models.CharField("On what ground", max_length=500)
    expires_at = models.DateTimeField("Until when")
    recalled_at = models.DateTimeField("Called back", null=True, blank=True)
    recalled_by = models.CharField("Called back by", max_length=100, blank=True)
    digest = models.CharField("SHA-256 of the link", max_length=64)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["item"], name="share_of_item"),
            models.Index(fields=["exhibit"], name="share_of_exhibit"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(recalled_at__isnull=True, recalled_by="")
                | models.Q(recalled_at__isnull=False) & ~models.Q(recalled_by=""),
                name="share_recalled_at_and_by",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="share_is_as_given",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"{_differs(GIVEN)} OR (OLD.recalled_at IS NOT NULL AND ({_differs(RECALLED)}))"
                ),
            )
        ]

    def is_open(self, at: datetime) -> bool:
        """Whether its time is not over and nobody called it back. Whether it shows anything is decided when it is opened."""
        return self.recalled_at is None and at < self.expires_at

    @property
    def mark(self) -> str:
        """What names it where it is shown."""
        return str(self.pk.hex[-10:].upper())
