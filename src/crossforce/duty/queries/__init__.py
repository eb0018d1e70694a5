"""Reads of duties."""

from crossforce.duty.queries.answering import Line, answers
from crossforce.duty.queries.asked import Filter, NoSuchFilter, Part
from crossforce.duty.queries.board import Board, OnDuty, on_duty, taken_out, why_empty
from crossforce.duty.queries.card import (
    AUTHORITY,
    SKILL,
    VETTING,
    Card,
    NoSuchArea,
    NoSuchDuty,
    card,
)
from crossforce.duty.queries.counting import Count
from crossforce.duty.queries.exporting import exported
from crossforce.duty.queries.timeline import Lane, Stretch, Timeline, timeline
from crossforce.duty.queries.unit_card import NoSuchUnit, UnitCard, unit_card, units

__all__ = [
    "AUTHORITY",
    "SKILL",
    "VETTING",
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
