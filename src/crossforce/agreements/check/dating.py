"""The dates of a document: when it commences and ends, and nothing outside that."""

from collections.abc import Iterator

from crossforce.agreements.check.case import Case
from crossforce.agreements.check.rule import Path, Problem, Rule
from crossforce.agreements.check.spans import in_words
from crossforce.agreements.document.values import Dated

OUTSIDE = Rule(
    "document.outside-period",
    "Nothing in the document begins before the agreement or lasts longer.",
    "Bring the dates inside the agreement's own, or change the agreement's.",
)
UNDATED = Rule(
    "document.commencement-missing",
    "The agreement says when it commences.",
    "Write `from` at the head of the document.",
)
ENDED = Rule(
    "document.end-missing",
    "An agreement that has ended says when.",
    "Write `until` at the head of the document.",
)

AHEAD = Rule(
    "document.adoption-ahead",
    "What is adopted was in force on paper before, not after, the day on which it comes here.",
    "Write in `since` the day from which the paper counted, or take `[adopted]` out: what is signed here counts "
    "from the last signature.",
)
IDLE = Rule(
    "document.adoption-idle",
    "Only what is acted on here is adopted: no plan, and nothing recorded from a public source.",
    "Take `[adopted]` out.",
)

RULES = (OUTSIDE, UNDATED, ENDED, AHEAD, IDLE)


def find(case: Case) -> Iterator[Problem]:
    """Problems of dates."""
    document = case.document
    if document.from_ is None:
        yield UNDATED.broken((), "The agreement does not say when it commences.")
    if document.stage == "ended" and document.until is None:
        yield ENDED.broken(("stage",), "The agreement has ended and no date says when.")
    yield from _adoption(case)
    yield from _dates(case)


def _adoption(case: Case) -> Iterator[Problem]:
    adopted = case.document.adopted
    if adopted is None:
        return
    if adopted.since.date > case.context.on:
        says = f"It is adopted as in force since {in_words(adopted.since.date)}, which is still to come."
        yield AHEAD.broken(("adopted", "since"), says)
    if case.document.state == "recorded":
        yield IDLE.broken(
            ("adopted",), "It is recorded from a public source; nobody adopts it by that."
        )
    elif case.document.stage not in ("operational", "ended"):
        yield IDLE.broken(
            ("adopted", "since"), "It was only planned, and so never in force on paper."
        )


def _dates(case: Case) -> Iterator[Problem]:
    whole = case.facts.span
    for path, each, clause in _dated(case):
        begins = each.from_.date if each.from_ else None
        ends = each.until.date if each.until else None
        if begins and begins < whole.start:
            says = f"It begins on {in_words(begins)}; the agreement on {in_words(whole.start)}."
            yield OUTSIDE.broken((*path, "from"), says, clause=clause)
        elif begins and begins >= whole.end:
            says = (
                f"It begins on {in_words(begins)}; the agreement ends on {in_words(whole.end)}."
            )
            yield OUTSIDE.broken((*path, "from"), says, clause=clause)
        if ends and ends > whole.end:
            says = (
                f"It lasts until {in_words(ends)}; the agreement until {in_words(whole.end)}."
            )
            yield OUTSIDE.broken((*path, "until"), says, clause=clause)
        elif ends and ends <= whole.start:
            says = (
                f"It ends on {in_words(ends)}; the agreement begins on {in_words(whole.start)}."
            )
            yield OUTSIDE.broken((*path, "until"), says, clause=clause)


def _dated(case: Case) -> Iterator[tuple[Path, Dated, str | None]]:
    for n, party in enumerate(case.document.party):
        yield ("party", n), party, None
    for n, function in enumerate(case.document.function):
        yield ("function", n), function, function.clause
        for m, row in enumerate(function.participation):
            yield ("function", n, "participation", m), row, function.clause
    for n, unit in enumerate(case.document.unit):
        yield ("unit", n), unit, None
    for n, clause in enumerate(case.document.clause):
        for m, term in enumerate(clause.term):
            yield ("clause", n, "term", m), term, clause.number
