"""Boards, their meetings, the papers before them, what they decide and set to be done."""

from crossforce.boards.models.board import Board
from crossforce.boards.models.deciding import Decision, Paper
from crossforce.boards.models.meeting import Action, Meeting
from crossforce.boards.models.seat_answer import SeatAnswer

__all__ = ["Action", "Board", "Decision", "Meeting", "Paper", "SeatAnswer"]
