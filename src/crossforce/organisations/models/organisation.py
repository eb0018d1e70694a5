"""A body that can hold records, employ staff, sit on a board or be party to an agreement."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import Deferrable, Q

from crossforce.kernel.versioned import Versioned
from crossforce.kernel.words import Words
from crossforce.organisations.choices import OrganisationKind, PolicingBodyKind, PreciseDate
from crossforce.organisations.models import dated
from crossforce.organisations.models.history import never_deleted, with_history

_BELONGS_TO_A_FORCE = [
    OrganisationKind.CHIEF_OFFICER.value,
    OrganisationKind.POLICING_BODY.value,
]


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Filters that read as the questions people ask."""

    def existing(self, on: date) -> "OrganisationQuerySet":
        """Bodies that exist on the day."""
        begun = Q(since__isnull=True) | Q(since__lte=on)
        return self.filter(begun, Q(until__isnull=True) | Q(until__gt=on))

    def of_kind(self, kind: str) -> "OrganisationQuerySet":
        """Bodies of one kind."""
        return self.filter(kind=kind)

    def in_region(self, region: str, on: date) -> "OrganisationQuerySet":
        """Forces counted in the region on the day, with their chief officers and policing bodies."""
        held = Q(
            Q(region_memberships__until__isnull=True) | Q(region_memberships__until__gt=on),
            region_memberships__region=region,
            region_memberships__since__lte=on,
        )
        forces = Organisation.objects.filter(held).values("code")
        return self.filter(Q(code__in=forces) | Q(force__in=forces) | Q(code=region))

    def matching(self, words: str) -> "OrganisationQuerySet":
        """Bodies whose name (now or formerly, in either language), short name or code has the words."""
        found = Q(code__icontains=words.replace(" ", "-"))
        for field in ("name_en", "name_cy", "short_name_en", "ons_code"):
            found |= Q(**{f"{field}__icontains": words})
        named = Q(former_names__name_en__icontains=words) | Q(
            former_names__name_cy__icontains=words
        )
        return self.filter(
            found | Q(code__in=Organisation.objects.filter(named).values("code"))
        )


@with_history
class Organisation(Versioned):
    """One body in `[since, until)`.

    The code never changes and is the key: what a row elsewhere says about its holder can be read
    without a join, and survives every change of name. A body is never deleted; it ends.
    """

    code = models.CharField(max_length=80, primary_key=True)
    kind = models.CharField(
        max_length=20, choices=[(k.value, k.value) for k in OrganisationKind]
    )
    name_en = models.CharField(max_length=200)
    name_cy = models.CharField(max_length=200, blank=True)
    short_name_en = models.CharField(max_length=60, blank=True)
    short_name_cy = models.CharField(max_length=60, blank=True)
    sector = models.CharField(max_length=20, blank=True)
    policing_body_kind = models.CharField(
        max_length=30, blank=True, choices=[(k.value, k.value) for k in PolicingBodyKind]
    )
    force = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        db_column="force",
        help_text="The force that a chief officer or policing body belongs to.",
    )
    host = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted",
        db_column="host",
    )
    ons_code = models.CharField(max_length=9, blank=True)
    since = models.DateField(null=True, blank=True)
    since_precision = dated.precision_field()
    until = models.DateField(null=True, blank=True)
    until_precision = dated.precision_field()
    collective = models.BooleanField(default=False)
    legal_person = models.BooleanField(default=True)
    source = models.CharField(max_length=300)
    confidence = models.CharField(max_length=2)
    note = models.TextField(blank=True)
    administered_at = models.DateTimeField(null=True, blank=True)
    administered_by = models.CharField(max_length=100, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            dated.in_order("organisation_period_in_order"),
            dated.known_precision(
                "organisation_precision_known", "since_precision", "until_precision"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"),
                name="organisation_code_is_kebab_case",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=_BELONGS_TO_A_FORCE, force__isnull=False)
                | (~Q(kind__in=_BELONGS_TO_A_FORCE) & Q(force__isnull=True)),
                name="organisation_office_has_its_force",
            ),
            models.CheckConstraint(
                condition=Q(kind=OrganisationKind.POLICING_BODY.value)
                ^ Q(policing_body_kind=""),
                name="organisation_policing_body_has_kind",
            ),
            models.CheckConstraint(
                condition=Q(collective=False) | Q(legal_person=False),
                name="organisation_collective_is_no_person",
            ),
            models.CheckConstraint(
                condition=Q(administered_at__isnull=True) ^ ~Q(administered_by=""),
                name="organisation_administered_at_and_by",
            ),
            ExclusionConstraint(
                name="organisation_one_office_of_a_force_per_day",
                expressions=[
                    ("force", dated.EQUAL),
                    ("kind", dated.EQUAL),
                    (dated.days(), dated.OVERLAPS),
                ],
                condition=Q(force__isnull=False),
                deferrable=Deferrable.DEFERRED,
            ),
        ]
        indexes = [models.Index(fields=["kind", "code"], name="organisation_kind_code")]
        triggers = [never_deleted("organisation_is_never_deleted")]

    def __str__(self) -> str:
        return f"{self.name_en} ({self.code})"

    @property
    def name(self) -> Words:
        """What the body is called now."""
        return Words(en=self.name_en, cy=self.name_cy or None)

    @property
    def first_day(self) -> PreciseDate | None:
        """The first day, as precisely as it is known."""
        return dated.precise(self.since, self.since_precision)

    @property
    def end_day(self) -> PreciseDate | None:
        """The day it ended, as precisely as it is known."""
        return dated.precise(self.until, self.until_precision)

    def exists(self, on: date) -> bool:
        """Whether the body exists on the day."""
        begun = self.since is None or self.since <= on
        return begun and (self.until is None or on < self.until)
