"""Who governs each function on each day, and who must agree to what."""

from collections.abc import Iterator

from crossforce.agreements.check.case import Case, verb
from crossforce.agreements.check.facts import Placed, overlapping
from crossforce.agreements.check.rule import Path, Problem, Rule
from crossforce.agreements.check.spans import gaps, merged
from crossforce.agreements.document.terms import Approval, Governance
from crossforce.agreements.wording.names import plain
from crossforce.kernel.money import in_pounds

NONE = Rule(
    "governance.none",
    "A body governs every function on every day on which forces take part.",
    "Add a GOVERNANCE term for those days.",
)
TWO = Rule(
    "governance.two-bodies",
    "One rule says who governs a function on a day.",
    "End one rule on the day the other begins, or let each name its functions.",
)
BODY = Rule(
    "governance.body-missing",
    "A rule that a named body governs, or decides, names the body.",
    "Write `body`.",
)
IDLE_BODY = Rule(
    "governance.body-unused",
    "A body is named only where the rule asks for one.",
    'Use rule = "named-body", or leave `body` out.',
)
WALES = Rule(
    "governance.all-wales-elsewhere",
    "The all-Wales rule governs functions of Welsh forces only.",
    "Choose another rule for functions in which other forces take part.",
)
ITSELF = Rule(
    "governance.reports-to-itself",
    "A body reports to another body.",
    "Name the other body.",
)
LADDER = Rule(
    "governance.approval-ladder",
    "For one kind of decision the limits differ, and the last step has no limit.",
    "Give each step its own limit and leave `up_to_pence` out of the last.",
)

RULES = (NONE, TWO, BODY, IDLE_BODY, WALES, ITSELF, LADDER)


def find(case: Case) -> Iterator[Problem]:
    """Problems of governance and approval."""
    for placed in case.facts.of(Governance):
        yield from _term(case, placed)
    once: dict[tuple[str, Path], Problem] = {}
    for code in case.facts.functions:
        for problem in _function(case, code):
            once.setdefault((problem.rule, problem.path), problem)
    yield from once.values()
    yield from _approvals(case)


_RULED = {
    "joint-policing-bodies": "policing bodies together",
    "chief-officers": "chief officers",
}


def _term(case: Case, placed: Placed[Governance]) -> Iterator[Problem]:
    term, clause = placed.term, placed.clause.number
    if term.rule == "named-body" and term.body is None:
        yield BODY.broken(
            placed.path, "A named body governs, and none is named.", clause=clause
        )
    if term.rule in ("joint-policing-bodies", "chief-officers") and term.body:
        says = f"The {_RULED[term.rule]} govern by this rule, so {case.name(term.body)} does not govern."
        yield IDLE_BODY.broken((*placed.path, "body"), says, clause=clause)
    if term.body and term.body == term.reports_to:
        says = f"{case.name(term.body)} reports to itself."
        yield ITSELF.broken((*placed.path, "reports_to"), says, clause=clause)


def _function(case: Case, code: str) -> Iterator[Problem]:
    terms = case.facts.about(Governance, code)
    active = list(merged(case.facts.active(code)))
    missing = [gap for span in active for gap in gaps([each.span for each in terms], span)]
    if missing:
        clause = case.facts.functions[code].clause
        says = f"Nobody governs {case.function(code)} {missing[0]}."
        yield NONE.broken(case.facts.places[code], says, clause=clause)
    for first, second in overlapping(terms):
        shared = first.span.meet(second.span)
        if shared and any(span.meet(shared) for span in active):
            says = f"Clauses {first.clause.number} and {second.clause.number} both say who governs {case.function(code)} {shared}."
            yield TWO.broken(second.path, says, clause=second.clause.number)
    for each in terms:
        if each.term.rule == "all-wales":
            yield from _outside_wales(case, code, each)


def _outside_wales(case: Case, code: str, placed: Placed[Governance]) -> Iterator[Problem]:
    for stage in case.facts.stages(code, placed.span):
        taking = case.facts.taking_part(code, stage)
        others = [force for force in taking if force not in case.context.welsh_forces]
        if others:
            says = (
                f"{case.names(others)} {verb(others, 'takes', 'take')} part in {case.function(code)} "
                f"{stage} and {verb(others, 'is', 'are')} not in Wales."
            )
            yield WALES.broken(placed.path, says, clause=placed.clause.number)
            return


def _approvals(case: Case) -> Iterator[Problem]:
    ladders: dict[str, list[Placed[Approval]]] = {}
    for placed in case.facts.of(Approval):
        term = placed.term
        if term.by == "body" and term.body is None:
            says = f"A body decides on {plain(term.decision)}, and none is named."
            yield BODY.broken(placed.path, says, clause=placed.clause.number)
        steps = ladders.setdefault(term.decision, [])
        clash = next((s for s in steps if _same_step(s, placed)), None)
        if clash:
            limit = (
                "without limit"
                if term.up_to_pence is None
                else f"up to {in_pounds(term.up_to_pence)}"
            )
            says = f"Clause {clash.clause.number} already says who agrees to {plain(term.decision)} {limit}."
            yield LADDER.broken(placed.path, says, clause=placed.clause.number)
        steps.append(placed)
    for decision, steps in ladders.items():
        if all(each.term.up_to_pence is not None for each in steps):
            says = f"Nobody may agree to {plain(decision)} above the highest limit."
            yield LADDER.broken(steps[-1].path, says, clause=steps[-1].clause.number)


def _same_step(first: Placed[Approval], second: Placed[Approval]) -> bool:
    same_limit = first.term.up_to_pence == second.term.up_to_pence
    return same_limit and first.span.meet(second.span) is not None
