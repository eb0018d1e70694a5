"""Sharing an original by link over HTTP: given, listed with its openings, and called back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from crossforce.evidence import queries
from crossforce.evidence.answering import address
from crossforce.evidence.choices import Lasts
from crossforce.evidence.operations import sharing
from crossforce.evidence.operations.sharing import NewShare
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class ShareIn(Schema):
    """To whom an original is shown by link, on what ground, for how many days; or until its case is closed or an agreement ends."""

    model_config = ConfigDict(extra="forbid")

    partner: str = Field(min_length=1, max_length=100)
    organisation: str = Field(min_length=1, max_length=100)
    ground: str = Field(min_length=1, max_length=500)
    days: int = 0
    lasts: Lasts = Lasts.DAY
    agreement: str = Field("", max_length=100)


class ShareOut(Schema):
    """A share. Its link is not kept."""

    id: UUID
    item: UUID
    partner: str
    organisation: str
    ground: str
    created_at: datetime
    expires_at: datetime
    lasts: Lasts
    agreement: str
    recalled_at: datetime | None


class GivenOut(Schema):
    """A share with its link, told this once."""

    share: ShareOut
    link: str


class OpenedOut(Schema):
    """A share, how often its link was opened, and when last."""

    share: ShareOut = Field(alias="row")
    openings: int
    opened_at: datetime | None


class LookOut(Schema):
    """One look by a link, and its entry in the ledger."""

    entry: UUID
    at: datetime
    part: str


@router.get("/shares/{uuid:share}/looks", response=list[LookOut])
def looks(request: ActingRequest, share: UUID) -> Any:
    """Every look by a link: when, and what of the original went out. Each entry has a receipt."""
    return queries.looks_at(request.actor, share)[1]


@router.get("/items/{uuid:item}/shares", response=list[OpenedOut])
def shares(request: ActingRequest, item: UUID) -> Any:
    """The shares of an original, the newest first."""
    return queries.shares_of(request.actor, item).rows


@router.post("/items/{uuid:item}/shares", response={201: GivenOut})
def share(request: ActingRequest, item: UUID, sent: ShareIn) -> Any:
    """Show an original by link to somebody without an account. Whoever may disclose it may."""
    new = NewShare(item, **sent.model_dump())
    given = sharing.share(actor=request.actor, new=new, at=clock.now())
    return Status(201, {"share": given.share, "link": address(request, given.link)})


@router.post("/shares/{uuid:share}/recall", response=ShareOut)
def recall(request: ActingRequest, share: UUID) -> Any:
    """Call a link back: it shows nothing from now on."""
    return sharing.recall(actor=request.actor, share=share, at=clock.now())
