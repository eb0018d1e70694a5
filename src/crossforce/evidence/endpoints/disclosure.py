"""Unused material over HTTP: scheduled, tested, decided, certified, and bundled."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from crossforce.evidence.answering import bundled, written
from crossforce.evidence.choices import Decision, Schedule, Side, Test, Trigger
from crossforce.evidence.operations import bundling, moving, scheduling
from crossforce.evidence.operations.bundling import NewBundle
from crossforce.evidence.operations.scheduling import Decided, Described
from crossforce.evidence.queries import disclosure as queries
from crossforce.evidence.queries import looks
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()
STRICT = ConfigDict(extra="forbid")


class UnusedIn(Schema):
    """An item of unused material. Why it is sensitive puts it on MG6D. `exhibit` is a reference of the case."""

    model_config = STRICT

    description: str = Field(min_length=1, max_length=500)
    location: str = Field(min_length=1, max_length=200)
    exhibit: str = Field("", max_length=40)
    why_sensitive: str = Field("", max_length=500)
    is_presumed: bool = False


class UnusedOut(Schema):
    """An item of unused material, what was found and what was decided of it."""

    id: UUID
    schedule: Schedule
    number: int
    version: int
    description: str
    location: str
    exhibit: UUID | None
    why_sensitive: str
    is_presumed: bool
    test: Test
    tested_at: datetime | None
    tested_by: str
    test_reason: str
    reopened_for: Trigger
    decision: Decision
    decided_at: datetime | None
    decided_by: str
    decision_reason: str
    order_reference: str = ""
    ordered_on: date | None = None


class SchedulesOut(Schema):
    """The unused material of a case, whether it is certified as it stands, and what keeps it from being certified.

    Without `has_sensitive` it is MG6C alone, as far as it is open to you.
    """

    has_sensitive: bool
    is_certified: bool
    refusal: str | None
    items: list[UnusedOut]


class AgainOut(Schema):
    """A case with items to be looked at again. It `is_own` to its disclosure officer, and after some days to everybody who may test them."""

    case: UUID = Field(alias="case.pk")
    case_reference: str = Field(alias="case.case_reference")
    items: int
    triggers: list[Trigger]
    since: datetime
    officer: str
    is_own: bool


class MendIn(UnusedIn):
    """What an item of unused material is, in place of what it said. It stays on its schedule."""

    version: int


class TestIn(Schema):
    """How the disclosure test came out."""

    model_config = STRICT

    version: int
    test: Test
    officer: str = Field(min_length=1, max_length=100)
    reason: str = Field(min_length=1, max_length=500)


class DecisionIn(Schema):
    """What the prosecutor decided; what is withheld, by which order of the court."""

    model_config = STRICT

    version: int
    decision: Decision
    prosecutor: str = Field(min_length=1, max_length=100)
    reason: str = Field("", max_length=500)
    order_reference: str = Field("", max_length=100)
    ordered_on: date | None = None


class MoveIn(Schema):
    """Why it is sensitive; empty puts it on MG6C."""

    model_config = STRICT

    version: int
    why_sensitive: str = Field("", max_length=500)


class ReopenIn(Schema):
    """Why tested items are looked at again."""

    model_config = STRICT

    trigger: Trigger


class CertifyIn(Schema):
    """Who certifies the schedules."""

    model_config = STRICT

    officer: str = Field(min_length=1, max_length=100)


class CertifiedOut(Schema):
    """A disclosure officer's certificate, over the SHA-256 of what the schedules said."""

    id: UUID
    number: int
    officer: str
    items: int
    digest: str
    created_at: datetime


class BundleIn(Schema):
    """For which side a bundle is made, for whom, and why."""

    model_config = STRICT

    side: Side
    recipient: str = Field(min_length=1, max_length=200)
    reason: str = Field(min_length=1, max_length=500)


class NumberOut(Schema):
    """How many items are to be looked at again."""

    items: int


@router.get("/cases/{uuid:case}/unused", response=SchedulesOut)
def schedules(request: ActingRequest, case: UUID) -> Any:
    """The schedules of a case."""
    return queries.schedules_of(request.actor, case)


@router.post("/cases/{uuid:case}/unused", response={201: UnusedOut})
def schedule(request: ActingRequest, case: UUID, sent: UnusedIn) -> Any:
    """Put an item of unused material on the schedule where it belongs."""
    new = Described(**sent.model_dump())
    made = scheduling.schedule(actor=request.actor, case=case, new=new, at=clock.now())
    return Status(201, made)


@router.get("/unused/look-again", response=list[AgainOut])
def look_again(request: ActingRequest) -> Any:
    """The cases with unused material that is to be looked at again, one's own first."""
    return looks.again(request.actor, clock.now())


@router.post("/unused/{uuid:item}", response=UnusedOut)
def mend(request: ActingRequest, item: UUID, sent: MendIn) -> Any:
    """Mend what an item says of itself; the schedules are to be certified anew then."""
    said = Described(**sent.model_dump(exclude={"version"}))
    return scheduling.describe(
        actor=request.actor, item=item, version=sent.version, said=said, at=clock.now()
    )


@router.get("/cases/{uuid:case}/unused/{slug:name}.{slug:form}", url_name="evidence-schedule")
def paper(request: ActingRequest, case: UUID, name: str, form: str) -> Any:
    """`mg6c`, `mg6d` or the report `mg6e`, as `pdf` or `csv`."""
    return written(request, case, name, form)


@router.post("/unused/{uuid:item}/test", response=UnusedOut)
def test(request: ActingRequest, item: UUID, sent: TestIn) -> Any:
    """Record how the disclosure test came out."""
    at = clock.now()
    return scheduling.record_test(actor=request.actor, item=item, at=at, **sent.model_dump())


@router.post("/unused/{uuid:item}/decision", response=UnusedOut)
def decide(request: ActingRequest, item: UUID, sent: DecisionIn) -> Any:
    """Write down what the prosecutor decided."""
    decided = Decided(**sent.model_dump(exclude={"version"}))
    return scheduling.decide(
        actor=request.actor, item=item, version=sent.version, decided=decided, at=clock.now()
    )


@router.post("/unused/{uuid:item}/move", response=UnusedOut)
def move(request: ActingRequest, item: UUID, sent: MoveIn) -> Any:
    """Put an item on the other schedule: it is another record there, and this one is gone."""
    at = clock.now()
    return moving.move(actor=request.actor, item=item, at=at, **sent.model_dump())


@router.post("/cases/{uuid:case}/unused/reopen", response=NumberOut)
def reopen(request: ActingRequest, case: UUID, sent: ReopenIn) -> Any:
    """Have tested items that are not disclosed looked at again."""
    at = clock.now()
    return {
        "items": scheduling.reopen(actor=request.actor, case=case, trigger=sent.trigger, at=at)
    }


@router.post("/cases/{uuid:case}/unused/certify", response={201: CertifiedOut})
def certify(request: ActingRequest, case: UUID, sent: CertifyIn) -> Any:
    """The disclosure officer certifies the schedules as they stand."""
    at = clock.now()
    return Status(
        201, scheduling.certify(actor=request.actor, case=case, officer=sent.officer, at=at)
    )


@router.post("/cases/{uuid:case}/bundle", url_name="evidence-bundle")
def bundle(request: ActingRequest, case: UUID, sent: BundleIn) -> Any:
    """A ZIP file with the schedules that the side is given, and a proof pack of each exhibit that goes with them.

    Each is a disclosure of its own, also one that is asked for again under the same key.
    """
    new = NewBundle(case, **sent.model_dump())
    return bundled(bundling.make(actor=request.actor, new=new, at=clock.now()))
