"""A preview as lines of plain text, for the command line."""

from collections.abc import Iterator

from crossforce.agreements.preview.phrases import words
from crossforce.agreements.preview.shapes import Cited, Preview, Row, Section
from crossforce.kernel.words import Language


def as_lines(preview: Preview, language: Language = "en") -> Iterator[str]:
    """The summary first, then every section with rows, row by row with its clauses."""
    yield preview.title.in_language(language)
    compared = words(
        "told.compared",
        before=preview.before,
        after=preview.after,
        since=preview.since,
        on=preview.on,
    )
    yield compared.in_language(language)
    if preview.is_empty:
        yield words("told.empty").in_language(language)
    yield ""
    for each in preview.summary:
        yield f"* {each.in_language(language)}"
    for section in preview.sections:
        if section.rows:
            yield from _section(section, language)


def _section(section: Section, language: Language) -> Iterator[str]:
    yield ""
    yield section.title.in_language(language)
    for row in section.rows:
        yield f"  {row.words.in_language(language)}{_difference(row)}{_clauses(row, language)}"
        for line in row.lines:
            yield f"    - {line.in_language(language)}"
    for note in section.notes:
        yield f"  {note.in_language(language)}"


def _difference(row: Row) -> str:
    return f" ({row.figures.in_pounds})" if row.figures and row.figures.difference else ""


def _clauses(row: Row, language: Language) -> str:
    said = dict.fromkeys(_clause(each, language) for each in row.rests_on)
    return f" [{'; '.join(said)}]" if said else ""


def _clause(cited: Cited, language: Language) -> str:
    said = words(f"told.clause.{cited.side}", clause=cited.clause).in_language(language)
    said = f"{cited.reference}, {said}" if cited.reference else said
    return f"{said}, {words('told.assumed').in_language(language)}" if cited.assumed else said
