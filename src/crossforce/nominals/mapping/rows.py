"""One row at a time becomes a record: every fault of the row is told at once, and one is enough to refuse it."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final

from crossforce.nominals.canonical import deriving
from crossforce.nominals.mapping import ties
from crossforce.nominals.mapping.document import Mapping as Document
from crossforce.nominals.mapping.own import OWN, Reads
from crossforce.nominals.mapping.parts import Blocks
from crossforce.nominals.mapping.records import Reason, Record, Refused
from crossforce.nominals.mapping.sources import Came, Opened
from crossforce.nominals.mapping.statements import Makes, Said
from crossforce.nominals.mapping.written_days import Calendar
from crossforce.records.mapping.findings import Wrong

YES: Final = frozenset({"yes", "y", "true", "1", "d", "deleted"})
LONGEST_REFERENCE: Final = 120


class Rows:
    """What makes records of rows, for one mapping. It remembers the references that came."""

    def __init__(self, of: Document, opened: Opened, *, on: date) -> None:
        self._of, self._on = of, on
        self._calendar = Calendar(of.dates, is_typed=of.file.type == "parquet")
        day = self._calendar.day
        self._own = Reads(of, opened.take)
        self._makes = [
            Makes(each.about, Blocks(each, opened.take, of.codes, day), of.said, on)
            for each in of.statement
        ]
        self._ties = [ties.Made(each, opened.take, of, day, on) for each in of.tie]
        self._came: set[str] = set()

    def made(self, came: Came) -> Record | Refused:
        """The record of a row, or why it is refused."""
        if came.wrong:
            return Refused(came.row, (Reason.of(came.wrong),))
        faults: list[Wrong] = []
        held = came.held
        reference = _tried(lambda: self._reference(held), faults) or ""
        team = _tried(lambda: self._own.text(held, "team"), faults) or ""
        if not faults:
            record = self._record(came, reference, team, faults)
        if faults:
            reasons = tuple(Reason.of(each) for each in faults)
            return Refused(came.row, reasons, reference, team[:80])
        return record

    def _reference(self, held: Any) -> str:
        found = self._own.text(held, "reference")
        column = self._own.column("reference")
        if not found:
            raise Wrong(
                "no-reference",
                "The row does not say what the system calls its record.",
                "Fill it in: by it the record is known when it comes again.",
                column=column,
            )
        if len(found) > LONGEST_REFERENCE:
            raise Wrong("too-long", "The reference is too long.", "Correct it.", column=column)
        if found in self._came:
            raise Wrong(
                "key-twice",
                f"Another row of the file has the reference {found!r} as well.",
                "Leave one of the two: which of them counts cannot be told.",
                column=column,
            )
        self._came.add(found)
        return found

    def _record(self, came: Came, reference: str, team: str, faults: list[Wrong]) -> Record:
        held, own = came.held, self._own
        _tried(lambda: self._refuse_other_force(held), faults)
        if (_tried(lambda: own.text(held, "deleted"), faults) or "").lower() in YES:
            return Record(came.row, reference, is_deleted=True)
        recorded = _tried(
            lambda: own.whole(held, "recorded_on", self._calendar, self._on), faults
        )
        number = _tried(lambda: own.text(held, "number"), faults) or reference
        values = OWN[self._of.makes](held, own, self._calendar, self._on, faults)
        said = self._statements(held, str(recorded or ""), faults)
        made = _tried(
            lambda: [t for each in self._ties for t in each.of(held, reference)], faults
        )
        if faults:
            return Record(came.row, reference)
        statements = [each.statement for each in said]
        values |= _tried(lambda: deriving.scalars(self._of.makes, statements), faults) or {}
        text = f"[{','.join([each.text for each in said])}]"
        return Record(
            came.row, reference, False, number[:120], team, recorded, values, text, made or ()
        )

    def _refuse_other_force(self, held: Any) -> None:
        force = self._own.text(held, "force")
        if force and force != self._of.holder:
            raise Wrong(
                "other-force",
                f"The row is of {force[:60]!r}, and this source is of {self._of.holder!r}.",
                "Load each force's records by its own source.",
                column=self._own.column("force"),
            )

    def _statements(self, held: Any, recorded: str, faults: list[Wrong]) -> list[Said]:
        as_of = _tried(lambda: self._calendar.day(
            self._own.text(held, "as_of"), self._own.column("as_of")), faults)  # fmt: skip
        found: list[Said] = []
        for each in self._makes:
            try:
                found += each.of(held, as_of or recorded)
            except Wrong as wrong:
                block = each.block
                wrong.column = (
                    wrong.column or block.within or next(iter(block.columns.values()), "")
                )
                faults.append(wrong)
        return found


def _tried(read: Callable[[], Any], faults: list[Wrong]) -> Any:
    """What is read, or None with the fault noted."""
    try:
        return read()
    except Wrong as wrong:
        faults.append(wrong)
        return None


def made(of: Document, opened: Opened, *, on: date) -> Iterator[Record | Refused]:
    """Every row as a record or refused. Raises Wrong, for the whole file."""
    rows = Rows(of, opened, on=on)
    for came in opened.rows:
        yield rows.made(came)
