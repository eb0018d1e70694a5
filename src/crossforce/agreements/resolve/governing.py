"""Who governs a function, and who must agree to a decision."""

from datetime import datetime

from crossforce.agreements.resolve.answers import (
    ApprovalAnswer,
    Citation,
    GoverningAnswer,
    cite,
)
from crossforce.agreements.resolve.participation import host, lead, participants, parties
from crossforce.agreements.terms import (
    ApprovalRule,
    CompiledTerms,
    GovernanceRule,
    Term,
)
from crossforce.kernel.civil import day_of
from crossforce.organisations.directory import Directory, NoSuchOrganisation


def governing_body(
    terms: CompiledTerms, function: str, at: datetime, directory: Directory
) -> GoverningAnswer:
    """The body that governs the function at the instant, computed from who takes part."""
    for term, rule in terms.in_force(GovernanceRule, at):
        if function in rule.functions:
            forces = participants(terms, function, at).forces
            return _by_rule(term, rule, forces, at, directory)
    return GoverningAnswer((), False, "No clause says who governs.", Citation("no clause"))


def approvers(
    terms: CompiledTerms, decision: str, pence: int, at: datetime, directory: Directory
) -> ApprovalAnswer:
    """Who must agree to a decision of this value: the narrowest limit that covers it decides.

    Where no clause covers it, every party must agree, because nobody can bind another. The host force
    answers for the lead of a function that has none.
    """
    covering = [
        (term, rule)
        for term, rule in terms.in_force(ApprovalRule, at)
        if rule.decision == decision and (rule.up_to_pence is None or pence <= rule.up_to_pence)
    ]
    everybody = parties(terms, at)
    if not covering:
        why = Citation(f"no clause covers {decision} of this value: every party must agree")
        return ApprovalAnswer(everybody, len(everybody), why)
    term, rule = min(covering, key=lambda pair: _limit(pair[1]))
    who = _approving(terms, rule, everybody, at, directory)
    needed = len(who) // 2 + 1 if rule.by == "majority" else len(who)
    return ApprovalAnswer(who, needed, cite(term, f"{decision} is approved by {rule.by}"))


def _limit(rule: ApprovalRule) -> tuple[bool, int]:
    return rule.up_to_pence is None, rule.up_to_pence or 0


def _approving(
    terms: CompiledTerms,
    rule: ApprovalRule,
    everybody: tuple[str, ...],
    at: datetime,
    directory: Directory,
) -> tuple[str, ...]:
    if rule.by == "body" and rule.body:
        return _standing_in(rule.body, at, directory) or (rule.body,)
    if rule.by == "lead":
        leads = {
            lead(terms, function, at).force or host(terms, function, at).force
            for function in terms.functions
        }
        return tuple(sorted(terms.chiefs[force] for force in leads if force in terms.chiefs))
    capacity = {"each-policing-body": "policing-body", "each-chief-officer": "chief-officer"}
    wanted = capacity.get(rule.by)
    return tuple(
        code
        for code in everybody
        if wanted is None
        or any(each.organisation == code and each.capacity == wanted for each in terms.parties)
    )


def _by_rule(
    term: Term,
    rule: GovernanceRule,
    forces: tuple[str, ...],
    at: datetime,
    directory: Directory,
) -> GoverningAnswer:
    if rule.rule == "named-body":
        return _named(term, rule, at, directory)
    if rule.rule == "chief-officers":
        chiefs = tuple(directory.chief_officer(force) for force in forces)
        why = cite(term, "the chief officers of the forces that take part, jointly")
        return GoverningAnswer(chiefs, True, None, why)
    if rule.rule == "all-wales" and set(forces) == set(rule.welsh_forces):
        return _all_wales(term, rule, at, directory)
    undecided = _unstated(rule, forces) if rule.rule == "all-wales" else None
    return _jointly(term, forces, undecided, at, directory)


def _named(
    term: Term, rule: GovernanceRule, at: datetime, directory: Directory
) -> GoverningAnswer:
    body = rule.body or ""
    heirs = _standing_in(body, at, directory)
    if heirs:
        words = "the body that the clause names"
        if heirs != (body,):
            words = f"who followed {body}, the body that the clause names"
        return GoverningAnswer(heirs, len(heirs) > 1, None, cite(term, words))
    undecided = f"{body} does not exist on that day and nobody is known to follow it."
    return GoverningAnswer(
        (body,), False, undecided, cite(term, "the body that the clause names")
    )


def _standing_in(body: str, at: datetime, directory: Directory) -> tuple[str, ...]:
    """The body or its heirs on the day; the body itself where the directory does not know it."""
    if directory.get(body) is None:
        return (body,)
    return directory.heirs(body, day_of(at))


def _all_wales(
    term: Term, rule: GovernanceRule, at: datetime, directory: Directory
) -> GoverningAnswer:
    if rule.body:
        return _named(term, rule, at, directory)
    words = "every force in Wales takes part: the all-Wales body"
    for span in rule.welsh_bodies:
        if span.period.contains(at):
            return GoverningAnswer((span.organisation,), False, None, cite(term, words))
    undecided = "No all-Wales body is known on that day."
    return _jointly(term, rule.welsh_forces, undecided, at, directory)


def _unstated(rule: GovernanceRule, forces: tuple[str, ...]) -> str | None:
    """What the all-Wales rule leaves open: it speaks of two or three forces in Wales only."""
    outside = sorted(set(forces) - set(rule.welsh_forces))
    if outside:
        return f"The rule does not say who governs when {', '.join(outside)} takes part."
    if len(forces) < 2:
        return "The rule does not say who governs when fewer than two forces take part."
    return None


def _jointly(
    term: Term,
    forces: tuple[str, ...],
    undecided: str | None,
    at: datetime,
    directory: Directory,
) -> GoverningAnswer:
    bodies = []
    for force in forces:
        try:
            bodies.append(directory.policing_body(force, day_of(at)))
        except NoSuchOrganisation as error:
            undecided = undecided or str(error)
    why = cite(term, "the policing bodies of the forces that take part, jointly")
    return GoverningAnswer(tuple(bodies), True, undecided, why)
