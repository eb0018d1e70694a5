"""What ties a body to its past, its heirs, its region and its seats."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Deferrable, F, Q

from crossforce.organisations.choices import PolicingBodyKind, SuccessionRelation
from crossforce.organisations.models import dated
from crossforce.organisations.models.organisation import Organisation


class FormerName(models.Model):
    """What a body was called until a day, while staying the same legal person."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="former_names",
        db_column="organisation",
    )
    name_en = models.CharField(max_length=200)
    name_cy = models.CharField(max_length=200, blank=True)
    until = models.DateField()
    until_precision = dated.precision_field()
    policing_body_kind = models.CharField(
        max_length=30, blank=True, choices=[(k.value, k.value) for k in PolicingBodyKind]
    )
    source = models.CharField(max_length=300, blank=True)
    confidence = models.CharField(max_length=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "until"], name="former_name_one_per_day"
            ),
            dated.known_precision("former_name_precision_known", "until_precision"),
        ]

    def __str__(self) -> str:
        return f"{self.name_en} until {self.until}"


class Succession(models.Model):
    """One body follows another, wholly or in part. Several may follow one, and one several."""

    predecessor = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="successions",
        db_column="predecessor",
    )
    successor = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="inheritances",
        db_column="successor",
    )
    relation = models.CharField(
        max_length=21, choices=[(r.value, r.value) for r in SuccessionRelation]
    )
    on = models.DateField()
    on_precision = dated.precision_field()
    note = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="succession_said_once"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="succession_never_of_itself"
            ),
            dated.known_precision("succession_precision_known", "on_precision"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} ({self.relation}, {self.on})"


class RegionMembership(models.Model):
    """A force is counted in one region at a time."""

    force = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="region_memberships",
        db_column="force",
    )
    region = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="region_forces", db_column="region"
    )
    since = models.DateField()
    since_precision = dated.precision_field()
    until = models.DateField(null=True, blank=True)
    until_precision = dated.precision_field()
    source = models.CharField(max_length=300, blank=True)
    confidence = models.CharField(max_length=2)

    class Meta:
        constraints = [
            dated.in_order("region_membership_period_in_order"),
            dated.known_precision(
                "region_membership_precision_known", "since_precision", "until_precision"
            ),
            ExclusionConstraint(
                name="region_membership_one_region_per_day",
                expressions=[("force", dated.EQUAL), (dated.days(), dated.OVERLAPS)],
                deferrable=Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.force_id} in {self.region_id} from {self.since}"


class Seat(models.Model):
    """A seat on a board, committee or group: a kind of office in one organisation, no person."""

    board = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="seats", db_column="board"
    )
    group = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    office = models.CharField(max_length=80)
    of = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="seats_held", db_column="of"
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board", "group", "position"], name="seat_has_a_place"
            ),
            models.UniqueConstraint(fields=["board", "office", "of"], name="seat_said_once"),
        ]

    def __str__(self) -> str:
        return f"{self.office} of {self.of_id} on {self.board_id}"


class DirectoryStamp(models.Model):
    """One row that every change of the directory replaces, so that readers may keep what they built.

    The stamp is random: a change that is rolled back leaves no stamp that could come again.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="directory_stamp_is_one_row")
        ]

    def __str__(self) -> str:
        return str(self.stamp)

    @classmethod
    def renew(cls) -> None:
        """Mark the directory as changed."""
        DirectoryStamp.objects.bulk_create(
            [DirectoryStamp(id=1)],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["stamp"],
        )
