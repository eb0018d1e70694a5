"""What a spreadsheet brought, and what of it was refused."""

from typing import ClassVar, Final

from django.db import models

from crossforce.programme.choices import IMPORT, ImportState
from crossforce.programme.models import fields
from crossforce.records.governed import GovernedRecord, with_history

LONGEST_FINDINGS: Final = 2_000_000


@with_history
class SheetImport(GovernedRecord):
    """One file. Its findings may quote it, so it is governed like what it holds."""

    record_kind: ClassVar[str] = IMPORT

    title = fields.title()
    layout = models.CharField("Table", max_length=30)
    project = models.CharField("Project", max_length=120, blank=True)
    file_name = models.CharField("File", max_length=200)
    file_sha256 = models.CharField("SHA-256 of the file", max_length=64)
    state = fields.one_of("State", ImportState)
    counts = models.CharField("Rows", max_length=200)
    findings = models.TextField("Findings", max_length=LONGEST_FINDINGS, blank=True)
