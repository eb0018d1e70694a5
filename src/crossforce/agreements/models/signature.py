"""Signing keys and signatures."""

from django.db import models

from crossforce.agreements.models import fields
from crossforce.agreements.models.version import Version
from crossforce.kernel import ids
from crossforce.kernel.vouched import Vouched


class SigningKey(Vouched):
    """An organisation's Ed25519 key. The private part is sealed under the installation's master
    key, or is held outside by the organisation and unknown here.

    A `demonstration` key speaks for no real body, and every page says so.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    organisation = fields.code(db_index=True)
    label = models.CharField(max_length=100)
    public = models.BinaryField(max_length=32)
    sealed_private = models.BinaryField(null=True)
    demonstration = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    issued_by = fields.by()
    valid_from = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = fields.by(blank=True)
    revoked_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("valid_from")),
                name="signing_key_expires_after_start",
            ),
            models.UniqueConstraint(fields=["public"], name="signing_key_public_once"),
            fields.paired("signing_key", "revoked"),
        ]
        triggers = fields.written_once(
            "signing_key",
            [
                "organisation",
                "public",
                "demonstration",
                "issued_at",
                "issued_by",
                "valid_from",
                "expires_at",
            ],
        )

    def __str__(self) -> str:
        return f"{self.label} of {self.organisation}"

    @property
    def is_held_outside(self) -> bool:
        return self.sealed_private is None


class Signature(Vouched):
    """One party's signature under the statement that names text, terms and compiler version."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    of = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="signatures")
    organisation = fields.code(db_index=True)
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="signatures")
    statement = models.BinaryField()
    signature = models.BinaryField(max_length=64)
    made_outside = models.BooleanField(default=False)
    signed_at = models.DateTimeField()
    signed_by = fields.by()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["of", "organisation"], name="signature_once_a_party"
            )
        ]
        triggers = fields.append_only("signature")

    def __str__(self) -> str:
        return f"{self.organisation} under {self.of_id}"
