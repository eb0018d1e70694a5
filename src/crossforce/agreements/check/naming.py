"""The document as writing: its basis and reference, its clauses and codes."""

from collections.abc import Iterator
from pathlib import PurePath

from crossforce.agreements.check.case import Case, listed, suggestion
from crossforce.agreements.check.rule import Path, Problem, Rule
from crossforce.agreements.check.spans import in_words

BASIS = Rule(
    "basis.not-in-force",
    "The basis was law on the day on which the agreement commences.",
    "Write the basis that was law on that day.",
)
REFERENCE = Rule(
    "document.reference-not-file-name",
    "The reference is the file's name without `.toml`.",
    "Rename the file, or write the reference that the file is named by.",
)
REFERENCE_TWICE = Rule(
    "document.reference-twice",
    "No two documents that are checked together have one reference.",
    "Give one of them another reference, or leave it out.",
)
TITLE = Rule(
    "document.title-too-long",
    "A title is short enough to be said, and to stand on one line of a list.",
    "Shorten the title; the objective and the summary have room for the rest.",
)
TOO_LARGE = Rule(
    "document.too-large-to-check",
    "A document has no more parts than any agreement needs.",
    "Split the agreement; its parts can name each other as relations.",
)
DUPLICATE_CLAUSE = Rule(
    "document.duplicate-clause",
    "A clause number stands once.",
    "Give the later clause a number of its own.",
)
DUPLICATE_CODE = Rule(
    "document.duplicate-code",
    "The code of a function or unit stands once.",
    "Merge the two tables, or give one of them another code.",
)
CLAUSE_UNKNOWN = Rule(
    "document.clause-unknown",
    "A clause that is cited exists.",
    "Cite a clause of this document, or add the clause.",
)
HEAD_UNKNOWN = Rule(
    "document.head-unknown",
    "A clause's head is one of the usual heads.",
    "Use one of the usual heads, or leave `head` out.",
)
SIGNATURE = Rule(
    "document.not-for-signature",
    "Only a draft or a demonstration that is past its development is put to parties.",
    'Set `state = "draft"` and `stage = "proposed"` or `"operational"`.',
)

RULES = (
    BASIS,
    REFERENCE,
    REFERENCE_TWICE,
    TITLE,
    TOO_LARGE,
    DUPLICATE_CLAUSE,
    DUPLICATE_CODE,
    CLAUSE_UNKNOWN,
    HEAD_UNKNOWN,
    SIGNATURE,
)


def find(case: Case) -> Iterator[Problem]:
    """Problems of the document as writing."""
    yield from _head(case)
    yield from _duplicates(case)
    yield from _citations(case)


def _head(case: Case) -> Iterator[Problem]:
    document, name = case.document, PurePath(case.file)
    if name.suffix == ".toml" and name.stem != document.reference:
        says = f"The file is called {name.name} and the reference is {document.reference!r}."
        yield REFERENCE.broken(("reference",), says)
    yield from _title(case)
    bases = case.context.law.under("basis", case.law_on)
    if document.basis not in bases:
        says = f"The basis {document.basis!r} was not law on {in_words(case.law_on)}."
        yield BASIS.broken(
            ("basis",),
            says,
            mends=f"Of these, write the one that it is: {listed(list(bases))}.",
        )
    if document.state == "recorded" or document.stage in ("idea", "in-development", "ended"):
        says = f"A document of state {document.state!r} and stage {document.stage!r} cannot be signed."
        yield SIGNATURE.broken(("state",), says)


def _title(case: Case) -> Iterator[Problem]:
    most = case.practice("limits.title", 120)
    for title in filter(None, (case.document.title.en, case.document.title.cy)):
        if len(title) > most:
            says = f"The title has {len(title):,} characters; it may have {most} at most."
            yield TITLE.broken(("title",), says)
            return


def _duplicates(case: Case) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for n, clause in enumerate(case.document.clause):
        if clause.number in seen:
            says = f"Clause {clause.number} stands twice."
            yield DUPLICATE_CLAUSE.broken(("clause", n, "number"), says, clause=clause.number)
        seen[clause.number] = n
    for table in ("function", "unit"):
        codes: set[str] = set()
        for n, each in enumerate(getattr(case.document, table)):
            if each.code in codes:
                says = f"The {table} {each.code!r} stands twice."
                yield DUPLICATE_CODE.broken((table, n, "code"), says)
            codes.add(each.code)


def _citations(case: Case) -> Iterator[Problem]:
    cited: list[tuple[Path, str]] = [
        (("function", n, "clause"), each.clause)
        for n, each in enumerate(case.document.function)
        if each.clause
    ]
    cited += [
        (("designation", n, "clause"), each.clause)
        for n, each in enumerate(case.document.designation)
    ]
    for path, number in cited:
        if number not in case.facts.clauses:
            known = listed(list(case.facts.clauses)[:12]) or "none"
            says = f"Clause {number} is cited and does not exist. Clauses: {known}."
            yield CLAUSE_UNKNOWN.broken(path, says, clause=number)
    heads = case.practice("clause.heads", [])
    for n, clause in enumerate(case.document.clause):
        if clause.head and clause.head not in heads:
            says = f"No usual head is called {clause.head!r}.{suggestion(clause.head, heads)}"
            yield HEAD_UNKNOWN.broken(("clause", n, "head"), says, clause=clause.number)
