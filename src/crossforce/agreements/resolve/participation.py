"""Who takes part in what, and who leads."""

from datetime import datetime

from crossforce.agreements.resolve.answers import (
    Citation,
    LeadAnswer,
    Participants,
    Taking,
    cite,
)
from crossforce.agreements.terms import CompiledTerms, LeadRule, ParticipationRule, Term

TAKING_PART = frozenset({"in", "partial", "as-tasked"})
"""Statuses by which a force takes part; exploring, planned, linked and out do not count."""


def participants(terms: CompiledTerms, function: str, at: datetime) -> Participants:
    """Who takes part in the function at the instant, and who else stands to it somehow."""
    rows = tuple(
        _taking(term, rule)
        for term, rule in terms.in_force(ParticipationRule, at)
        if rule.function == function
    )
    forces = sorted({row.force for row in rows if row.status in TAKING_PART})
    return Participants(function, tuple(forces), rows)


def taking_part(
    terms: CompiledTerms, functions: tuple[str, ...], at: datetime
) -> tuple[str, ...]:
    """The forces that take part in any of the functions at the instant; none named means all."""
    wanted = set(functions or terms.functions)
    found = {
        rule.force
        for _, rule in terms.in_force(ParticipationRule, at)
        if rule.function in wanted and rule.status in TAKING_PART
    }
    return tuple(sorted(found))


def lead(terms: CompiledTerms, function: str, at: datetime) -> LeadAnswer:
    """The force that leads the function: by a clause, else by its role of lead among the parties."""
    return _with_role(terms, function, at, "lead")


def host(terms: CompiledTerms, function: str, at: datetime) -> LeadAnswer:
    """The force that houses and employs for the function: by a clause, else by its role of host."""
    return _with_role(terms, function, at, "host")


def _with_role(terms: CompiledTerms, function: str, at: datetime, role: str) -> LeadAnswer:
    for term, rule in terms.in_force(LeadRule, at):
        if rule.role == role and function in rule.functions:
            return LeadAnswer(rule.force, cite(term, f"{rule.force} is the {role} force"))
    forces = {chief: force for force, chief in terms.chiefs.items()}
    for party in terms.parties:
        if party.role == role and party.valid.contains(at) and party.organisation in forces:
            force = forces[party.organisation]
            words = f"{force} is the {role} by its role among the parties"
            return LeadAnswer(force, Citation(words, assumed=party.assumed))
    return LeadAnswer(None, Citation(f"no clause names a {role}"))


def parties(terms: CompiledTerms, at: datetime) -> tuple[str, ...]:
    """The legal persons bound at the instant."""
    return tuple(
        sorted({party.organisation for party in terms.parties if party.valid.contains(at)})
    )


def _taking(term: Term, rule: ParticipationRule) -> Taking:
    phase = f" ({rule.phase.en})" if rule.phase else ""
    words = f"{rule.force} is {rule.status} for {rule.function}{phase}"
    return Taking(rule.force, rule.status, rule.disciplines, term.valid, cite(term, words))
