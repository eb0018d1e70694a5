"""Loads over HTTP: sources, files, rows that are pushed, rows that were refused, and how good it all is."""

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from ninja.responses import Status
from pydantic import Field

from crossforce.intake import api as intake
from crossforce.intake.choices import OPEN
from crossforce.kernel import civil, clock
from crossforce.nominals.jobs import loading as jobs
from crossforce.nominals.operations import arriving, loading, mending, sources
from crossforce.nominals.operations.arriving import DESK
from crossforce.nominals.queries import loads as reads
from crossforce.nominals.queries import quality as qualities
from crossforce.people.api import ActingRequest, Actor

router = Router()
MOST_PUSHED: Final = 10_000


class Source(Schema):
    """A connector of a force: its name, and the mapping by which what it sends is read."""

    id: UUID
    name: str
    title: str
    text: str
    version: int


class NewSource(Schema):
    """A mapping, as TOML; its own name is the source's."""

    text: str


class Reason(Schema):
    """Why a row was refused: by which rule, in which column, and what would mend it."""

    rule: str
    column: str
    message: str
    remedy: str


class Refused(Schema):
    """A refused row as it came, and how it stands: waiting, mended or given up."""

    id: UUID
    load: UUID
    source: str
    row: int
    reference: str
    team: str
    state: str
    cells: dict[str, Any]
    reasons: list[Reason]
    version: int


class Page(Schema):
    """Refused rows, fifty to a page."""

    total: int
    page: int
    pages: int
    items: list[Refused]


class Load(Schema):
    """A load and what came of it. `findings` says why all of it was refused; `refused` counts rows by rule and team.

    One that is running and not `is_at_work` has stopped: send its file again, and it goes on.
    """

    id: UUID
    title: str
    source: str
    form: str
    file: str
    sha256: str
    state: str
    is_at_work: bool
    counts: dict[str, int]
    refused: dict[str, dict[str, int]]
    findings: str
    created_at: datetime


class Pushed(Schema):
    """Rows of a source, each an object whose names are those that its mapping reads."""

    source: str
    rows: Annotated[list[Any], Field(min_length=1, max_length=MOST_PUSHED)]


class Mended(Schema):
    """The corrected cells of a row; those that are left away stay as they are."""

    version: int
    cells: dict[str, Any]


class Replayed(Schema):
    """Whether the row is in now; if not, why it is refused still."""

    is_in: bool
    reasons: list[Reason]


class Principle(Schema):
    """A force's team (empty: those without one), or the whole force where it is null, and its scores."""

    force: str
    team: str | None
    people: int
    scores: dict[str, float]
    passes: dict[str, list[int]]
    is_low: bool


@router.get("/sources", response=list[Source])
def listed(request: ActingRequest) -> list[Any]:
    """The sources that the sender may use."""
    return reads.sources(request.actor)


@router.post("/sources", response=Source)
def keep(request: ActingRequest, given: NewSource) -> Any:
    """Keep a source for its force, or change the one of its name there."""
    key = sources.put(actor=request.actor, text=given.text, at=clock.now())
    return reads.source(request.actor, key)


@router.post("/loads", response={202: Load})
def send(request: ActingRequest, file: File[UploadedFile], source: Form[str]) -> Status[Load]:
    """Load a file by the source of that name, as large as its mapping says; it is at work then: look again.

    The same file twice is the same as once; one that stopped goes on. Rows that are not sound are kept apart, and
    the rest go in. Send the idempotency key of a large file as the field `idempotency_key`, so that the file is not
    held in memory.
    """
    kept = reads.source_named(request.actor, source)
    arrived = intake.Arrived(kept.text, file.name or "", file.chunks())
    key, _ = arriving.receive(actor=request.actor, file=arrived, at=clock.now())
    jobs.LINE.run(request.actor, key)
    return Status(202, shape(reads.load(request.actor, key), is_alive=True))


@router.post("/push", response=Load)
def push(request: ActingRequest, given: Pushed) -> Load:
    """Load rows of a source, as what changed; at most ten thousand. Send an idempotency key, as with every POST."""
    kept = reads.source_named(request.actor, given.source)
    outcome = loading.push(
        actor=request.actor, mapping=kept.text, rows=given.rows, name="", at=clock.now()
    )
    assert outcome.record
    return shape(reads.load(request.actor, outcome.record))


@router.get("/loads", response=list[Load])
def last(request: ActingRequest) -> list[Load]:
    """The last loads, newest first."""
    found = DESK.standing(lambda: reads.loads(request.actor))
    return [shape(row, is_alive=is_alive) for row, is_alive in found]


@router.get("/loads/{uuid:key}", response=Load)
def one(request: ActingRequest, key: UUID, wait: bool = False) -> Load:
    """A load, and what came of it; with `wait`, not before it rests, for at most ten seconds."""
    return intake.rested(lambda: _now(request.actor, key), is_awaited=wait)


def _now(actor: Actor, key: UUID) -> Load:
    """How it stands. Its progress comes first: what ends in between is seen at its end."""
    is_alive = DESK.waiting.progress(key).is_alive
    return shape(reads.load(actor, key), is_alive=is_alive)


@router.get("/rows", response=Page)
def rows(
    request: ActingRequest,
    load: UUID | None = None,
    page: Annotated[int, Field(ge=1, le=100_000)] = 1,
) -> Page:
    """Refused rows that wait; of one load where it is named."""
    found = reads.refused(request.actor, load=load, page=page)
    items = [refused(each) for each in found.rows]
    return Page(total=found.total, page=found.page, pages=found.pages, items=items)


@router.post("/rows/{uuid:key}/replay", response=Replayed)
def replay(request: ActingRequest, key: UUID, given: Mended) -> Replayed:
    """Correct a refused row and load it."""
    held = reads.refused_row(request.actor, key)
    if held is None:
        raise mending.NoSuchRow
    outcome = mending.replay(
        actor=request.actor,
        row=key,
        version=given.version,
        cells={**held.cells, **given.cells},
        at=clock.now(),
    )
    reasons = [Reason(**e._asdict()) for one in outcome.refused for e in one.reasons]
    return Replayed(is_in=not reasons and not outcome.findings, reasons=reasons)


@router.post("/rows/{uuid:key}/give-up", response=Refused)
def give_up(request: ActingRequest, key: UUID, version: int) -> Refused:
    """Leave a refused row away for good."""
    mending.give_up(actor=request.actor, row=key, version=version, at=clock.now())
    held = reads.refused_row(request.actor, key)
    assert held
    return refused(held)


@router.get("/quality", response=list[Principle])
def quality(request: ActingRequest) -> list[Principle]:
    """How good the records of people are that the sender may read, by force and team."""
    found = qualities.report(request.actor, on=civil.day_of(clock.now()))
    return [
        Principle(
            force=each.force,
            team=each.team,
            people=each.people,
            scores={name: round(score, 4) for name, score in each.scores.items()},
            passes={name: [tally.passed, tally.of] for name, tally in each.tallies.items()},
            is_low=each.is_low,
        )
        for each in found.lines
    ]


def shape(row: Any, *, is_alive: bool = False) -> Load:
    """A load as the API gives it; `is_alive` while somebody is at work on it."""
    return Load(
        id=row.pk,
        title=row.title,
        source=row.source,
        form=row.form,
        file=row.file_name,
        sha256=row.file_sha256,
        state=row.state,
        is_at_work=row.state in OPEN and is_alive,
        counts=row.counts,
        refused=row.quality.get("refused", {}),
        findings=row.findings,
        created_at=row.created_at,
    )


def refused(row: Any) -> Refused:
    """A refused row as the API gives it."""
    return Refused(
        id=row.pk,
        load=row.load,
        source=row.source,
        row=row.row,
        reference=row.row_reference,
        team=row.team,
        state=row.state,
        cells=row.cells,
        reasons=[Reason(**each) for each in row.reasons],
        version=row.version,
    )
