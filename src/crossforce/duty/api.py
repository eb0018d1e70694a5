"""The front door of duty: bringing duties in, their mappings, how far they reach, what units need."""

from crossforce.duty.operations import Outcome, Sent, bring_in
from crossforce.duty.queries import Filter
from crossforce.duty.queries.cover import cover
from crossforce.duty.queries.extent import reaches_to
from crossforce.duty.queries.fairness import fairness
from crossforce.duty.queries.importing import mappings

__all__ = [
    "Filter",
    "Outcome",
    "Sent",
    "bring_in",
    "cover",
    "fairness",
    "mappings",
    "reaches_to",
]
