"""Personal data and records: who controls them, whom to ask, how long they are kept."""

from collections.abc import Iterator

from crossforce.agreements.check.case import Case, suggestion, verb
from crossforce.agreements.check.facts import Placed
from crossforce.agreements.check.rule import Problem, Rule
from crossforce.agreements.check.spans import gaps, merged
from crossforce.agreements.document.terms import Controller, Retention

NONE = Rule(
    "information.controller-missing",
    "Somebody controls the personal data of every function on every day.",
    "Add a CONTROLLER term.",
)
NUMBER = Rule(
    "information.controllers-number",
    "A sole controller is one; joint controllers are at least two.",
    "Name the controllers that the mode asks for.",
)
CONTACT = Rule(
    "information.contact-missing",
    "Joint controllers name a contact point for data subjects.",
    "Write `contact`.",
)
PROCESSOR = Rule(
    "information.processor-controls",
    "A processor acts for controllers and is none of them.",
    "Take the organisation out of one of the two lists.",
)
TWO = Rule(
    "information.two-rules",
    "One rule says who controls the data of a kind and function on a day.",
    "End one rule on the day the other begins, or let each name its kinds.",
)
RETENTION = Rule(
    "information.retention-missing",
    "The agreement names the schedule by which records are kept.",
    "Add a RETENTION term.",
)
SCHEDULE = Rule(
    "information.schedule-unknown",
    "A retention schedule is one that the platform knows.",
    "Name a known schedule.",
)

RULES = (NONE, NUMBER, CONTACT, PROCESSOR, TWO, RETENTION, SCHEDULE)


def find(case: Case) -> Iterator[Problem]:
    """Problems of control and retention of data."""
    for placed in case.facts.of(Controller):
        yield from _term(case, placed)
    yield from _covered(case)
    yield from _retention(case)


_NOUNS = ("controllers are", "controller is")


def _term(case: Case, placed: Placed[Controller]) -> Iterator[Problem]:
    term, clause = placed.term, placed.clause.number
    number = len(set(term.controllers))
    if (term.mode == "sole" and number != 1) or (term.mode == "joint" and number == 1):
        kind = "A sole controller is" if term.mode == "sole" else "Joint controllers are"
        says = f"{kind} said to control, and {number} {_NOUNS[number == 1]} named."
        yield NUMBER.broken(placed.path, says, clause=clause)
    if term.mode == "joint" and term.contact is None:
        says = "The controllers are joint, and data subjects are not told whom to ask."
        yield CONTACT.broken(placed.path, says, clause=clause)
    both = sorted(set(term.processors) & set(term.controllers))
    if both:
        says = f"{case.names(both)} {verb(both, 'is', 'are')} controller and processor."
        yield PROCESSOR.broken((*placed.path, "processors"), says, clause=clause)


def _covered(case: Case) -> Iterator[Problem]:
    for code in case.facts.functions:
        spans = [each.span for each in case.facts.about(Controller, code)]
        active = merged(case.facts.active(code))
        missing = [gap for span in active for gap in gaps(spans, span)]
        if missing:
            says = f"Nobody is named as controller of the personal data of {case.function(code)} {missing[0]}."
            clause = case.facts.functions[code].clause
            yield NONE.broken(case.facts.places[code], says, clause=clause)
    terms = list(case.facts.of(Controller))
    for n, second in enumerate(terms):
        first = next((each for each in terms[:n] if _same_data(each, second)), None)
        if first:
            says = f"Clause {first.clause.number} already says who controls the same data."
            yield TWO.broken(second.path, says, clause=second.clause.number)


def _same_data(first: Placed[Controller], second: Placed[Controller]) -> bool:
    mine, others = set(first.term.functions), set(second.term.functions)
    apart = bool(mine) and bool(others) and not mine & others
    if apart or first.span.meet(second.span) is None:
        return False
    if not first.term.kinds or not second.term.kinds:
        return first.term.kinds == second.term.kinds
    return bool(set(first.term.kinds) & set(second.term.kinds))


def _retention(case: Case) -> Iterator[Problem]:
    terms = list(case.facts.of(Retention))
    if not terms:
        yield RETENTION.broken((), "Nothing says how long records are kept.")
    schedules = case.context.schedules
    for placed in terms:
        code = placed.term.schedule
        if schedules is not None and code not in schedules:
            says = f"No schedule is called {code!r}.{suggestion(code, schedules)}"
            yield SCHEDULE.broken((*placed.path, "schedule"), says, clause=placed.clause.number)
