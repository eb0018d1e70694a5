"""An export on its way in: copied into tables of this connection alone (sql/3_staging.sql), then judged against what is held."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal

from crossforce.duty.mapping import Duty, Finding, overlaps
from crossforce.intake.api import copying
from crossforce.kernel.ids import new_ids

MADE: Final = "SELECT duty_staging_made()"
DROPPED: Final = "SELECT duty_staging_dropped()"
MEASURED: Final = "SELECT duty_staging_measured(%s)"
COLUMNS: Final = (*("number" if name == "staff" else name for name in Duty._fields), "id")
NAMED: Final = COLUMNS.index("unit")
"""So many columns say which row it is, whose, what and when."""
REFUSED_REST: Final = tuple(Duty._field_defaults.values())
MOST_KEPT: Final = 100_000
MOST_ALIKE: Final = 5_000
TEXTS: Final = (
    "reference", "number", "what", "unit", "function", "call_sign", "role", "location", "status",
    "absence",
)  # fmt: skip
COPIED: Final = f"""COPY duty_incoming ({", ".join(COLUMNS)}) FROM STDIN (FORMAT csv,
FORCE_NOT_NULL ({", ".join(TEXTS)}))"""
REFUSED: Final = """WITH gone AS (DELETE FROM duty_incoming WHERE what = '' RETURNING reference)
INSERT INTO duty_refused SELECT reference FROM gone"""
REPEATED: Final = """
WITH twice AS (
  SELECT reference, min(row) AS first FROM duty_incoming GROUP BY reference HAVING count(*) > 1)
INSERT INTO duty_wrong
SELECT i.row, i.reference, t.first::text FROM duty_incoming i JOIN twice t USING (reference)
 WHERE i.row > t.first"""
TAKEN_OUT: Final = """
WITH wrong AS (DELETE FROM duty_wrong RETURNING row, reference),
     gone AS (DELETE FROM {table} i USING wrong w WHERE i.row = w.row),
     kept AS (INSERT INTO duty_refused SELECT reference FROM wrong)
SELECT count(*) FROM wrong"""
MOST_TOLD: Final = 1_000
STEP: Final = 10_000
PIECE: Final = 1 << 16


@dataclass(slots=True)
class Report:
    """What came of reading: how many rows, how many refused by which rule, and the first findings."""

    rows: int = 0
    refused: int = 0
    by_rule: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    is_refused: bool = False
    has_unnamed: bool = False
    same: int = 0

    def note(self, finding: Finding) -> None:
        """Count the finding, and keep it while there is room."""
        self.refused += 1
        self.by_rule[finding.rule] = self.by_rule.get(finding.rule, 0) + 1
        self.is_refused |= finding.is_whole
        self.has_unnamed |= not finding.reference
        if self.room or (finding.is_whole and len(self.findings) < 2 * MOST_TOLD):
            self.findings.append(finding)

    @property
    def room(self) -> int:
        """How many more findings there is room for."""
        return max(MOST_TOLD - len(self.findings), 0)

    def also(self, rule: str, number: int) -> None:
        """Count refused rows that there was no room to tell one by one."""
        self.refused += number
        self.by_rule[rule] = self.by_rule.get(rule, 0) + number


def stage(found: Iterable[Duty | Finding], progress: Callable[[int], None]) -> Report:
    """Copy the duties of a file into the temporary tables; answers what was refused.

    Nothing of a row stays in this process: a refused one goes along without a sort, so that its
    reference is known.
    """
    report = Report()
    copying.done(MADE)
    copying.copied(COPIED, pieces(found, report, progress))
    if report.refused:
        copying.done(REFUSED)
    measure("incoming")
    return report


def refuse_repeated(file: str, report: Report) -> None:
    """Take out the rows with a reference that an earlier row has as well."""
    if copying.asked("SELECT count(*) - count(DISTINCT reference) FROM duty_incoming")[0][0]:
        copying.done(REPEATED)
        refuse("reference-twice", file, report, overlaps.TWICE, table="duty_incoming")


def pieces(
    found: Iterable[Duty | Finding], report: Report, progress: Callable[[int], None]
) -> Iterator[str]:
    """The rows, each with an identifier, as COPY reads them; the findings are noted on the way."""
    lines: list[str] = []
    size, instants, rest = 0, _Instants(), _Rest()
    for each, identifier in zip(_staged(found, report, progress), new_ids(), strict=False):
        row, reference, number, what, starts_at, ends_at = each[:NAMED]
        if '"' in reference or '"' in number:
            reference, number = reference.replace('"', '""'), number.replace('"', '""')
        line = (
            f'{row},"{reference}","{number}",{what},{instants[starts_at]},{instants[ends_at]},'
            f"{rest[each[NAMED:]]},{identifier}\n"
        )
        lines.append(line)
        size += len(line)
        if size > PIECE:
            yield "".join(lines)
            lines, size = [], 0
    yield "".join(lines)


class _Instants(dict[datetime | None, str]):
    """Instants as text; the same few come again and again."""

    def __missing__(self, at: datetime | None) -> str:
        if len(self) > MOST_KEPT:
            self.clear()
        self[at] = text = at.isoformat() if at else ""
        return text


class _Rest(dict[tuple[Any, ...], str]):
    """What rows say beside who and when, as COPY reads it: for whole units it is the same."""

    def __missing__(self, cells: tuple[Any, ...]) -> str:
        if len(self) > MOST_ALIKE:
            self.clear()
        held = io.StringIO()
        csv.writer(held, lineterminator="\n").writerow(cells)
        self[cells] = text = held.getvalue()[:-1]
        return text


def _staged(
    found: Iterable[Duty | Finding], report: Report, progress: Callable[[int], None]
) -> Iterator[tuple[Any, ...]]:
    """The duties, and of refused rows their references: these have no sort."""
    for report.rows, each in enumerate(found, 1):
        if report.rows % STEP == 0:
            progress(report.rows)
        if isinstance(each, Duty):
            yield each
            continue
        report.note(each)
        if each.reference:
            yield each.row, each.reference, "", "", None, None, *REFUSED_REST


def units() -> list[str]:
    """The units in the file."""
    return [
        row[0] for row in copying.asked("SELECT DISTINCT unit FROM duty_incoming ORDER BY 1")
    ]


def span() -> tuple[datetime, datetime] | None:
    """From the first beginning to the last, of what the file holds."""
    first, last = copying.asked("SELECT min(starts_at), max(starts_at) FROM duty_incoming")[0]
    return None if first is None else (first, last)


def place(places: list[tuple[str, int]]) -> None:
    """Say where the rows of each unit go."""
    copying.put("INSERT INTO duty_place VALUES (%s, %s)", places)


def refuse(
    rule: str, file: str, report: Report, words: tuple[str, str], *, table: str = "duty_judged"
) -> int:
    """Take the rows that stand in duty_wrong out, and report them; answers how many."""
    first = copying.asked(
        "SELECT row, reference, said FROM duty_wrong ORDER BY row LIMIT %s", [report.room]
    )
    message, remedy = words
    for row, reference, said in first:
        told = message.format(said, reference)
        report.note(Finding(rule, told, remedy, file, row, reference=reference))
    number = int(copying.asked(TAKEN_OUT.format(table=table))[0][0])
    report.also(rule, number - len(first))
    return number


def put_wrong(rows: list[tuple[int, str, str]]) -> None:
    """Note rows that are to be refused, and empty the list."""
    if rows:
        copying.put("INSERT INTO duty_wrong VALUES (%s, %s, %s)", rows)
    rows.clear()


def measure(which: Literal["incoming", "person", "judged"]) -> None:
    """Have the database count what stands in one of the tables."""
    copying.done(MEASURED, [which])


def clear() -> None:
    """Take the temporary tables away; a transaction that has failed does so by itself."""
    copying.cleared(DROPPED)
