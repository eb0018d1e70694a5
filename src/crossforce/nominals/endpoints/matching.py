"""The review queue over HTTP: what waits, why, and what is decided."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from crossforce.kernel import clock
from crossforce.nominals import models
from crossforce.nominals.choices import Act
from crossforce.nominals.endpoints.searching import Hit, hit_of
from crossforce.nominals.models.match import LONGEST_REASON
from crossforce.nominals.operations import matching as operations
from crossforce.nominals.queries import around as queries
from crossforce.nominals.queries import matching as reads
from crossforce.nominals.queries import reviewing
from crossforce.people.api import ActingRequest

router = Router()
State = Literal["waiting", "left", "second", "proposed", "confirmed", "refused", "withdrawn"]


class Asked(Schema):
    """Pairs in one state; a page has fifty. What is proposed was `left` for later, or waits for a `second` person."""

    state: State = "waiting"
    lean: Literal["", "propose", "review"] = ""
    page: int = Field(1, ge=1, le=100_000)


class Step(Schema):
    """What one field adds to the weight, in bits and in words; the first is what holds before anything is compared."""

    field: str
    level: str
    bits: float
    words: str


class Weighed(Schema):
    """What the two weighed when somebody decided so, whatever the engine says today; without weight it held nothing of them.

    The bits from which they were proposed, and looked at, are those of that day.
    """

    version: int
    state: str
    at: datetime
    weight: float | None
    lean: str
    model: str
    proposed_from: float | None
    reviewed_from: float | None
    evidence: list[Step]


class Pair(Schema):
    """Two records that the sender reads. `version` is 0 where nothing was decided yet; `match` is then null.

    `weight` and `evidence` are the engine's of today, `weighed` those of each decision, the last first.
    """

    one: Hit
    other: Hit
    state: str
    weight: float | None
    lean: str
    evidence: list[Step]
    match: UUID | None
    version: int
    reason: str
    weighed: list[Weighed]


class Pairs(Schema):
    """One page. With `is_more` there are more than `total`, which nobody counted."""

    marking: str
    total: int
    is_more: bool
    page: int
    pages: int
    items: list[Pair]


class After(Schema):
    """Where in the queue; without `after`, at the top."""

    after: str = Field("", max_length=100)


class Next(Schema):
    """The next two that wait, or null where none do. Sent as `after`, `at` leads on, whatever is decided of them."""

    pair: Pair | None
    at: str = ""


class Decided(Schema):
    """What is decided of the two, and why. `version` is the pair's."""

    model_config = ConfigDict(extra="forbid")
    act: Literal["confirm", "refuse", "leave", "withdraw"]
    reason: Annotated[str, Field(max_length=LONGEST_REASON, pattern=r"^[^\x00]*$")] = ""
    version: Annotated[int, Field(ge=0, le=2_147_483_647)]


@router.get("/matches", response=Pairs)
def list_matches(request: ActingRequest, asked: Query[Asked]) -> Pairs:
    """Pairs of records that may be of one person, of which the sender reads both."""
    found = reads.listed(request.actor, state=asked.state, lean=asked.lean, page=asked.page)
    return Pairs(
        marking=found.marking,
        total=found.total,
        is_more=found.is_more,
        page=found.page,
        pages=found.pages,
        items=[_pair(each) for each in found.pairs],
    )


@router.get("/matches/next", response=Next)
def show_next_match(request: ActingRequest, asked: Query[After]) -> Next:
    """The next two: what waits for a second person first, then by weight. After the last it begins at the top."""
    after = reviewing.Position.read(asked.after)
    found = reviewing.upcoming(request.actor, after)
    return Next(pair=_pair(found[0]), at=str(found[1])) if found else Next(pair=None)


class Conflict(Schema):
    """Two records that links hold together and evidence does not, and why; `is_split`: they are kept apart."""

    one: Hit
    other: Hit
    why: str
    is_split: bool


class Around(Schema):
    """What is matched with one person: who is confirmed, which of them are said to differ, what waits for a look.

    `refused` are pairs that are said to be two people; `likely` hang together with the person by the engine's proposals,
    where no decision and no evidence splits them. `conflicts` are what splits them, or what is outweighed, the nearest
    first. Of these, of what waits and of what was refused fifty are told, and said where there are more. With `is_cut` more records hang together with the person than are looked at.
    """

    confirmed: list[Hit]
    apart: list[list[UUID]]
    waiting: list[Pair]
    refused: list[Pair]
    likely: list[Hit]
    conflicts: list[Conflict]
    has_more_waiting: bool
    has_more_refused: bool
    has_more_conflicts: bool
    is_cut: bool


@router.get("/matches/{uuid:person}", response=Around)
def show_matches_of(request: ActingRequest, person: UUID) -> Around:
    """What is matched with a person, as far as the sender may know of both ends of each match."""
    return around_of(queries.around(request.actor, person))


def around_of(found: queries.Around) -> Around:
    return Around(
        confirmed=[hit_of(each) for each in found.confirmed],
        apart=[[one.id, other.id] for one, other in found.apart],
        waiting=[_pair(each) for each in found.waiting],
        refused=[_pair(each) for each in found.refused],
        likely=[hit_of(each) for each in found.likely],
        conflicts=[
            Conflict(
                one=hit_of(each.one),
                other=hit_of(each.other),
                why=each.why,
                is_split=each.is_split,
            )
            for each in found.conflicts
        ],
        has_more_waiting=found.has_more_waiting,
        has_more_refused=found.has_more_refused,
        has_more_conflicts=found.has_more_conflicts,
        is_cut=found.is_cut,
    )


@router.get("/matches/{uuid:one}/{uuid:other}", response=Pair)
def show_match(request: ActingRequest, one: UUID, other: UUID) -> Pair:
    """Two records, what the engine found, and what was decided."""
    return _pair(reads.pair(request.actor, one, other))


@router.post("/matches/{uuid:one}/{uuid:other}", response=Pair)
def decide_match(request: ActingRequest, one: UUID, other: UUID, decided: Decided) -> Pair:
    """Confirm that they are one person, refuse it, leave them for later, or withdraw what was decided."""
    operations.decide(
        actor=request.actor,
        one=one,
        other=other,
        act=Act(decided.act),
        reason=decided.reason,
        version=decided.version,
        at=clock.now(),
    )
    return _pair(reads.pair(request.actor, one, other))


def _pair(pair: reads.Pair) -> Pair:
    match, likeness = pair.match, pair.likeness
    evidence: list[dict[str, Any]] = likeness.evidence if likeness else []
    return Pair(
        one=hit_of(pair.one),
        other=hit_of(pair.other),
        state=pair.state,
        weight=pair.weight,
        lean=pair.lean,
        evidence=[Step(**each) for each in evidence],
        match=match.pk if match else None,
        version=match.version if match else 0,
        reason=match.reason if match else "",
        weighed=[_weighed(each) for each in pair.weighed],
    )


def _weighed(row: models.Weighed) -> Weighed:
    return Weighed(
        version=row.version,
        state=row.state,
        at=row.acted_at,
        weight=row.weight,
        lean=row.lean,
        model=row.model,
        proposed_from=row.proposed_above,
        reviewed_from=row.reviewed_above,
        evidence=[Step(**each) for each in row.evidence],
    )
