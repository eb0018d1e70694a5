"""Performance reports over HTTP: as offices keep them, and what everybody reads without signing in."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from crossforce.kernel import clock
from crossforce.kernel.web import api
from crossforce.people.api import ActingRequest
from crossforce.programme.endpoints.given import Given
from crossforce.programme.models.report import LONGEST
from crossforce.programme.operations import reports as operations
from crossforce.programme.queries import public_reports
from crossforce.programme.queries import reports as reads
from crossforce.programme.queries.reports import Shown
from crossforce.programme.rules.report_contents import Content

router = Router()


class ReportChange(Given):
    """What the office writes in a report; what is not sent stays as it is."""

    code: str = Field("", max_length=80, pattern=r"^[-a-zA-Z0-9_]*$")
    title: str = Field("", max_length=200)
    title_cy: str = Field("", max_length=200)
    agreement: str = Field("", max_length=120)
    region: str = Field("", max_length=120)
    year: int = Field(2000, ge=1974, le=2198)
    introduction: str = Field("", max_length=LONGEST)
    introduction_cy: str = Field("", max_length=LONGEST)
    ahead: str = Field("", max_length=LONGEST)
    ahead_cy: str = Field("", max_length=LONGEST)
    caveat: str = Field("", max_length=LONGEST)
    caveat_cy: str = Field("", max_length=LONGEST)


class ReportIn(ReportChange):
    """A report: its code, its title, its financial year, and an agreement or a region."""

    code: str = Field(min_length=1, max_length=80, pattern=r"^[-a-zA-Z0-9_]+$")
    title: str = Field(min_length=1, max_length=200)
    year: int = Field(ge=1974, le=2198)


class Lowering(Given):
    """Why records may be public."""

    reason: str = Field(min_length=1, max_length=LONGEST)


class Publishing(Given):
    """On which ground a report is published."""

    decision: str = Field("", max_length=400)
    reason: str = Field("", max_length=LONGEST)


class Withdrawing(Given):
    """Why a report is taken back: everybody reads it."""

    why: str = Field(min_length=1, max_length=LONGEST)
    why_cy: str = Field("", max_length=LONGEST)


class StaysOut(Schema):
    """A record that stays out, and why."""

    kind: str
    id: UUID
    why: str


class ReportShown(ReportChange):
    """One version, with what it says to everybody and what stays out."""

    id: UUID
    version: int
    number: int
    state: str
    drawn_on: date | None
    published_on: date | None
    published_by: str
    decision: str
    reason: str
    withdrawn_on: date | None
    withdrawn_why: str
    lacks: list[str]
    to_be_looked_at: list[str]
    stays_out: list[StaysOut]
    content: Content | None


class ReportLine(Schema):
    """One version in the list."""

    id: UUID
    code: str
    number: int
    title: str
    title_cy: str
    agreement: str
    region: str
    year: int
    state: str
    drawn_on: date | None
    published_on: date | None
    withdrawn_on: date | None


class PublicLine(Schema):
    """A published report in the list: its newest version."""

    code: str
    number: int
    title: str
    title_cy: str
    agreements: list[str]
    region: str
    year: int
    published_on: date
    withdrawn_on: date | None


class PublicShown(PublicLine):
    """One published version; of one that was withdrawn the content is gone."""

    newest: int
    content_sha256: str
    content: Content | None


@router.get("/reports", response=list[ReportLine])
def reports(request: ActingRequest) -> Any:
    """The reports that one may read, by code, the newest version first."""
    return reads.reports(request.actor)


@router.post("/reports", response={201: ReportShown})
def add_report(request: ActingRequest, sent: ReportIn) -> Any:
    """Begin a report."""
    given = sent.model_dump(exclude_unset=True)
    key = operations.add_report(actor=request.actor, given=given, at=clock.now())
    return Status(201, _now(request, key))


@router.get("/reports/{report}", response=ReportShown)
def show_report(request: ActingRequest, response: HttpResponse, report: UUID) -> ReportShown:
    """One version, with the ETag that a change carries."""
    shown = reads.shown(request.actor, report, clock.now())
    api.tagged(response, shown.row)
    return _shown(shown)


@router.patch("/reports/{report}", response=ReportShown)
def change_report(request: ActingRequest, report: UUID, sent: ReportChange) -> ReportShown:
    """Change a draft, with If-Match."""
    operations.change_report(
        actor=request.actor,
        report=report,
        version=_version(request, report),
        given=sent.model_dump(exclude_unset=True),
        at=clock.now(),
    )
    return _now(request, report)


@router.post("/reports/{report}/draw", response=ReportShown)
def draw_report(request: ActingRequest, report: UUID) -> ReportShown:
    """Draw the figures as they stand now, with If-Match."""
    version = _version(request, report)
    operations.draw_report(actor=request.actor, report=report, version=version, at=clock.now())
    return _now(request, report)


@router.post("/reports/{report}/lower", response=ReportShown)
def lower_markings(request: ActingRequest, report: UUID, sent: Lowering) -> ReportShown:
    """Mark OFFICIAL what stays out for its marking alone, and draw anew, with If-Match."""
    operations.lower_markings(
        actor=request.actor,
        report=report,
        version=_version(request, report),
        reason=sent.reason,
        at=clock.now(),
    )
    return _now(request, report)


@router.post("/reports/{report}/publish", response=ReportShown)
def publish_report(request: ActingRequest, report: UUID, sent: Publishing) -> ReportShown:
    """Put a draft before everybody, with If-Match."""
    operations.publish_report(
        actor=request.actor,
        report=report,
        version=_version(request, report),
        decision=sent.decision,
        reason=sent.reason,
        at=clock.now(),
    )
    return _now(request, report)


@router.post("/reports/{report}/withdraw", response=ReportShown)
def withdraw_report(request: ActingRequest, report: UUID, sent: Withdrawing) -> ReportShown:
    """Take a published report back, with If-Match."""
    operations.withdraw_report(
        actor=request.actor,
        report=report,
        version=_version(request, report),
        why=sent.why,
        why_cy=sent.why_cy,
        at=clock.now(),
    )
    return _now(request, report)


@router.post("/reports/{report}/correct", response={201: ReportShown})
def correct_report(request: ActingRequest, report: UUID) -> Any:
    """Begin the version that corrects this one."""
    key = operations.correct_report(actor=request.actor, report=report, at=clock.now())
    return Status(201, _now(request, key))


@router.get(
    "/public-reports", response=list[PublicLine], auth=None, summary="List published reports"
)
def published(request: HttpRequest, agreement: str = "", region: str = "") -> list[PublicLine]:
    """The newest version of every report that was published, or of those about an agreement or a region."""
    return [PublicLine(**_line(each)) for each in public_reports.reports(agreement, region)]


@router.get(
    "/public-reports/{slug:code}",
    response=PublicShown,
    auth=None,
    summary="Read a published report",
)
def read_newest(request: HttpRequest, code: str) -> PublicShown:
    """The newest version, in both languages."""
    return _public(public_reports.report(code))


@router.get(
    "/public-reports/{slug:code}/{int:number}",
    response=PublicShown,
    auth=None,
    summary="Read a version of a published report",
)
def read_version(request: HttpRequest, code: str, number: int) -> PublicShown:
    """One version, in both languages."""
    return _public(public_reports.report(code, number))


def _version(request: ActingRequest, report: UUID) -> int:
    return api.version_of(request, reads.one(request.actor, report))


def _now(request: ActingRequest, report: UUID) -> ReportShown:
    return _shown(reads.shown(request.actor, report, clock.now()))


def _shown(shown: Shown) -> ReportShown:
    row = shown.row
    mine = set(ReportShown.model_fields) - {"id", "version", "lacks", "stays_out", "content"}
    mine.discard("to_be_looked_at")
    return ReportShown(
        **{name: getattr(row, name) for name in mine},
        id=row.pk,
        version=row.version,
        lacks=list(shown.lacks),
        to_be_looked_at=list(shown.to_be_looked_at),
        stays_out=[
            StaysOut(kind=each.kind, id=each.key, why=str(each.why)) for each in shown.left
        ],
        content=shown.content,
    )


def _line(row: Any) -> dict[str, Any]:
    return {
        "code": row.code,
        "number": row.number,
        "title": row.title_en,
        "title_cy": row.title_cy,
        "agreements": row.agreements,
        "region": row.region,
        "year": row.year,
        "published_on": row.published_on,
        "withdrawn_on": row.withdrawn_on,
    }


def _public(found: public_reports.Public) -> PublicShown:
    return PublicShown(
        **_line(found.row),
        newest=found.newest,
        content_sha256=found.row.content_sha256,
        content=found.content,
    )
