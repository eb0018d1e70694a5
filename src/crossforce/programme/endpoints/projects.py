"""Projects over HTTP. Money is in pence; a case is 0 absent, 1 in outline, 2 full."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field

from crossforce.kernel import clock
from crossforce.kernel.web import api
from crossforce.people.api import ActingRequest
from crossforce.programme.choices import ProjectState
from crossforce.programme.endpoints.entries import MOST, Way
from crossforce.programme.endpoints.given import Given
from crossforce.programme.operations import projects as operations
from crossforce.programme.queries import portfolio as listing
from crossforce.programme.queries import projects as reads
from crossforce.programme.queries.portfolio import Wanted
from crossforce.programme.queries.projects import Shown
from crossforce.programme.queries.steps import Step

router = Router()
Level = Literal[0, 1, 2]


class ProjectsAsked(Schema):
    """Which projects, fifty to a page; nothing given is all."""

    state: Literal["", "exploring", "bid", "business-case", "approved", "in-development", "phased", "live", "review", "closed"] = ""  # fmt: skip
    function: str = Field("", max_length=120)
    page: int = Field(1, ge=1, le=10_000)


class ProjectChange(Given):
    """What a project says; forces are codes, parted by semicolons. What is not sent stays as it is."""

    code: str = Field("", max_length=120)
    title: str = Field("", max_length=200)
    entry: str = Field("", max_length=120)
    agreement: str = Field("", max_length=120)
    function: str = Field("", max_length=120)
    forces: str = Field("", max_length=2_000)
    owner: str = Field("", max_length=200)
    purpose: str = Field("", max_length=5_000)
    benefit: str = Field("", max_length=5_000)
    strategic: Level = 0
    economic: Level = 0
    commercial: Level = 0
    financial: Level = 0
    management: Level = 0
    trial_from: date | None = None
    trial_to: date | None = None
    cost: int | None = Field(None, ge=0, le=MOST)
    secured: int | None = Field(None, ge=0, le=MOST)
    lesson: str = Field("", max_length=5_000)
    source: str = Field("", max_length=500)


class ProjectIn(ProjectChange):
    """A project; it needs a code and a title."""

    code: str = Field(min_length=1, max_length=120)
    title: str = Field(min_length=1, max_length=200)


class Gating(Given):
    """Where a project goes, by which decision, or why back."""

    to: ProjectState
    decision: str = Field("", max_length=200)
    reason: str = Field("", max_length=5_000)


class Deciding(Given):
    """What was decided of a trial: `to` is the day before which it ends; without it, it is adopted."""

    decision: str = Field(max_length=200)
    to: date | None = None


class ProjectRow(Schema):
    """A project in a list, with its light and why."""

    id: UUID
    version: int
    code: str
    title: str
    holder: str
    state: str
    light: str
    reason: str
    trial: str | None
    next_on: date | None


class Projects(Schema):
    """A page of the portfolio."""

    projects: list[ProjectRow]
    total: int
    by_state: dict[str, int]
    pages: int


class MilestoneRow(Schema):
    """A milestone as it is expected; `because` is what makes it late."""

    id: UUID
    code: str
    title: str
    due_on: date
    expected_on: date
    done_on: date | None
    late_days: int
    slack_days: int
    is_critical: bool
    because: list[str]
    light: str
    reason: str


class ProjectShown(ProjectIn):
    """One project. `fault` says why its milestones cannot be worked through."""

    id: UUID
    version: int
    holder: str
    state: str
    light: str
    reason: str
    trial: str | None
    gates: list[str]
    milestones: list[MilestoneRow]
    fault: str
    expected_to_end_on: date | None
    doubts: list[str]
    ways: list[Way]


@router.get("/projects", response=Projects)
def projects(request: ActingRequest, asked: Query[ProjectsAsked]) -> Projects:
    """The portfolio, a page at a time."""
    wanted = Wanted(asked.state, asked.function, asked.page)
    found = listing.portfolio(request.actor, wanted, clock.now())
    return Projects(
        projects=[_row(each) for each in found.rows],
        total=found.total,
        by_state=dict(found.by_state),
        pages=found.pages,
    )


@router.post("/projects", response={201: ProjectShown})
def add_project(request: ActingRequest, sent: ProjectIn) -> Any:
    """Begin to explore a project."""
    given = sent.model_dump(exclude_unset=True)
    key = operations.add_project(actor=request.actor, given=given, at=clock.now())
    return Status(201, _shown(reads.shown(request.actor, key, clock.now())))


@router.get("/projects/{project}", response=ProjectShown)
def show_project(request: ActingRequest, response: HttpResponse, project: UUID) -> ProjectShown:
    """One project, with the ETag that a change carries."""
    shown = reads.shown(request.actor, project, clock.now())
    api.tagged(response, shown.row)
    return _shown(shown)


@router.patch("/projects/{project}", response=ProjectShown)
def change_project(request: ActingRequest, project: UUID, sent: ProjectChange) -> ProjectShown:
    """Change what it says, with If-Match."""
    version = api.version_of(request, reads.one(request.actor, project))
    operations.change_project(
        actor=request.actor,
        project=project,
        version=version,
        given=sent.model_dump(exclude_unset=True),
        at=clock.now(),
    )
    return _shown(reads.shown(request.actor, project, clock.now()))


@router.post("/projects/{project}/move", response=ProjectShown)
def move_project(request: ActingRequest, project: UUID, sent: Gating) -> ProjectShown:
    """Take it through a gate, or back, with If-Match."""
    version = api.version_of(request, reads.one(request.actor, project))
    operations.move_project(
        actor=request.actor,
        project=project,
        version=version,
        to=sent.to,
        decision=sent.decision,
        reason=sent.reason,
        at=clock.now(),
    )
    return _shown(reads.shown(request.actor, project, clock.now()))


@router.post("/projects/{project}/trial", response=ProjectShown)
def decide_trial(request: ActingRequest, project: UUID, sent: Deciding) -> ProjectShown:
    """Make a running trial longer, or adopt it, with If-Match."""
    version = api.version_of(request, reads.one(request.actor, project))
    operations.decide_trial(
        actor=request.actor,
        project=project,
        version=version,
        to=sent.to,
        decision=sent.decision,
        at=clock.now(),
    )
    return _shown(reads.shown(request.actor, project, clock.now()))


def _row(each: listing.Row) -> ProjectRow:
    return ProjectRow(
        id=each.row.pk,
        version=each.row.version,
        code=each.row.code,
        title=each.row.title,
        holder=each.holder,
        state=each.row.state,
        light=str(each.status.light),
        reason=each.status.reason,
        trial=str(each.trial) if each.trial else None,
        next_on=each.next_on,
    )


def _milestone(each: Step) -> MilestoneRow:
    return MilestoneRow(
        id=each.row.pk,
        code=each.row.code,
        title=each.row.title,
        due_on=each.row.due_on,
        expected_on=each.expected.ends_on,
        done_on=each.row.done_on,
        late_days=each.expected.late_days,
        slack_days=each.expected.slack,
        is_critical=each.is_critical,
        because=list(each.because),
        light=str(each.status.light),
        reason=each.status.reason,
    )


def _shown(shown: Shown) -> ProjectShown:
    row = shown.row
    said = {name: getattr(row, name) for name in ProjectChange.model_fields}
    return ProjectShown(
        **said,
        id=row.pk,
        version=row.version,
        holder=shown.holder,
        state=row.state,
        light=str(shown.status.light),
        reason=shown.status.reason,
        trial=str(shown.trial) if shown.trial else None,
        gates=[str(each) for each in shown.gates],
        milestones=[_milestone(each) for each in shown.steps],
        fault=shown.fault,
        expected_to_end_on=shown.ends_on,
        doubts=list(shown.doubts),
        ways=[Way(to=str(to), lacks=list(lacks)) for to, lacks in shown.ways],
    )
