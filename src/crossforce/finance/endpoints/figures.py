"""Figures that forces state of themselves, over HTTP."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from crossforce.finance.choices import Confidence, Driver
from crossforce.finance.endpoints.asked import StepAsked
from crossforce.finance.operations import figures as operations
from crossforce.finance.operations.figures import NewFigure
from crossforce.finance.operations.sheets import Sheet
from crossforce.finance.queries import figures as reads
from crossforce.finance.queries.figures import Wanted
from crossforce.finance.rules.figures import MOST
from crossforce.kernel import clock
from crossforce.kernel.web import api
from crossforce.people.api import ActingRequest
from crossforce.records.choices import EARLIEST_DAY, LATEST_DAY
from crossforce.records.reading.limits import MOST_BYTES

router = Router()
Day = Annotated[date, Field(ge=EARLIEST_DAY, le=LATEST_DAY)]
Number = Annotated[Decimal, Field(ge=0, le=MOST, decimal_places=2)]


class FigureAsked(StepAsked):
    """Which figures; empty means all."""

    driver: Driver | None = None
    force: str = Field("", max_length=120)


class FigureCorrection(Schema):
    """What is said anew, all of it: what is left out would take away how sure it is, or its note."""

    on: Day
    value: Number
    source: str = Field(min_length=1, max_length=300)
    confidence: Confidence
    note: str = Field(max_length=500)


class FigureIn(FigureCorrection):
    """A figure of one's own force. Use of a service and own cost are of one agreement, all else of none."""

    driver: Driver
    agreement: str = Field("", max_length=120)
    confidence: Confidence = Confidence.STATED
    note: str = Field("", max_length=500)


class Beside(Schema):
    """What the reference files say for its financial year, or last before; `gives_way` is that of the same year."""

    on: date
    value: Decimal
    gives_way: bool


class StatedFigure(FigureIn):
    """A figure as it is stated, by whom, and what stands beside it."""

    id: UUID
    version: int
    force: str
    held_by: str
    counts: bool
    why_not: str
    is_used: bool
    reference: Beside | None


class FiguresBrought(Schema):
    """What a file brought, or with `rehearse` would bring; with anything wrong in it nothing, and `findings` tell it by cell."""

    new: int
    changed: int
    unchanged: int
    is_refused: bool
    findings: list[str]
    record: UUID | None


@router.get("/figures", response=list[StatedFigure])
def figures(request: ActingRequest, asked: Query[FigureAsked]) -> list[StatedFigure]:
    """What forces state of themselves: the first thousand, and `after` leads on from the last of them."""
    wanted = Wanted(asked.driver or "", asked.force)
    return [_figure(each) for each in reads.page(request.actor, wanted, asked.step).rows]


@router.post("/figures", response={201: StatedFigure})
def state_figure(request: ActingRequest, sent: FigureIn) -> Status[StatedFigure]:
    """State a figure of one's own force, by which costs are shared."""
    new = NewFigure(**sent.model_dump())
    key = operations.state_figure(actor=request.actor, new=new, at=clock.now())
    return Status(201, _figure(reads.one(request.actor, key)))


@router.post("/figures/imports", response=FiguresBrought)
def bring_in(
    request: ActingRequest, file: File[UploadedFile], rehearse: Form[bool] = False
) -> Any:
    """Bring a file of figures in, CSV or XLSX: whole, or not at all. The same file twice changes nothing."""
    sent = Sheet((file.name or "")[:200], file.read(MOST_BYTES + 1))
    return operations.bring_figures_in(
        actor=request.actor, sent=sent, at=clock.now(), is_rehearsal=rehearse
    )


@router.get("/figures/{figure}", response=StatedFigure)
def figure(request: ActingRequest, response: HttpResponse, figure: UUID) -> StatedFigure:
    """One figure, and the ETag that a correction carries."""
    found = reads.one(request.actor, figure)
    api.tagged(response, found.row)
    return _figure(found)


@router.put("/figures/{figure}", response=StatedFigure)
def correct_figure(
    request: ActingRequest, figure: UUID, sent: FigureCorrection
) -> StatedFigure:
    """Say it anew, with If-Match; what it was stays in its history."""
    version = api.version_of(request, reads.one(request.actor, figure).row)
    operations.correct_figure(
        actor=request.actor,
        figure=figure,
        version=version,
        given=sent.model_dump(),
        at=clock.now(),
    )
    return _figure(reads.one(request.actor, figure))


def _figure(each: reads.Shown) -> StatedFigure:
    row, beside = each.row, each.beside
    said: dict[str, Any] = {name: getattr(row, name) for name in FigureIn.model_fields}
    reference = (
        Beside(on=beside.on, value=beside.value, gives_way=each.is_of_its_year)
        if beside
        else None
    )
    return StatedFigure(
        id=row.pk, version=row.version, force=row.force, held_by=each.holder, reference=reference,
        counts=not each.why_not, why_not=each.why_not, is_used=each.is_used, **said,
    )  # fmt: skip
