"""The files that came, over HTTP."""

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema

from crossforce.finance.operations.sheets import MOST_TOLD
from crossforce.finance.queries import imports as past
from crossforce.people.api import ActingRequest

router = Router()


class PastFile(Schema):
    """A file that was sent: by whom, what it holds, and what became of it; `budget` is the title of that of lines."""

    id: UUID
    file_name: str
    file_sha256: str
    layout: str
    budget: str
    sent_at: datetime
    sent_by: str
    held_by: str
    state: str
    counts: dict[str, int]
    findings: list[str]


@router.get("/imports", response=list[PastFile])
def imports(request: ActingRequest) -> list[PastFile]:
    """The files of budgets, lines and figures that were sent before, the latest first: five hundred at most, with fifty faults of each."""
    return [
        PastFile(
            id=each.row.pk,
            file_name=each.row.file_name,
            file_sha256=each.row.file_sha256,
            layout=each.row.layout,
            budget=each.row.budget,
            sent_at=each.at,
            sent_by=each.by,
            held_by=each.holder,
            state=each.row.state,
            counts=each.counts,
            findings=each.row.findings.splitlines()[:MOST_TOLD],
        )
        for each in past.imports(request.actor)
    ]
