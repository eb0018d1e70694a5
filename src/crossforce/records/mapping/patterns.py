"""How an export writes dates and times, and the instants they are.

A local time that happens twice or never, when the clocks change, is judged as the mapping says, and
refused where it says nothing. A date that is only readable with day and month exchanged refuses the
file: then the dates that read either way cannot be trusted.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from crossforce.records.mapping.findings import FORMULA, Wrong

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # fmt: skip
PARTS: Final = {
    "YYYY": r"(?P<year>\d{4})",
    "YY": r"(?P<year>\d{2})",
    "MON": r"(?P<month>[A-Za-z]{3})",
    "MM": r"(?P<month>\d{2})",
    "M": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{2})",
    "D": r"(?P<day>\d{1,2})",
    "HH": r"(?P<hour>\d{2})",
    "H": r"(?P<hour>\d{1,2})",
    "mm": r"(?P<minute>\d{2})",
    "ss": r"(?P<second>\d{2})",
    "ZZ": r"(?P<offset>Z|[+-]\d{2}:?\d{2})",
}
HALF: Final = r"(?P<half>[AaPp]\.?[Mm]\.?)"
OF_TWELVE: Final = {
    "AM/PM": HALF,
    "AM": HALF,
    "A": HALF,
    "hh": r"(?P<of_twelve>\d{2})",
    "h": r"(?P<of_twelve>\d{1,2})",
}
"""The parts of a clock of twelve hours: an `h` is one only where the form says AM or PM as well."""
TOKEN: Final = re.compile("|".join(PARTS))
TOKEN_OF_TWELVE: Final = re.compile("|".join((*OF_TWELVE, *PARTS)))
ONE_OR_TWO: Final = frozenset({"M", "D", "H", "h"})
ON_TOP: Final = {"minute", "second", "offset"}
OF_TIME: Final = ({"hour"}, {"of_twelve", "half"})
MOST_KEPT: Final = 100_000
YEARS: Final = (1990, 2100)
"""A date beyond these is taken for a mistake."""
Key = TypeVar("Key")
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Pattern:
    """The form of a date, and of a date with a time. Raises ValueError for one that is none."""

    date: str
    time: str
    between: str

    def __post_init__(self) -> None:
        if _parts(self.date) != {"year", "month", "day"}:
            raise ValueError(
                f"date: {self.date!r} is no form of a date; write one such as DD/MM/YYYY"
            )
        said = _parts(self.time)
        if not any(hour | {"minute"} <= said <= hour | ON_TOP for hour in OF_TIME):
            raise ValueError(
                f"time: {self.time!r} is no form of a time; write one such as HH:mm, or h:mm AM"
                " for a clock of twelve hours"
            )
        for key, form in (("date", self.date), ("time", self.time), ("between", self.whole)):
            if (
                _is_open(form)
                or not _parts(form)
                or (key == "between" and _parts(self.between))
            ):
                raise ValueError(
                    f"{key}: {form!r} can be read in two ways; put something between its parts"
                )
        for key, form in (("date", self.date), ("time", self.time)):
            if form[0] in FORMULA or form.startswith("ZZ"):
                raise ValueError(f"{key}: {form!r} begins like a formula of a spreadsheet")

    @property
    def is_of_twelve(self) -> bool:
        """Whether times are of a clock of twelve hours, with AM or PM."""
        return "half" in _parts(self.time)

    @property
    def whole(self) -> str:
        """The form of a date with a time in one cell."""
        return f"{self.date}{self.between}{self.time}"


def _parts(form: str) -> set[str]:
    """What the form says of a time; nothing where it says something twice."""
    try:
        return set(compiled(form).groupindex)
    except re.error:
        return set()


def _token(form: str) -> re.Pattern[str]:
    """What finds the parts of the form; those of a clock of twelve hours only in one that is of it."""
    found = set(TOKEN_OF_TWELVE.findall(form))
    return TOKEN_OF_TWELVE if found & {"A", "AM", "AM/PM"} else TOKEN


def _is_open(form: str) -> bool:
    """Whether two parts of one digit or two stand in one run of parts: then where does the first end?"""
    so_far, at = 0, 0
    for token in _token(form).finditer(form):
        so_far = so_far if token.start() == at else 0
        so_far, at = so_far + (token.group() in ONE_OR_TWO), token.end()
        if so_far > 1:
            return True
    return False


def compiled(form: str) -> re.Pattern[str]:
    """What reads the form."""
    pieces, at, parts = [], 0, PARTS | OF_TWELVE
    for token in _token(form).finditer(form):
        pieces += [re.escape(form[at : token.start()]), parts[token.group()]]
        at = token.end()
    return re.compile("".join([*pieces, re.escape(form[at:])]))


@dataclass
class Clock:
    """Turns what an export writes into days and instants, remembering those that come again."""

    pattern: Pattern
    zone: ZoneInfo
    twice: str
    never: str
    years: tuple[int, int] = YEARS
    _days: dict[str, date] = field(default_factory=dict)
    _instants: dict[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._day = compiled(self.pattern.date)
        self._whole = compiled(self.pattern.whole)
        self._time = compiled(self.pattern.time)

    def day(self, text: str) -> date:
        """The civil day. Raises Wrong."""
        if (known := self._days.get(text)) is None:
            if (match := self._day.fullmatch(text)) is None:
                raise unreadable(text, self.pattern.date)
            known = civil_day(match.groupdict(), text, self.pattern.date, self.years)
            keep(self._days, text, known)
        return known

    def written_day(self, day: date) -> str:
        """The day as the export writes it."""
        return written(datetime.combine(day, time.min), self.pattern.date)

    def instant(self, text: str) -> datetime:
        """The instant of a date with a time. Raises Wrong."""
        if (known := self._instants.get(text)) is None:
            known = self._read(text)
            keep(self._instants, text, known)
        return known

    def _read(self, text: str) -> datetime:
        if (match := self._whole.fullmatch(text)) is None:
            raise unreadable(text, self.pattern.whole)
        parts = match.groupdict()
        day = civil_day(parts, text, self.pattern.whole, self.years)
        hour, minute, second = _of_clock(parts, text, self.pattern.whole)
        if (hour, minute, second) == (24, 0, 0):
            day, hour = day + timedelta(days=1), 0
        if hour > 23 or minute > 59 or second > 59:
            raise unreadable(text, self.pattern.whole)
        local = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001 - local
        if offset := parts.get("offset"):
            return local.replace(tzinfo=_offset(offset, text)).astimezone(UTC)
        return self.local(local)

    def order(self, time_: str) -> tuple[int, int, int]:
        """Where a time of the clock comes within its day. Raises Wrong."""
        if (match := self._time.fullmatch(time_)) is None:
            raise unreadable(time_, self.pattern.time)
        return _of_clock(match.groupdict(), time_, self.pattern.time)

    def local(self, at: datetime) -> datetime:
        """The instant of a local time, judged where the clocks change. Raises Wrong."""
        first = at.replace(tzinfo=self.zone, fold=0)
        early, late = first.utcoffset(), first.replace(fold=1).utcoffset()
        if early == late:
            return first.astimezone(UTC)
        assert early is not None
        assert late is not None
        if early > late:
            return self._happens_twice(first)
        return self._never_happens(first, late - early)

    def _happens_twice(self, at: datetime) -> datetime:
        if self.twice == "refuse":
            raise Wrong(
                "time-twice",
                f"{at:%d/%m/%Y %H:%M} happens twice, because the clocks go back.",
                'Export times with their offset, or set times.twice to "first" or "second".',
            )
        return at.replace(fold=int(self.twice == "second")).astimezone(UTC)

    def _never_happens(self, at: datetime, gap: timedelta) -> datetime:
        if self.never == "refuse":
            raise Wrong(
                "time-never",
                f"{at:%d/%m/%Y %H:%M} never happens, because the clocks go forward.",
                'Correct the time, or set times.never to "forward" to read it after the change.',
            )
        return at.replace(fold=0).astimezone(UTC)


def _of_clock(parts: dict[str, str | None], text: str, form: str) -> tuple[int, int, int]:
    """The hour, minute and second that the parts say: 12 AM is midnight, 12 PM noon. Raises Wrong."""
    hour = int(parts.get("hour") or 0)
    if half := parts.get("half"):
        hour = int(parts["of_twelve"] or 0)
        if not 1 <= hour <= 12:
            raise unreadable(text, form)
        hour = hour % 12 + 12 * (half[0] in "Pp")
    return hour, int(parts.get("minute") or 0), int(parts.get("second") or 0)


def civil_day(
    parts: dict[str, str | None], text: str, form: str, years: tuple[int, int] = YEARS
) -> date:
    """The day that the parts name. Raises Wrong, for the whole file when day and month are exchanged."""
    year, month, day = (str(parts[each]) for each in ("year", "month", "day"))
    if not month.isdigit():
        if month.lower() not in MONTHS:
            raise unreadable(text, form)
        month = str(MONTHS.index(month.lower()) + 1)
    year = f"20{year}" if len(year) == 2 else year
    if not years[0] <= int(year) <= years[1]:
        raise unreadable(text, form)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        if int(month) > 12 >= int(day) and int(month) <= 31:
            raise Wrong(
                "date-order",
                f"{text!r} has day and month the other way round than {form}.",
                "Dates that read either way cannot be trusted then: export them all in one order,"
                " and set times.date to it.",
                is_whole=True,
            ) from None
        raise unreadable(text, form) from None


def unreadable(text: str, form: str) -> Wrong:
    """The refusal of what is not in its form."""
    return Wrong(
        "time-form",
        f"{text[:40]!r} is not a date or time in the form {form}.",
        "Correct it, or set times.date and times.time to what the export writes.",
    )


def written(at: datetime, form: str, *, is_end: bool = False) -> str:
    """A time in its form, as its zone has it; a midnight at which a day ends is 24:00."""
    offset = f"{at:%z}"
    hour = 24 if is_end and at.time() == time.min else at.hour
    values = {
        "YYYY": f"{at.year:04}",
        "YY": f"{at.year % 100:02}",
        "MON": MONTHS[at.month - 1].title(),
        "MM": f"{at.month:02}",
        "M": f"{at.month}",
        "DD": f"{at.day:02}",
        "D": f"{at.day}",
        "HH": f"{hour:02}",
        "H": f"{hour}",
        "mm": f"{at.minute:02}",
        "ss": f"{at.second:02}",
        "ZZ": f"{offset[:3]}:{offset[3:5]}" if offset else "",
        "hh": f"{at.hour % 12 or 12:02}",
        "h": f"{at.hour % 12 or 12}",
        **dict.fromkeys(("AM/PM", "AM", "A"), "PM" if at.hour >= 12 else "AM"),
    }
    return _token(form).sub(lambda token: values[token.group()], form)


def _offset(text: str, whole: str) -> timezone:
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 15 or minutes > 59:
        raise unreadable(whole, "ZZ")
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if text[0] == "-" else ahead)


def keep(known: dict[Key, Kept], key: Key, value: Kept, most: int = MOST_KEPT) -> None:
    """Remember what was read, for it comes again; not without bounds."""
    if len(known) >= most:
        known.clear()
    known[key] = value
