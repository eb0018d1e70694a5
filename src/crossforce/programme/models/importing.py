"""What a spreadsheet brought, and what of it was refused."""

from typing import ClassVar

from django.db import models

from crossforce.programme.choices import IMPORT
from crossforce.records.governed import SheetRead, with_history


@with_history
class SheetImport(SheetRead):
    """One file of a register, or of the milestones of a project."""

    record_kind: ClassVar[str] = IMPORT

    project = models.CharField("Project", max_length=120, blank=True)
