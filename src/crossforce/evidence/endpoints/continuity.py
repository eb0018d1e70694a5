"""Continuity of an exhibit over HTTP: what was done with it, where it is broken, and one entry more."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field

from crossforce.evidence import queries
from crossforce.evidence.operations import continuing
from crossforce.evidence.operations.continuing import Done
from crossforce.evidence.rules.continuity import Act
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class TouchIn(Schema):
    """What was done with an exhibit. `organisation` is another's than one's own only with the `paper` that it signed."""

    act: Act
    office: str = Field(min_length=1, max_length=100)
    happened_at: AwareDatetime
    organisation: str = Field("", max_length=100)
    other: str = Field("", max_length=100)
    place: str = Field("", max_length=200)
    seal: str = Field("", max_length=60)
    paper: str = Field("", max_length=200)
    note: str = Field("", max_length=500)


class TouchOut(Schema):
    """One entry. Its digest is of all that it says and of the digest before; the signature is of the same bytes."""

    id: UUID
    number: int
    act: Act
    organisation: str
    office: str
    happened_at: datetime
    other: str
    place: str
    seal: str
    paper: str
    note: str
    previous: str
    digest: str
    signature: str
    public_key: str


class BreakOut(Schema):
    """Where continuity cannot be shown, and why."""

    number: int
    why: str


class ContinuityOut(Schema):
    """All that was done since the seizure. `holder` is empty while it is on its way `to` another, or lost.

    Where one may not read every entry it is not judged: then nothing is said of who has it and where it is broken.
    """

    is_judged: bool
    holder: str
    to: str
    seal: str
    touches: list[TouchOut]
    breaks: list[BreakOut]


@router.get("/exhibits/{uuid:exhibit}/continuity", response=ContinuityOut)
def continuity(request: ActingRequest, exhibit: UUID) -> Any:
    """The continuity of an exhibit."""
    found = queries.continuity_of(request.actor, exhibit)
    custody = found.custody
    return {
        "is_judged": found.is_judged,
        "holder": custody.holder,
        "to": custody.to,
        "seal": custody.seal,
        "touches": found.touches,
        "breaks": found.breaks,
    }


@router.post("/exhibits/{uuid:exhibit}/continuity", response={201: TouchOut})
def add(request: ActingRequest, exhibit: UUID, sent: TouchIn) -> Any:
    """Write down what was done."""
    done = Done(exhibit, **sent.model_dump())
    return Status(201, continuing.note(actor=request.actor, done=done, at=clock.now()))
