"""Reads of duties."""

from crossforce.duty.queries.board import (
    Board,
    Count,
    Filter,
    NoSuchFilter,
    OnDuty,
    Part,
    on_duty,
    why_empty,
)
from crossforce.duty.queries.card import Card, Line, NoSuchDuty, card
from crossforce.duty.queries.exporting import exported

__all__ = [
    "Board",
    "Card",
    "Count",
    "Filter",
    "Line",
    "NoSuchDuty",
    "NoSuchFilter",
    "OnDuty",
    "Part",
    "card",
    "exported",
    "on_duty",
    "why_empty",
]
