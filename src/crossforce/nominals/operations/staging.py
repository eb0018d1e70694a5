"""A load on its way in: copied into tables of this connection alone (sql/3_staging.sql)."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from crossforce.intake.api import copying
from crossforce.kernel.ids import new_ids
from crossforce.kernel.refusals import NotUnderstood
from crossforce.nominals.mapping import Mapping as Document
from crossforce.nominals.mapping import Record, Refused, TieSaid

SHARED: Final = ("number", "team", "recorded_on", "statements")
OWN: Final[dict[str, tuple[str, ...]]] = {
    "person": ("family_name", "given_names", "sex", "born", "categories", "warnings"),
    "object": ("what", "identifier", "description"),
    "location": ("address", "postcode", "latitude", "longitude"),
    "event": ("what", "happened_from", "happened_to", "summary", "place"),
}
TIES: Final = ("one_number", "one_kind", "other_number", "other_kind", "role", "since", "until")
NAMED: Final = (
    "row",
    "id",
    "source_reference",
    "is_deleted",
    "number",
    "team",
    "recorded_on",
    "statements",
)
NULLABLE: Final = frozenset(
    {
        "recorded_on",
        "latitude",
        "longitude",
        "happened_from",
        "happened_to",
        "row",
        "id",
        "is_deleted",
        "categories",
        "warnings",
    }
)
PIECE: Final = 1 << 16
AS_JSON: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False
).encode
"""Made once: of each row a new one would cost as much again."""
STEP: Final = 5_000
MOST_REFUSED: Final = 50_000


class TooManyRefused(NotUnderstood):
    """More than 50,000 rows were refused: the mapping does not fit the file. Try it on a sample."""


@dataclass(slots=True)
class Report:
    """What came of reading: how many rows, and which were refused. `has_unnamed`: of one the reference is not known."""

    rows: int = 0
    refused: dict[int, Refused] = field(default_factory=dict)
    ties: int = 0

    def note(self, refused: Refused) -> None:
        """Keep a refused row; what was refused of it already stands with it. Raises TooManyRefused."""
        before = self.refused.get(refused.row)
        if before:
            refused = before._replace(reasons=(*before.reasons, *refused.reasons))
        self.refused[refused.row] = refused
        if len(self.refused) > MOST_REFUSED:
            raise TooManyRefused

    @property
    def has_unnamed(self) -> bool:
        return any(not each.reference for each in self.refused.values())


def made() -> None:
    """Make the tables, empty."""
    copying.done("SELECT nominals_staging_made()")


def clear() -> None:
    """Take them away; a transaction that has failed does so by itself."""
    copying.cleared("SELECT nominals_staging_dropped()")


def measure() -> None:
    """Have the database count what stands there."""
    copying.done("SELECT nominals_staging_measured()")


def stage(
    of: Document, found: Iterable[Record | Refused], progress: Callable[[int], None]
) -> Report:
    """Copy the records of a source into the tables, and ties that they make beside them."""
    report, ties = Report(), io.StringIO()
    columns = (*NAMED, *(TIES if of.makes == "tie" else OWN[of.makes]))
    copying.copied(
        _copy("nominals_incoming", columns), _pieces(of, found, report, ties, progress)
    )
    if ties.tell():
        named = ("row", "id", "source_reference", "number", *TIES)
        copying.copied(_copy("nominals_tied", named), [ties.getvalue()])
    return report


def _copy(table: str, columns: tuple[str, ...]) -> str:
    """The statement that fills a table; what is empty is an empty text."""
    texts = ", ".join(each for each in columns if each not in NULLABLE)
    return (
        f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT csv, FORCE_NOT_NULL ({texts}))"
    )


def _pieces(
    of: Document,
    found: Iterable[Record | Refused],
    report: Report,
    ties: io.StringIO,
    progress: Callable[[int], None],
) -> Iterator[str]:
    held = io.StringIO()
    write, tied = (
        csv.writer(held, lineterminator="\n").writerow,
        csv.writer(ties, lineterminator="\n"),
    )
    own = OWN.get(of.makes, ())
    ids = new_ids()
    for report.rows, each in enumerate(found, 1):
        if report.rows % STEP == 0:
            progress(report.rows)
        if isinstance(each, Refused):
            report.note(each)
            continue
        write(_cells(each, next(ids), own, of.makes == "tie"))
        for tie in each.ties:
            report.ties += 1
            tied.writerow(_tied(each, tie, next(ids), of.makes))
        if held.tell() > PIECE:
            yield held.getvalue()
            held.seek(0)
            held.truncate()
    yield held.getvalue()


def _cells(each: Record, key: str, own: tuple[str, ...], is_tie: bool) -> list[Any]:
    said = each.values
    if is_tie:
        rest = [
            said.get(name, "")
            for name in ("one", "one_kind", "other", "other_kind", "role", "since", "until")
        ]
        rest[1], rest[3] = _kind(rest[1]), _kind(rest[3])
    else:
        rest = [_cell(said.get(name)) for name in own]
    statements = AS_JSON(each.statements) if each.statements else "[]"
    return [
        each.row, key, each.reference, each.is_deleted, each.number or each.reference, each.team,
        each.recorded_on or "", statements, *rest,
    ]  # fmt: skip


def _kind(makes: str) -> str:
    return f"nominals.{makes}" if makes else ""


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "{" + ",".join(value) + "}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return "" if value is None else value


def _tied(of: Record, tie: TieSaid, key: str, makes: str) -> list[Any]:
    said = tie._replace(one_kind=_kind(tie.one_kind), other_kind=_kind(tie.other_kind))
    return [of.row, key, reference_of(tie), said_by(makes, of.reference), *said]


def said_by(makes: str, reference: str) -> str:
    """The number of a tie that a row makes of its own record: by it those are known that it makes no more."""
    return f"{makes}:{reference}"[:120]


def reference_of(tie: TieSaid) -> str:
    """What a tie is known by that has no number of its own: its ends and its role."""
    ends = f"{tie.one_kind}:{tie.one}/{tie.role}/{tie.other_kind}:{tie.other}"
    if len(ends) <= 120:
        return ends
    return f"{ends[:70]}…{hash_of(ends)}"


def hash_of(text: str) -> str:
    """A short name of a long text."""
    return sha256(text.encode()).hexdigest()[:40]
