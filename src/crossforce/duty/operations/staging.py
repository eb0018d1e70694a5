"""An export on its way in: copied into tables of this connection alone, then judged against what is held.

COPY is refused under row security, so the file goes into temporary tables; from there everything
happens in the database while the importer acts, so that the policies decide about each row.
"""

import csv
import gc
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection

from crossforce.duty.mapping import Duty, Finding
from crossforce.kernel.ids import new_ids

SAID: Final = """
  row int, reference text, number text, what text, starts_at timestamptz, ends_at timestamptz,
  unit text, function text, call_sign text, role text, location text, latitude float8,
  longitude float8, status text, absence text, is_cancelled boolean, id uuid"""
TABLES: Final = f"""
CREATE TEMPORARY TABLE IF NOT EXISTS duty_incoming ({SAID});
CREATE TEMPORARY TABLE IF NOT EXISTS duty_person (
  number text, staff uuid, name text, starts_at timestamptz, ends_at timestamptz);
CREATE TEMPORARY TABLE IF NOT EXISTS duty_place (unit text, scope_id int);
CREATE TEMPORARY TABLE IF NOT EXISTS duty_judged ({SAID},
  staff uuid, name text, scope_id int, existing uuid, act text, beside timestamptz);
CREATE TEMPORARY TABLE IF NOT EXISTS duty_going (id uuid);
CREATE TEMPORARY TABLE IF NOT EXISTS duty_refused (reference text);
TRUNCATE duty_incoming, duty_person, duty_place, duty_judged, duty_going, duty_refused"""
DROPPED: Final = "DROP TABLE IF EXISTS duty_incoming, duty_person, duty_place, duty_judged, duty_going, duty_refused"
COLUMNS: Final = (*("number" if name == "staff" else name for name in Duty._fields), "id")
STARTS: Final = COLUMNS.index("starts_at")
MOST_KEPT: Final = 100_000
NUMBERS: Final = frozenset({"latitude", "longitude"})
COPIED: Final = f"""COPY duty_incoming ({", ".join(COLUMNS)}) FROM STDIN (FORMAT csv,
FORCE_NOT_NULL ({", ".join(each for each in COLUMNS if each not in NUMBERS)}))"""
MOST_TOLD: Final = 1_000
STEP: Final = 10_000
PIECE: Final = 1 << 16

Progress = Callable[[int], None]


def quiet(_done: int) -> None:
    """Progress that nobody watches."""


@dataclass(slots=True)
class Report:
    """What came of reading: how many rows, how many refused by which rule, and the first findings."""

    rows: int = 0
    refused: int = 0
    by_rule: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    is_refused: bool = False
    has_unnamed: bool = False

    def note(self, finding: Finding) -> None:
        """Count the finding, and keep it while there is room."""
        self.refused += 1
        self.by_rule[finding.rule] = self.by_rule.get(finding.rule, 0) + 1
        self.is_refused |= finding.is_whole
        self.has_unnamed |= not finding.reference
        if len(self.findings) < MOST_TOLD or finding.is_whole:
            self.findings.append(finding)


def stage(found: Iterable[Duty | Finding], progress: Progress) -> Report:
    """Copy the duties of a file into the temporary tables; answers what was refused."""
    report = Report()
    refused: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
    with connection.wrap_database_errors, connection.connection.cursor() as raw:
        with raw.copy(COPIED) as copy, _without_collecting():
            for piece in _pieces(_duties(found, report, refused, progress)):
                copy.write(piece)
        with raw.copy("COPY duty_refused FROM STDIN") as copy:
            for reference in refused:
                copy.write_row((reference,))
        raw.execute("ANALYZE duty_incoming")
    return report


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Rows make no cycles; looking for some again and again would take a third of the time of reading."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _pieces(duties: Iterable[Duty]) -> Iterator[str]:
    """The duties, each with an identifier, as COPY reads them."""
    held = io.StringIO()
    write, written = csv.writer(held).writerow, _Instants()
    for duty, identifier in zip(duties, new_ids(), strict=False):
        write(
            (
                *duty[:STARTS],
                written[duty.starts_at],
                written[duty.ends_at],
                *duty[STARTS + 2 :],
                identifier,
            )
        )
        if held.tell() > PIECE:
            yield held.getvalue()
            held.seek(0)
            held.truncate()
    yield held.getvalue()


class _Instants(dict[datetime, str]):
    """Instants as text; the same few come again and again."""

    def __missing__(self, at: datetime) -> str:
        if len(self) > MOST_KEPT:
            self.clear()
        self[at] = text = at.isoformat()
        return text


def _duties(
    found: Iterable[Duty | Finding], report: Report, refused: list[str], progress: Progress
) -> Iterator[Duty]:
    for each in found:
        report.rows += 1
        if report.rows % STEP == 0:
            progress(report.rows)
        if isinstance(each, Duty):
            yield each
            continue
        report.note(each)
        if each.reference:
            refused.append(each.reference)


def numbers() -> list[str]:
    """The numbers of the people in the file."""
    return [row[0] for row in asked("SELECT DISTINCT number FROM duty_incoming ORDER BY 1")]


def units() -> list[str]:
    """The units in the file."""
    return [row[0] for row in asked("SELECT DISTINCT unit FROM duty_incoming ORDER BY 1")]


def span() -> tuple[datetime, datetime] | None:
    """From the first beginning to the last, of what the file holds."""
    first, last = asked("SELECT min(starts_at), max(starts_at) FROM duty_incoming")[0]
    return None if first is None else (first, last)


def place(people: Sequence[tuple[Any, ...]], places: Sequence[tuple[str, int]]) -> None:
    """Say who the people are and where the rows go. Both are whole: a COPY bears no query beside it."""
    with connection.wrap_database_errors, connection.connection.cursor() as raw:
        with raw.copy("COPY duty_person FROM STDIN") as copy:
            for person in people:
                copy.write_row(person)
        with raw.copy("COPY duty_place FROM STDIN") as copy:
            for each in places:
                copy.write_row(each)
        raw.execute("ANALYZE duty_person")


def refuse(
    rule: str, rows: list[tuple[Any, ...]], words: tuple[str, str], file: str
) -> Iterator[Finding]:
    """Take the rows (row, reference, what to name) out, and say why."""
    if not rows:
        return
    message, remedy = words
    for row, reference, named in rows:
        yield Finding(rule, message.format(named), remedy, file, row, reference=reference)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM duty_judged WHERE row = ANY (%s) RETURNING reference)"
            " INSERT INTO duty_refused SELECT reference FROM gone",
            [[row for row, *_ in rows]],
        )


def asked(statement: str, given: Any = ()) -> list[tuple[Any, ...]]:
    """What a statement on the temporary tables answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def prepared(statement: str) -> None:
    """What makes the temporary tables fit for the questions that follow."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def clear() -> None:
    """Take the temporary tables away; a transaction that has failed does so by itself."""
    if connection.needs_rollback:
        return
    with connection.cursor() as cursor:
        cursor.execute(DROPPED)
