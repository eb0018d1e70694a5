"""Questions about the decision. The database answers them; none of them decides anything."""

from crossforce.insight.queries.counting import seen
from crossforce.insight.queries.explaining import (
    audience,
    explain,
    explain_for,
    may_add,
    require_add,
    require_edit,
)
from crossforce.insight.queries.foreseeing import counted, falling, foreseen
from crossforce.insight.queries.standing_now import endings

__all__ = [
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
