"""Deconfliction over HTTP."""

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from crossforce.kernel import clock
from crossforce.nominals.choices import Decision
from crossforce.nominals.operations import deconflicting
from crossforce.nominals.operations.deconflicting import Looked, NewInterest
from crossforce.people.api import ActingRequest

router = Router()
NO_NUL = r"^[^\x00]*$"
Line = Annotated[str, Field(max_length=200, pattern=NO_NUL)]


class Registering(Schema):
    """What one's investigation is interested in: a number or address by its scheme, or a record that one may know of."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(min_length=1, max_length=120, pattern=NO_NUL)]
    reason: Annotated[str, Field(min_length=1, max_length=500, pattern=NO_NUL)]
    contact: Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]
    until: date
    scheme: Annotated[str, Field(max_length=20, pattern=NO_NUL)] = ""
    identifier: Line = ""
    record: UUID | None = None
    decision: Decision = Decision.WAITING


class Deciding(Schema):
    """What another who is interested too may know. Without `contact` it stays what it was."""

    model_config = ConfigDict(extra="forbid")
    decision: Decision
    contact: Line = ""


class Moving(Schema):
    """To which day an interest counts from now on."""

    model_config = ConfigDict(extra="forbid")
    until: date


class Interest(Schema):
    """An interest of the sender. `both` says that somebody else is interested too; not who, and not how many.

    One that `is_past` is compared no more, until its day is moved; one that `is_gone` never again: the holder of the record that
    it was taken from disposed of that, and what it said of it is erased. `contacts` are of those who let themselves be contacted; `is_asked` that somebody asks the sender to.
    """

    id: UUID
    name: str
    scheme: str
    identifier: str
    until: date
    is_past: bool
    is_gone: bool
    decision: Decision
    contact: str
    both: bool
    contacts: list[str]
    is_asked: bool


@router.get("/interests", response=list[Interest])
def list_interests(request: ActingRequest) -> list[Interest]:
    """The sender's interests, each compared anew."""
    return [_interest(each) for each in deconflicting.look(actor=request.actor, at=clock.now())]


@router.post("/interests", response={201: Interest})
def register_interest(request: ActingRequest, new: Registering) -> Status[Interest]:
    """Register an interest; it is compared at once."""
    asked = NewInterest(
        new.name,
        new.reason,
        new.contact,
        new.until,
        new.scheme,
        new.identifier,
        new.record,
        new.decision,
    )
    actor, at = request.actor, clock.now()
    row = deconflicting.register(actor=actor, new=asked, at=at)
    looked = deconflicting.look_at(actor=actor, interest=row.pk, at=at)
    return Status(201, _interest(looked))


@router.post("/interests/{uuid:key}/decide", response={204: None})
def decide_interest(request: ActingRequest, key: UUID, said: Deciding) -> Status[None]:
    """What another may know, from now on."""
    deconflicting.decide(
        actor=request.actor,
        interest=key,
        decision=said.decision,
        contact=said.contact,
        at=clock.now(),
    )
    return Status(204, None)


@router.post("/interests/{uuid:key}/move", response={204: None})
def move_interest(request: ActingRequest, key: UUID, said: Moving) -> Status[None]:
    """Have it count to another day, also once its day is past."""
    deconflicting.move_day(actor=request.actor, interest=key, until=said.until, at=clock.now())
    return Status(204, None)


@router.post("/interests/{uuid:key}/withdraw", response={204: None})
def withdraw_interest(request: ActingRequest, key: UUID) -> Status[None]:
    """Be interested no longer."""
    deconflicting.withdraw(actor=request.actor, interest=key, at=clock.now())
    return Status(204, None)


def _interest(looked: Looked) -> Interest:
    row, met = looked.row, looked.met
    return Interest(
        id=row.pk,
        name=row.name,
        scheme=row.scheme,
        identifier=row.identifier,
        until=row.until,
        is_past=looked.is_past,
        is_gone=row.is_gone,
        decision=Decision(row.decision),
        contact=row.contact,
        both=met is not None,
        contacts=list(met.contacts) if met else [],
        is_asked=bool(met and met.is_asked),
    )
