"""Spreadsheets over HTTP."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile

from crossforce.kernel import clock
from crossforce.people.api import ActingRequest
from crossforce.programme.operations.importing import Sheet, bring_in
from crossforce.programme.queries import imports as past
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


class SoundRow(Schema):
    """A row that brings something: the headings of what it changes, none where it is new."""

    row: int
    reference: str
    title: str
    changes: list[str]


class Brought(Schema):
    """What a file did, or with `rehearse` would do.

    `sound` are the rows that come in; with `is_held_back` none does, because others are refused.
    """

    counts: dict[str, int]
    is_refused: bool
    is_held_back: bool
    findings: list[Told]
    sound: list[SoundRow]
    record: UUID | None


class PastImport(Schema):
    """A file that was sent: by whom, in whose register, and what became of its rows."""

    id: UUID
    file_name: str
    file_sha256: str
    layout: str
    project: str
    sent_at: datetime
    sent_by: str
    held_by: str
    state: str
    counts: dict[str, int]


@router.get("/imports", response=list[PastImport])
def imports(request: ActingRequest) -> list[PastImport]:
    """The files that were sent before, the latest first: five hundred at most."""
    return [
        PastImport(
            id=each.row.pk,
            file_name=each.row.file_name,
            file_sha256=each.row.file_sha256,
            layout=each.row.layout,
            project=each.row.project,
            sent_at=each.at,
            sent_by=each.by,
            held_by=each.holder,
            state=each.row.state,
            counts={name.replace(" ", "_"): number for name, number in each.counts.items()},
        )
        for each in past.imports(request.actor)
    ]


@router.post("/imports", response=Brought)
def push(
    request: ActingRequest,
    file: File[UploadedFile],
    layout: Form[Literal["register", "milestones"]] = "register",
    project: Form[str] = "",
    sheet: Form[str] = "",
    rehearse: Form[bool] = False,
    in_part: Form[bool] = False,
) -> Brought:
    """Bring a register, or the milestones of a project, in: CSV or XLSX, whole or not at all.

    With `in_part` the sound rows come in without those that are refused. The same file twice changes nothing.
    """
    sent = Sheet(
        (file.name or "")[:200], file.read(MOST_BYTES + 1), layout, project[:120], sheet[:60]
    )
    outcome = bring_in(
        actor=request.actor,
        sent=sent,
        at=clock.now(),
        is_rehearsal=rehearse,
        is_in_part=in_part,
    )
    return Brought(
        counts=dict(outcome.counts),
        is_refused=outcome.is_refused,
        is_held_back=outcome.is_held_back,
        sound=[
            SoundRow(
                row=each.number,
                reference=each.reference,
                title=each.title,
                changes=list(each.changes),
            )
            for each in outcome.sound
        ],
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
