"""What the web frame keeps: the answers already given, so that nothing is done twice. And what is known of files."""

from django.db import models

from crossforce.kernel import ids
from crossforce.kernel.files.models import HolderKey, StoredFile

__all__ = ["Answer", "HolderKey", "StoredFile"]


class Answer(models.Model):
    """That one keyed request was done, and what its repeats are told of that."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    asker = models.CharField(max_length=64)  #: keyed hash of account, token or browser
    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)  #: keyed hash of what was asked
    status = models.PositiveSmallIntegerField(null=True)  #: null while the request runs
    content_type = models.CharField(max_length=100, blank=True)
    body = models.BinaryField(default=b"")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asker", "key"], name="answer_once_per_key")
        ]
        indexes = [models.Index(fields=["asked_at"], name="answer_by_age")]

    def __str__(self) -> str:
        return f"{self.key} ({self.status})"
