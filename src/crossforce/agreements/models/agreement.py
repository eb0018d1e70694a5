"""The agreement and its draft."""

from django.db import models

from crossforce.agreements.models import fields
from crossforce.kernel import ids
from crossforce.kernel.versioned import Versioned
from crossforce.kernel.vouched import Vouched


class Agreement(Vouched):
    """An instrument between legal persons, known by its reference through all its versions.

    `title_en` and `title_cy` repeat the latest version's words, for lists.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    reference = models.CharField(max_length=100, unique=True)
    title_en = models.CharField(max_length=500)
    title_cy = models.CharField(max_length=500, blank=True)
    basis = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    created_by = fields.by()

    class Meta:
        triggers = fields.written_once(
            "agreement", ["id", "reference", "created_at", "created_by"]
        )

    def __str__(self) -> str:
        return self.reference


class Draft(Versioned):
    """The next version of an agreement while it is being written; it may not even be readable yet.

    `owner` is the organisation whose team writes it; that gives it no say over any party.
    `version` counts its edits, so that two editors never overwrite each other unawares.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    agreement = models.OneToOneField(Agreement, on_delete=models.CASCADE, related_name="draft")
    owner = fields.code(db_index=True)
    document = models.TextField()
    created_at = models.DateTimeField()
    created_by = fields.by()
    edited_at = models.DateTimeField()
    edited_by = fields.by()

    def __str__(self) -> str:
        return f"draft of {self.agreement_id}, edit {self.version}"
