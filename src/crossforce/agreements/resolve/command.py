"""Direction and control: for any person of a force and any instant, exactly one chief officer."""

from dataclasses import dataclass
from datetime import datetime

from crossforce.agreements.resolve.answers import Citation, CommandAnswer, cite
from crossforce.agreements.resolve.participation import lead, taking_part
from crossforce.agreements.terms import CommandRule, CompiledTerms, Term
from crossforce.organisations.choices import OrganisationKind
from crossforce.organisations.directory import Directory


@dataclass(frozen=True, slots=True)
class Deployment:
    """One person at work: whose, where, in what. `area` is the force in whose area they are."""

    home_force: str
    unit: str | None = None
    function: str | None = None
    role: str | None = None
    area: str | None = None
    requested_by: str | None = None
    on_joint_duty: bool = True


def direction_and_control(
    terms: CompiledTerms, deployment: Deployment, at: datetime, directory: Directory
) -> CommandAnswer:
    """The chief officer who directs and controls the person at the instant.

    The most particular clause that covers the person decides; where none does, or where its rule
    finds nobody, the person's own chief officer; a partner that is no police force has none, and
    stands for itself. Raises NoSuchOrganisation for a home force that the directory does not know.
    """
    home = terms.chiefs.get(deployment.home_force) or _own(deployment.home_force, directory)
    matching = _matching(terms, deployment, at)
    if not matching:
        return CommandAnswer(home, Citation("no clause says otherwise: the home chief officer"))
    term, rule = matching[0]
    chief, words = _by_rule(terms, rule, deployment, at, home)
    if chief is None:
        chief, words = _otherwise(rule, home, words)
    return CommandAnswer(chief, cite(term, words))


def _own(home: str, directory: Directory) -> str:
    is_force = directory.organisation(home).kind is OrganisationKind.FORCE
    return directory.chief_officer(home) if is_force else home


def _matching(
    terms: CompiledTerms, deployment: Deployment, at: datetime
) -> list[tuple[Term, CommandRule]]:
    """The clauses that cover the person, the most particular first."""
    if not _is_of_the_agreement(terms, deployment, at):
        return []
    found = [
        (term, rule)
        for term, rule in terms.in_force(CommandRule, at)
        if _covers(terms, rule, deployment)
    ]
    return sorted(found, key=lambda pair: -_conditions(pair[1]))


def _is_of_the_agreement(terms: CompiledTerms, deployment: Deployment, at: datetime) -> bool:
    """Whether the home force takes part or is embedded, so that the agreement can speak of its people."""
    unit = terms.unit(deployment.unit) if deployment.unit else None
    if unit:
        return _is_embedded(terms, deployment) or any(
            span.organisation == deployment.home_force and span.period.contains(at)
            for span in unit.staffing
        )
    if not terms.functions:
        return deployment.home_force in terms.chiefs
    functions = (deployment.function,) if deployment.function in terms.functions else ()
    return deployment.home_force in taking_part(terms, functions, at)


def _is_embedded(terms: CompiledTerms, deployment: Deployment) -> bool:
    units = (terms.unit(code) for code in _units(terms, deployment.unit))
    return any(deployment.home_force in unit.embedded for unit in units if unit)


def _covers(terms: CompiledTerms, rule: CommandRule, deployment: Deployment) -> bool:
    return (
        (deployment.on_joint_duty or not rule.on_joint_duty)
        and (rule.unit is None or rule.unit in _units(terms, deployment.unit))
        and (not rule.functions or deployment.function in rule.functions)
        and (not rule.roles or deployment.role in rule.roles)
        and (not rule.staff_of or deployment.home_force in rule.staff_of)
    )


def _units(terms: CompiledTerms, code: str | None) -> list[str]:
    """The unit and every unit it is part of."""
    found: list[str] = []
    while code and code not in found:
        found.append(code)
        unit = terms.unit(code)
        code = unit.part_of if unit else None
    return found


def _conditions(rule: CommandRule) -> int:
    return sum(map(bool, (rule.unit, rule.functions, rule.roles, rule.staff_of)))


def _by_rule(
    terms: CompiledTerms, rule: CommandRule, deployment: Deployment, at: datetime, home: str
) -> tuple[str | None, str]:
    if rule.rule == "home-chief":
        return home, "the home chief officer keeps direction and control"
    if rule.rule == "named-chief":
        return rule.chief, "the chief officer whom the clause names"
    if rule.rule == "lead-chief":
        force = _leading(terms, rule, deployment, at)
        return terms.chiefs.get(force or ""), "the chief officer of the lead force"
    if rule.rule == "requesting-chief":
        return terms.chiefs.get(deployment.requested_by or ""), "the chief officer who asked"
    area = deployment.area if deployment.area in taking_part(terms, (), at) else None
    return terms.chiefs.get(
        area or ""
    ), "the chief officer in whose area the person is deployed"


def _leading(
    terms: CompiledTerms, rule: CommandRule, deployment: Deployment, at: datetime
) -> str | None:
    """The lead of the function at work, else of the functions the clause or the unit is for."""
    unit = terms.unit(deployment.unit) if deployment.unit else None
    functions = rule.functions or (unit.functions if unit else ()) or terms.functions
    if deployment.function:
        functions = (deployment.function, *functions)
    leads = (lead(terms, function, at).force for function in functions)
    return next((force for force in leads if force), None)


def _otherwise(rule: CommandRule, home: str, words: str) -> tuple[str, str]:
    missing = f"{words} is not known or takes no part here"
    if rule.otherwise == "named-chief" and rule.chief:
        return rule.chief, f"{missing}: the named chief officer"
    return home, f"{missing}: the home chief officer"
