"""Staff who work for another force, covert work, and the day when all this is looked at again."""

from collections.abc import Iterator

from crossforce.agreements.check.case import Case, verb
from crossforce.agreements.check.rule import Path, Problem, Rule
from crossforce.agreements.check.spans import in_words

LISTED = Rule(
    "staff.functions-not-listed",
    "Where one force's designated staff work for another, their functions are listed: s23AA(2)(a).",
    "Write `functions` in the designation.",
)
LIMITS = Rule(
    "staff.limits-missing",
    "The conditions and limits of designated staff are stated, if only that there are none.",
    "Write `limits` in the designation.",
)
STRANGER = Rule(
    "staff.force-not-taking-part",
    "Designated staff belong to, and work for, forces that take part.",
    "Name forces that take part.",
)
ITSELF = Rule(
    "staff.working-for-own-force",
    "A designation is about staff who work for another force.",
    "Take the force out of `working_for`.",
)
COVERT = Rule(
    "covert.express-words-missing",
    "Where a unit does covert work, the agreement says expressly whether its authorising officers "
    "may authorise applications of other forces' members.",
    "Add a clause that says so, with its instrument, or that says that each force authorises its own.",
)
NO_REVIEW = Rule(
    "review.missing",
    "The agreement says when it is reviewed.",
    "Write `review = { from = ... }`.",
)
REVIEW_OUTSIDE = Rule(
    "review.outside-period",
    "The review falls within the agreement's period.",
    "Move the review.",
)
REVIEW_PAST = Rule(
    "review.past",
    "A review that is due has been held.",
    "Hold the review and write the next date.",
)

RULES = (LISTED, LIMITS, STRANGER, ITSELF, COVERT, NO_REVIEW, REVIEW_OUTSIDE, REVIEW_PAST)


def find(case: Case) -> Iterator[Problem]:
    """Problems of designated staff, covert work and review."""
    yield from _designations(case)
    yield from _covert(case)
    yield from _review(case)


def _designations(case: Case) -> Iterator[Problem]:
    taking = set(case.facts.forces)
    for n, each in enumerate(case.document.designation):
        path: Path = ("designation", n)
        force = case.name(each.staff_of)
        if not each.functions:
            says = f"Designated staff of {force} work for {case.names(each.working_for)}: in which functions?"
            yield LISTED.broken(path, says, clause=each.clause)
        if each.limits is None:
            says = f"Nothing says what limits bind designated staff of {force}."
            yield LIMITS.broken(path, says, clause=each.clause)
        if each.staff_of in each.working_for:
            says = f"Staff of {force} are designated to work for their own force."
            yield ITSELF.broken((*path, "working_for"), says, clause=each.clause)
        strangers = [code for code in (each.staff_of, *each.working_for) if code not in taking]
        if strangers:
            says = (
                f"{case.names(strangers)} {verb(strangers, 'takes', 'take')} part in nothing."
            )
            yield STRANGER.broken(path, says, clause=each.clause)


def _covert(case: Case) -> Iterator[Problem]:
    covert = set(case.practice("covert.functions", []))
    found = next((code for code in case.facts.functions if code in covert), None)
    if found is None or len(case.facts.forces) < 2:
        return
    heads = {clause.head for clause in case.document.clause}
    words = tuple(case.practice("covert.words", []))
    said = any(
        word in f"{clause.heading.en} {clause.text.en}".casefold()
        for clause in case.document.clause
        for word in words
    )
    if not said and "covert-authorisation" not in heads:
        title = case.function(found)
        covert_work = title[:1].upper() + title[1:]
        says = f"{covert_work} is covert work of several forces, and nothing says who may authorise it."
        yield COVERT.broken(case.facts.places[found], says)


def _review(case: Case) -> Iterator[Problem]:
    review = case.document.review
    if review is None or review.from_ is None:
        yield NO_REVIEW.broken(("review",), "Nothing says when the agreement is reviewed.")
        return
    day = review.from_.date
    if not case.facts.span.contains(day):
        says = f"The review is on {in_words(day)}; the agreement holds {case.facts.span}."
        yield REVIEW_OUTSIDE.broken(("review",), says)
    elif day < case.context.on < case.facts.span.end and case.document.stage != "ended":
        yield REVIEW_PAST.broken(("review",), f"The review was due on {in_words(day)}.")
