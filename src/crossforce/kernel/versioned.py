"""Rows that people edit: each change raises the version, and one made on an old version is refused."""

from typing import Any, Self

from django.db import models
from django.db.models import F

from crossforce.kernel.refusals import Missing, StaleVersion


class Versioned(models.Model):
    """A row with a version. Pages and the API send back the version that they showed."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def etag(self) -> str:
        """The entity tag of this row at this version."""
        return f'"{self.pk}:{self.version}"'

    def change(self, *, expected: int, **values: Any) -> Self:
        """Set the values if the row is still at the expected version; refuse otherwise.

        One UPDATE that names the version: two editors at the same instant cannot both win.
        Raises StaleVersion, or Missing when the row has gone.
        """
        rows = type(self)._default_manager.filter(pk=self.pk)
        if not rows.filter(version=expected).update(version=F("version") + 1, **values):
            raise StaleVersion if rows.exists() else Missing("It is no longer there.")
        self.refresh_from_db()
        return self
