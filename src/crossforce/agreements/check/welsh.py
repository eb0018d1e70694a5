"""Public words in Welsh, where the public reads Welsh."""

from collections.abc import Iterator

from crossforce.agreements.check.case import Case, listed
from crossforce.agreements.check.rule import Path, Problem, Rule
from crossforce.agreements.document.terms import Publication
from crossforce.kernel.words import Words

MISSING = Rule(
    "welsh.missing",
    "What the public reads of an agreement about Wales is written in Welsh as well.",
    "Write `cy` beside `en`.",
)

RULES = (MISSING,)


def find(case: Case) -> Iterator[Problem]:
    """Public words without Welsh, in agreements about Wales."""
    wales = set(case.context.welsh_forces)
    about_wales = case.document.region == "wales" or any(f in wales for f in case.facts.forces)
    if not about_wales:
        return
    missing = [(path, what) for path, what, words in _public(case) if words and not words.cy]
    if missing:
        what = listed(list(dict.fromkeys(each for _, each in missing)))
        yield MISSING.broken(missing[0][0], f"No Welsh for {what}.")


def _public(case: Case) -> Iterator[tuple[Path, str, Words | None]]:
    document = case.document
    yield ("title",), "title", document.title
    yield ("objective",), "objective", document.objective
    yield ("summary",), "summary", document.summary
    yield ("progress",), "progress", document.progress
    for n, function in enumerate(document.function):
        yield ("function", n, "title"), "function titles", function.title
    for n, unit in enumerate(document.unit):
        yield ("unit", n, "title"), "unit titles", unit.title
        yield ("unit", n, "remit"), "unit remits", unit.remit
    for n, clause in enumerate(document.clause):
        yield ("clause", n, "heading"), "clause headings", clause.heading
        yield ("clause", n, "text"), "clause texts", clause.text
    for placed in case.facts.of(Publication):
        yield (*placed.path, "notice"), "the public notice", placed.term.notice
        for n, each in enumerate(placed.term.withheld):
            yield (*placed.path, "withheld", n), "reasons for withholding", each.reason
