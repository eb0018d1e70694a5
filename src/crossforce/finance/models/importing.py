"""Which file brought budgets, lines or figures."""

from typing import ClassVar

from django.db import models

from crossforce.finance.choices import IMPORT
from crossforce.records.governed import SheetRead, with_history


@with_history
class FileRead(SheetRead):
    """One file of budgets, of figures, or of the lines of a budget, whose title it then has."""

    record_kind: ClassVar[str] = IMPORT

    budget = models.CharField("Budget", max_length=300, blank=True)
