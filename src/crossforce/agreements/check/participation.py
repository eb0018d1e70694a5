"""Who takes part in what, when: one status at a time, by parties, in named disciplines."""

from collections.abc import Iterator
from itertools import combinations

from crossforce.agreements.check.case import Case, suggestion, verb
from crossforce.agreements.check.facts import Taking
from crossforce.agreements.check.rule import Problem, Rule
from crossforce.agreements.document import Function
from crossforce.agreements.wording import status_in_words

OVERLAP = Rule(
    "participation.overlap",
    "A force stands in one way to a function on any day: in, out, partly or as tasked.",
    "End the earlier row on the day the later begins.",
)
TWICE = Rule(
    "participation.force-twice",
    "A force is named once in a row.",
    "Name it once.",
)
DISCIPLINES = Rule(
    "participation.disciplines-missing",
    "Partial participation names the disciplines that are taken.",
    "Write `disciplines = [...]` in the row.",
)
DISCIPLINE_UNKNOWN = Rule(
    "participation.discipline-unknown",
    "A discipline that is taken is one that the function offers.",
    "Name a discipline of the function, or add it to the function.",
)
NOBODY = Rule(
    "participation.nobody-in",
    "Some force takes part in a function about forces.",
    "Write who takes part, or change what the function is provision about.",
)
NO_FUNCTION = Rule(
    "functions.none",
    "The agreement says what it shares.",
    "Add `[[function]]`.",
)
TITLE = Rule(
    "functions.title-missing",
    "A function is in the catalogue or has a title of its own.",
    "Use a code of the catalogue, or write `title`.",
)

RULES = (OVERLAP, TWICE, DISCIPLINES, DISCIPLINE_UNKNOWN, NOBODY, NO_FUNCTION, TITLE)

SETTLED = frozenset({"in", "out", "partial", "as-tasked"})


def find(case: Case) -> Iterator[Problem]:
    """Problems of participation."""
    if not case.document.function:
        yield NO_FUNCTION.broken((), "The agreement names no function.")
    for n, function in enumerate(case.document.function):
        yield from _function(case, n, function)
    yield from _overlaps(case)


def _function(case: Case, n: int, function: Function) -> Iterator[Problem]:
    catalogue = case.context.functions
    if catalogue is not None and function.code not in catalogue and not function.title:
        near = suggestion(function.code, catalogue)
        says = f"{function.code!r} is not in the catalogue of functions and has no title.{near}"
        yield TITLE.broken(("function", n, "code"), says, clause=function.clause)
    about_forces = "force" in function.provision
    if about_forces and not any(row.status != "out" for row in function.participation):
        says = f"No force takes part in {case.function(function.code)}."
        yield NOBODY.broken(("function", n), says, clause=function.clause)
    for m, row in enumerate(function.participation):
        path = ("function", n, "participation", m)
        twice = sorted({force for force in row.forces if row.forces.count(force) > 1})
        if twice:
            says = f"{case.names(twice)} {verb(twice, 'is', 'are')} named twice."
            yield TWICE.broken((*path, "forces"), says, clause=function.clause)
        if row.status == "partial" and not row.disciplines:
            says = (
                f"{case.names(row.forces)} {verb(row.forces, 'takes', 'take')} part in some of "
                f"{case.function(function.code)}: in which disciplines?"
            )
            yield DISCIPLINES.broken(path, says, clause=function.clause)
        for code in row.disciplines:
            if function.disciplines and code not in function.disciplines:
                near = suggestion(code, function.disciplines)
                says = f"The function {case.function(function.code)} offers no discipline {code!r}.{near}"
                yield DISCIPLINE_UNKNOWN.broken(
                    (*path, "disciplines"), says, clause=function.clause
                )


def _overlaps(case: Case) -> Iterator[Problem]:
    rows: dict[tuple[str, str], list[Taking]] = {}
    for taking in case.facts.takings:
        if taking.status in SETTLED:
            rows.setdefault((taking.function, taking.force), []).append(taking)
    for (function, force), takings in rows.items():
        clash = next((pair for pair in combinations(takings, 2) if _clash(*pair)), None)
        if clash:
            first, second = clash
            shared = first.span.meet(second.span)
            says = f"In {case.function(function)}, {case.name(force)} {_both(first, second)}, {shared}."
            clause = case.facts.functions[function].clause
            yield OVERLAP.broken(second.path, says, clause=clause)


def _both(first: Taking, second: Taking) -> str:
    if first.status == second.status:
        return "stands twice"
    return f"{status_in_words(first.status)} and also {status_in_words(second.status)}"


def _clash(first: Taking, second: Taking) -> bool:
    if first.path == second.path or first.span.meet(second.span) is None:
        return False
    parts = first.status == second.status == "partial"
    return not (parts and not set(first.disciplines) & set(second.disciplines))
