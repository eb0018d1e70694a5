"""One row of an export becomes one duty, or the reason why it cannot."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any, Final

from crossforce.duty.mapping import spans
from crossforce.duty.mapping.cells import Cells, Reader, fixed, reader, unknown
from crossforce.duty.mapping.document import OF_CODES, Field_, Mapping
from crossforce.duty.mapping.tables import DutyCode
from crossforce.duty.mapping.values import Duty, Known, What, Wrong
from crossforce.records.mapping.patterns import Clock, keep

DETAILS: Final = (
    "unit", "function", "call_sign", "role", "location", "latitude", "longitude", "status",
    "absence", "cancelled",
)  # fmt: skip
EMPTY: Final = {"from_to": "times, and its code says none"}
MOST_ALIKE: Final = 5_000
SORTS: Final[dict[What, str]] = {
    "duty": "a duty",
    "on-call": "an on-call",
    "absence": "an absence",
}


class Rows:
    """Reads the rows of one file. `fields` says which field each cell is, in order."""

    def __init__(self, mapping: Mapping, fields: Sequence[str], known: Known) -> None:
        self.mapping = mapping
        self.clock: Clock = mapping.times.clock()
        self._at = {field: place for place, field in enumerate(fields)}
        self._longest = timedelta(days=mapping.times.longest_days)
        hours = mapping.times.longest_hours
        self._longest_duty = min(self._longest, timedelta(hours=hours)) if hours else None
        self._read: dict[str, Reader] = {
            field: reader(mapping, field, self._at, known)
            for field in ("staff", "force", "reference", "what", "on_call", *DETAILS)
        }
        self._fixed, self._varying = self._parted()
        self._pick = _picker([self._at[field] for field in DETAILS if field in self._at])
        self._alike: dict[Any, list[Any]] = {}
        self._span = spans.reader(mapping, self._at, self.clock)
        self._codes = {
            text: _Code(text, code, known) for text, code in mapping.duty_codes.items()
        }

    def _parted(self) -> tuple[list[Any], list[tuple[int, Reader]]]:
        """The details that are the same in every row, and what reads the others."""
        varies = [field in self._at for field in DETAILS]
        fixed = [
            None if varying else self._read[field](())
            for field, varying in zip(DETAILS, varies, strict=True)
        ]
        readers = [(place, self._read[field]) for place, field in enumerate(DETAILS)]
        return fixed, [each for each, varying in zip(readers, varies, strict=True) if varying]

    def _details(self, cells: Cells) -> Sequence[Any]:
        """What the row says beside who and when; what many rows say alike is read once."""
        said = self._pick(cells)
        if (details := self._alike.get(said)) is None:
            details = self._fixed.copy()
            for place, read in self._varying:
                details[place] = read(cells)
            keep(self._alike, said, details, MOST_ALIKE)
        return details

    def _details_of(self, code: "_Code", cells: Cells) -> list[Any]:
        """The same, where what the code says comes before what the row says."""
        details = [
            fixed if said is None else said
            for said, fixed in zip(code.details, self._fixed, strict=True)
        ]
        for place, read in self._varying:
            if code.details[place] is None:
                details[place] = read(cells)
        return details

    def reference(self, cells: Cells) -> str:
        """The row's own reference, as far as it can be read; empty where it cannot."""
        try:
            if "reference" in self._at:
                return str(self._read["reference"](cells))
            if self.mapping.shape == "days":
                return self._derived(cells, self.clock.day(cells[self._at["date"]]))
            return self._derived(cells, self._span(cells)[0])
        except Wrong:
            return ""

    def duty(self, row: int, cells: Cells) -> Duty:
        """The duty of the row. Raises Wrong."""
        staff = self._read["staff"](cells)
        if not staff:
            raise self._empty("staff")
        if "force" in self._at:
            self._refuse_other_force(cells)
        if self.mapping.shape == "days":
            return self._of_day(row, staff, cells)
        starts_at, ends_at = self._span(cells)
        if not timedelta() < ends_at - starts_at <= self._longest:
            raise self._bad_length(starts_at, ends_at)
        details = self._details(cells)
        what = self._what(cells, details)
        if self._longest_duty:
            self._refuse_long_duty(what, starts_at, ends_at)
        self._refuse_contradiction(what, cells, details)
        _refuse_half_a_place(details)
        reference = self._reference_of(cells, starts_at)
        return Duty(row, reference, staff, what, starts_at, ends_at, *details)

    def _what(self, cells: Cells, details: Sequence[Any]) -> What:
        given: What = self._read["what"](cells)
        if given:
            return given
        return (
            "absence" if details[8] else "on-call" if self._read["on_call"](cells) else "duty"
        )

    def _refuse_long_duty(self, what: What, starts_at: datetime, ends_at: datetime) -> None:
        longest = self._longest_duty
        if longest and what == "duty" and ends_at - starts_at > longest:
            raise self._bad_length(starts_at, ends_at, longest)

    def _refuse_contradiction(self, what: What, cells: Cells, details: Sequence[Any]) -> None:
        """An absence says why, and nothing else does; what is cancelled may say less. Raises Wrong."""
        if (what == "absence") != bool(details[8]) and not details[9]:
            raise _contradiction(what, details[8], self._column_of("absence", "what", "code"))
        if what != "on-call" and "on_call" in self._at and self._read["on_call"](cells):
            raise Wrong(
                "contradiction",
                f"The row is on call, and it is {SORTS[what]} as well.",
                "Correct one of the two.",
                column=self.mapping.headings["on_call"],
            )

    def _column_of(self, *fields: Field_) -> str:
        """The first of the columns that the export has; empty where it has none."""
        columns = self.mapping.headings
        return next((columns[each] for each in fields if each in columns), "")

    def _of_day(self, row: int, staff: str, cells: Cells) -> Duty:
        columns = self.mapping.headings
        day = spans.named(self.clock.day, cells[self._at["date"]], columns["date"])
        text = cells[self._at["code"]]
        code = self._codes.get(text)
        if code is None:
            raise unknown(
                text,
                "code",
                self._codes,
                columns["code"],
                "Add it to [duty_codes], or correct the row.",
            )
        starts_at, ends_at = self._span_of_day(code, day, cells)
        details = self._details_of(code, cells)
        details[9] = details[9] or code.is_nothing
        self._refuse_contradiction(code.what, cells, details)
        _refuse_half_a_place(details)
        return Duty(
            row,
            self._reference_of(cells, day),
            staff,
            code.what,
            starts_at,
            ends_at,
            *details,
        )

    def _span_of_day(self, code: "_Code", day: date, cells: Cells) -> spans.Span:
        """The times of the row come before those of its code. Raises Wrong."""
        if "from_to" in self._at and not code.is_nothing and cells[self._at["from_to"]]:
            starts_at, ends_at = self._span(cells)
            if not timedelta() < ends_at - starts_at <= self._longest:
                raise self._bad_length(starts_at, ends_at)
            self._refuse_long_duty(code.what, starts_at, ends_at)
            return starts_at, ends_at
        if code.what == "duty" and not code.is_nothing and code.starts is None:
            raise self._empty("from_to")
        begin, end = code.local(day)
        try:
            return self.clock.local(begin), self.clock.local(end)
        except Wrong as wrong:
            wrong.column = self.mapping.headings["code"]
            raise

    def _reference_of(self, cells: Cells, when: Any) -> str:
        if "reference" not in self._at:
            return self._derived(cells, when)
        reference: str = self._read["reference"](cells)
        if not reference:
            raise self._empty("reference")
        return reference

    def _derived(self, cells: Cells, when: Any) -> str:
        form = "%Y%m%dT%H%MZ" if isinstance(when, datetime) else "%Y%m%d"
        return f"{self._read['staff'](cells)}@{when:{form}}"

    def _empty(self, field: Any) -> Wrong:
        return Wrong(
            "empty",
            f"The row has no {EMPTY.get(field, field)}.",
            "Fill it in.",
            column=self.mapping.headings[field],
        )

    def _refuse_other_force(self, cells: Cells) -> None:
        force = self._read["force"](cells)
        if force != self.mapping.holder:
            raise Wrong(
                "other-force",
                f"The row is of {force[:60]!r}, and this mapping is for {self.mapping.holder!r}.",
                "Import each force's people with its own mapping; one person in two forces is two"
                " members of staff.",
                column=self.mapping.headings["force"],
            )

    def _bad_length(
        self, starts_at: datetime, ends_at: datetime, longest: timedelta | None = None
    ) -> Wrong:
        column = self._column_of("end", "end_time", "from_to")
        if ends_at <= starts_at:
            return Wrong(
                "negative-duration",
                "The duty ends before it begins, or at that instant.",
                "Correct the times; where an end without a date is the next day's, set"
                " times.past_midnight.",
                column=column,
            )
        if longest:
            return Wrong(
                "too-long",
                f"The duty is longer than {longest // timedelta(hours=1)} hours.",
                "Correct the times, or set times.longest_hours.",
                column=column,
            )
        return Wrong(
            "too-long",
            f"The duty is longer than {self._longest.days} days.",
            "Correct the dates, or set times.longest_days.",
            column=column,
        )


class _Code:
    """A duty code, ready to use."""

    def __init__(self, text: str, code: DutyCode, known: Known) -> None:
        self.is_nothing = code.what == "nothing"
        self.what: What = "duty" if code.what == "nothing" else code.what
        self.starts, self.local = code.starts, code.local
        self.details: list[Any] = [
            _fixed(text, code, field, known) if field in OF_CODES else None for field in DETAILS
        ]


def _fixed(text: str, code: DutyCode, field: str, known: Known) -> Any:
    value = getattr(code, field)
    return None if value is None else fixed(field, value, known, f"duty_codes.{text}.{field}")


def _picker(places: Sequence[int]) -> Callable[[Cells], Any]:
    """What takes the cells at these places together."""
    return itemgetter(*places) if places else lambda _cells: ()


def _contradiction(what: What, reason: str, column: str) -> Wrong:
    return Wrong(
        "contradiction",
        f"The row is {SORTS[what]}, and says why somebody is away: {reason!r}."
        if reason
        else "The row is an absence, and does not say why.",
        "An absence says leave, training, court or away, and nothing else does: correct one of the two.",
        column=column,
    )


def _refuse_half_a_place(details: Sequence[Any]) -> None:
    if (details[5] is None) != (details[6] is None):
        raise Wrong(
            "half-a-place",
            "The row has a latitude or a longitude without the other.",
            "Fill in both or neither.",
        )
