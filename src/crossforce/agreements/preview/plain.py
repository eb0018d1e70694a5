"""A preview as plain values, for the API and for programs (docs/formats/preview.md)."""

from typing import Any

from crossforce.agreements.preview.shapes import Cited, Preview, Row, Section
from crossforce.kernel.words import Words

FORMAT = 1


def as_plain(preview: Preview) -> dict[str, Any]:
    """Plain JSON: strings, whole numbers, lists and tables, always in the same order."""
    return {
        "format": FORMAT,
        "reference": preview.reference,
        "title": _words(preview.title),
        "on": preview.on.isoformat(),
        "before": _words(preview.before),
        "after": _words(preview.after),
        "starts_on": preview.starts_on.isoformat() if preview.starts_on else None,
        "since": _words(preview.since),
        "leaving": preview.leaving,
        "changes": not preview.is_empty,
        "summary": [_words(each) for each in preview.summary],
        "sections": [_section(each) for each in preview.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "code": section.code,
        "title": _words(section.title),
        "lead": _words(section.lead),
        "rows": [_row(each) for each in section.rows],
        "notes": [_words(each) for each in section.notes],
    }


def _row(row: Row) -> dict[str, Any]:
    figures = row.figures
    return {
        "kind": row.kind,
        "what": _words(row.what),
        "before": _words(row.before),
        "after": _words(row.after),
        "when": _words(row.when),
        "starts_on": row.starts_on.isoformat() if row.starts_on else None,
        "ends_on": row.ends_on.isoformat() if row.ends_on else None,
        "words": _words(row.words),
        "pence": figures
        and {
            "before": figures.before,
            "after": figures.after,
            "difference": figures.difference,
        },
        "lines": [_words(each) for each in row.lines],
        "clauses": [_cited(each) for each in row.clauses],
        "about": [list(pair) for pair in row.about],
    }


def _cited(cited: Cited) -> dict[str, Any]:
    return {
        "side": cited.side,
        "clause": cited.clause,
        "heading": _words(cited.heading) if cited.heading else None,
        "assumed": cited.assumed,
        "reference": cited.reference,
    }


def _words(words: Words) -> dict[str, str]:
    return words.model_dump(exclude_none=True)
