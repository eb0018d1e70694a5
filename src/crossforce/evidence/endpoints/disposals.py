"""Disposal of cases over HTTP: proposed whole, and certified."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status

from crossforce.evidence import queries
from crossforce.evidence.operations import disposing
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class ProposedOut(Schema):
    """How many exhibits are proposed with a case."""

    exhibits: int


class CertificateOut(Schema):
    """One disposal; `said` tells how much went, and nothing of what it said. The receipt: `/api/v1/ledger/entries/{entry}/receipt`."""

    entry: UUID
    at: datetime
    subject: str
    said: dict[str, Any]


@router.post("/cases/{uuid:case}/propose-disposal", response={201: ProposedOut})
def propose(request: ActingRequest, case: UUID) -> Any:
    """Propose that a case and its exhibits go; somebody else disposes of it, as of any record."""
    number = disposing.propose(actor=request.actor, case=case, at=clock.now())
    return Status(201, {"exhibits": number})


@router.get("/disposals", response=list[CertificateOut])
def certificates(request: ActingRequest) -> Any:
    """What of one's organisation was disposed of, the newest first."""
    return queries.certificates(request.actor)
