"""What came of a paper is kept: beside the other decisions of the board, by whoever keeps these."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.choices import DECISION, PURPOSES
from crossforce.people.api import Actor
from crossforce.records import api as records


@dataclass(frozen=True, slots=True)
class Where:
    """The board that took the paper, and at which meeting; None between meetings."""

    board: models.Board
    meeting: models.Meeting | None


def keep(
    actor: Actor, where: Where, paper: models.Paper, values: Mapping[str, Any], at: datetime
) -> UUID:
    """Keep it with these values, marked as its paper is, with the board's holder. Raises MayNotAdd, Clashes."""
    board, meeting = where.board, where.meeting
    own = {
        "title": paper.title,
        "paper": paper.pk,
        "board": board.pk,
        "meeting": meeting.pk if meeting else None,
        "agreement": paper.agreement,
        "decided_by": actor.reference,
        "purposes": list(PURPOSES),
    }
    place = replace(
        records.place_of(paper.scope_id), holder=records.place_of(board.scope_id).holder
    )
    made = records.create(
        actor=actor, new=records.NewRecord(DECISION, place, own | dict(values)), at=at
    )
    key: UUID = made.pk
    return key
