"""How the agreement stands to others: it varies, is made under, succeeds, without circles."""

from collections.abc import Iterator

from crossforce.agreements.check.case import Case, listed, suggestion
from crossforce.agreements.check.facts import Facts
from crossforce.agreements.check.rule import Path, Problem, Rule
from crossforce.agreements.check.spans import in_words

UNKNOWN = Rule(
    "relations.unknown-agreement",
    "An agreement that is referred to is in the register.",
    "Write the reference of an agreement in the register.",
)
ITSELF = Rule(
    "relations.to-itself",
    "An agreement varies another, never itself.",
    "Name the other agreement.",
)
CIRCULAR = Rule(
    "relations.circular",
    "Variations, and agreements made under or succeeding others, never run in a circle.",
    "Take one of the relations out.",
)
EARLIER = Rule(
    "relations.varied-by-an-earlier",
    "An agreement is varied only by a later one: s23C(4).",
    "Let the variation commence after the agreement that it varies.",
)
BASIS = Rule(
    "relations.varied-by-another-basis",
    "A collaboration agreement is varied only by a collaboration agreement: s23C(4).",
    "Write the variation on the basis of the agreement that it varies.",
)
PARTIES = Rule(
    "relations.varied-without-a-party",
    "Every party to the agreement that is varied is party to the variation.",
    "Add the party, or let it leave the agreement first.",
)

RULES = (UNKNOWN, ITSELF, CIRCULAR, EARLIER, BASIS, PARTIES)

ORDERED = ("made-under", "succeeds")


def find(case: Case) -> Iterator[Problem]:
    """Problems of the agreement's relations."""
    named: list[tuple[Path, str, str]] = [
        (("relation", n), each.relation, each.reference)
        for n, each in enumerate(case.document.relation)
    ]
    if case.document.varies:
        named.append((("varies",), "varies", case.document.varies))
    for path, relation, reference in named:
        yield from _named(case, path, relation, reference)
    yield from _variation(case)


def _named(case: Case, path: Path, relation: str, reference: str) -> Iterator[Problem]:
    if reference == case.document.reference:
        yield ITSELF.broken(
            path,
            f"The agreement says of itself that it {_SAID.get(relation, relation)} itself.",
        )
    elif reference not in case.standing.facts:
        near = suggestion(reference, case.standing.facts)
        yield UNKNOWN.broken(path, f"No agreement {reference!r} is in the register.{near}")
    elif relation == "varies" or relation in ORDERED:
        circle = _circle(case, relation)
        if circle:
            way = " → ".join(_title(case, each) for each in circle)
            says = f"The agreements run in a circle: {way}."
            yield CIRCULAR.broken(path, says)


_SAID = {
    "varies": "varies",
    "made-under": "is made under",
    "enables": "enables",
    "linked-with": "is linked with",
    "succeeds": "succeeds",
    "overlaps": "overlaps",
}


def _title(case: Case, reference: str) -> str:
    own = case.document.reference == reference
    return f"“{case.document.title.en}”" if own else case.agreement(reference)


def _circle(case: Case, relation: str) -> list[str] | None:
    """The way from the document back to itself along one relation, if there is one."""
    start = case.document.reference
    ways, seen = [[start]], set[str]()
    while ways:
        way = ways.pop()
        facts = case.facts if way[-1] == start else case.standing.facts.get(way[-1])
        for step in _steps(facts, relation) if facts else ():
            if step == start:
                return [*way, start]
            if step not in seen:
                seen.add(step)
                ways.append([*way, step])
    return None


def _steps(facts: Facts, relation: str) -> list[str]:
    if relation == "varies":
        return [facts.document.varies] if facts.document.varies else []
    own = facts.document.reference
    named = [each.reference for each in facts.document.relation if each.relation == relation]
    return [each for each in named if each != own]  # a tie to itself is told of as such


def _variation(case: Case) -> Iterator[Problem]:
    varied = case.standing.facts.get(case.document.varies or "")
    if varied is None or varied.document.reference == case.document.reference:
        return
    name, path = varied.document.title.en, ("varies",)
    if case.facts.span.start < varied.span.start:
        says = (
            f"The variation commences on {in_words(case.facts.span.start)} and {name} "
            f"on {in_words(varied.span.start)}."
        )
        yield EARLIER.broken(path, says)
    if varied.document.basis != case.document.basis:
        says = f"{name} rests on {varied.document.basis!r}, this variation on {case.document.basis!r}."
        yield BASIS.broken(path, says)
    present = {each.organisation for each in case.document.party}
    bound = [
        r.party.organisation for r in varied.parties if r.span.contains(case.facts.span.start)
    ]
    missing = [each for each in dict.fromkeys(bound) if each not in present]
    if missing:
        says = f"{name} binds {case.names(missing)}, not party to its variation."
        mends = f"Add {listed([case.written(each) for each in missing])} as parties."
        yield PARTIES.broken(path, says, mends=mends)
