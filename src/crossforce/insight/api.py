"""The front door of insight: why, who else, what if, until when."""

from crossforce.insight.choices import Explanation, Falling, Foreseen, Reason, Sight, Where
from crossforce.insight.queries import (
    audience,
    counted,
    explain,
    explain_for,
    falling,
    foreseen,
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
    "explain",
    "explain_for",
    "falling",
    "foreseen",
    "seen",
]
