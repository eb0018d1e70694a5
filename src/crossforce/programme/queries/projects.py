"""One project with all that is its."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Missing
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.choices import (
    PROJECT,
    BidOutcome,
    FindingKind,
    FindingState,
    Gate,
    Light,
    ProjectState,
    TrialState,
)
from crossforce.programme.queries import known, owned
from crossforce.programme.queries.cases import cases_of, project_of
from crossforce.programme.queries.steps import (
    Step,
    expected_steps,
    project_status,
    risk_of,
    trial_standing,
)
from crossforce.programme.rules import bids, inspections, phases, projects, risks
from crossforce.programme.rules.figures import Figures
from crossforce.programme.rules.lights import Status
from crossforce.programme.rules.timelines import Span, Timeline, timeline
from crossforce.records import api as records

Parts = Mapping[str, Sequence[Any]]


class NoSuchProject(Missing):
    """There is no such project, or none that you may know of."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One project with all that is its. Where its milestones cannot be worked through, `fault` says why.

    `wanting` is what is lacking about each risk.
    """

    row: models.Project
    holder: str
    status: Status
    fault: str
    steps: Sequence[Step]
    ends_on: date | None
    chart: Timeline | None
    rollouts: Sequence[phases.Rollout]
    owned: Parts
    bands: Mapping[UUID, tuple[int, str, bool]]
    wanting: Mapping[UUID, Sequence[str]]
    standing: Mapping[UUID, FindingState]
    money: bids.Funding | None
    doubts: Sequence[str]
    trial: TrialState | None
    gates: Sequence[Gate]
    ways: Sequence[tuple[ProjectState, Sequence[str]]]
    may_edit: bool


@guarded.acts
def shown(actor: Actor, key: UUID, at: datetime) -> Shown:
    """One project. Raises NoSuchProject."""
    row = row_of(key)
    editable = [key] if access.may(PROJECT, key, "edit") else []
    (found,) = _shown([row], civil.day_of(at), editable)
    return found


@guarded.acts
def together(actor: Actor, rows: Iterable[models.Project], at: datetime) -> list[Shown]:
    """Several projects that were read, each whole; nothing is said of who may change them."""
    return _shown(list(rows), civil.day_of(at))


def _shown(
    rows: Sequence[models.Project], on: date, editable: Collection[UUID] = ()
) -> list[Shown]:
    """Each kind of part is asked for once, however many projects there are."""
    codes, figures = {each.code for each in rows}, known.practice(on)
    parts = {name: owned.of_projects(model, codes) for name, model in BELONGING.items()}
    holders = owned.holders(rows)
    found = []
    for row in rows:
        holder = holders[row.scope_id]
        mine = {name: of[holder, row.code] for name, of in parts.items()}
        found.append(_whole(row, holder, mine, on, figures, row.pk in editable))
    return found


def _whole(
    row: models.Project, holder: str, parts: Parts, on: date, figures: Figures, may_edit: bool
) -> Shown:
    steps, fault, ends_on = expected_steps(parts["milestones"], on, figures)
    went = [_phase(each) for each in parts["phases"]]
    asked = [_bid(each) for each in parts["bids"]]
    secured, cost = row.secured or 0, row.cost
    stands = project_of(row, len(went), parts["milestones"], parts["lessons"])
    return Shown(
        row=row,
        holder=holder,
        status=project_status(row, steps, fault, parts["risks"], parts["issues"], on, figures),
        fault=fault,
        steps=steps,
        ends_on=ends_on,
        chart=timeline(list(_spans(row, steps, parts["phases"], on)), on),
        rollouts=phases.rollouts(went, on),
        owned=parts,
        bands={each.pk: _band(each, figures) for each in parts["risks"]},
        wanting={each.pk: risks.doubts(risk_of(each), on, figures) for each in parts["risks"]},
        standing={each.pk: _standing(each, on) for each in parts["findings"]},
        money=None if cost is None else bids.funding(cost, secured, asked),
        doubts=[] if cost is None else bids.doubts(cost, secured, asked, on),
        trial=trial_standing(row, on),
        gates=projects.gates_passed(cases_of(row), figures),
        ways=[
            (to, projects.refusals(stands, to, figures, decision="-", reason="-"))
            for to in projects.STATES[stands.state]
        ],
        may_edit=may_edit,
    )


def row_of(key: UUID) -> models.Project:
    """The row itself, for whoever changes it. Raises NoSuchProject."""
    row: models.Project | None = models.Project.objects.filter(pk=key).first()
    if row is None:
        raise NoSuchProject
    return row


def at_gate(row: models.Project) -> projects.Project:
    """The project as it stands at a gate, with its phases, milestones and lessons."""
    key = (records.place_of(row.scope_id).holder, row.code)
    went, milestones, lessons = (
        owned.of_projects(model, {row.code})[key]
        for model in (models.Phase, models.Milestone, models.Lesson)
    )
    return project_of(row, len(went), milestones, lessons)


@guarded.acts
def one(actor: Actor, key: UUID) -> models.Project:
    """The row, for whoever changes it. Raises NoSuchProject."""
    return row_of(key)


BELONGING: Final[Mapping[str, Any]] = {
    "milestones": models.Milestone,
    "phases": models.Phase,
    "risks": models.Risk,
    "issues": models.Issue,
    "bids": models.FundingBid,
    "lessons": models.Lesson,
    "findings": models.InspectionFinding,
}


def _band(row: models.Risk, figures: Figures) -> tuple[int, str, bool]:
    risk = risk_of(row)
    return risk.score, risks.band(risk, figures), risks.is_above(risk, figures)


def _standing(row: models.InspectionFinding, on: date) -> FindingState:
    return inspections.standing(
        inspections.Finding(
            FindingKind(row.sort),
            row.reported_on,
            row.due_on,
            row.actions.split("\n") if row.actions else (),
            row.evidence,
            row.submitted_on,
            row.closed_on,
        ),
        on,
    )


def _phase(row: models.Phase) -> phases.Phase:
    return phases.Phase(
        row.number,
        row.function,
        row.force,
        row.planned_on,
        row.live_on,
        row.ended_on,
    )


def _bid(row: models.FundingBid) -> bids.Bid:
    return bids.Bid(
        row.fund,
        row.asked,
        BidOutcome(row.outcome),
        row.awarded,
        row.decision_due_on,
        row.fallback,
    )


def _spans(
    row: models.Project, steps: Iterable[Step], went: Iterable[models.Phase], on: date
) -> Iterable[Span]:
    for each in steps:
        begins = each.expected.begins_on
        ends = each.expected.ends_on
        yield Span(
            f"{each.row.code} {each.row.title}",
            each.row.code,
            min(begins, ends),
            ends,
            each.status.light,
        )
    for phase in went:
        begins_on = phase.live_on or phase.planned_on
        if begins_on:
            light = Light.BLUE if phase.live_on else Light.GREY
            row_name = f"Phase {phase.number}: {phase.title}"
            yield Span(row_name, str(phase.number), begins_on, begins_on, light)
    if row.trial_from and row.trial_to:
        yield Span("Trial", "Trial", row.trial_from, row.trial_to, Light.GREY)
