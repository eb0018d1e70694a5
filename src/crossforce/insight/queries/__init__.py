"""Questions about the decision. The database answers them; none of them decides anything."""

from crossforce.insight.queries.counting import seen
from crossforce.insight.queries.explaining import audience, explain, explain_for
from crossforce.insight.queries.foreseeing import counted, falling, foreseen

__all__ = [
    "audience",
    "counted",
    "explain",
    "explain_for",
    "falling",
    "foreseen",
    "seen",
]
