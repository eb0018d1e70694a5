"""One lead per function and day."""

from collections.abc import Iterator

from crossforce.agreements.check.case import Case
from crossforce.agreements.check.facts import Placed, overlapping
from crossforce.agreements.check.rule import Path, Problem, Rule
from crossforce.agreements.check.spans import gaps, merged
from crossforce.agreements.document.terms import Lead
from crossforce.agreements.wording.names import plain

TWO = Rule(
    "leads.two-on-a-day",
    "One force leads a function on a day; one force hosts it.",
    "End one lead on the day the other begins.",
)
GAP = Rule(
    "leads.gap",
    "A function that has a lead has one on every day on which forces take part in it.",
    "Date the leads so that one follows the other, or end the function.",
)
NONE = Rule(
    "leads.none",
    "A lead-force arrangement says who leads each function.",
    "Add a LEAD term.",
)
STRANGER = Rule(
    "leads.force-not-taking-part",
    "The force that leads a function takes part in it.",
    "Name a force that takes part on those days.",
)

RULES = (TWO, GAP, NONE, STRANGER)


def find(case: Case) -> Iterator[Problem]:
    """Problems of who leads."""
    found: dict[tuple[str, Path], Problem] = {}
    for code in case.facts.functions:
        leads = case.facts.about(Lead, code)
        for problem in _two(case, code, leads):
            found.setdefault((problem.rule, problem.path), problem)
        yield from _covered(case, code)
        for problem in _strangers(case, code, leads):
            found.setdefault((problem.rule, problem.path), problem)
    yield from found.values()


def _two(case: Case, code: str, leads: list[Placed[Lead]]) -> Iterator[Problem]:
    for role in ("lead", "host"):
        mine = [each for each in leads if each.term.role == role]
        for first, second in overlapping(mine):
            if first.term.force != second.term.force:
                says = (
                    f"{case.name(first.term.force)} (clause {first.clause.number}) and "
                    f"{case.name(second.term.force)} (clause {second.clause.number}) both "
                    f"{role} {case.function(code)} {first.span.meet(second.span)}."
                )
                yield TWO.broken(second.path, says, clause=second.clause.number)
                break


def _covered(case: Case, code: str) -> Iterator[Problem]:
    active = list(merged(case.facts.active(code)))
    leads = [span for _, span in case.leads(code)]
    function, path = case.facts.functions[code], case.facts.places[code]
    if not leads:
        if active and case.document.form in case.practice("lead.forms", []):
            says = f"A {plain(case.document.form)} arrangement shares {case.function(code)}, and no force leads it."
            yield NONE.broken(path, says, clause=function.clause)
        return
    missing = [gap for span in active for gap in gaps(leads, span)]
    if missing:
        says = f"Nobody leads {case.function(code)} {missing[0]}."
        yield GAP.broken(path, says, clause=function.clause)


def _strangers(case: Case, code: str, leads: list[Placed[Lead]]) -> Iterator[Problem]:
    for placed in leads:
        parts = [
            t.span for t in case.facts.counted.get(code, ()) if t.force == placed.term.force
        ]
        active = [
            part for s in merged(case.facts.active(code)) if (part := s.meet(placed.span))
        ]
        missing = [gap for span in active for gap in gaps(parts, span)]
        if missing:
            says = f"{case.name(placed.term.force)} leads {case.function(code)} and takes no part in it {missing[0]}."
            yield STRANGER.broken(placed.path, says, clause=placed.clause.number)
