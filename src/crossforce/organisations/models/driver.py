"""Figures by which costs are shared, with their unit, source and licence."""

from django.db import models
from django.db.models import Q

from crossforce.organisations.models.organisation import Organisation


class Driver(models.Model):
    """A series of figures: officers, people, grant."""

    code = models.CharField(max_length=40, primary_key=True)
    title_en = models.CharField(max_length=200)
    title_cy = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=60)
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=60)
    confidence = models.CharField(max_length=2)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.code


class DriverFigure(models.Model):
    """One figure of one force, valid from its day until the next figure."""

    driver = models.ForeignKey(
        Driver, on_delete=models.PROTECT, related_name="figures", db_column="driver"
    )
    force = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="figures", db_column="force"
    )
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["driver", "force", "on"], name="driver_figure_one_per_day"
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0), name="driver_figure_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.driver_id} of {self.force_id} on {self.on}: {self.value}"
