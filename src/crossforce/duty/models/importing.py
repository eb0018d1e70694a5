"""What an import of duties brought, and what of the file it refused."""

from typing import ClassVar, Final

from django.db import models

from crossforce.duty.choices import IMPORT, State
from crossforce.records.governed import GovernedRecord, with_history

LONGEST_MAPPING: Final = 200_000
LONGEST_REPORT: Final = 4_000_000


@with_history
class Import(GovernedRecord):
    """One file, read by one mapping. Its findings may quote the file, so it is governed like it."""

    record_kind: ClassVar[str] = IMPORT

    title = models.CharField("Title", max_length=200)
    file_name = models.CharField("File", max_length=200)
    file_sha256 = models.CharField("SHA-256 of the file", max_length=64)
    state = models.CharField(
        "State", max_length=10, choices=[(s.value, s.value) for s in State]
    )
    counts = models.CharField("Rows", max_length=200)
    findings = models.TextField("Refused", max_length=LONGEST_REPORT, blank=True)
    mapping = models.TextField("Mapping", max_length=LONGEST_MAPPING, blank=True)
    report = models.TextField("Refused, row by row", max_length=LONGEST_REPORT, blank=True)
