"""Docks of body-worn cameras over HTTP: how each stands."""

from datetime import datetime
from typing import Any

from ninja import Router, Schema

from crossforce.evidence.operations import docks as reads
from crossforce.people.api import ActingRequest

router = Router()


class NotTakenOut(Schema):
    """What was refused, when, and why."""

    name: str
    at: datetime
    why: str


class DockOut(Schema):
    """A dock: when it was looked at, when something was last taken in, how much lies where; of what was refused the newest fifty."""

    name: str
    looked_at: datetime | None
    taken_at: datetime | None
    waiting: int
    at_work: int
    done: int
    refused: int
    whys: list[NotTakenOut]
    why_not: str


@router.get("/docks", response=list[DockOut], url_name="evidence-docks")
def docks(request: ActingRequest) -> Any:
    """The docks of one's organisation whose films are taken in by themselves."""
    return reads.standing(request.actor)
