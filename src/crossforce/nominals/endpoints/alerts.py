"""Saved searches over HTTP."""

from typing import Annotated
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from crossforce.kernel import clock
from crossforce.nominals import models
from crossforce.nominals.endpoints.searching import Hit, hit_of
from crossforce.nominals.operations import alerting
from crossforce.nominals.queries import alerts as queries
from crossforce.people.api import ActingRequest

router = Router()


class NewAlert(Schema):
    """A question to go on asking, as in the box."""

    model_config = ConfigDict(extra="forbid")
    question: Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\x00]*$")]
    name: Annotated[str, Field(max_length=120, pattern=r"^[^\x00]*$")] = ""


class Alert(Schema):
    """A saved search of the sender; `new` did not answer when they last looked."""

    id: UUID
    name: str
    question: str
    new: list[Hit]


@router.get("/alerts", response=list[Alert])
def list_alerts(request: ActingRequest) -> list[Alert]:
    """The sender's saved searches, each asked anew."""
    at = clock.now()
    rows = queries.mine(request.actor)
    found = [queries.alerted(request.actor, r, alerting.asked(r.question, at)) for r in rows]
    return [_alert(each.row, [hit_of(seen) for seen in each.new]) for each in found]


@router.post("/alerts", response={201: Alert})
def save_alert(request: ActingRequest, new: NewAlert) -> Status[Alert]:
    """Go on asking a question; what answers now is known."""
    row = alerting.save(
        actor=request.actor, question=new.question, name=new.name, at=clock.now()
    )
    return Status(201, _alert(row, []))


@router.post("/alerts/{uuid:key}/seen", response={204: None})
def have_seen(request: ActingRequest, key: UUID) -> Status[None]:
    """What is new has been seen."""
    alerting.looked(actor=request.actor, alert=key, at=clock.now())
    return Status(204, None)


@router.post("/alerts/{uuid:key}/stop", response={204: None})
def stop_alert(request: ActingRequest, key: UUID) -> Status[None]:
    """Ask it no longer."""
    alerting.stop(actor=request.actor, alert=key, at=clock.now())
    return Status(204, None)


def _alert(row: models.Alert, new: list[Hit]) -> Alert:
    return Alert(id=row.pk, name=row.name, question=row.question, new=new)
