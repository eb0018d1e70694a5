"""Who answers for somebody at work: one question a line, each with the clause or the law that says so.

Who commands is decided by a clause that was agreed, and else by law; the rest by law, beside which a clause
on the matter is cited. Where no Act says, whoever is taken to answer is marked as assumed, and none is cited.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from crossforce.agreements import api as agreements
from crossforce.agreements import resolve
from crossforce.agreements.api import InForce
from crossforce.agreements.document import Clause
from crossforce.agreements.resolve import Deployment
from crossforce.agreements.resolve.answers import Citation
from crossforce.duty.choices import Whom
from crossforce.duty.rules.footing import Footing
from crossforce.kernel import civil, rulepacks
from crossforce.kernel.rulepacks import NoSuchRule, Rule
from crossforce.organisations import api as organisations
from crossforce.organisations.api import Directory, NoSuchOrganisation

PACK: Final = "duty-accountability"
COMMANDS: Final = "Directs and controls"
COMMAND, ACCOUNT, COMPLAINTS, FORCE = (
    "command",
    "policing-body",
    "complaints",
    "use-of-force",
)
OTHERWISE: Final = "no clause says otherwise: "
NO_CLAUSE: Final = f"{OTHERWISE}the home chief officer"
NO_FORCE: Final = "not of a police force, and no clause says otherwise: its own organisation"
SUSPENDED: Final = "{} is suspended, and its clauses say nothing until it is resumed:"
NOBODY: Final = "Nobody who is known on that day"
UNSAID: Final = "No source says"


@dataclass(frozen=True, slots=True)
class Line:
    """One question answered: who, and the clause or the law that says so.

    `reference`, `version` and `clause` lead to the clause, where a clause speaks of it; `beside` is that
    clause in words, where a law answers. What neither a clause nor a law says `is_assumed`. `matter` is the
    question by its code: that of the rule pack, or `command`.
    """

    question: str
    code: str
    name: str
    ground: str
    reference: str = ""
    version: int = 0
    clause: str = ""
    is_assumed: bool = False
    beside: str = ""
    matter: str = COMMAND
    whom: Whom = Whom.NAMED


@dataclass(frozen=True, slots=True)
class Commander:
    """The one chief officer with direction and control, and what says so.

    Of a partner's people of whom no clause speaks, it is the partner itself.
    """

    code: str
    ground: str
    reference: str = ""
    version: int = 0
    clause: str = ""
    is_assumed: bool = False
    title: str = ""


class Person(NamedTuple):
    """One person at an instant, with what the answers rest on."""

    deployment: Deployment
    at: datetime
    standing: Sequence[InForce]
    held: Directory
    footing: Footing

    @property
    def home(self) -> str:
        """Whose they are."""
        return self.deployment.home_force

    @property
    def is_police(self) -> bool:
        """Whether the Acts on police speak of them by whose they are."""
        return is_force(self.home, self.held) and self.footing is not Footing.PARTNER


def answers(
    deployment: Deployment,
    at: datetime,
    standing: Sequence[InForce] | None = None,
    footing: Footing = Footing.UNKNOWN,
    suspended: str = "",
) -> list[Line]:
    """Every question, the first of them who directs and controls: exactly one chief officer.

    The Acts on police say nothing of people whose employer is no police force, and are not cited for
    them, but for who holds a chief officer to account. Where an agreement is `suspended` by that title, its
    clauses say nothing meanwhile, and the answer names it.
    """
    held, on = organisations.directory(), civil.day_of(at)
    stands = agreements.in_force(at) if standing is None else standing
    person = Person(deployment, at, stands, held, footing)
    chief = commander(deployment, at, stands, held)
    if suspended and not chief.reference:
        ground = chief.ground.removeprefix(OTHERWISE)
        chief = replace(chief, ground=f"{SUSPENDED.format(suspended)} {ground}")
    codes = _codes(person, chief.code)
    first = Line(COMMANDS, chief.code, _name(chief.code, held), chief.ground,
                 chief.reference, chief.version, chief.clause, chief.is_assumed)  # fmt: skip
    rules = _rules(person, chief.code, on)
    return [first, *(_line(matter, rule, person, chief, codes) for matter, rule in rules)]


def _codes(person: Person, chief: str) -> dict[str, str]:
    """Whom a rule or a clause can name, by what it calls them."""
    held, at = person.held, person.at
    home = _chief_of(person.home, held, at)
    return {
        "commanding-chief": chief,
        "policing-body": _policing_body(chief, person.home, held, at),
        "home-chief": home,
        "home-policing-body": _policing_body(home, person.home, held, at),
        "employer": home if person.is_police else person.home,
    }


def _rules(person: Person, chief: str, on: date) -> Iterator[tuple[str, Rule]]:
    """The rule of each matter: the most particular that the pack has for such a person."""
    found = person.held.get(chief)
    under = (found.force or "") if found is not None and found.kind == "chief-officer" else ""
    sorts = (
        ["answers"] if person.is_police else [*(["under-a-chief"] if under else []), "partner"]
    )
    for matter in rulepacks.load(PACK).value("matters", on):
        keys = [
            f"{sort}.{matter}{more}"
            for sort in sorts
            for more in (f".{person.footing}", f".{under}", "")
        ]
        yield matter, next(rule for rule in (_rule(key, on) for key in keys) if rule)


def _rule(key: str, on: date) -> Rule | None:
    try:
        return rulepacks.load(PACK).rule_for(key, on)
    except NoSuchRule:
        return None


def _line(
    matter: str, rule: Rule, person: Person, chief: Commander, codes: dict[str, str]
) -> Line:
    """The answer by law, or what is assumed; beside it the clause of the agreement that commands."""
    of, law = rule.value["of"], rule.value["law"]
    code = codes[of] if of else ""
    whom = Whom.UNSAID if not of else Whom.NAMED if person.held.get(code) else Whom.NOBODY
    line = Line(
        rule.value["en"],
        code,
        _name(code, person.held) if of else UNSAID,
        law,
        is_assumed=rule.confidence == "D",
        matter=matter,
        whom=whom,
    )
    clause = _clause_on(matter, person, chief)
    if clause is None:
        return line
    assumed = ", which is assumed" if clause.assumed else ""
    beside = f"{chief.title}, clause {clause.number}: {clause.heading.en}{assumed}"
    return replace(
        line,
        beside=beside,
        reference=chief.reference,
        version=chief.version,
        clause=clause.number,
    )


def _clause_on(matter: str, person: Person, chief: Commander) -> Clause | None:
    """The clause, of the agreement by which somebody commands, whose head is the matter."""
    heads = rulepacks.load(PACK).value("heads", civil.day_of(person.at))
    found = (
        clause
        for each in person.standing
        if chief.reference and each.reference == chief.reference
        for clause in each.document.clause
        if clause.head and clause.head == heads.get(matter)
    )
    return next(found, None)


def commander(
    deployment: Deployment, at: datetime, standing: Sequence[InForce], held: Directory
) -> Commander:
    """By the agreement whose unit it is; for no such unit, by one that has the function; else their own.

    Of several that have the function, the first by reference whose clause covers the person decides,
    so that there is never more than one.
    """
    for each in deciding(deployment, standing):
        found = _by_clause(each, deployment, at, held)
        if found:
            return found
    if is_force(deployment.home_force, held):
        code = _chief_of(deployment.home_force, held, at)
        return Commander(code, _home_ground(deployment.home_force, at))
    return Commander(deployment.home_force, NO_FORCE, is_assumed=True)


def deciding(deployment: Deployment, standing: Sequence[InForce]) -> list[InForce]:
    """The agreements that can speak of the person, the first to be asked first."""
    acted_on = sorted(
        (each for each in standing if each.is_acted_on), key=lambda each: each.reference
    )
    owner = [each for each in acted_on if deployment.unit and each.terms.unit(deployment.unit)]
    shared = [each for each in acted_on if deployment.function in each.terms.functions]
    return owner or ([] if deployment.unit else shared)


def _home_ground(force: str, at: datetime) -> str:
    """What says that a force is under its own chief officer."""
    on = civil.day_of(at)
    rule = _rule(f"home.commands.{force}", on) or _rule("home.commands", on)
    return f"{NO_CLAUSE}, by the {rule.value['law']}" if rule else NO_CLAUSE


def _by_clause(
    agreement: InForce, deployment: Deployment, at: datetime, held: Directory
) -> Commander | None:
    try:
        answer = resolve.direction_and_control(agreement.terms, deployment, at, held)
    except NoSuchOrganisation:
        return None
    if not answer.why.clause or answer.chief_officer == deployment.home_force:
        return None
    return Commander(
        answer.chief_officer,
        ground_of(agreement, answer.why),
        agreement.reference,
        agreement.number,
        answer.why.clause,
        is_assumed=bool(answer.why.assumed),
        title=agreement.document.title.en,
    )


def ground_of(agreement: InForce, why: Citation) -> str:
    """A clause as a ground: whose, which, and what it says."""
    return f"{agreement.document.title.en}, clause {why.clause}: {why.words}"


def is_force(code: str, held: Directory) -> bool:
    """Whether somebody's organisation is a police force."""
    found = held.get(code)
    return found is not None and found.kind == "force"


def _chief_of(force: str, held: Directory, at: datetime) -> str:
    """The chief officer of a force, or of the force that followed it; a partner answers for itself."""
    if not is_force(force, held):
        return force
    on = civil.day_of(at)
    heirs: Any = (force,) if held.exists(force, on) else held.heirs(force, on) or (force,)
    try:
        return held.chief_officer(heirs[0], on)
    except NoSuchOrganisation:
        return force


def _policing_body(chief: str, home: str, held: Directory, at: datetime) -> str:
    try:
        return held.policing_body(held.force_of(chief) or home, civil.day_of(at))
    except NoSuchOrganisation:
        return ""


def _name(code: str, held: Directory) -> str:
    found = held.get(code)
    return found.name.en if found else NOBODY
