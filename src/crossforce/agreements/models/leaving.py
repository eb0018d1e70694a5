"""Suspension, notice, what is handed over, and what remains."""

from django.db import models
from django.db.models import F, Q

from crossforce.agreements.choices import HandoverKind, NoticeKind
from crossforce.agreements.models import fields
from crossforce.agreements.models.agreement import Agreement
from crossforce.agreements.models.version import Version
from crossforce.kernel import ids
from crossforce.kernel.versioned import Versioned
from crossforce.kernel.vouched import Vouched


class Suspension(Vouched):
    """A time in which nothing of the agreement is acted on; one at a time."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="suspensions"
    )
    organisation = fields.code()
    reason = models.TextField()
    suspended_at = models.DateTimeField()
    suspended_by = fields.by()
    resumed_at = models.DateTimeField(null=True)
    resumed_by = fields.by(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(resumed_at__isnull=True),
                name="suspension_one_open",
            ),
            models.CheckConstraint(
                condition=Q(resumed_at__isnull=True) | Q(resumed_at__gt=F("suspended_at")),
                name="suspension_resumed_after",
            ),
            fields.paired("suspension", "resumed"),
        ]
        triggers = fields.written_once(
            "suspension",
            ["agreement", "organisation", "reason", "suspended_at", "suspended_by"],
        )

    def __str__(self) -> str:
        return f"suspension of {self.agreement_id}"


class Notice(Vouched):
    """Notice that a side leaves, or a proposal that all end; complete when each party it needs has joined.

    `clause` is the EXIT term's, from which `effective_on` was computed on completion.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="notices")
    under = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in NoticeKind]
    )
    side = fields.code(blank=True)
    reason = models.TextField()
    clause = models.CharField(max_length=20, blank=True)
    wanted_on = models.DateField(null=True)
    given_at = models.DateTimeField()
    given_by = fields.by()
    completed_at = models.DateTimeField(null=True)
    effective_on = models.DateField(null=True)
    effective_at = models.DateTimeField(null=True)
    winds_up_at = models.DateTimeField(null=True)
    residual_ends_at = models.DateTimeField(null=True)
    settlement = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["under", "kind", "side"], name="notice_once_a_side"
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True, effective_at__isnull=True)
                | Q(completed_at__isnull=False, effective_at__isnull=False),
                name="notice_complete_with_effect",
            ),
        ]
        triggers = fields.written_once(
            "notice", ["agreement", "under", "kind", "side", "reason", "given_at", "given_by"]
        )

    def __str__(self) -> str:
        return f"{self.kind} notice of {self.side or 'all'} under {self.under_id}"


class NoticeConsent(Vouched):
    """One party joining a notice, for itself."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="consents")
    organisation = fields.code()
    consented_at = models.DateTimeField()
    consented_by = fields.by()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "organisation"], name="notice_consent_once"
            )
        ]
        triggers = fields.append_only("notice_consent")

    def __str__(self) -> str:
        return f"{self.organisation} joins {self.notice_id}"


class HandoverItem(Vouched, Versioned):
    """Something to settle while winding up; `organisation` answers for it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="handover")
    kind = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in HandoverKind]
    )
    organisation = fields.code()
    what = models.TextField()
    done_at = models.DateTimeField(null=True)
    done_by = fields.by(blank=True)
    outcome = models.TextField(blank=True)

    class Meta:
        constraints = [fields.paired("handover_item", "done")]
        triggers = fields.written_once("handover_item", ["notice", "kind", "what"])

    def __str__(self) -> str:
        return f"{self.kind} under {self.notice_id}"


class ResidualDuty(Vouched):
    """A duty that outlasts the leave, until a day or for good."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="residual_duties")
    words_en = models.TextField()
    words_cy = models.TextField(blank=True)
    clause = models.CharField(max_length=20)
    lasts_until = models.DateTimeField(null=True)

    class Meta:
        triggers = fields.append_only("residual_duty")

    def __str__(self) -> str:
        return f"residual duty under {self.notice_id}"


class Novation(Vouched):
    """A successor in a party's place, by force of the succession of bodies and not by signature."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="novations")
    predecessor = fields.code()
    successor = fields.code(db_index=True)
    effective_at = models.DateTimeField()
    novated_at = models.DateTimeField()
    novated_by = fields.by()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "predecessor", "successor"], name="novation_once"
            )
        ]
        triggers = fields.append_only("novation")

    def __str__(self) -> str:
        return f"{self.predecessor} to {self.successor} in {self.agreement_id}"
