"""An export on its way in: copied into tables of this connection alone, then judged against what is held.

COPY is refused under row security, so the file goes into temporary tables; from there everything
happens in the database while the importer acts, so that the policies decide about each row.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection

from crossforce.duty.mapping import Duty, Finding
from crossforce.kernel.ids import new_id

TABLES: Final = """
CREATE TEMPORARY TABLE IF NOT EXISTS duty_incoming (
  row int, reference text, number text, what text, starts_at timestamptz, ends_at timestamptz,
  unit text, function text, call_sign text, role text, location text, latitude float8,
  longitude float8, status text, absence text, is_cancelled boolean,
  id uuid, staff uuid, name text, scope_id int, existing uuid, act text);
CREATE TEMPORARY TABLE IF NOT EXISTS duty_person (
  number text, staff uuid, name text, starts_at timestamptz, ends_at timestamptz);
CREATE TEMPORARY TABLE IF NOT EXISTS duty_place (unit text, scope_id int);
CREATE TEMPORARY TABLE IF NOT EXISTS duty_going (id uuid);
CREATE TEMPORARY TABLE IF NOT EXISTS duty_refused (reference text);
TRUNCATE duty_incoming, duty_person, duty_place, duty_going, duty_refused"""
DROPPED: Final = (
    "DROP TABLE IF EXISTS duty_incoming, duty_person, duty_place, duty_going, duty_refused"
)
COPIED: Final = f"""COPY duty_incoming
({", ".join("number" if name == "staff" else name for name in Duty._fields)}, id) FROM STDIN"""
MOST_TOLD: Final = 1_000
STEP: Final = 10_000

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
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as raw:
        with raw.copy(COPIED) as copy:
            for duty in _duties(found, report, refused, progress):
                copy.write_row((*duty, new_id()))
        with raw.copy("COPY duty_refused FROM STDIN") as copy:
            for reference in refused:
                copy.write_row((reference,))
        raw.execute("CREATE INDEX ON duty_incoming (reference)")
        raw.execute("ANALYZE duty_incoming")
    return report


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
        raw.execute(
            """UPDATE duty_incoming i SET staff = p.staff, name = p.name FROM duty_person p
                WHERE p.number = i.number AND p.starts_at <= i.starts_at
                  AND (p.ends_at IS NULL OR p.ends_at > i.starts_at)"""
        )
        raw.execute(
            "UPDATE duty_incoming i SET scope_id = p.scope_id FROM duty_place p WHERE p.unit = i.unit"
        )


def refuse(
    rule: str, rows: list[tuple[Any, ...]], words: tuple[str, str], file: str
) -> Iterator[Finding]:
    """Take the rows (row, reference, what to name) out, and say why."""
    message, remedy = words
    for row, reference, named in rows:
        yield Finding(rule, message.format(named), remedy, file, row, reference=reference)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM duty_incoming WHERE row = ANY (%s) RETURNING reference)"
            " INSERT INTO duty_refused SELECT reference FROM gone",
            [[row for row, *_ in rows]],
        )


def asked(statement: str, given: Any = ()) -> list[tuple[Any, ...]]:
    """What a statement on the temporary tables answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def clear() -> None:
    """Take the temporary tables away; a transaction that has failed does so by itself."""
    if connection.needs_rollback:
        return
    with connection.cursor() as cursor:
        cursor.execute(DROPPED)
