"""The check: whether a document is sound by the law and practice of its basis and date.

`check(reading, context)` returns findings and raises nothing. Each names the file, line and clause,
what is wrong, and what mends it. Which rules apply, and how gravely, stands in the rule packs
`collaboration-law` and `agreement-practice`; docs/formats/check-rules.md lists them all.
"""

from crossforce.agreements.check.context import CheckContext
from crossforce.agreements.check.judging import check, check_together
from crossforce.agreements.check.size import too_large
from crossforce.agreements.check.table import RULES

__all__ = ["RULES", "CheckContext", "check", "check_together", "too_large"]
