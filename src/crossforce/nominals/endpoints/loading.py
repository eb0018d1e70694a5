"""Loads over HTTP: sources, files, rows that are pushed, rows that were refused, and how good it all is."""

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from crossforce.kernel import civil, clock
from crossforce.nominals.forms.loading import MOST_SENT
from crossforce.nominals.operations import loading, mending, sources
from crossforce.nominals.operations.loading import Sent
from crossforce.nominals.queries import corrections as told
from crossforce.nominals.queries import loads as reads
from crossforce.nominals.queries import quality as qualities
from crossforce.people.api import ActingRequest
from crossforce.records.mapping.files import too_large

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
    """A load and what came of it. `findings` says why all of it was refused; `refused` counts rows by rule and team."""

    id: UUID
    title: str
    source: str
    form: str
    file: str
    sha256: str
    state: str
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
    """Keep a source for its force, or change the one of its name."""
    of = sources.understood(given.text)
    known = [each for each in reads.sources(request.actor) if each.name == of.name]
    if known:
        (row,) = known[:1]
        sources.change(
            actor=request.actor,
            source=row.pk,
            version=row.version,
            text=given.text,
            at=clock.now(),
        )
        return reads.source(request.actor, row.pk)
    key = sources.keep(actor=request.actor, text=given.text, at=clock.now())
    return reads.source(request.actor, key)


@router.post("/loads", response=Load)
def send(request: ActingRequest, file: File[UploadedFile], source: Form[str]) -> Load:
    """Load a file of at most 50 MB by the source of that name; a larger one is pushed in parts, or on the command line.

    The same file twice is the same as once. Rows that are not sound are kept apart, and the rest go in.
    """
    kept = reads.source_named(request.actor, source)
    if (file.size or 0) > MOST_SENT:
        raise sources.BadMapping((too_large(MOST_SENT // 1_000_000).at(file.name or "", 0),))
    assert file.file is not None
    sent = Sent(kept.text, file.file, file.name or "")
    outcome = loading.load(actor=request.actor, sent=sent, at=clock.now())
    assert outcome.record
    return shape(reads.load(request.actor, outcome.record))


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
    return [shape(each) for each in reads.loads(request.actor)]


@router.get("/loads/{uuid:key}", response=Load)
def one(request: ActingRequest, key: UUID) -> Load:
    """A load, and what came of it."""
    return shape(reads.load(request.actor, key))


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


class Told(Schema):
    """A record that was received and corrected since, and which organisations were told."""

    kind: str
    record: UUID
    title: str
    by: str
    at: datetime
    recipients: list[str]


@router.get("/corrections", response=list[Told])
def corrections(request: ActingRequest) -> list[Any]:
    """Corrections of records that the sender's organisation received, for those who read the ledger there."""
    return told.corrections(request.actor)


def shape(row: Any) -> Load:
    """A load as the API gives it."""
    return Load(
        id=row.pk,
        title=row.title,
        source=row.source,
        form=row.form,
        file=row.file_name,
        sha256=row.file_sha256,
        state=row.state,
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
