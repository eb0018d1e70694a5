"""Reads of duties."""

from crossforce.duty.queries.board import Board, Count, Filter, OnDuty, on_duty
from crossforce.duty.queries.card import Card, Line, NoSuchDuty, card
from crossforce.duty.queries.exporting import exported

__all__ = [
    "Board",
    "Card",
    "Count",
    "Filter",
    "Line",
    "NoSuchDuty",
    "OnDuty",
    "card",
    "exported",
    "on_duty",
]
