"""Versions and the parties of each."""

from django.db import models
from django.db.models import Q

from crossforce.agreements.choices import Origin, View
from crossforce.agreements.models import fields
from crossforce.agreements.models.agreement import Agreement
from crossforce.kernel import ids
from crossforce.kernel.versioned import Versioned
from crossforce.kernel.vouched import Vouched

_WRITTEN_ONCE = [
    "agreement", "number", "origin", "planned", "document", "text", "text_hash", "terms",
    "terms_hash", "compiler", "findings", "starts_at", "ends_at", "adopted_since", "owner",
    "edit", "proposed_at", "proposed_by",
]  # fmt: skip


class Version(Vouched):
    """One version as it was put to the parties: its words, what they compile to, and both hashes.

    What is enforced is `terms`, these very bytes, and never a recompilation of `document`.
    `owner` is the organisation that proposed it; empty for what was loaded as a record.
    `edit` is which edit of its draft was put to them. `adopted_since` is when it began to count on paper, by its
    own words, before it came here.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    origin = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in Origin]
    )
    planned = models.BooleanField(default=False)
    document = models.TextField()
    text = models.BinaryField()
    text_hash = fields.digest()
    terms = models.BinaryField()
    terms_hash = fields.digest()
    compiler = models.PositiveIntegerField()
    findings = models.JSONField(default=list)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    adopted_since = models.DateTimeField(null=True)
    owner = fields.code(blank=True, db_index=True)
    edit = models.PositiveIntegerField(null=True)
    proposed_at = models.DateTimeField()
    proposed_by = fields.by()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = fields.by(blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True)
                | Q(starts_at__isnull=True)
                | Q(ends_at__gt=models.F("starts_at")),
                name="version_ends_after_start",
            ),
            fields.paired("version", "withdrawn"),
        ]
        triggers = fields.written_once("version", _WRITTEN_ONCE)

    def __str__(self) -> str:
        return f"{self.agreement_id} version {self.number}"


class VersionParty(Vouched, Versioned):
    """One party of one version: complete in itself, never merged with another version's list.

    `side` is the force the party belongs to, or the party itself. A party's view, and its reasons
    on the interest test and the three matters of s23HA, are its own.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    party_of = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="parties")
    organisation = fields.code()
    side = fields.code()
    capacity = models.CharField(max_length=20)
    role = models.CharField(max_length=20)
    notified_at = models.DateTimeField(null=True)
    notified_by = fields.by(blank=True)
    considered_at = models.DateTimeField(null=True)
    considered_by = fields.by(blank=True)
    view = models.CharField(
        max_length=20, blank=True, choices=[(each.value, each.value) for each in View]
    )
    interest = models.TextField(blank=True)
    existing_agreements = models.TextField(blank=True)
    consistency = models.TextField(blank=True)
    opportunities = models.TextField(blank=True)
    refused_at = models.DateTimeField(null=True)
    refused_by = fields.by(blank=True)
    refused_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party_of", "organisation"], name="version_party_once"
            ),
            fields.paired("version_party", "notified"),
            fields.paired("version_party", "considered"),
            fields.paired("version_party", "refused"),
        ]
        indexes = [models.Index(fields=["organisation"], name="version_party_organisation")]
        triggers = fields.written_once(
            "version_party", ["party_of", "organisation", "side", "capacity", "role"]
        )

    def __str__(self) -> str:
        return f"{self.organisation} in {self.party_of_id}"
