"""GOVERNANCE: the all-Wales figures are pinned into the terms."""

from datetime import date, datetime

from crossforce.agreements.compile.workings import Workings
from crossforce.agreements.document import terms as written
from crossforce.agreements.document.parts import Clause
from crossforce.agreements.terms import BEGINNING, GovernanceRule, Span
from crossforce.kernel.civil import instant
from crossforce.kernel.periods import Period


def governance(
    work: Workings, clause: Clause, term: written.Governance, valid: Period
) -> GovernanceRule:
    """The rule of a GOVERNANCE term."""
    if term.rule == "named-body" and not term.body:
        work.problem(
            "no-body",
            "Governance is given to a named body, and none is named.",
            "Add body = ... with the code of a board, committee or organisation.",
            clause.number,
        )
    all_wales = term.rule == "all-wales"
    return GovernanceRule(
        functions=work.named(term.functions, "The GOVERNANCE term", clause.number),
        rule=term.rule,
        body=term.body,
        welsh_forces=_forces(work) if all_wales else (),
        welsh_bodies=_bodies(work) if all_wales else (),
        reports_to=term.reports_to,
        quorum=term.quorum,
        meets=term.meets,
        chair=term.chair,
    )


def _forces(work: Workings) -> tuple[str, ...]:
    [rule] = [each for each in work.all_wales.rule if each.key == "forces"]
    return tuple(sorted(rule.value))


def _bodies(work: Workings) -> tuple[Span, ...]:
    rules = [each for each in work.all_wales.rule if each.key == "body"]
    return tuple(
        Span(
            organisation=each.value,
            period=Period(_start(each.effective_from), _end(each.effective_to)),
        )
        for each in sorted(rules, key=lambda each: each.effective_from)
    )


def _start(day: date) -> datetime:
    return BEGINNING if day == date.min else instant(day)


def _end(day: date | None) -> datetime | None:
    return instant(day) if day else None
