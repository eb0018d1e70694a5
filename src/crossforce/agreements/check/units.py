"""Units, and how cases and requests reach them."""

from collections.abc import Iterator

from crossforce.agreements.check.case import Case, suggestion, verb
from crossforce.agreements.check.facts import Placed
from crossforce.agreements.check.rule import Path, Problem, Rule
from crossforce.agreements.document.terms import Routing, Tasking

FUNCTION = Rule(
    "units.function-unknown",
    "A function that a unit, clause or term names is a function of the agreement.",
    "Name a function of the agreement, or add it.",
)
UNIT = Rule(
    "units.unit-unknown",
    "A unit that a unit, clause or term names is a unit of the agreement.",
    "Name a unit of the agreement, or add it.",
)
CIRCLE = Rule(
    "units.circular",
    "Units are parts of others without a circle.",
    "Take one of the `part_of` out.",
)
STAFF = Rule(
    "units.staffed-by-a-stranger",
    "The forces that staff a unit take part in the agreement.",
    "Name forces that take part.",
)
TWO_WAYS = Rule(
    "routing.two-ways",
    "A case of one kind and force goes one way.",
    "Let the two rules differ in `when`, `forces` or dates.",
)
ROUTED_STRANGER = Rule(
    "routing.force-not-taking-part",
    "Cases are routed for forces that take part in the function.",
    "Name forces that take part.",
)
ELSEWHERE = Rule(
    "routing.unit-of-another-function",
    "The unit that cases are routed to works on their function.",
    "Add the function to the unit, or route to another unit.",
)
TWO_MODES = Rule(
    "tasking.two-modes",
    "A unit is called on in one way for what is not routed to it.",
    "Let the two rules differ in `when` or dates.",
)
NO_TASKER = Rule(
    "tasking.group-missing",
    "Where a tasking group decides, it is named.",
    "Write `by`.",
)

RULES = (
    FUNCTION, UNIT, CIRCLE, STAFF, TWO_WAYS, ROUTED_STRANGER, ELSEWHERE, TWO_MODES, NO_TASKER,
)  # fmt: skip


def find(case: Case) -> Iterator[Problem]:
    """Problems of units, routing and tasking."""
    for path, code, clause in _functions_named(case):
        if code not in case.facts.functions:
            says = f"The agreement has no function {code!r}.{suggestion(code, case.facts.functions)}"
            yield FUNCTION.broken(path, says, clause=clause)
    for path, code, clause in _units_named(case):
        if code not in case.facts.units:
            says = f"The agreement has no unit {code!r}.{suggestion(code, case.facts.units)}"
            yield UNIT.broken(path, says, clause=clause)
    yield from _tree(case)
    yield from _routing(case)
    yield from _tasking(case)


Named = Iterator[tuple[Path, str, str | None]]


def _functions_named(case: Case) -> Named:
    for n, unit in enumerate(case.document.unit):
        for code in unit.functions:
            yield ("unit", n, "functions"), code, None
    for placed in case.facts.terms:
        number = placed.clause.number
        for code in getattr(placed.term, "functions", ()):
            yield (*placed.path, "functions"), code, number
        for key in ("of", "collection", "to"):
            part = getattr(placed.term, key, None)
            codes = getattr(part, "functions", ()) or [getattr(part, "function", None)]
            for code in filter(None, codes):
                yield (*placed.path, key), code, number
        if isinstance(placed.term, Routing):
            yield (*placed.path, "function"), placed.term.function, number


def _units_named(case: Case) -> Named:
    for n, unit in enumerate(case.document.unit):
        if unit.part_of:
            yield ("unit", n, "part_of"), unit.part_of, None
    for placed in case.facts.terms:
        number = placed.clause.number
        for key in ("of", "collection", "to"):
            code = getattr(getattr(placed.term, key, None), "unit", None)
            if code:
                yield (*placed.path, key), code, number
        if isinstance(placed.term, Routing):
            yield (*placed.path, "to"), placed.term.to, number
        if isinstance(placed.term, Tasking):
            yield (*placed.path, "unit"), placed.term.unit, number


def _tree(case: Case) -> Iterator[Problem]:
    taking = {each.force for each in case.facts.takings if each.status != "out"}
    for n, unit in enumerate(case.document.unit):
        way, code = [unit.code], unit.part_of
        while code and code in case.facts.units and code not in way:
            way.append(code)
            code = case.facts.units[code].part_of
        if code == unit.code:
            says = f"{' is part of '.join(case.unit(each) for each in (*way, unit.code))}."
            yield CIRCLE.broken(("unit", n, "part_of"), says)
        strangers = [force for force in unit.staffed_by if force not in taking]
        if strangers:
            says = (
                f"{case.names(strangers)} {verb(strangers, 'staffs', 'staff')} {case.unit(unit.code)} "
                f"and {verb(strangers, 'takes', 'take')} no part."
            )
            yield STAFF.broken(("unit", n, "staffed_by"), says)


def _routing(case: Case) -> Iterator[Problem]:
    rules: dict[tuple[str, frozenset[tuple[str, str]]], list[Placed[Routing]]] = {}
    for placed in case.facts.of(Routing):
        term, clause = placed.term, placed.clause.number
        taking = {t.force for t in case.facts.counted.get(term.function, ())}
        strangers = [force for force in term.forces if force not in taking]
        if strangers:
            says = (
                f"{case.names(strangers)} {verb(strangers, 'takes', 'take')} no part in "
                f"{case.function(term.function)}."
            )
            yield ROUTED_STRANGER.broken((*placed.path, "forces"), says, clause=clause)
        unit = case.facts.units.get(term.to)
        if unit and unit.functions and term.function not in unit.functions:
            says = f"{case.unit(term.to)} does not work on {case.function(term.function)}."
            yield ELSEWHERE.broken((*placed.path, "to"), says, clause=clause)
        same = rules.setdefault((term.function, frozenset(term.when.items())), [])
        clash = next((each for each in same if _same_way(each, placed)), None)
        if clash:
            says = (
                f"Clause {clash.clause.number} sends the same cases to {case.unit(clash.term.to)}, "
                f"this one to {case.unit(term.to)}."
            )
            yield TWO_WAYS.broken(placed.path, says, clause=clause)
        same.append(placed)


def _same_way(first: Placed[Routing], second: Placed[Routing]) -> bool:
    if first.term.to == second.term.to or first.span.meet(second.span) is None:
        return False
    mine, others = set(first.term.forces), set(second.term.forces)
    return bool(mine & others) or (not mine and not others)


_MODES = {
    "automatic": "without asking",
    "on-request": "on request",
    "tasking-group": "by a tasking group",
}


def _tasking(case: Case) -> Iterator[Problem]:
    rules: dict[tuple[str, frozenset[tuple[str, str]]], list[Placed[Tasking]]] = {}
    for placed in case.facts.of(Tasking):
        term, clause = placed.term, placed.clause.number
        if term.mode == "tasking-group" and term.by is None:
            says = f"A tasking group decides on {case.unit(term.unit)}, and none is named."
            yield NO_TASKER.broken(placed.path, says, clause=clause)
        same = rules.setdefault((term.unit, frozenset(term.when.items())), [])
        clash = next(
            (e for e in same if e.term.mode != term.mode and e.span.meet(placed.span)), None
        )
        if clash:
            says = (
                f"Clause {clash.clause.number} calls on {case.unit(term.unit)} "
                f"{_MODES[clash.term.mode]}, this one {_MODES[term.mode]}."
            )
            yield TWO_MODES.broken(placed.path, says, clause=clause)
        same.append(placed)
