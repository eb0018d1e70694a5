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
from crossforce.duty.queries.timeline import Lane, Timeline, timeline

__all__ = [
    "Board",
    "Card",
    "Count",
    "Filter",
    "Lane",
    "Line",
    "NoSuchDuty",
    "NoSuchFilter",
    "OnDuty",
    "Part",
    "Timeline",
    "card",
    "exported",
    "on_duty",
    "timeline",
    "why_empty",
]
