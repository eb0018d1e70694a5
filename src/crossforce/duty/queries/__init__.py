"""Reads of duties."""

from crossforce.duty.queries.answering import Line, answers
from crossforce.duty.queries.asked import Filter, NoSuchFilter, Part
from crossforce.duty.queries.board import Board, OnDuty, on_duty, taken_out, why_empty
from crossforce.duty.queries.card import (
    Card,
    NoSuchArea,
    NoSuchDuty,
    NoSuchUnit,
    UnitCard,
    card,
    unit_card,
    units,
)
from crossforce.duty.queries.counting import Count
from crossforce.duty.queries.exporting import exported
from crossforce.duty.queries.timeline import Lane, Stretch, Timeline, timeline

__all__ = [
    "Board",
    "Card",
    "Count",
    "Filter",
    "Lane",
    "Line",
    "NoSuchArea",
    "NoSuchDuty",
    "NoSuchFilter",
    "NoSuchUnit",
    "OnDuty",
    "Part",
    "Stretch",
    "Timeline",
    "UnitCard",
    "answers",
    "card",
    "exported",
    "on_duty",
    "taken_out",
    "timeline",
    "unit_card",
    "units",
    "why_empty",
]
