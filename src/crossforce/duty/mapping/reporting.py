"""What was refused of a file, as a table to work through: CSV that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable
from typing import Final

from crossforce.duty.mapping.values import Finding, in_order, is_formula

HEADING: Final = (
    "Marking", "Row", "Column", "Reference", "Rule", "What is wrong", "What would mend it",
)  # fmt: skip


def report(findings: Iterable[Finding], marking: str) -> bytes:
    """The table, in UTF-8 with a byte order mark, row by row."""
    held = io.StringIO()
    write = csv.writer(held)
    write.writerow(HEADING)
    for each in in_order(findings):
        cells = (each.column, each.reference, each.rule, each.message, each.remedy)
        safe = [f"'{cell}" if is_formula(cell) else cell for cell in cells]
        write.writerow((marking, each.row, *safe))
    return held.getvalue().encode("utf-8-sig")
