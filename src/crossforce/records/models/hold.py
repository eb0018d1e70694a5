"""That a record may not be disposed of."""

from django.db import models
from django.db.models import Q

from crossforce.kernel.ids import new_id


class Hold(models.Model):
    """A reason to keep a record whatever its review says: a court, an inquiry, a live request.

    The database refuses to delete a record with a hold that was not lifted.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record = models.UUIDField()
    kind = models.CharField(max_length=80)
    scope_id = models.IntegerField(default=0)
    reason = models.CharField(max_length=300)
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=100)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [models.Index(fields=["record", "lifted_at"], name="hold_of_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by="")
                | Q(lifted_at__isnull=False) & ~Q(lifted_by=""),
                name="hold_lifted_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(placed_by="") & ~Q(reason=""), name="hold_placed_by_and_why"
            ),
        ]

    def __str__(self) -> str:
        return self.reason
