"""Leaving: notice, the day it takes effect, and a price that can be worked out beforehand."""

from collections.abc import Iterator

from crossforce.agreements.check.case import Case
from crossforce.agreements.check.facts import Placed
from crossforce.agreements.check.rule import Problem, Rule
from crossforce.agreements.check.spans import gaps, merged
from crossforce.agreements.document.terms import CostShare, Exit

NONE = Rule(
    "exit.none",
    "The agreement says how a party leaves and what that costs.",
    "Add an EXIT term.",
)
TWO = Rule(
    "exit.two-rules",
    "One rule for leaving holds on a day.",
    "End one rule on the day the other begins.",
)
VAGUE = Rule(
    "exit.settlement-vague",
    "Each part of a settlement is a sum and a way to find the leaver's part of it.",
    "Write the parts with their pence, months and share; a settlement of nothing is one "
    "fixed-charge of 0.",
)
UNCOMPUTABLE = Rule(
    "exit.not-computable",
    "A settlement shared as costs are has a cost share that works for every force that may leave.",
    "Add the COST_SHARE term, or share the part equally or leave it whole with the leaver.",
)
NOTICE = Rule(
    "exit.notice-none",
    "A party that leaves gives notice.",
    "Write `notice_months`; twelve months to 31 March is usual.",
)
HANDOVER = Rule(
    "exit.handover-missing",
    "A winding-up has a list of what is handed over.",
    "Write `handover`, or no winding-up.",
)

RULES = (NONE, TWO, VAGUE, UNCOMPUTABLE, NOTICE, HANDOVER)


def find(case: Case) -> Iterator[Problem]:
    """Problems of leaving."""
    terms = list(case.facts.of(Exit))
    if not terms:
        yield NONE.broken((), "Nothing says how a party leaves and what that costs.")
    for n, second in enumerate(terms):
        clash = next((each for each in terms[:n] if each.span.meet(second.span)), None)
        if clash:
            says = f"Clause {clash.clause.number} already says how a party leaves."
            yield TWO.broken(second.path, says, clause=second.clause.number)
    for placed in terms:
        yield from _term(case, placed)


def _term(case: Case, placed: Placed[Exit]) -> Iterator[Problem]:
    term, clause = placed.term, placed.clause.number
    if term.notice_months == 0:
        yield NOTICE.broken(placed.path, "A party could leave without notice.", clause=clause)
    if term.winding_up_months and not term.handover:
        says = "A winding-up follows, and nothing says what is handed over."
        yield HANDOVER.broken(placed.path, says, clause=clause)
    if not term.settlement:
        says = "Nothing says what leaving costs, so no party can know before it leaves."
        yield VAGUE.broken(placed.path, says, clause=clause)
    for n, part in enumerate(term.settlement):
        if part.item == "unavoidable-costs" and not part.months:
            says = (
                "Unavoidable costs run on after a leave, and nothing says for how many months."
            )
            yield VAGUE.broken((*placed.path, "settlement", n), says, clause=clause)
    if any(part.share == "cost-share" and part.pence for part in term.settlement):
        yield from _computable(case, placed)


def _computable(case: Case, placed: Placed[Exit]) -> Iterator[Problem]:
    for code in case.facts.functions:
        shares = [
            each.span
            for each in case.facts.about(CostShare, code)
            if each.term.method not in ("tariff", "costs-lie-where-they-fall")
            and _held(case, each)
        ]
        active = [
            part for s in merged(case.facts.active(code)) if (part := s.meet(placed.span))
        ]
        missing = [gap for span in active for gap in gaps(shares, span)]
        if missing:
            says = (
                f"The leaver's part follows the cost share, and none of {case.function(code)} can be worked "
                f"out {missing[0]}."
            )
            yield UNCOMPUTABLE.broken(placed.path, says, clause=placed.clause.number)
            return


def _held(case: Case, placed: Placed[CostShare]) -> bool:
    """Whether the figures that the costs are shared by are held for every force."""
    drivers = case.practice("cost.drivers", {})
    methods = [placed.term.method, *(each.method for each in placed.term.component)]
    wanted = [drivers[method] for method in methods if method in drivers]
    return not any(case.context.unknown(each, case.facts.forces, None) for each in wanted)
