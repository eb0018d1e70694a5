"""Spreadsheets over HTTP."""

from typing import Literal
from uuid import UUID

from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from crossforce.kernel import clock
from crossforce.people.api import ActingRequest
from crossforce.programme.operations.importing import Sheet, bring_in
from crossforce.records.reading.limits import MOST_BYTES

router = Router()


class Told(Schema):
    """What is wrong with a cell; `refuses` is the whole file, its row, or nothing."""

    rule: str
    message: str
    remedy: str
    place: str
    row: int
    reference: str
    refuses: Literal["file", "row", "nothing"]


class Brought(Schema):
    """What a file did, or with `rehearse` would do."""

    counts: dict[str, int]
    is_refused: bool
    findings: list[Told]
    record: UUID | None


@router.post("/imports", response=Brought)
def push(
    request: ActingRequest,
    file: File[UploadedFile],
    layout: Form[Literal["register", "milestones"]] = "register",
    project: Form[str] = "",
    sheet: Form[str] = "",
    rehearse: Form[bool] = False,
) -> Brought:
    """Bring a register, or the milestones of a project, in: CSV or XLSX. The same file twice changes nothing."""
    sent = Sheet(
        (file.name or "")[:200], file.read(MOST_BYTES + 1), layout, project[:120], sheet[:60]
    )
    outcome = bring_in(actor=request.actor, sent=sent, at=clock.now(), is_rehearsal=rehearse)
    return Brought(
        counts=dict(outcome.counts),
        is_refused=outcome.is_refused,
        findings=[
            Told(
                rule=each.rule,
                message=each.message,
                remedy=each.remedy,
                place=each.place,
                row=each.row,
                reference=each.reference,
                refuses="file" if each.is_whole else "nothing" if each.is_note else "row",
            )
            for each in outcome.findings
        ],
        record=outcome.record,
    )
