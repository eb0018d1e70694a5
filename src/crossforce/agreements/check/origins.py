"""Where the words come from: no placeholders, and every fact with its source or assumption."""

from collections.abc import Iterator

from crossforce.agreements.check.case import Case, listed
from crossforce.agreements.check.rule import Path, Problem, Rule

PLACEHOLDER = Rule(
    "document.placeholder",
    "Title, objective and clauses are words, not placeholders.",
    "Write the words.",
)
SOURCE_UNKNOWN = Rule(
    "document.source-unknown",
    "A cited source document is in the list of sources.",
    "Add the document to `[[sources]]`, or cite one that is listed.",
)
UNMARKED = Rule(
    "document.origin-unmarked",
    "In a recorded agreement every party, function, unit and clause names its source or is "
    "marked as assumed.",
    "Write `source`, or `assumed` with the reason.",
)

RULES = (PLACEHOLDER, SOURCE_UNKNOWN, UNMARKED)


def find(case: Case) -> Iterator[Problem]:
    """Problems of words and sources."""
    yield from _placeholders(case)
    yield from _origins(case)


def _placeholders(case: Case) -> Iterator[Problem]:
    idle = set(case.practice("document.placeholders", []))
    document = case.document
    words: list[tuple[Path, str, str | None]] = [
        (("title",), document.title.en, None),
        (("objective",), document.objective.en, None),
    ]
    for n, clause in enumerate(document.clause):
        words.append((("clause", n, "text"), clause.text.en, clause.number))
    for path, text, number in words:
        if text.strip(" .…?-").casefold() in idle:
            yield PLACEHOLDER.broken(path, f"{text!r} says nothing.", clause=number)


def _origins(case: Case) -> Iterator[Problem]:
    known = {each.id for each in case.document.sources}
    for table in ("party", "function", "unit", "clause"):
        for n, each in enumerate(getattr(case.document, table)):
            number = each.number if table == "clause" else None
            if each.source and known and each.source.split(",")[0].strip() not in known:
                says = f"The source {each.source!r} begins with no listed document: {listed(sorted(known))}."
                yield SOURCE_UNKNOWN.broken((table, n, "source"), says, clause=number)
            unmarked = not (each.source or each.assumed or case.document.source)
            if unmarked and case.document.state == "recorded":
                says = f"This {table} names neither a source nor a reason for assuming it."
                yield UNMARKED.broken((table, n), says, clause=number)
