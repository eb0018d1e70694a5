"""The terms of versions as rows, for questions across agreements."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models

from crossforce.agreements.models import fields
from crossforce.agreements.models.agreement import Agreement
from crossforce.agreements.models.version import Version
from crossforce.kernel import ids
from crossforce.kernel.vouched import Vouched


class Term(Vouched):
    """One compiled term for one force and function, with two times: when it holds, since when it is acted on.

    `valid` is what the agreement says; `enforced` is what the platform does. A leave or a later
    version closes `enforced` and, where something goes on, opens a new row: nothing is overwritten.
    An empty `force` or `function` means that the term is not about one.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="terms")
    of = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="term_rows")
    term = models.CharField(max_length=100)
    type = models.CharField(max_length=30)
    clause = models.CharField(max_length=20, blank=True)
    function = fields.code(blank=True)
    force = fields.code(blank=True)
    valid = DateTimeRangeField()
    enforced = DateTimeRangeField()
    assumed = models.BooleanField(default=False)
    body = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["type", "function"], name="term_type_function"),
            models.Index(fields=["force", "type"], name="term_force_type"),
            GistIndex(fields=["valid", "enforced"], name="term_valid_enforced"),
        ]
        triggers = fields.written_once(
            "term",
            ["agreement", "of", "term", "type", "clause", "function", "force", "valid", "body"],
        )

    def __str__(self) -> str:
        return f"{self.type} {self.clause} of {self.of_id}"
