"""The mapping file: how one export of a force's duty system becomes duties. Format 1."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Annotated, Final, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from crossforce.duty.mapping import patterns
from crossforce.duty.mapping.values import What, is_formula

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{0,79}$")]
Delimiter = Literal[",", ";", "\t", "|"]
Heading = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Headings = Annotated[
    tuple[Heading, ...],
    Field(min_length=1, max_length=6),
    BeforeValidator(lambda said: (said,) if isinstance(said, str) else said),
    WithJsonSchema({"anyOf": [
        {"type": "string", "minLength": 1, "maxLength": 200},
        {"type": "array", "minItems": 1, "maxItems": 6,
         "items": {"type": "string", "minLength": 1, "maxLength": 200}},
    ]}),
]  # fmt: skip
"""The columns of a field: one, or several that are joined."""
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
End = Annotated[str, StringConstraints(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")]
Field_ = Literal[
    "reference", "staff", "force", "what", "start", "start_date", "start_time", "end",
    "end_date", "end_time", "from_to", "date", "code", "unit", "function", "call_sign", "role",
    "location", "latitude", "longitude", "status", "on_call", "absence", "cancelled",
]  # fmt: skip
CODED: Final = frozenset(
    {"force", "what", "unit", "function", "role", "status", "on_call", "absence", "cancelled"}
)
AT_TIMES: Final[frozenset[Field_]] = frozenset(
    {"start", "start_date", "start_time", "end", "end_date", "end_time", "from_to"}
)
JUDGED: Final[dict[str, tuple[Field_, ...]]] = {
    "unknown-person": ("staff",),
    "overlap": ("start", "start_time", "from_to", "date"),
    "reference-twice": ("reference", "date"),
}
"""What rows are refused for beside others and what is held, and the field that is at fault, if it is a column."""
FIXABLE: Final = CODED - {"force", "cancelled"} | {"call_sign", "location"}


class Table(BaseModel):
    """A table of the file: unknown keys are refused, because they are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class File(Table):
    """What the export is as a file."""

    type: Literal["csv", "json", "jsonl"]
    encoding: Literal["utf-8", "cp1252", "iso-8859-1", "utf-16", "ascii"] = "utf-8"
    delimiter: Delimiter = ","
    covers: Literal["changes", "period"] = Field(
        "changes",
        description="`period`: what the system holds for its days; a duty that is no longer in the"
        " file is deleted. `changes`: only what changed; deletions are in the column `cancelled`.",
    )
    most_cancelled: Annotated[float, Field(ge=0, le=1)] = Field(
        0.1,
        description="The share of the duties held for its days that a file may cancel unasked, where"
        " it covers a period; 20 duties always. `1` lets all of them go.",
    )
    trailer: Annotated[str, StringConstraints(pattern=r"^(\S(.{0,98}\S)?)?$")] = Field(
        "",
        description="CSV: what the first cell of the last row says, and perhaps the second how many"
        " rows there are. A file that does not end so was cut off, and is refused.",
    )
    limit_megabytes: Annotated[int, Field(ge=1, le=2000)] = 100
    rows: str = Field(
        "", description="JSON: where the list of rows or people stands, with dots."
    )
    duties: str = Field("", description="JSON: where a person's list of duties stands.")


class Times(Table):
    """How the export writes dates and times, and how the clock change is judged."""

    zone: str = "Europe/London"
    date: str = Field(
        "YYYY-MM-DD",
        description="Of YYYY (or YY), MM (or M) and DD (or D); MON for Jan, Feb... One letter"
        " stands for one digit or two.",
    )
    time: str = Field(
        "HH:mm",
        description="Of HH (or H), mm and ss, and ZZ for an offset or Z. 24:00 is midnight. Of twelve"
        " hours: hh (or h) with AM, which is AM or PM in the export.",
    )
    between: str = Field(" ", description="What stands between date and time in one cell.")
    until: Annotated[str, StringConstraints(min_length=1, max_length=20)] = Field(
        "-", description="What stands between the two times of the column `from_to`."
    )
    twice: Literal["refuse", "first", "second"] = Field(
        "refuse", description="A local time that happens twice, when clocks go back."
    )
    never: Literal["refuse", "forward"] = Field(
        "refuse", description="A local time that never happens, when clocks go forward."
    )
    longest_days: Annotated[int, Field(ge=1, le=400)] = Field(
        31, description="A duty or absence that is longer is taken for a mistake."
    )
    longest_hours: Annotated[int, Field(ge=1, le=9600)] | None = Field(
        None,
        description="A duty that is longer is taken for a mistake; not an on-call or absence.",
    )
    past_midnight: bool = Field(
        False,
        description="An end without a date that is before the start is the next day's.",
    )
    equal_times: Literal["refuse", "whole-day"] = Field(
        "refuse",
        description="With `past_midnight`: a start and an end at the same time of the clock.",
    )

    @field_validator("zone")
    @classmethod
    def _is_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError(f"{zone!r} is no time zone; write one such as Europe/London")
        return zone

    @model_validator(mode="after")
    def _is_pattern(self) -> Self:
        patterns.Pattern(self.date, self.time, self.between)
        return self

    def clock(self) -> patterns.Clock:
        """What turns local times of the export into instants."""
        return patterns.Clock(
            patterns.Pattern(self.date, self.time, self.between),
            ZoneInfo(self.zone),
            self.twice,
            self.never,
        )


class DutyCode(Table):
    """What a duty code of the export stands for; one that is `nothing` is a rest day."""

    what: What | Literal["nothing"] = "duty"
    starts: Clock | None = None
    ends: End | None = None
    unit: Code | None = None
    function: Code | None = None
    role: Code | None = None
    status: str | None = None
    absence: Code | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.starts is None) != (self.ends is None):
            raise ValueError(
                "a duty code has `starts` and `ends`, or neither for the whole day"
            )
        return self

    def local(self, day: date) -> tuple[datetime, datetime]:
        """From when to when on that day, by the clock; an end that is not after the start is the next day's."""
        starts = time.fromisoformat(self.starts or "00:00")
        ends = time.fromisoformat((self.ends or "00:00").replace("24:", "00:"))
        later = day + timedelta(days=ends <= starts)
        return datetime.combine(day, starts), datetime.combine(later, ends)


class Mapping(Table):
    """One export: its file, its times, its columns, its codes."""

    format: Literal[1]
    name: Code
    title: Heading
    system: Code = Field(
        description="The system that the export comes from; part of its references."
    )
    holder: Code = Field(description="The organisation whose duties these are.")
    shape: Literal["shifts", "days", "nested"]
    file: File
    times: Times = Times()
    columns: dict[Field_, Headings] = Field(
        description="By field: the heading of its column, or a list of several that are joined."
    )
    between: dict[Field_, Annotated[str, StringConstraints(max_length=5)]] = Field(
        {},
        description="What stands between columns that are joined; nothing unless it is said.",
    )
    values: dict[Field_, str] = Field({}, description="What holds for every row of the export.")
    codes: dict[Field_, dict[str, str]] = Field(
        {}, description="By field: what the export writes, and what the platform calls it."
    )
    duty_codes: dict[str, DutyCode] = {}

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if wrong := _inconsistencies(self):
            raise ValueError("\n".join(wrong))
        return self

    @cached_property
    def headings(self) -> dict[Field_, str]:
        """By field, its columns as they are named to whoever corrects the export."""
        return {field: " + ".join(several) for field, several in self.columns.items()}

    def has(self, field: Field_) -> bool:
        """Whether the export has a column for the field."""
        return field in self.columns

    def column_of(self, rule: str) -> str:
        """The column that is meant where a whole row is refused by the rule; empty where none is."""
        fields = JUDGED.get(rule, ())
        return next((self.headings[each] for each in fields if each in self.columns), "")

    @property
    def carried(self) -> frozenset[str]:
        """The fields that the export says something about."""
        of_codes = {
            name
            for code in self.duty_codes.values()
            for name in ("unit", "function", "role", "status", "absence")
            if getattr(code, name) is not None
        }
        return frozenset(self.columns) | frozenset(self.values) | of_codes


def _inconsistencies(mapping: Mapping) -> list[str]:
    has, file = mapping.has, mapping.file
    found = []
    if not has("staff"):
        found.append("columns: `staff` is missing: whose duty is it?")
    found += [*_of_times(mapping), *_of_formulas(mapping)]
    if mapping.shape == "nested" and file.type == "csv":
        found.append("file.type: a nested export is json or jsonl")
    if mapping.shape == "nested" and not file.duties:
        found.append("file.duties: say where a person's duties stand, such as `duties`")
    if mapping.shape != "nested" and file.duties:
        found.append("file.duties: only a nested export has duties within a person")
    if file.type != "json" and file.rows:
        found.append("file.rows: only a json export has its list within it")
    if file.type != "csv" and file.trailer:
        found.append("file.trailer: only a csv export has it; json ends with its brackets")
    found += _of_paths(mapping)
    if file.covers == "period" and has("cancelled"):
        found.append(
            "columns.cancelled: an export that covers a period leaves out what is cancelled"
        )
    found += [f"codes.{name}: no codes are read for it" for name in set(mapping.codes) - CODED]
    found += [
        f"between.{name}: only a field that is joined of several columns has it"
        for name in mapping.between
        if len(mapping.columns.get(name, ())) < 2
    ]
    found += [f"values.{name}: it cannot be fixed" for name in set(mapping.values) - FIXABLE]
    found += [f"values.{name}: it is a column as well" for name in mapping.values if has(name)]
    return found


def _of_paths(mapping: Mapping) -> list[str]:
    if mapping.shape != "nested":
        return []
    return [
        f"columns.{name}: begin {path!r} with `person.` or `duty.`, for where it stands"
        for name, paths in mapping.columns.items()
        for path in paths
        if not path.startswith(("person.", "duty."))
    ]


def _of_times(mapping: Mapping) -> Iterator[str]:
    if mapping.has("from_to") and mapping.times.until in mapping.times.time:
        yield "times.until: it stands within a time as well, so that two cannot be told apart"
    if mapping.times.equal_times == "whole-day" and not mapping.times.past_midnight:
        yield "times.equal_times: only where past_midnight lets an end be the next day's"
    yield from _of_days(mapping) if mapping.shape == "days" else _of_shifts(mapping)


def _of_days(mapping: Mapping) -> Iterator[str]:
    has = mapping.has
    if not (has("date") and has("code")):
        yield "columns: an export of days has `date` and `code`"
    if not mapping.duty_codes:
        yield "duty_codes: an export of days says what each duty code stands for"
    yield from _of_absences(mapping)
    if not has("from_to"):
        for text, code in mapping.duty_codes.items():
            if code.what == "duty" and code.starts is None:
                yield (
                    f"duty_codes.{text}: say when it `starts` and `ends`, or in which column"
                    " the row itself does (`from_to`)"
                )
    for name in AT_TIMES - {"from_to"}:
        if has(name):
            yield f"columns.{name}: times of an export of days are those of its codes, or `from_to`"


def _of_absences(mapping: Mapping) -> Iterator[str]:
    is_said = mapping.has("absence") or "absence" in mapping.values
    for text, code in mapping.duty_codes.items():
        if code.what != "absence" and code.absence:
            yield f"duty_codes.{text}: only an `absence` says why somebody is away"
        if code.what == "absence" and not (code.absence or is_said):
            yield f"duty_codes.{text}: say why somebody is away (`absence`)"


def _of_shifts(mapping: Mapping) -> Iterator[str]:
    has = mapping.has
    if mapping.duty_codes:
        yield "duty_codes: only an export of days has them"
    if has("from_to"):
        yield from _of_both(mapping)
        return
    if has("start") == (has("start_date") and has("start_time")):
        yield "columns: the start is `start`, or `start_date` and `start_time`, or `from_to`"
    if has("end") == has("end_time") or (has("end_date") and not has("end_time")):
        yield "columns: the end is `end`, or `end_time` with or without `end_date`, or `from_to`"
    if has("end_time") and not has("end_date") and not has("start_date"):
        yield "columns: an `end_time` without a date needs `start_date`"


def _of_both(mapping: Mapping) -> Iterator[str]:
    if not mapping.has("start_date"):
        yield "columns: `from_to` needs `start_date`, its day"
    for name in AT_TIMES - {"from_to", "start_date"}:
        if mapping.has(name):
            yield f"columns.{name}: both times stand in `from_to`"


def _of_formulas(mapping: Mapping) -> Iterator[str]:
    """What we would write into the cells of a table, and a spreadsheet would run."""
    if mapping.file.type != "csv":
        return
    texts: list[tuple[str, str]] = [
        (f"columns.{field}", each) for field, of in mapping.columns.items() for each in of
    ]
    texts += [
        (f"codes.{field}", text) for field, table in mapping.codes.items() for text in table
    ]
    texts.append(("file.trailer", mapping.file.trailer))
    texts += [("duty_codes", text) for text in mapping.duty_codes]
    for where, text in texts:
        if is_formula(text):
            yield f"{where}: a spreadsheet would run {text!r} as a formula; have the export say another"
