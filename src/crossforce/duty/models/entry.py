"""One person's duty, on-call or absence."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from crossforce.duty.choices import ENTRY, SHORT, Absence, What
from crossforce.records.governed import GovernedRecord, with_history


@with_history
class Entry(GovernedRecord):
    """Somebody does something from one instant to another; in the collection of its unit.

    Its holder employs them, and nobody does two of one sort at once: the database sees to both (guarding.py).

    Name and number are as its force knew them when it was written: who may see a duty may see whose
    it is, without any sight of the person's own record. A cancelled duty stays, and is on no board.
    """

    record_kind: ClassVar[str] = ENTRY

    what = models.CharField("What", max_length=10, choices=[(w.value, w.value) for w in What])
    staff = models.UUIDField("Person")
    number = models.CharField("Number", max_length=20)
    name = models.CharField("Name", max_length=170)
    starts_at = models.DateTimeField("From")
    ends_at = models.DateTimeField("To")
    is_long = models.BooleanField(default=True, editable=False)
    unit = models.CharField("Unit", max_length=80, blank=True)
    function = models.CharField("Function", max_length=80, blank=True)
    call_sign = models.CharField("Call sign", max_length=120, blank=True)
    role = models.CharField("Role", max_length=80, blank=True)
    location = models.CharField("Where", max_length=120, blank=True)
    latitude = models.FloatField("Latitude", null=True, blank=True)
    longitude = models.FloatField("Longitude", null=True, blank=True)
    status = models.CharField("Status", max_length=10, blank=True)
    absence = models.CharField(
        "Why away", max_length=10, blank=True, choices=[(a.value, a.value) for a in Absence]
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=100, blank=True)

    class Meta(GovernedRecord.Meta):
        verbose_name_plural = "entries"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["scope_id", "-created_at"], name="entry_in_scope"),
            models.Index(fields=["-created_at", "scope_id"], name="entry_newest"),
            models.Index(fields=["scope_id", "starts_at", "ends_at"], name="entry_begins"),
            models.Index(
                fields=["scope_id", "ends_at", "starts_at"],
                name="entry_long",
                condition=Q(is_long=True),
            ),
            models.Index(
                fields=["scope_id", "starts_at"],
                name="entry_away",
                condition=Q(what="absence", is_long=False),
            ),
            models.Index(fields=["source_system", "source_reference"], name="entry_source"),
            models.Index(
                fields=["source_system", "changed_at"],
                name="entry_changed",
                condition=Q(changed_at__gt=F("created_at")),
            ),
            models.Index(
                fields=["staff", "what", "starts_at"],
                name="entry_of_person",
                condition=Q(cancelled_at__isnull=True),
            ),
        ]
        constraints: ClassVar[list[Any]] = [
            *GovernedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="entry_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(is_long=True) | Q(ends_at__lte=F("starts_at") + SHORT),
                name="entry_says_whether_it_is_long",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by="")
                | Q(cancelled_at__isnull=False) & ~Q(cancelled_by=""),
                name="entry_cancelled_at_and_by",
            ),
        ]
