"""Projects: added, changed, taken through their gates; trials made longer or adopted."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.choices import PROJECT, PURPOSES, Case, ProjectState, TrialState
from crossforce.programme.operations import decided
from crossforce.programme.operations.places import (
    one_each,
    place_of,
    refuse_taken,
    require_known,
)
from crossforce.programme.queries import known, projects
from crossforce.programme.queries.cases import trial_of
from crossforce.programme.rules import projects as rules
from crossforce.programme.rules import trials
from crossforce.records import api as records

BY_MOVE: Final = frozenset({"state", "decision", "reason", "trial_adopted_on"})
"""What changes by an act of its own, and not as a field."""
TRIAL: Final = ("trial_from", "trial_to")
PLACED: Final = ("agreement", "function")
"""What tells which board a project comes before."""


class CannotMove(Conflict):
    """The project cannot go there yet; the message says what is lacking."""


class NotByHand(NotUnderstood):
    """A state, a decision and the end of a trial change by an act of their own."""


class StaysBefore(Conflict):
    """A board let this project go on: its agreement and function stay. Take it back to exploring, or begin another."""


class TooLong(NotUnderstood):
    """The trial would be longer than a trial may be; the message says how long that is."""


class NoTrial(Conflict):
    """The project is no trial. Give it a first day and a day before which it ends."""


@guarded.acts
def add_project(*, actor: Actor, given: Mapping[str, Any], at: datetime) -> UUID:
    """Begin to explore a project; the actor's organisation keeps it.

    Raises NotByHand, NoSuchCode, TooLong, Unsound, MayNotAdd, Clashes.
    """
    _refuse_moves(given)
    require_known(actor, given)
    _refuse_long(given.get("trial_from"), given.get("trial_to"), civil.day_of(at))
    refuse_taken(actor.organisation, models.Project, str(given.get("code") or ""))
    cases = {str(case): 0 for case in Case}
    values = {
        **cases,
        **given,
        "state": str(ProjectState.EXPLORING),
        "forces": one_each(str(given.get("forces") or "")),
        "purposes": list(PURPOSES),
    }
    place = place_of(actor, str(given.get("function") or ""))
    row = records.create(actor=actor, new=records.NewRecord(PROJECT, place, values), at=at)
    key: UUID = row.pk
    return key


@guarded.acts
def change_project(
    *, actor: Actor, project: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> Any:
    """Change what a project says. Once a trial has begun, its dates change by `extend_trial` alone.

    Nor does what goes on by the decision of a board leave that board. Raises NoSuchProject, NotByHand, StaysBefore,
    NoSuchCode, TooLong, Clashes, StaleVersion.
    """
    _refuse_moves(given)
    require_known(actor, given)
    row = projects.row_of(project)
    if "code" in given:
        holder = records.place_of(row.scope_id).holder
        refuse_taken(holder, models.Project, str(given["code"]), but=project)
    values = dict(given)
    if "forces" in values:
        values["forces"] = one_each(str(values["forces"] or ""))
    _refuse_begun(row, values, civil.day_of(at))
    _refuse_leaving(row, values, civil.day_of(at))
    first, last = (values.get(name, getattr(row, name)) for name in TRIAL)
    _refuse_long(first, last, civil.day_of(at))
    return _edit(actor, project, version, values, at)


def correct(
    *, actor: Actor, record: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> Any:
    """Make a correction that somebody proposed: a change like any other."""
    return change_project(actor=actor, project=record, version=version, given=given, at=at)


@guarded.acts
def move_project(
    *,
    actor: Actor,
    project: UUID,
    version: int,
    to: ProjectState,
    decision: str = "",
    reason: str = "",
    at: datetime,
) -> None:
    """Take the project through the gate of another state, or back with a reason.

    Raises NoSuchProject, CannotMove, StaleVersion.
    """
    row = projects.row_of(project)
    stands, figures = projects.at_gate(row), known.practice(civil.day_of(at))
    wants = rules.refusals(stands, to, figures, decision=decision, reason=reason)
    wants += decided.faults(actor, decision, row, at, "state")
    if wants:
        raise CannotMove(f"It cannot go to {to}: {'; '.join(wants)}.")
    given = {
        "state": str(to),
        "decision": decided.kept(decision) or row.decision,
        "reason": reason,
    }
    _edit(actor, project, version, given, at)


def decide_trial(
    *,
    actor: Actor,
    project: UUID,
    version: int,
    to: date | None,
    decision: str,
    at: datetime,
) -> None:
    """Let a running trial end on another day, or where none is given adopt it. Raises as those do."""
    if to is None:
        adopt_trial(actor=actor, project=project, version=version, decision=decision, at=at)
    else:
        extend_trial(
            actor=actor, project=project, version=version, to=to, decision=decision, at=at
        )


@guarded.acts
def extend_trial(
    *, actor: Actor, project: UUID, version: int, to: date, decision: str, at: datetime
) -> None:
    """Let a running trial end on another day, by a decision. Raises NoSuchProject, NoTrial, CannotMove."""
    row, on = projects.row_of(project), civil.day_of(at)
    trial = trial_of(row)
    if trial is None:
        raise NoTrial
    wants = trials.refusals(trial, to, on, decision, known.practice(on))
    if wants := [*wants, *decided.faults(actor, decision, row, at, "trial_to")]:
        raise CannotMove(f"The trial cannot end then: {'; '.join(wants)}.")
    _edit(actor, project, version, {"trial_to": to, "decision": decided.kept(decision)}, at)


@guarded.acts
def adopt_trial(
    *, actor: Actor, project: UUID, version: int, decision: str, at: datetime
) -> None:
    """Keep what a running trial tried, by a decision. Raises NoSuchProject, NoTrial, CannotMove."""
    row, on = projects.row_of(project), civil.day_of(at)
    trial = trial_of(row)
    if trial is None:
        raise NoTrial
    if (now := trials.standing(trial, on)) is not TrialState.RUNNING:
        raise CannotMove(f"The trial is {now}, and only a running one is adopted.")
    if not decision.strip():
        raise CannotMove("The trial cannot be adopted: no decision is named.")
    if wants := decided.faults(actor, decision, row, at, "trial_to"):
        raise CannotMove(f"The trial cannot be adopted: {'; '.join(wants)}.")
    _edit(
        actor,
        project,
        version,
        {"trial_adopted_on": on, "decision": decided.kept(decision)},
        at,
    )


def _refuse_begun(row: models.Project, given: Mapping[str, Any], on: date) -> None:
    if not _has_begun(row, on):
        return
    for name in TRIAL:
        if name in given and _day(given[name]) != getattr(row, name):
            raise NotByHand


def _refuse_leaving(row: models.Project, given: Mapping[str, Any], on: date) -> None:
    """What is under no agreement yet comes under any: it leaves no board."""
    if not row.agreement or not (
        _has_begun(row, on) or row.state != str(ProjectState.EXPLORING)
    ):
        return
    if any(
        str(given.get(name, getattr(row, name)) or "") != getattr(row, name) for name in PLACED
    ):
        raise StaysBefore


def _has_begun(row: models.Project, on: date) -> bool:
    """Whether it is a trial that runs or ran."""
    trial = trial_of(row)
    return trial is not None and trials.standing(trial, on) is not TrialState.TO_COME


def _refuse_long(starts_on: Any, ends_on: Any, on: date) -> None:
    first, last = _day(starts_on), _day(ends_on)
    if first and last and (wants := trials.too_long(first, last, known.practice(on))):
        raise TooLong(f"The trial cannot end then: {'; '.join(wants)}.")


def _day(given: Any) -> date | None:
    """A day as it comes: a correction that somebody proposed brings it as text; what is none is refused later."""
    with suppress(TypeError, ValueError):
        return given if isinstance(given, date) else date.fromisoformat(given)
    return None


def _refuse_moves(given: Mapping[str, Any]) -> None:
    if BY_MOVE & set(given):
        raise NotByHand


def _edit(
    actor: Actor, project: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> Any:
    return records.edit(
        actor=actor, kind=PROJECT, record=project, version=version, given=given, at=at
    )
