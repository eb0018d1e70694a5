"""Shape and wording of what people send about records."""

from crossforce.records.forms.acting import Because, Disclosing, Linking, Refusing, Reviewing
from crossforce.records.forms.words import (
    LABELS,
    PURPOSES,
    RELATIONS,
    STATES,
    UNKNOWN,
    group_said,
    said,
)
from crossforce.records.forms.writing import Adding, Combining, Moving, Proposing, Writing

__all__ = [
    "LABELS",
    "PURPOSES",
    "RELATIONS",
    "STATES",
    "UNKNOWN",
    "Adding",
    "Because",
    "Combining",
    "Disclosing",
    "Linking",
    "Moving",
    "Proposing",
    "Refusing",
    "Reviewing",
    "Writing",
    "group_said",
    "said",
]
