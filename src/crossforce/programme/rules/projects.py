"""Projects: the states they go through, and the gates of the five-case business case between them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from crossforce.programme.choices import Case, Completeness, Gate, ProjectState
from crossforce.programme.rules.figures import Figures

STATES: Final[Mapping[ProjectState, tuple[ProjectState, ...]]] = {
    ProjectState.EXPLORING: (
        ProjectState.BID, ProjectState.BUSINESS_CASE, ProjectState.CLOSED,
    ),
    ProjectState.BID: (
        ProjectState.BUSINESS_CASE, ProjectState.EXPLORING, ProjectState.CLOSED,
    ),
    ProjectState.BUSINESS_CASE: (
        ProjectState.APPROVED, ProjectState.BID, ProjectState.EXPLORING, ProjectState.CLOSED,
    ),
    ProjectState.APPROVED: (
        ProjectState.IN_DEVELOPMENT, ProjectState.BUSINESS_CASE, ProjectState.CLOSED,
    ),
    ProjectState.IN_DEVELOPMENT: (
        ProjectState.PHASED, ProjectState.LIVE, ProjectState.BUSINESS_CASE, ProjectState.CLOSED,
    ),
    ProjectState.PHASED: (
        ProjectState.LIVE, ProjectState.IN_DEVELOPMENT, ProjectState.CLOSED,
    ),
    ProjectState.LIVE: (ProjectState.REVIEW, ProjectState.PHASED, ProjectState.CLOSED),
    ProjectState.REVIEW: (ProjectState.LIVE, ProjectState.CLOSED),
    ProjectState.CLOSED: (),
}  # fmt: skip
"""Where a project may go from each state; a closed one stays closed."""

GATES: Final[Mapping[ProjectState, Gate]] = {
    ProjectState.BUSINESS_CASE: Gate.SOC,
    ProjectState.APPROVED: Gate.OBC,
    ProjectState.IN_DEVELOPMENT: Gate.FBC,
    ProjectState.PHASED: Gate.FBC,
    ProjectState.LIVE: Gate.FBC,
}
"""Which gate a project passes on its way into a state; the full business case still stands when it goes live."""

ORDER: Final = tuple(ProjectState)
UNLEARNED: Final = (
    "what was learned is not written down: say it in the project, or add a lesson to it"
)


@dataclass(frozen=True, slots=True)
class Project:
    """What a project has to show at a gate. `cases` is how far each of the five cases is written.

    `benefit` is the statement of the benefit to the public, which every project makes; `purpose` is
    what it is for, in words that everybody in it understands. `lesson` is what was learned, as the
    project says or a lesson of it. `ahead` are its milestones that are not done.
    """

    state: ProjectState
    purpose: str = ""
    benefit: str = ""
    cases: Mapping[Case, Completeness] | None = None
    phases: int = 0
    lesson: str = ""
    ahead: tuple[str, ...] = ()


def refusals(
    project: Project,
    to: ProjectState,
    figures: Figures,
    *,
    decision: str = "",
    reason: str = "",
) -> list[str]:
    """What stands against the move, in words; nothing where it may be made.

    Forward moves pass the gate of the state they go to, with the decision of a board. Moves back, going
    live with milestones ahead, and closing before it was live, say why. A project closes with its lesson.
    """
    if to not in STATES[project.state]:
        ways = ", ".join(STATES[project.state]) or "nothing"
        return [f"a project that is {project.state} goes to {ways}, and not to {to}"]
    if to is ProjectState.CLOSED:
        return _for_closing(project, reason)
    if ORDER.index(to) < ORDER.index(project.state):
        return [] if reason.strip() else [f"no reason is given for going back to {to}"]
    early = _early(project) if to is ProjectState.LIVE and not reason.strip() else []
    return _at_gate(project, to, figures, decision) + early


def _for_closing(project: Project, reason: str) -> list[str]:
    was_live = project.state in (ProjectState.LIVE, ProjectState.REVIEW)
    lacks = [] if project.lesson.strip() else [UNLEARNED]
    return lacks if was_live or reason.strip() else [*lacks, "no reason is given for closing"]


def _early(project: Project) -> list[str]:
    if not project.ahead:
        return []
    names = ", ".join(project.ahead)
    return [f"no reason is given for going live before what is not done: {names}"]


def _at_gate(project: Project, to: ProjectState, figures: Figures, decision: str) -> list[str]:
    lacks = [] if project.purpose.strip() else ["its purpose is not stated"]
    if not project.benefit.strip():
        lacks.append("its benefit to the public is not stated")
    if gate := GATES.get(to):
        lacks += gate_lacks(project.cases or {}, gate, figures)
        if not decision.strip():
            lacks.append(f"no decision of a board is named for the gate {gate.upper()}")
    if to is ProjectState.PHASED and not project.phases:
        lacks.append("no phase is planned")
    return lacks


def gate_lacks(cases: Mapping[Case, Completeness], gate: Gate, figures: Figures) -> list[str]:
    """Which of the five cases are not yet written as far as the gate needs, in words."""
    alike: defaultdict[tuple[Completeness, Completeness], list[str]] = defaultdict(list)
    for case, needed in figures.gates[gate].items():
        written = cases.get(case, Completeness.ABSENT)
        if written < needed:
            alike[written, needed].append(case)
    return [_lacking(names, *levels, gate) for levels, names in alike.items()]


def _lacking(
    names: Sequence[str], written: Completeness, needed: Completeness, gate: Gate
) -> str:
    *first, last = names
    named = f"{', '.join(first)} and {last} cases are" if first else f"{last} case is"
    whom = "them" if first else "it"
    return f"the {named} {written.name.lower()}, and {gate.upper()} needs {whom} {needed.name.lower()}"


def gates_passed(cases: Mapping[Case, Completeness], figures: Figures) -> tuple[Gate, ...]:
    """The gates that the business case would pass as it is written."""
    return tuple(gate for gate in Gate if not gate_lacks(cases, gate, figures))
