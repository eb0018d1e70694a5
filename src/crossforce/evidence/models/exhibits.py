"""Exhibits and their digital originals. What was kept never changes: a trigger refuses it."""

from datetime import datetime
from typing import Any, ClassVar

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from crossforce.evidence.choices import (
    CLOCKS,
    COPIED,
    EXHIBIT,
    ITEM,
    KEPT_AS,
    LARGEST,
    WAITS,
    State,
    Verdict,
)
from crossforce.evidence.models.lasting import differs
from crossforce.records.governed import GovernedRecord, with_history

FINAL = ("name", "exhibit", "size", "state", "media_type", "sha256", "blake3", "file")
ORIGIN = ("source_system", "source_reference")
DERIVED = ("derived_from", "cut_from", "ground", "places", "made_with")
DECIDED = ("decision", "decided_at", "decided_by", "decided_why")


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
    kept_as = models.CharField(
        "Kept as", max_length=30, blank=True, choices=list(KEPT_AS.items())
    )

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["case_reference"], name="exhibit_of_case"),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["scope_id", "case_reference", "exhibit_reference"],
                name="exhibit_reference_once",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="exhibit_is_copied_as_given",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"'{COPIED}' IN (OLD.source_system, NEW.source_system) AND ({differs(ORIGIN)})"
                ),
            )
        ]

    @property
    def copied_from(self) -> str:
        """Who gave the copy that it is; empty where it is its holder's own."""
        is_copy = self.source_system == COPIED
        return str(self.source_reference.partition(":")[0]) if is_copy else ""


@with_history
class Item(GovernedRecord):
    """One digital original of an exhibit: its name as it came, its digests, and where kernel.files keeps its bytes.

    A redacted copy of an original is one too, and says of which, on what ground, what was taken out, and who decided on it. So is a
    still or clip that was cut out of one: which it was its SHA-256 says, and it goes wherever an original might.
    """

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
    derived_from = models.UUIDField("Redacted copy of", null=True, blank=True)
    cut_from = models.CharField("Cut out of, by SHA-256", max_length=64, blank=True)
    ground = models.CharField("On what ground it was made", max_length=500, blank=True)
    places = models.TextField("What is taken out, or what part it is", blank=True)
    made_with = models.CharField("Made with", max_length=200, blank=True)
    decision = models.CharField(
        "Decision",
        max_length=10,
        blank=True,
        choices=[(each.value, each.value) for each in Verdict],
    )
    decided_at = models.DateTimeField("Decided", null=True, blank=True)
    decided_by = models.CharField("Decided by", max_length=100, blank=True)
    decided_why = models.CharField("Why so decided", max_length=500, blank=True)
    looked_at = models.DateTimeField("Looked into", null=True, blank=True)
    captured_at = models.DateTimeField("Captured, as it says", null=True, blank=True)
    captured_clock = models.CharField(
        "By what clock", max_length=20, blank=True, choices=list(CLOCKS.items())
    )
    captured_with = models.CharField("Device, as it says", max_length=200, blank=True)
    latitude = models.FloatField("Latitude, as it says", null=True, blank=True)
    longitude = models.FloatField("Longitude, as it says", null=True, blank=True)
    within_metres = models.PositiveIntegerField("Within metres", null=True, blank=True)
    unpictured = models.CharField("Why there is no preview", max_length=300, blank=True)
    preview = models.UUIDField("Stored preview", null=True, blank=True)

    class Meta(GovernedRecord.Meta):
        indexes: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.indexes,
            models.Index(fields=["exhibit"], name="item_of_exhibit"),
            models.Index(
                fields=["derived_from"],
                condition=models.Q(derived_from__isnull=False),
                name="item_derived_from",
            ),
            models.Index(
                fields=["cut_from"],
                condition=~models.Q(cut_from=""),
                name="item_cut_from",
            ),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at__isnull=True, decided_by="")
                | models.Q(derived_from__isnull=False, decided_at__isnull=False)
                & ~models.Q(decision="")
                & ~models.Q(decided_by="")
                & ~models.Q(decided_by=models.F("created_by")),
                name="item_decided_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(cut_from="") | models.Q(derived_from__isnull=True),
                name="item_cut_or_redacted",
            ),
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="item_is_on_earth",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="item_is_original",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"OLD.state = 'kept' AND ({differs(FINAL)})"),
            ),
            pgtrigger.Protect(
                name="item_is_derived_as_asked",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"{differs(DERIVED)} OR (OLD.decision <> '' AND ({differs(DECIDED)}))"
                ),
            ),
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

    @property
    def is_derived(self) -> bool:
        """Whether it is a redacted copy, and no original."""
        return self.derived_from is not None

    @property
    def cut(self) -> str:
        """`still` or `clip`, where it is a part of another original; else nothing."""
        return ("clip" if " " in self.places else "still") if self.cut_from else ""

    @property
    def may_leave(self) -> bool:
        """Whether it may be shown to others at all: a redacted copy once a second person approved it."""
        return self.is_kept and (not self.is_derived or self.decision == Verdict.APPROVED)
