"""Reads of oversight; the actor first."""

from crossforce.oversight.queries.alerts import FINDERS, Rule, alerts, rules
from crossforce.oversight.queries.looks import COUNTED, answering, counts, looks

__all__ = [
    "COUNTED",
    "FINDERS",
    "Rule",
    "alerts",
    "answering",
    "counts",
    "looks",
    "rules",
]
