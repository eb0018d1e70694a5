"""What the holder thought of a broken glass."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class GlassReview(models.Model):
    """The holder's judgement of one breaking of the glass: made once, for good. `share` is what it opened."""

    append_only: ClassVar[bool] = True

    share = models.UUIDField(primary_key=True)
    holder = models.CharField(max_length=80)
    is_justified = models.BooleanField()
    words = models.TextField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["holder"], name="glassreview_holder")]
        constraints = [
            models.CheckConstraint(
                name="glassreview_by_somebody", condition=~Q(reviewed_by="") & ~Q(words="")
            )
        ]

    def __str__(self) -> str:
        return f"{'justified' if self.is_justified else 'not justified'}: {self.share}"
