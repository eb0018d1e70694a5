"""Benefits and the portfolio over HTTP."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from crossforce.benefits import choices
from crossforce.benefits.endpoints import shapes
from crossforce.benefits.operations import benefits as operations
from crossforce.benefits.operations.readings import NewReading, correct, measure, report
from crossforce.benefits.operations.reinvesting import reinvest
from crossforce.benefits.queries import benefits
from crossforce.benefits.queries.portfolio import portfolio
from crossforce.benefits.rules.reinvesting import Allocation
from crossforce.kernel import civil, clock
from crossforce.kernel.web import api
from crossforce.people.api import ActingRequest

router = Router()
MOST_PENCE = 10**16


class Asked(Schema):
    """Which benefits: of an agreement, an owner, with a light."""

    agreement: str = Field("", max_length=120)
    owner: str = Field("", max_length=120)
    light: choices.Light | None = None

    @property
    def wanted(self) -> benefits.Wanted:
        """As the query takes it."""
        return benefits.Wanted(
            self.agreement, self.owner, self.light.value if self.light else ""
        )


class PortfolioOut(Schema):
    """What all benefits come to. `overlaps` and `faults` say what may be counted twice.

    `levels` are benefits whose figures say how things stand: each is told by itself, and in no sum.
    """

    programme: shapes.ViewOut
    forces: list[shapes.ViewOut]
    collaborations: list[shapes.ViewOut]
    overlaps: list[str]
    faults: list[str]
    undivided: dict[str, str]
    levels: list[shapes.BenefitRow]


class ChangeIn(shapes.Given):
    """A change of a frozen promise, by a decision that a board keeps here, or by one made elsewhere."""

    promise: shapes.PromiseIn
    reason: str = Field(min_length=1, max_length=1_000)
    decided_by: str = Field(min_length=1, max_length=200)
    decision: str = Field(
        min_length=1,
        max_length=200,
        description="The identifier of a decision that a board keeps here; of one made elsewhere, its document.",
    )
    decided_on: date


class MoveIn(shapes.Given):
    """Another status, and why."""

    to: choices.Status
    reason: str = Field("", max_length=1_000)


class PeriodIn(shapes.Given):
    """A period that has a target: from its first day until before its end."""

    starts_on: date
    ends_on: date


class FigureIn(shapes.Given):
    """What the measure was, and what shows it."""

    value: Decimal = Field(max_digits=20, decimal_places=4)
    evidence: str = Field(min_length=1, max_length=1_000)


class ReadingIn(PeriodIn, FigureIn):
    """The same, of a period, and of one force where it stays where it falls."""

    force: str = Field("", max_length=120)


class UseIn(shapes.Given):
    """Freed cash put to a use."""

    on: date
    pence: int = Field(gt=0, le=MOST_PENCE)
    destination: str = Field(min_length=1, max_length=200)
    posts: int = Field(0, ge=0, le=100_000)


@router.get("/profiles", response=list[shapes.BenefitRow])
def listed(request: ActingRequest, asked: Query[Asked]) -> list[shapes.BenefitRow]:
    """The benefits that the sender may read, each with its light of today."""
    found = benefits.listed(request.actor, asked.wanted, civil.day_of(clock.now()))
    return [shapes.BenefitRow(**shapes.row_told(each)) for each in found]


@router.get("/portfolio", response=PortfolioOut)
def all_together(request: ActingRequest, asked: Query[Asked]) -> PortfolioOut:
    """What they come to, for the programme, each force and each collaboration."""
    found = portfolio(request.actor, asked.wanted, clock.now())
    return PortfolioOut(
        programme=shapes.view_told(found.programme),
        forces=[shapes.view_told(each) for each in found.forces],
        collaborations=[shapes.view_told(each) for each in found.collaborations],
        overlaps=[each.words for each in found.overlaps],
        faults=list(found.faults),
        undivided=dict(found.undivided),
        levels=[shapes.BenefitRow(**shapes.row_told(each)) for each in found.levels],
    )


@router.post("/profiles", response={201: shapes.BenefitOut})
def add(
    request: ActingRequest, response: HttpResponse, new: shapes.BenefitIn
) -> Status[shapes.BenefitOut]:
    """Identify a benefit."""
    key = operations.add_benefit(actor=request.actor, new=new.new, at=clock.now())
    return Status(201, _shown(request, response, key))


@router.get("/profiles/{uuid:key}", response=shapes.BenefitOut)
def one(request: ActingRequest, response: HttpResponse, key: UUID) -> shapes.BenefitOut:
    """One benefit with its periods, changes and uses of cash."""
    return _shown(request, response, key)


@router.patch("/profiles/{uuid:key}", response=shapes.BenefitOut)
def edit(
    request: ActingRequest, response: HttpResponse, key: UUID, sent: shapes.WordsIn
) -> shapes.BenefitOut:
    """Edit it, with If-Match: words at any time, the promise until it is frozen."""
    version = _version(request, key)
    operations.edit_benefit(
        actor=request.actor,
        benefit=key,
        version=version,
        given=sent.given,
        promise=sent.promise.read if sent.promise else None,
        at=clock.now(),
    )
    return _shown(request, response, key)


@router.post("/profiles/{uuid:key}/changes", response=shapes.BenefitOut)
def change(
    request: ActingRequest, response: HttpResponse, key: UUID, sent: ChangeIn
) -> shapes.BenefitOut:
    """Change a frozen promise by a decision, with If-Match."""
    decided = operations.Decided(sent.reason, sent.decided_by, sent.decision, sent.decided_on)
    operations.change_promise(
        actor=request.actor,
        benefit=key,
        version=_version(request, key),
        after=sent.promise.read,
        decided=decided,
        at=clock.now(),
    )
    return _shown(request, response, key)


@router.post("/profiles/{uuid:key}/status", response=shapes.BenefitOut)
def move(
    request: ActingRequest, response: HttpResponse, key: UUID, sent: MoveIn
) -> shapes.BenefitOut:
    """Move it to another status, with If-Match; at go-live its promise is frozen."""
    operations.move_benefit(
        actor=request.actor,
        benefit=key,
        version=_version(request, key),
        to=sent.to,
        reason=sent.reason,
        at=clock.now(),
    )
    return _shown(request, response, key)


@router.post("/profiles/{uuid:key}/readings", response=shapes.BenefitOut)
def read(
    request: ActingRequest, response: HttpResponse, key: UUID, sent: ReadingIn
) -> shapes.BenefitOut:
    """Report a period that is over, once."""
    span = shapes.span_of(sent.starts_on, sent.ends_on)
    new = NewReading(span, sent.value, sent.evidence, sent.force)
    report(actor=request.actor, benefit=key, new=new, at=clock.now())
    return _shown(request, response, key)


@router.patch("/readings/{uuid:key}", response=shapes.BenefitOut)
def corrected(
    request: ActingRequest, response: HttpResponse, key: UUID, sent: FigureIn
) -> shapes.BenefitOut:
    """Correct what was reported of a period, with If-Match of the reading."""
    row = benefits.reading_of(request.actor, key)
    of = correct(
        actor=request.actor,
        reading=key,
        version=api.version_of(request, row),
        value=sent.value,
        evidence=sent.evidence,
        at=clock.now(),
    )
    return _shown(request, response, of)


@router.post("/profiles/{uuid:key}/measured", response=shapes.BenefitOut)
def measured(
    request: ActingRequest, response: HttpResponse, key: UUID, sent: PeriodIn
) -> shapes.BenefitOut:
    """Report a period by the platform's own measure."""
    span = shapes.span_of(sent.starts_on, sent.ends_on)
    measure(actor=request.actor, benefit=key, span=span, at=clock.now())
    return _shown(request, response, key)


@router.post("/profiles/{uuid:key}/reinvestments", response=shapes.BenefitOut)
def put_to_use(
    request: ActingRequest, response: HttpResponse, key: UUID, sent: UseIn
) -> shapes.BenefitOut:
    """Put freed cash to a use: never more than has come."""
    row = benefits.one(request.actor, key)
    new = Allocation(row.code, sent.on, sent.pence, sent.destination, sent.posts)
    reinvest(actor=request.actor, benefit=key, new=new, at=clock.now())
    return _shown(request, response, key)


def _version(request: ActingRequest, key: UUID) -> int:
    return api.version_of(request, benefits.one(request.actor, key))


def _shown(request: ActingRequest, response: HttpResponse, key: UUID) -> shapes.BenefitOut:
    found = benefits.shown(request.actor, key, civil.day_of(clock.now()))
    api.tagged(response, found.standing.row)
    return shapes.told(found)
