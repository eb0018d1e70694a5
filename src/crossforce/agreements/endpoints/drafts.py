"""Drafts over the API: begin, read with findings, write, discard, propose."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Status

from crossforce.agreements import models, operations
from crossforce.agreements.endpoints import drawing, schemas
from crossforce.agreements.endpoints.asking import actor
from crossforce.agreements.endpoints.routing import router
from crossforce.agreements.queries import agreements, documents, showing
from crossforce.kernel import clock
from crossforce.kernel.web import api as frame


@router.post("/drafts", response={201: schemas.Draft}, summary="Begin a new agreement")
def begin(request: HttpRequest, response: HttpResponse, new: schemas.NewDraft) -> Status[Any]:
    at = clock.now()
    draft = operations.begin(
        actor=actor(request),
        owner=new.owner,
        reference=new.reference,
        document=new.document,
        at=at,
    )
    frame.tagged(response, draft)
    return Status(201, drawing.draft(draft, documents.judge_draft(draft, at)))


@router.post("/{reference}/draft", response={201: schemas.Draft}, summary="Begin a variation")
def vary(
    request: HttpRequest, response: HttpResponse, reference: str, new: schemas.Owner
) -> Status[Any]:
    at = clock.now()
    draft = operations.vary(actor=actor(request), owner=new.owner, reference=reference, at=at)
    frame.tagged(response, draft)
    return Status(201, drawing.draft(draft, documents.judge_draft(draft, at)))


@router.get("/{reference}/draft", response=schemas.Draft, summary="The draft and its findings")
def read(request: HttpRequest, response: HttpResponse, reference: str) -> schemas.Draft:
    draft = agreements.draft_of(actor(request), reference)
    frame.tagged(response, draft)
    return drawing.draft(draft, documents.judge_draft(draft, clock.now()))


@router.put("/{reference}/draft", response=schemas.Draft, summary="Write the draft")
def write(
    request: HttpRequest, response: HttpResponse, reference: str, new: schemas.Writing
) -> schemas.Draft:
    at = clock.now()
    draft = operations.save(
        actor=actor(request),
        reference=reference,
        document=new.document,
        version=_seen(request, reference),
        at=at,
    )
    frame.tagged(response, draft)
    return drawing.draft(draft, documents.judge_draft(draft, at))


@router.delete("/{reference}/draft", response={204: None}, summary="Discard the draft")
def discard(request: HttpRequest, reference: str) -> Status[Any]:
    seen = _seen(request, reference)
    operations.discard(actor=actor(request), reference=reference, version=seen, at=clock.now())
    return Status(204, None)


@router.post(
    "/{reference}/draft/propose",
    response={201: schemas.Agreement},
    summary="Put the draft to its parties",
)
def propose(request: HttpRequest, reference: str) -> Status[Any]:
    at, seen = clock.now(), _seen(request, reference)
    operations.propose(actor=actor(request), reference=reference, version=seen, at=at)
    return Status(201, drawing.agreement(showing.agreement(actor(request), reference, at)))


def _seen(request: HttpRequest, reference: str) -> int:
    draft: models.Draft = agreements.draft_of(actor(request), reference)
    return frame.version_of(request, draft)
