"""The documents under agreements/, read and compiled once for every test that asks them."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from crossforce.agreements import reading, resolve
from crossforce.agreements.compile import compile_document
from crossforce.agreements.document import AgreementDocument
from crossforce.agreements.reading import Reading
from crossforce.agreements.terms import CompiledTerms
from crossforce.kernel.civil import instant
from crossforce.organisations import directory as organisations
from crossforce.organisations.directory import Directory

HOME = Path(__file__).resolve().parents[2] / "agreements"
INTERNAL = "internal"  #: policies of one force, which no source describes


@cache
def readings() -> dict[str, Reading]:
    paths = sorted(path for path in HOME.glob("*/*.toml") if path.parent.name != INTERNAL)
    return {path.stem: reading.read(path.read_bytes(), path.name) for path in paths}


def document(reference: str) -> AgreementDocument:
    return readings()[reference].document


def documents(*regions: str | None) -> list[AgreementDocument]:
    return [each.document for each in readings().values() if each.document.region in regions]


@cache
def terms(reference: str) -> CompiledTerms:
    return compile_document(document(reference), directory())


@cache
def directory() -> Directory:
    return organisations.shipped()


def on(year: int, month: int, day: int = 1) -> datetime:
    return instant(date(year, month, day))


def forces(reference: str, function: str, at: datetime) -> set[str]:
    return set(resolve.participants(terms(reference), function, at).forces)


def standing(reference: str, function: str, at: datetime) -> dict[str, str]:
    """How every force stands to a function that day."""
    rows = resolve.participants(terms(reference), function, at).rows
    return {row.force: row.status for row in rows}


def governs(reference: str, function: str, at: datetime) -> tuple[str, ...]:
    return resolve.governing_body(terms(reference), function, at, directory()).bodies


TODAY = datetime(2026, 11, 21, tzinfo=UTC)
