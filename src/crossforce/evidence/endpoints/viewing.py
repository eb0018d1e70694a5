"""Viewing copies of films and sound over HTTP: asked for, and played."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from ninja import Router, Schema, Status

from crossforce.evidence import answering, queries
from crossforce.evidence.models import ViewingCopy
from crossforce.evidence.operations import viewing
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class Viewing(Schema):
    """How far the viewing copy of a film or sound is: `waits`, `made` or `not-made`, with why; which part is done; where it is played."""

    state: str
    part_done: float
    why_not: str
    made_with: str
    content: str


@router.get("/items/{uuid:item}/viewing", response=Viewing)
def standing(request: ActingRequest, item: UUID) -> Viewing:
    """How far its viewing copy is. 404 where nobody asked for one."""
    copy = viewing.of(request.actor, queries.item_of(request.actor, item))
    if copy is None:
        raise viewing.NotMade
    return _told(copy)


@router.post("/items/{uuid:item}/viewing", response={202: Viewing})
def ask(request: ActingRequest, item: UUID) -> Any:
    """Have a viewing copy made, once, of a film or sound that browsers do not play. It is no original, and goes in no pack."""
    return Status(202, _told(viewing.ask(actor=request.actor, item=item, at=clock.now())))


@router.get(
    "/items/{uuid:item}/viewing/content", include_in_schema=False, url_name="evidence-viewed"
)
def content(request: ActingRequest, item: UUID) -> Any:
    """The bytes of its viewing copy; Range asks for a part of at most 16 MiB."""
    return answering.viewed(request, item)


def _told(copy: ViewingCopy) -> Viewing:
    state = "made" if copy.is_made else "not-made" if copy.why_not else "waits"
    return Viewing(
        state=state,
        part_done=copy.part_done,
        why_not=copy.why_not,
        made_with=copy.made_with,
        content=reverse("api:evidence-viewed", args=[copy.item]) if copy.is_made else "",
    )
