"""Agreements of the sources and changes to them, for asking what a change would do."""

import tomllib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from crossforce.agreements import canonical, catalogues, preview, resolve
from crossforce.agreements.compile import compile_document
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.reading import read_path
from crossforce.agreements.wording import Names
from crossforce.organisations.directory import shipped

AGREEMENTS = Path(__file__).parents[5] / "agreements"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DIRECTORY = shipped()
MAJOR_CRIME = "south-west/sw-major-crime"
TRI_FORCE = "south-west/sw-tri-force-specialist-operations"
SCIENCE = "wales/wales-joint-scientific-support-unit"

Change = Callable[[dict[str, Any]], None]


def changed(name: str, change: Change) -> AgreementDocument:
    """The document of that name with a change made to its bare tables."""
    raw = tomllib.loads((AGREEMENTS / f"{name}.toml").read_text("utf-8"))
    change(raw)
    return AgreementDocument.model_validate(raw)


@cache
def written(name: str) -> AgreementDocument:
    """The document as it is."""
    return read_path(AGREEMENTS / f"{name}.toml").document


@cache
def everything() -> tuple[preview.Standing, ...]:
    """Every agreement of the sources, as if in force."""
    return tuple(
        standing(read_path(path).document) for path in sorted(AGREEMENTS.rglob("*.toml"))
    )


def standing(document: AgreementDocument) -> preview.Standing:
    """The document compiled, in its one layout."""
    return preview.Standing(
        canonical.normalised(document), compile_document(document, DIRECTORY)
    )


def context(
    new: AgreementDocument,
    old: AgreementDocument | None,
    *,
    beside: Iterable[preview.Standing] = (),
    at: datetime = NOW,
) -> preview.PreviewContext:
    """The context of a change."""
    world = preview.World(tuple(beside), DIRECTORY, names(new))
    return preview.context_for(standing(new), standing(old) if old else None, world, at)


def of(new: AgreementDocument, old: AgreementDocument | None, **how: Any) -> preview.Preview:
    """The preview of a change."""
    return preview.preview(context(new, old, **how))


def of_leave(document: AgreementDocument, force: str, notice_on: date) -> preview.Preview:
    """The preview of a force's leave."""
    whole = standing(document)
    leaves_at = resolve.leave_date(whole.terms, notice_on).leaves_at
    bodies = (each.code for each in DIRECTORY.policing_bodies(force))
    terms = resolve.after_leaving(whole.terms, dict.fromkeys((force, *bodies), leaves_at))
    leave = preview.Leave(force, notice_on, leaves_at)
    world = preview.World((), DIRECTORY, names(document))
    gone = preview.Standing(document, terms)
    return preview.preview(preview.context_for(gone, whole, world, NOW, leave))


def names(document: AgreementDocument) -> Names:
    """The names of the directory, the catalogue and the document."""
    return catalogues.names(DIRECTORY, document)


def table(found: preview.Preview, code: str, *, same: bool = False) -> list[tuple[str, ...]]:
    """What changes in a section: kind, what, before, after, when."""
    section = found.section(code)
    return [
        (row.kind, row.what.en, row.before.en, row.after.en, row.when.en)
        for row in (section.rows if same else section.changes)
    ]


def without(force: str) -> Change:
    """As if the force had never been in it."""

    def change(raw: dict[str, Any]) -> None:
        raw["party"] = [row for row in raw["party"] if not row["organisation"].endswith(force)]
        for function in raw["function"]:
            rows = function["participation"]
            function["participation"] = [row for row in rows if row["forces"] != [force]]

    return change


def clause(raw: dict[str, Any], kind: str) -> dict[str, Any]:
    """The first term of the type, to change."""
    found: dict[str, Any] = next(
        term for row in raw["clause"] for term in row.get("term", ()) if term["type"] == kind
    )
    return found
