"""Who is party: known, existing, in a valid set, each for periods that do not overlap."""

from collections.abc import Iterator
from datetime import date

from crossforce.agreements.check.case import Case, listed
from crossforce.agreements.check.facts import PartyRow
from crossforce.agreements.check.rule import Problem, Rule
from crossforce.agreements.check.spans import Span, elementary, in_words
from crossforce.agreements.wording.names import plain
from crossforce.organisations.choices import OrganisationKind
from crossforce.organisations.directory import NoSuchOrganisation

CAPACITY = Rule(
    "parties.capacity-wrong",
    "A party's capacity is what it is: chief officer, policing body or other person.",
    "Write the capacity that the body has, or name the body that is meant.",
)
NO_PERSON = Rule(
    "parties.not-a-legal-person",
    "A party is a legal person: a force signs by its chief officer and its policing body.",
    "Name the chief officer and the policing body of the force.",
)
NOT_YET = Rule(
    "parties.not-in-being",
    "A party exists on the day from which it is bound.",
    "Name the body that held its functions on that day.",
)
ABOLISHED = Rule(
    "parties.abolished-during-period",
    "A party that ceases to exist ceases to be party that day, and its successor is bound by "
    "novation.",
    "End the row on that day and add the successor from then.",
)
OVERLAP = Rule(
    "parties.periods-overlap",
    "The rows of one party do not overlap.",
    "End the earlier row on the day the later begins.",
)
SET = Rule(
    "parties.set-invalid",
    "The parties together are a set that the law lets make such an agreement.",
    "Add the parties that the law asks for, or write the basis that this is.",
)
ROLE_UNDATED = Rule(
    "parties.role-undated",
    "A lead or host party says from when.",
    "Write `from` in the party's row or at the head of the document.",
)

RULES = (CAPACITY, NO_PERSON, NOT_YET, ABOLISHED, OVERLAP, SET, ROLE_UNDATED)

CAPACITIES = {
    OrganisationKind.CHIEF_OFFICER: "chief-officer",
    OrganisationKind.POLICING_BODY: "policing-body",
}


WRITTEN = {
    "chief-officer": "a chief officer",
    "policing-body": "a policing body",
    "other-person": "a person of another kind",
}


def find(case: Case) -> Iterator[Problem]:
    """Problems of the party list."""
    for row in case.facts.parties:
        yield from _capacity(case, row)
        yield from _existence(case, row)
        if row.party.role in ("lead", "host") and row.span.start == date.min:
            says = (
                f"{case.name(row.party.organisation)} is {row.party.role} from no stated day."
            )
            yield ROLE_UNDATED.broken(row.path, says)
    yield from _overlaps(case)
    yield from _set(case)


def _capacity(case: Case, row: PartyRow) -> Iterator[Problem]:
    found = case.organisation(row.party.organisation)
    if found is None:
        return
    if not found.legal_person:
        says = f"{found.name.en} is a {plain(found.kind)} and no legal person."
        yield NO_PERSON.broken(
            (*row.path, "organisation"), says, mends=_signatories(case, found.code)
        )
        return
    expected = CAPACITIES.get(found.kind, "other-person")
    if row.party.capacity != expected:
        says = f"{found.name.en} is written as {WRITTEN[row.party.capacity]} and is {WRITTEN[expected]}."
        yield CAPACITY.broken((*row.path, "capacity"), says)


def _signatories(case: Case, code: str) -> str:
    chief = case.chief_officer(code)
    if chief is None:
        return "Name the members that are legal persons."
    try:
        body = case.context.directory.policing_body(code, case.law_on)
    except NoSuchOrganisation:
        return f"Name {case.written(chief)} and the policing body of the force."
    return f"Name {case.written(chief)} and {case.written(body)} as two parties."


def _existence(case: Case, row: PartyRow) -> Iterator[Problem]:
    found = case.organisation(row.party.organisation)
    if found is None:
        return
    path = (*row.path, "organisation")
    begins = found.since.date if found.since else date.min
    ends = found.until.date if found.until else date.max
    start = row.span.start if row.span.start != date.min else case.law_on
    if start < begins:
        before = listed(
            [case.written(e.code) for e in case.context.directory.predecessors(found.code)]
        )
        mends = f"Name {before} for the days before {in_words(begins)}." if before else ""
        says = f"{found.name.en} exists from {in_words(begins)} and is party from {in_words(start)}."
        yield NOT_YET.broken(path, says, mends=mends)
    elif start >= ends:
        says = f"{found.name.en} ceased to exist on {in_words(ends)} and is party from {in_words(start)}."
        yield NOT_YET.broken(path, says, mends=_successors(case, found.code, start))
    elif ends < row.span.end:
        says = f"{found.name.en} ceases to exist on {in_words(ends)} and its row goes on."
        mends = f"Write until = {ends} in this row. {_successors(case, found.code, ends)}"
        yield ABOLISHED.broken(path, says, mends=mends)


def _successors(case: Case, code: str, on: date) -> str:
    heirs = listed([case.written(each) for each in case.context.directory.heirs(code, on)])
    return f"Name {heirs} as party from {in_words(on)}." if heirs else "No successor is known."


def _overlaps(case: Case) -> Iterator[Problem]:
    rows: dict[str, list[PartyRow]] = {}
    for row in sorted(case.facts.parties, key=lambda each: each.span):
        earlier = rows.setdefault(row.party.organisation, [])
        clash = next((each for each in earlier if each.span.meet(row.span)), None)
        if clash:
            shared = clash.span.meet(row.span)
            name = case.name(row.party.organisation)
            says = f"{name} stands in two rows {shared}."
            yield OVERLAP.broken(max(row.path, clash.path, key=str), says)
        earlier.append(row)


def _set(case: Case) -> Iterator[Problem]:
    rows = case.facts.parties
    for piece in elementary([row.span for row in rows], case.facts.span):
        present = {
            row.party.organisation: row.party.capacity
            for row in rows
            if row.span.contains(piece.start)
        }
        valid = _valid_sets(case, piece)
        if valid and not any(_fits(list(present.values()), wanted) for wanted in valid):
            count = _counted(list(present.values()))
            says = f"{piece} the parties are {count}; the law asks for {_wanted(valid)}."
            yield SET.broken(
                ("party",) if not rows else rows[0].path, says[0].upper() + says[1:]
            )
            return


def _valid_sets(case: Case, piece: Span) -> list[dict[str, int]]:
    day = max(piece.start, case.law_on)
    found: list[dict[str, int]] = case.law(f"party-sets.{case.document.basis}", [], day)
    return found


def _fits(capacities: list[str], wanted: dict[str, int]) -> bool:
    limits = {key: number for key, number in wanted.items() if key != "at-most"}
    enough = all(
        (len(capacities) if key == "party" else capacities.count(key)) >= number
        for key, number in limits.items()
    )
    return enough and len(capacities) <= wanted.get("at-most", len(capacities))


def _counted(capacities: list[str]) -> str:
    kinds = ("chief-officer", "policing-body", "other-person")
    parts = [_number(capacities.count(kind), kind) for kind in kinds if kind in capacities]
    return listed(parts) or "none"


def _wanted(valid: list[dict[str, int]]) -> str:
    sets = []
    for wanted in valid:
        parts = [_number(number, key) for key, number in wanted.items() if key != "at-most"]
        most = f", at most {wanted['at-most']} in all" if "at-most" in wanted else ""
        sets.append("at least " + listed(parts) + most)
    return "; or ".join(sets)


PLURALS = {
    "chief-officer": ("chief officer", "chief officers"),
    "policing-body": ("policing body", "policing bodies"),
    "other-person": ("other person", "other persons"),
    "party": ("party", "parties"),
}


def _number(number: int, kind: str) -> str:
    return f"{number} {PLURALS.get(kind, (kind, kind))[number != 1]}"
