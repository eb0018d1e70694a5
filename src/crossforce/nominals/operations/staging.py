"""A load on its way in: copied into tables of this connection alone (sql/3_staging.sql)."""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
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
TIES_SAID: Final = ("one", "one_kind", "other", "other_kind", "role", "since", "until")
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
NOTHING: Final = "\x02"
"""What no text holds, since controls are refused: stands for NULL."""
WRITTEN_OUT: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
PIECE: Final = 1 << 16
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
    """The statement that fills a table; what is empty is an empty text, unless it is said to be nothing."""
    return f"COPY {table} ({', '.join(columns)}) FROM STDIN (NULL '{NOTHING}')"


def _line(cells: list[str]) -> str:
    """A row as COPY takes it. Few hold what it reads otherwise, and these alone are written out cell by cell."""
    line = "\t".join(cells)
    is_plain = "\\" not in line and "\n" not in line and "\r" not in line
    if is_plain and line.count("\t") == len(cells) - 1:
        return line
    return "\t".join(each.translate(WRITTEN_OUT) for each in cells)


def _pieces(
    of: Document,
    found: Iterable[Record | Refused],
    report: Report,
    ties: io.StringIO,
    progress: Callable[[int], None],
) -> Iterator[str]:
    held: list[str] = []
    size = 0
    columns = TIES_SAID if of.makes == "tie" else OWN[of.makes]
    own = [(each, NOTHING if each in NULLABLE else "") for each in columns]
    ids = new_ids()
    for report.rows, each in enumerate(found, 1):
        if report.rows % STEP == 0:
            progress(report.rows)
        if isinstance(each, Refused):
            report.note(each)
            continue
        line = _line(_cells(each, next(ids), own, of.makes == "tie"))
        held.append(line)
        size += len(line)
        for tie in each.ties:
            report.ties += 1
            ties.write(_line(_tied(each, tie, next(ids), of.makes)) + "\n")
        if size > PIECE:
            yield "\n".join(held) + "\n"
            held.clear()
            size = 0
    if held:
        yield "\n".join(held) + "\n"


def _cells(each: Record, key: str, own: Sequence[tuple[str, str]], is_tie: bool) -> list[str]:
    said = each.values
    rest = [_cell(said.get(name), nothing) for name, nothing in own]
    if is_tie:
        rest[1], rest[3] = _kind(rest[1]), _kind(rest[3])
    return [
        str(each.row), key, each.reference, "t" if each.is_deleted else "f", each.number or each.reference,
        each.team, str(each.recorded_on or NOTHING), each.statements, *rest,
    ]  # fmt: skip


def _kind(makes: str) -> str:
    return f"nominals.{makes}" if makes else ""


def _cell(value: Any, nothing: str) -> str:
    """What is held of a column; `nothing` where it holds nothing."""
    if isinstance(value, str):
        return value or nothing
    if value is None:
        return nothing
    if isinstance(value, list):
        return "{" + ",".join(value) + "}"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _tied(of: Record, tie: TieSaid, key: str, makes: str) -> list[str]:
    said = tie._replace(one_kind=_kind(tie.one_kind), other_kind=_kind(tie.other_kind))
    return [str(of.row), key, reference_of(tie), said_by(makes, of.reference), *said]


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
