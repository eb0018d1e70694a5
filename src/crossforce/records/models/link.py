"""That one record bears on another."""

from django.db import models
from django.db.models import F, Q

from crossforce.kernel.ids import new_id
from crossforce.records.choices import Relation


class Link(models.Model):
    """From one record to another, of any kinds. The database fills in kind and scope of both ends.

    It is seen by those who may at least find both ends, made by those who may edit one of them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    one = models.UUIDField()
    one_kind = models.CharField(max_length=80)
    one_scope = models.IntegerField(default=0)
    other = models.UUIDField()
    other_kind = models.CharField(max_length=80)
    other_scope = models.IntegerField(default=0)
    relation = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Relation])
    linked_at = models.DateTimeField()
    linked_by = models.CharField(max_length=100)

    class Meta:
        indexes = [
            models.Index(fields=["other"], name="link_by_other"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["one", "other", "relation"], name="link_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="link_between_two"),
            models.CheckConstraint(condition=~Q(linked_by=""), name="link_at_and_by"),
        ]

    def __str__(self) -> str:
        return f"{self.one} {self.relation} {self.other}"
