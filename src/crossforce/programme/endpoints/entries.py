"""The register over HTTP. Money is in pence, an index of protection in thousandths."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from crossforce.kernel import clock
from crossforce.kernel.web import api
from crossforce.people.api import ActingRequest
from crossforce.programme.choices import Stage
from crossforce.programme.endpoints.given import Given
from crossforce.programme.operations import entries as operations
from crossforce.programme.queries import entries as reads
from crossforce.programme.queries import looking
from crossforce.programme.queries.entries import Shown, Wanted
from crossforce.programme.rules.likeness import Pair

router = Router()
MOST = 10**15


class EntriesAsked(Schema):
    """Which entries; nothing given is all. `stale` asks for those that need a look."""

    holder: str = Field("", max_length=120)
    stage: Literal["", "idea", "scoping", "business-case", "agreement", "live", "reviewed", "dropped"] = ""  # fmt: skip
    function: str = Field("", max_length=120)
    stale: bool = False
    words: str = Field("", max_length=120)
    region: str = Field("", max_length=120)


class EntryChange(Given):
    """What an entry says; forces are codes, parted by semicolons. What is not sent stays as it is."""

    code: str = Field("", max_length=120)
    title: str = Field("", max_length=200)
    description: str = Field("", max_length=5_000)
    function: str = Field("", max_length=120)
    forces: str = Field("", max_length=2_000)
    partners: str = Field("", max_length=500)
    owner: str = Field("", max_length=200)
    agreement: str = Field("", max_length=120)
    entered_on: date | None = None
    threat: str = Field("", max_length=5_000)
    capability_evidence: str = Field("", max_length=5_000)
    threat_evidence: str = Field("", max_length=5_000)
    baseline: int | None = Field(None, ge=0, le=MOST)
    saving: int | None = Field(None, ge=0, le=MOST)
    saving_method: str = Field("", max_length=5_000)
    protection_before: int | None = Field(None, ge=-1_000_000, le=1_000_000)
    protection_after: int | None = Field(None, ge=-1_000_000, le=1_000_000)
    saving_evidence: str = Field("", max_length=5_000)
    source: str = Field("", max_length=500)


class EntryIn(EntryChange):
    """An idea; it needs a reference and a title."""

    code: str = Field(min_length=1, max_length=120)
    title: str = Field(min_length=1, max_length=200)


class Moving(Given):
    """Where an entry goes; `words` are the reason, or what its review concluded."""

    to: Stage
    words: str = Field("", max_length=5_000)


class EntryRow(Schema):
    """An entry in a list."""

    id: UUID
    version: int
    code: str
    title: str
    holder: str
    stage: str
    function: str
    forces: list[str]
    owner: str
    looked_on: date | None
    is_stale: bool


class Numbers(Schema):
    """A register in numbers. `protective` is how many support protective services."""

    total: int
    by_stage: dict[str, int]
    by_function: dict[str, int]
    by_region: dict[str, int]
    protective: int
    stale: int
    median_days: int | None
    oldest_days: int | None


class Entries(Schema):
    """The register that one may read."""

    entries: list[EntryRow]
    numbers: Numbers


class Way(Schema):
    """Where an entry or a project may go, and what it lacks for that."""

    to: str
    lacks: list[str]


class EntryShown(EntryIn):
    """One entry, with the verdict of the collaboration test."""

    id: UUID
    version: int
    holder: str
    stage: str
    looked_on: date | None
    is_passed: bool
    verdict: str
    ways: list[Way]


class Asked(Schema):
    """What one owner is asked to look at."""

    holder: str
    owner: str
    entries: list[str]
    days_overdue: list[int]


class Alike(Schema):
    """Two entries that may be one, and why; `score` is of 100."""

    one: str
    one_holder: str
    other: str
    other_holder: str
    kind: str
    score: int
    reasons: list[str]


@router.get("/entries", response=Entries)
def entries(request: ActingRequest, asked: Query[EntriesAsked]) -> Entries:
    """The register, and its numbers."""
    wanted = Wanted(**asked.model_dump())
    found = reads.entries(request.actor, wanted, clock.now())
    return Entries(
        entries=[_row(each) for each in found.entries],
        numbers=Numbers.model_validate(found.numbers, from_attributes=True),
    )


@router.post("/entries", response={201: EntryShown})
def add_entry(request: ActingRequest, sent: EntryIn) -> Any:
    """Enter an idea."""
    given = sent.model_dump(exclude_unset=True)
    key = operations.add_entry(actor=request.actor, given=given, at=clock.now())
    return Status(201, _shown(reads.shown(request.actor, key, clock.now())))


@router.get("/entries/{entry}", response=EntryShown)
def show_entry(request: ActingRequest, response: HttpResponse, entry: UUID) -> EntryShown:
    """One entry, with the ETag that a change carries."""
    shown = reads.shown(request.actor, entry, clock.now())
    api.tagged(response, shown.row)
    return _shown(shown)


@router.patch("/entries/{entry}", response=EntryShown)
def change_entry(request: ActingRequest, entry: UUID, sent: EntryChange) -> EntryShown:
    """Change what it says, with If-Match."""
    version = api.version_of(request, reads.one(request.actor, entry))
    operations.change_entry(
        actor=request.actor,
        entry=entry,
        version=version,
        given=sent.model_dump(exclude_unset=True),
        at=clock.now(),
    )
    return _shown(reads.shown(request.actor, entry, clock.now()))


@router.post("/entries/{entry}/move", response=EntryShown)
def move_entry(request: ActingRequest, entry: UUID, sent: Moving) -> EntryShown:
    """Take it to another stage, with If-Match."""
    version = api.version_of(request, reads.one(request.actor, entry))
    operations.move_entry(
        actor=request.actor,
        entry=entry,
        version=version,
        to=sent.to,
        words=sent.words,
        at=clock.now(),
    )
    return _shown(reads.shown(request.actor, entry, clock.now()))


@router.post("/entries/{entry}/look", response=EntryShown)
def look_at_entry(request: ActingRequest, entry: UUID) -> EntryShown:
    """Say that it is still right, with If-Match."""
    version = api.version_of(request, reads.one(request.actor, entry))
    operations.look_at_entry(actor=request.actor, entry=entry, version=version, at=clock.now())
    return _shown(reads.shown(request.actor, entry, clock.now()))


@router.get("/chase", response=list[Asked])
def chase(request: ActingRequest, *, own: bool = False) -> list[Asked]:
    """Whom to ask about which entries; with `own` what one is asked oneself."""
    ask = looking.own if own else reads.chased
    return [
        Asked(
            holder=each.holder,
            owner=each.owner,
            entries=[entry.reference for entry in each.entries],
            days_overdue=list(each.days),
        )
        for each in ask(request.actor, clock.now())
    ]


@router.get("/alike", response=list[Alike])
def alike(request: ActingRequest) -> list[Alike]:
    """Entries that may be one idea twice, the most alike first."""
    return [_alike(each) for each in reads.alike(request.actor, clock.now())]


def _alike(pair: Pair) -> Alike:
    return Alike(
        one=pair.one.reference,
        one_holder=pair.one.holder,
        other=pair.other.reference,
        other_holder=pair.other.holder,
        kind=str(pair.kind),
        score=pair.score,
        reasons=list(pair.reasons),
    )


def _row(each: reads.Listed) -> EntryRow:
    return EntryRow(
        id=each.row.pk,
        version=each.row.version,
        code=each.row.code,
        title=each.row.title,
        holder=each.entry.holder,
        stage=each.row.stage,
        function=each.row.function,
        forces=list(each.entry.forces),
        owner=each.row.owner,
        looked_on=each.row.looked_on,
        is_stale=each.is_stale,
    )


def _shown(shown: Shown) -> EntryShown:
    row = shown.row
    said = {name: getattr(row, name) for name in EntryChange.model_fields}
    return EntryShown(
        **said,
        id=row.pk,
        version=row.version,
        holder=shown.entry.holder,
        stage=row.stage,
        looked_on=row.looked_on,
        is_passed=shown.verdict.is_passed,
        verdict=shown.verdict.reason,
        ways=[Way(to=str(to), lacks=list(lacks)) for to, lacks in shown.ways],
    )
