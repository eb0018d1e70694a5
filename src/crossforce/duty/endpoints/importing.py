"""Exports over HTTP: pushed by a duty system, and looked at until they are in."""

from datetime import datetime
from uuid import UUID

from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from ninja.responses import Status

from crossforce.duty import jobs
from crossforce.duty.choices import OPEN, State
from crossforce.duty.operations import arriving, mappings
from crossforce.duty.operations.arriving import DESK
from crossforce.duty.queries import importing as reads
from crossforce.intake import api as intake
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest, Actor

router = Router()


class Refused(Schema):
    """What is wrong with a row, or with row 0, which is the file; where, and what would mend it."""

    rule: str
    message: str
    remedy: str
    row: int
    column: str
    reference: str


class Import(Schema):
    """An import and how it stands: checking, rehearsed, refused, running or done.

    One that is checking or running and not `is_at_work` has stopped: send its file again, and it goes on.
    """

    id: UUID
    state: str
    is_at_work: bool
    file: str
    sha256: str
    mapping: str
    counts: dict[str, int]
    refused: list[Refused]
    created_at: datetime


class Pushed(Import):
    """An import as it stands after a push; `was_in` where its file was in already, so that nothing was done now."""

    was_in: bool


@router.post("/imports", response={200: Pushed, 202: Pushed})
def push(
    request: ActingRequest,
    file: File[UploadedFile],
    mapping: Form[str],
    rehearse: Form[bool] = False,
    accept_losses: Form[bool] = False,
) -> Status[Pushed]:
    """Bring an export in by the mapping of that name; 202 while it is still at work: look again.

    The same file by the same mapping is one import, however often it is sent, until another file of
    its system came after it: then it is brought in again. Where it is in already, `was_in` says so.
    Send the idempotency key of a large file as the field `idempotency_key`, so that the file is not
    held in memory. A file that would cancel most of what is held for its days is refused, unless you
    `accept_losses`.
    """
    kept = reads.mapping_named(request.actor, mapping)
    text = mappings.accepting(kept.text) if accept_losses else kept.text
    arrived = intake.Arrived(text, file.name or "", file.chunks())
    state = State.CHECKING if rehearse else State.RUNNING
    key, is_new = arriving.receive(
        actor=request.actor, file=arrived, at=clock.now(), state=state
    )
    begins = (is_new or not rehearse) and reads.one_import(request.actor, key).is_open
    if begins:
        (jobs.LINE.check if rehearse else jobs.LINE.run)(request.actor, key)
    said = _now(request.actor, key)
    said.is_at_work |= begins  # once this request is committed, which is before its answer
    was_in = not (is_new or begins) and said.state == State.DONE
    return Status(202 if said.state in OPEN else 200, Pushed(**said.dict(), was_in=was_in))


@router.get("/imports", response=list[Import])
def listed(request: ActingRequest) -> list[Import]:
    """The last imports, newest first, without what was refused of them."""
    return [
        shape(reads.Brought(row, []), is_alive=is_alive)
        for row, is_alive in DESK.standing(lambda: reads.imports(request.actor))
    ]


@router.get("/imports/{uuid:key}", response=Import)
def one(request: ActingRequest, key: UUID, wait: bool = False) -> Import:
    """An import; with `wait`, not before it rests, for at most ten seconds."""
    return intake.rested(lambda: _now(request.actor, key), is_awaited=wait)


def _now(actor: Actor, key: UUID) -> Import:
    """How it stands. Its progress comes first: what ends in between is seen at its end."""
    is_alive = DESK.waiting.progress(key).is_alive
    return shape(reads.one_import(actor, key), is_alive=is_alive)


def shape(found: reads.Brought, *, is_alive: bool) -> Import:
    """An import as the API gives it; `is_alive` while somebody is at work on it."""
    row = found.row
    return Import(
        id=row.pk,
        state=row.state,
        is_at_work=found.is_open and is_alive,
        file=row.file_name,
        sha256=row.file_sha256,
        mapping=row.title,
        counts=found.numbers,
        refused=[
            Refused(
                rule=each.rule,
                message=each.message,
                remedy=each.remedy,
                row=each.row,
                column=each.column,
                reference=each.reference,
            )
            for each in found.findings
        ],
        created_at=row.created_at,
    )
