"""The front door of insight: why, who else, what if, until when."""

from crossforce.insight.choices import Explanation, Falling, Foreseen, Reason, Sight, Where
from crossforce.insight.queries import (
    audience,
    counted,
    endings,
    explain,
    explain_for,
    falling,
    foreseen,
    may_add,
    require_add,
    require_edit,
    seen,
)

__all__ = [
    "Explanation",
    "Falling",
    "Foreseen",
    "Reason",
    "Sight",
    "Where",
    "audience",
    "counted",
    "endings",
    "explain",
    "explain_for",
    "falling",
    "foreseen",
    "may_add",
    "require_add",
    "require_edit",
    "seen",
]
