"""Every organisation that is named is known, is what its place asks for, and exists then."""

from collections.abc import Iterator
from datetime import date

from crossforce.agreements.check.case import Case, suggestion
from crossforce.agreements.check.mentions import Mention, mentions
from crossforce.agreements.check.rule import Problem, Rule
from crossforce.agreements.check.spans import Span, in_words
from crossforce.agreements.wording.names import plain
from crossforce.organisations.choices import OrganisationKind
from crossforce.organisations.directory import Organisation

UNKNOWN = Rule(
    "organisations.unknown",
    "An organisation that is named is in the directory.",
    "Write the code of an organisation in the directory, or have the organisation added.",
)
NOT_A_FORCE = Rule(
    "organisations.not-a-force",
    "Where a force is asked for, a police force is named.",
    "Name the force.",
)
NOT_A_CHIEF = Rule(
    "command.not-a-chief-officer",
    "Direction and control is given to a chief officer.",
    "Name the chief officer of a force.",
)
NOT_A_REGION = Rule(
    "organisations.not-a-region",
    "The agreement's region is a region.",
    "Name a region.",
)
NEVER = Rule(
    "organisations.not-in-being",
    "An organisation that is named exists on some day of the time it is named for.",
    "Name its predecessor or successor, or correct the dates.",
)

RULES = (UNKNOWN, NOT_A_FORCE, NOT_A_CHIEF, NOT_A_REGION, NEVER)

SORTS = {
    "force": (NOT_A_FORCE, OrganisationKind.FORCE),
    "chief-officer": (NOT_A_CHIEF, OrganisationKind.CHIEF_OFFICER),
    "region": (NOT_A_REGION, OrganisationKind.REGION),
}


def find(case: Case) -> Iterator[Problem]:
    """Problems of the organisations that the document names."""
    seen: set[tuple[str, str]] = set()
    others = set(case.practice("forces.beside-the-territorial", []))
    units = case.facts.units
    for mention in mentions(case.facts):
        if (mention.code, mention.sort) in seen:
            continue
        found = case.organisation(mention.code)
        if found is None and mention.sort == "any" and mention.code in units:
            continue
        if found is None:
            near = suggestion(mention.code, case.context.organisation_codes)
            says = f"The directory has no organisation {mention.code!r}.{near}"
            seen.add((mention.code, mention.sort))
            yield UNKNOWN.broken(mention.path, says, clause=mention.clause)
        else:
            yield from _sort(case, mention, found, others, seen)
            yield from _being(mention, found)


def _sort(
    case: Case,
    mention: Mention,
    found: Organisation,
    others: set[str],
    seen: set[tuple[str, str]],
) -> Iterator[Problem]:
    if mention.sort == "any":
        return
    rule, kind = SORTS[mention.sort]
    if found.kind is kind or (mention.sort == "force" and found.code in others):
        return
    seen.add((mention.code, mention.sort))
    mends = ""
    if mention.sort == "chief-officer" and (chief := case.chief_officer(found.code)):
        mends = f"Name {case.written(chief)}."
    elif mention.sort == "force" and found.force:
        mends = f"Name {case.written(found.force)}."
    says = f"{found.name.en} is a {plain(found.kind)}, not a {plain(kind)}."
    yield rule.broken(mention.path, says, mends=mends, clause=mention.clause)


def _being(mention: Mention, found: Organisation) -> Iterator[Problem]:
    if mention.path[0] == "party":
        return
    begins = found.since.date if found.since else date.min
    ends = found.until.date if found.until else date.max
    if begins < ends and Span(begins, ends).meet(mention.span) is None:
        when = (
            f"from {in_words(begins)}"
            if begins >= mention.span.end
            else f"until {in_words(ends)}"
        )
        says = f"{found.name.en} exists {when} only, and is named {mention.span}."
        yield NEVER.broken(mention.path, says, clause=mention.clause)
