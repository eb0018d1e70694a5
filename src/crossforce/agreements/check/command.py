"""Direction and control: exactly one chief officer for every person, place and day."""

from collections.abc import Iterator

from crossforce.agreements.check.case import Case
from crossforce.agreements.check.proof import Command, Ruling, described, leading, rulings
from crossforce.agreements.check.rule import Path, Problem, Rule
from crossforce.agreements.document.terms import DirectionControl

CONFLICT = Rule(
    "command.conflict",
    "Every person is under one chief officer at any time: s23(4).",
    "Narrow one of the two terms by unit, function, role, force or dates.",
)
NO_CHIEF = Rule(
    "command.chief-missing",
    "A rule that names a chief officer says which.",
    "Write `chief`.",
)
GAP = Rule(
    "command.nobody",
    "The rule finds a chief officer for every person that it is about.",
    "Name a chief officer, or choose a rule that finds one.",
)
NO_LEAD = Rule(
    "command.lead-missing",
    "Where the lead's chief officer directs and controls, there is a lead on every day.",
    "Add a LEAD term for those days.",
)
STRANGER = Rule(
    "command.chief-not-party",
    "The chief officer who directs and controls is party to the agreement on those days.",
    "Make the chief officer a party, or name one who is.",
)
WORDS = Rule(
    "command.express-words-missing",
    "Where members act under another chief officer, the clause says so in express words.",
    'Say in the clause who is under whose "direction and control".',
)
SILENT = Rule(
    "command.silent",
    "An agreement with a joint unit of several forces says who directs and controls its members.",
    "Add a DIRECTION_CONTROL term; `home-chief` says that each stays under its own.",
)
MANY = Rule(
    "command.too-many-to-prove",
    "The rules of direction and control can be gone through for every kind of person.",
    "Name fewer units, functions, roles and dates in the rules, or split the agreement.",
)
LIFE = Rule(
    "command.term-for-nobody",
    "A rule of direction and control is about somebody who takes part.",
    "Correct the unit, functions or forces that it is about, or take it out.",
)

RULES = (CONFLICT, NO_CHIEF, GAP, NO_LEAD, STRANGER, WORDS, SILENT, LIFE, MANY)


def find(case: Case) -> Iterator[Problem]:
    """Problems of direction and control."""
    commands = list(case.facts.of(DirectionControl))
    if not commands:
        yield from _silent(case)
        return
    for placed in commands:
        yield from _term(case, placed)
    yield from _proof(case, commands)


def _silent(case: Case) -> Iterator[Problem]:
    joint = case.practice("command.joint-forms", [])
    for n, unit in enumerate(case.document.unit):
        if unit.form in joint and len(unit.staffed_by or case.facts.forces) > 1:
            says = f"{case.unit(unit.code)} has members of several forces, and nothing says whose command they are under."
            yield SILENT.broken(("unit", n), says)
            return


def _term(case: Case, placed: Command) -> Iterator[Problem]:
    term, clause = placed.term, placed.clause.number
    if "named-chief" in (term.rule, term.otherwise) and term.chief is None:
        says = "A named chief officer directs and controls, and none is named."
        yield NO_CHIEF.broken(placed.path, says, clause=clause)
    if term.chief and not _party_throughout(case, placed, term.chief):
        says = f"{case.name(term.chief)} directs and controls and is not party throughout."
        yield STRANGER.broken((*placed.path, "chief"), says, clause=clause)
    words = f"{placed.clause.heading.en} {placed.clause.text.en}".casefold()
    if term.rule != "home-chief" and not any(
        w in words for w in case.practice("command.words", [])
    ):
        says = "Members act under another chief officer by this rule, and the clause does not say so."
        yield WORDS.broken(placed.path, says, clause=clause)


def _party_throughout(case: Case, placed: Command, chief: str) -> bool:
    rows = [row.span for row in case.facts.parties if row.party.organisation == chief]
    return any(row.start <= placed.span.start and placed.span.end <= row.end for row in rows)


def _proof(case: Case, commands: list[Command]) -> Iterator[Problem]:
    found: dict[tuple[str, Path, Path], Problem] = {}
    used: set[Path] = set()
    limit = case.practice("limits.people-proved", 0)
    for number, ruling in enumerate(rulings(case, commands)):
        if number >= limit:
            says = f"There are more than {limit:,} kinds of people whom these rules tell apart."
            yield MANY.broken(commands[0].path, says, clause=commands[0].clause.number)
            return
        used.update(each.path for each, _ in ruling.given)
        for problem, key in _of_ruling(case, ruling):
            found.setdefault((problem.rule, *key), problem)
    yield from found.values()
    for each in commands:
        if each.path not in used:
            says = f"Nobody who takes part is decided on by this rule {each.span}."
            yield LIFE.broken(each.path, says, clause=each.clause.number)


def _of_ruling(case: Case, ruling: Ruling) -> Iterator[tuple[Problem, tuple[Path, Path]]]:
    person = ruling.person
    for each, chief in ruling.given:
        number = each.clause.number
        if chief is None:
            says = f"{described(case, person)} has no chief officer by this rule."
            yield GAP.broken(each.path, says, clause=number), (each.path, ())
        elif each.term.rule == "lead-chief" and leading(case, each, person) is None:
            says = f"{described(case, person)} is under the lead's chief officer, and nobody leads {person.days}."
            yield NO_LEAD.broken(each.path, says, clause=number), (each.path, ())
    if ruling.clash:
        (first, chief), (second, another) = ruling.clash
        says = (
            f"{described(case, person)} is under {case.name(chief or 'nobody')} by clause "
            f"{first.clause.number} and under {case.name(another or 'nobody')} by clause "
            f"{second.clause.number}, {person.days}."
        )
        problem = CONFLICT.broken(second.path, says, clause=second.clause.number)
        yield problem, (first.path, second.path)
