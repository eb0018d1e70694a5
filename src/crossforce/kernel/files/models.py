"""What the database keeps of files: no byte of them, and nothing that tells what they are without the holder's key.

The platform's own process alone writes these rows. Nothing deletes one: of a file that is no more its row tells when.
"""

from django.db import models
from django.db.models import Q

from crossforce.kernel import fields, ids
from crossforce.kernel.vouched import Vouched


class HolderKey(Vouched):
    """A version of a holder's key, sealed under the master key; no longer held once another took its place."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    holder = fields.code("Holder")
    number = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "number"], name="holder_key_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.holder}, {self.number}"


class StoredFile(Vouched):
    """A file of one holder: arriving, kept while anything uses it, or no more.

    Under the holder's key are sealed the file's own key, its size and its digests. `likeness` is the same for the same
    bytes of the same holder, and tells nothing to anybody else. `is_sound` is what was found when it was last examined.
    """

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    holder = fields.code("Holder")
    key_number = models.PositiveIntegerField()
    sealed = models.BinaryField(null=True)
    likeness = models.BinaryField(null=True, max_length=32)
    uses = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    examined_at = models.DateTimeField(null=True)
    is_sound = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "likeness"], name="stored_file_kept_once"
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True, sealed__isnull=False)
                | Q(
                    destroyed_at__isnull=False,
                    sealed__isnull=True,
                    likeness__isnull=True,
                    uses=0,
                ),
                name="stored_file_destroyed_with_its_key",
            ),
            models.CheckConstraint(
                condition=Q(likeness__isnull=True)
                | Q(kept_at__isnull=False, destroyed_at__isnull=True),
                name="stored_file_alike_once_kept",
            ),
        ]
        indexes = [models.Index(fields=["holder", "key_number"], name="stored_file_by_key")]

    def __str__(self) -> str:
        return f"{self.holder} {self.pk}"

    @property
    def name(self) -> str:
        """Where it lies in any place: the holder's own prefix, then folders that stay small."""
        return f"{self.holder}/{self.pk.hex[-2:]}/{self.pk}"
