"""Who answers for somebody at work: one question a line, each with the clause or the law that says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from crossforce.agreements import api as agreements
from crossforce.agreements import resolve
from crossforce.agreements.api import InForce
from crossforce.agreements.resolve import Deployment
from crossforce.kernel import civil, rulepacks
from crossforce.kernel.rulepacks import Rule
from crossforce.organisations import api as organisations
from crossforce.organisations.api import Directory, NoSuchOrganisation

PACK: Final = "duty-accountability"
COMMANDS: Final = "Directs and controls"
NO_CLAUSE: Final = "no clause says otherwise: the home chief officer"
NO_FORCE: Final = "not of a police force, and no clause says otherwise: its own organisation"
NOBODY: Final = "Nobody who is known on that day"
UNSAID: Final = "No source says"


@dataclass(frozen=True, slots=True)
class Line:
    """One question answered: who, and the clause or the law that says so.

    `reference`, `version` and `clause` lead to the clause, where a clause says it. What neither a
    clause that was agreed nor a law says `is_assumed`.
    """

    question: str
    code: str
    name: str
    ground: str
    reference: str = ""
    version: int = 0
    clause: str = ""
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Commander:
    """The one chief officer with direction and control, and what says so.

    Of a partner's people of whom no clause speaks, it is the partner itself.
    """

    code: str
    ground: str
    reference: str = ""
    version: int = 0
    clause: str = ""
    is_assumed: bool = False


def answers(
    deployment: Deployment, at: datetime, standing: Sequence[InForce] | None = None
) -> list[Line]:
    """Every question, the first of them who directs and controls: exactly one chief officer.

    The Acts on police say nothing of people whose employer is no police force, and are not cited for
    them.
    """
    held, on = organisations.directory(), civil.day_of(at)
    stands = agreements.in_force(at) if standing is None else standing
    chief = commander(deployment, at, stands, held)
    codes = {
        "commanding-chief": chief.code,
        "policing-body": _policing_body(chief.code, deployment.home_force, held, at),
        "home-chief": _chief_of(deployment.home_force, held, at),
        "employer": deployment.home_force,
    }
    first = Line(COMMANDS, chief.code, _name(chief.code, held), chief.ground,
                 chief.reference, chief.version, chief.clause, chief.is_assumed)  # fmt: skip
    asked = "answers." if _is_force(deployment.home_force, held) else "partner."
    return [
        first,
        *(
            _by_rule(rule, codes, held)
            for rule in rulepacks.load(PACK).rule
            if rule.key.startswith(asked) and rule.applies(on)
        ),
    ]


def _by_rule(rule: Rule, codes: dict[str, str], held: Directory) -> Line:
    of, is_assumed = rule.value["of"], rule.confidence == "D"
    code = codes[of] if of else ""
    name = _name(code, held) if of else UNSAID
    return Line(rule.value["en"], code, name, rule.value["law"], is_assumed=is_assumed)


def commander(
    deployment: Deployment, at: datetime, standing: Sequence[InForce], held: Directory
) -> Commander:
    """By the agreement whose unit it is; for no such unit, by one that has the function; else their own.

    Of several that have the function, the first by reference whose clause covers the person decides,
    so that there is never more than one.
    """
    acted_on = sorted(
        (each for each in standing if each.is_acted_on), key=lambda each: each.reference
    )
    owner = [each for each in acted_on if deployment.unit and each.terms.unit(deployment.unit)]
    shared = [each for each in acted_on if deployment.function in each.terms.functions]
    for each in owner or ([] if deployment.unit else shared):
        found = _by_clause(each, deployment, at, held)
        if found:
            return found
    if _is_force(deployment.home_force, held):
        return Commander(_chief_of(deployment.home_force, held, at), NO_CLAUSE)
    return Commander(deployment.home_force, NO_FORCE, is_assumed=True)


def _by_clause(
    agreement: InForce, deployment: Deployment, at: datetime, held: Directory
) -> Commander | None:
    try:
        answer = resolve.direction_and_control(agreement.terms, deployment, at, held)
    except NoSuchOrganisation:
        return None
    if not answer.why.clause or answer.chief_officer == deployment.home_force:
        return None
    ground = f"{agreement.document.title.en}, clause {answer.why.clause}: {answer.why.words}"
    return Commander(
        answer.chief_officer,
        ground,
        agreement.reference,
        agreement.number,
        answer.why.clause,
        is_assumed=bool(answer.why.assumed),
    )


def _is_force(code: str, held: Directory) -> bool:
    found = held.get(code)
    return found is not None and found.kind == "force"


def _chief_of(force: str, held: Directory, at: datetime) -> str:
    """The chief officer of a force, or of the force that followed it; a partner answers for itself."""
    if not _is_force(force, held):
        return force
    on = civil.day_of(at)
    heirs: Any = (force,) if held.exists(force, on) else held.heirs(force, on) or (force,)
    try:
        return held.chief_officer(heirs[0], on)
    except NoSuchOrganisation:
        return force


def _policing_body(chief: str, home: str, held: Directory, at: datetime) -> str:
    try:
        return held.policing_body(held.force_of(chief) or home, civil.day_of(at))
    except NoSuchOrganisation:
        return ""


def _name(code: str, held: Directory) -> str:
    found = held.get(code)
    return found.name.en if found else NOBODY
