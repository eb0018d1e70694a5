"""Where a case goes, how a unit is called on, who controls data, what schedule keeps it."""

from collections.abc import Mapping
from datetime import datetime

from crossforce.agreements.resolve.answers import (
    Citation,
    ControllerAnswer,
    RouteAnswer,
    TaskingAnswer,
    cite,
)
from crossforce.agreements.resolve.participation import TAKING_PART, participants, taking_part
from crossforce.agreements.terms import (
    CompiledTerms,
    ControllerRule,
    PublicationRule,
    RetentionRule,
    RoutingRule,
    TaskingRule,
    Term,
)


def route(
    terms: CompiledTerms, function: str, force: str, attributes: Mapping[str, str], at: datetime
) -> RouteAnswer:
    """The unit a case of that force goes to; the rule with most conditions met decides.

    A force that takes a function in part is routed for the disciplines it takes only: the case
    names its `discipline` among its attributes.
    """
    if not _takes(terms, function, force, attributes, at):
        return RouteAnswer(None, Citation(f"{force} does not take part in {function} for this"))
    found = [
        (term, rule)
        for term, rule in terms.in_force(RoutingRule, at)
        if rule.function == function
        and (not rule.forces or force in rule.forces)
        and _meets(rule.when, attributes)
    ]
    if not found:
        return RouteAnswer(None, Citation(f"no clause routes this case of {function}"))
    term, rule = max(found, key=lambda pair: (len(pair[1].when), bool(pair[1].forces)))
    return RouteAnswer(rule.to, cite(term, f"goes to {rule.to}{_conditions(rule.when)}"))


def tasking(
    terms: CompiledTerms, unit: str, attributes: Mapping[str, str], at: datetime
) -> TaskingAnswer:
    """How the unit is called on for a request of this kind."""
    found = [
        (term, rule)
        for term, rule in terms.in_force(TaskingRule, at)
        if rule.unit == unit and _meets(rule.when, attributes)
    ]
    if not found:
        return TaskingAnswer(None, None, Citation(f"no clause says how {unit} is called on"))
    term, rule = max(found, key=lambda pair: len(pair[1].when))
    return TaskingAnswer(rule.mode, rule.by, cite(term, f"{rule.mode}{_conditions(rule.when)}"))


def controllers(
    terms: CompiledTerms, kind: str, function: str, at: datetime
) -> ControllerAnswer:
    """Who controls personal data of the kind that is held for the function."""
    found = [
        (term, rule)
        for term, rule in terms.in_force(ControllerRule, at)
        if function in rule.functions and covers(rule.kinds, kind)
    ]
    everybody = taking_part(terms, (function,), at)
    if not found:
        why = Citation("no clause says otherwise: each controls what it holds")
        return ControllerAnswer("each-its-own", everybody, None, (), why)
    term, rule = max(found, key=lambda pair: bool(pair[1].kinds))
    who = rule.controllers or everybody
    why = cite(term, f"the controller is {rule.mode}")
    return ControllerAnswer(rule.mode, who, rule.contact, rule.processors, why)


def retention(
    terms: CompiledTerms, kind: str, at: datetime
) -> list[tuple[RetentionRule, Citation]]:
    """Every schedule that records of the kind are kept by; the strictest of them applies."""
    return [
        (rule, cite(term, f"kept by the schedule {rule.schedule}"))
        for term, rule in terms.in_force(RetentionRule, at)
        if covers(rule.kinds, kind)
    ]


def publication(terms: CompiledTerms, at: datetime) -> tuple[Term, PublicationRule] | None:
    """What is published of the agreement; None where no clause says."""
    return next(iter(terms.in_force(PublicationRule, at)), None)


def covers(kinds: tuple[str, ...], kind: str) -> bool:
    """Whether a list of kinds has this one: by name, as `service.*`, or by naming none at all."""
    return not kinds or kind in kinds or f"{kind.split('.')[0]}.*" in kinds


def _takes(
    terms: CompiledTerms, function: str, force: str, attributes: Mapping[str, str], at: datetime
) -> bool:
    discipline = attributes.get("discipline")
    return any(
        row.force == force
        and row.status in TAKING_PART
        and (not row.disciplines or discipline in row.disciplines)
        for row in participants(terms, function, at).rows
    )


def _meets(when: Mapping[str, str], attributes: Mapping[str, str]) -> bool:
    return all(attributes.get(key) == value for key, value in when.items())


def _conditions(when: Mapping[str, str]) -> str:
    return (
        " when " + " and ".join(f"{key} is {when[key]}" for key in sorted(when)) if when else ""
    )
