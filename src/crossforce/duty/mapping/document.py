"""The mapping file: how one export of a force's duty system becomes duties. Format 1."""

from typing import Annotated, Final, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from crossforce.duty.mapping import patterns
from crossforce.duty.mapping.values import What

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]{0,79}$")]
Heading = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Field_ = Literal[
    "reference", "staff", "force", "what", "start", "start_date", "start_time", "end",
    "end_date", "end_time", "date", "code", "unit", "function", "call_sign", "role", "location",
    "latitude", "longitude", "status", "on_call", "absence", "cancelled",
]  # fmt: skip
CODED: Final = frozenset(
    {"force", "what", "unit", "function", "role", "status", "on_call", "absence", "cancelled"}
)
FIXABLE: Final = CODED - {"force", "cancelled"} | {"call_sign", "location"}


class Table(BaseModel):
    """A table of the file: unknown keys are refused, because they are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class File(Table):
    """What the export is as a file."""

    type: Literal["csv", "json", "jsonl"]
    encoding: Literal["utf-8", "cp1252", "iso-8859-1", "utf-16", "ascii"] = "utf-8"
    delimiter: Literal[",", ";", "\t", "|"] = ","
    covers: Literal["changes", "period"] = Field(
        "changes",
        description="`period`: what the system holds for its days; a duty that is no longer in the"
        " file is deleted. `changes`: only what changed; deletions are in the column `cancelled`.",
    )
    most_cancelled: Annotated[float, Field(ge=0, le=1)] = Field(
        0.5,
        description="The share of the duties held for its days that a file may cancel unasked, where"
        " it covers a period; 20 duties always. `1` lets all of them go.",
    )
    limit_megabytes: Annotated[int, Field(ge=1, le=2000)] = 100
    rows: str = Field(
        "", description="JSON: where the list of rows or people stands, with dots."
    )
    duties: str = Field("", description="JSON: where a person's list of duties stands.")


class Times(Table):
    """How the export writes dates and times, and how the clock change is judged."""

    zone: str = "Europe/London"
    date: str = Field("YYYY-MM-DD", description="Of YYYY, MM and DD; MON for Jan, Feb...")
    time: str = Field("HH:mm", description="Of HH, mm and ss, and ZZ for an offset or Z.")
    between: str = Field(" ", description="What stands between date and time in one cell.")
    twice: Literal["refuse", "first", "second"] = Field(
        "refuse", description="A local time that happens twice, when clocks go back."
    )
    never: Literal["refuse", "forward"] = Field(
        "refuse", description="A local time that never happens, when clocks go forward."
    )
    longest_days: Annotated[int, Field(ge=1, le=400)] = Field(
        31, description="A duty or absence that is longer is taken for a mistake."
    )
    past_midnight: bool = Field(
        False,
        description="An end without a date that is not after the start is the next day's.",
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
    ends: Clock | None = None
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
        if self.what == "duty" and self.starts is None:
            raise ValueError("a code for duty says when it `starts` and `ends`")
        return self


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
    columns: dict[Field_, Heading]
    values: dict[Field_, str] = Field({}, description="What holds for every row of the export.")
    codes: dict[Field_, dict[str, str]] = Field(
        {}, description="By field: what the export writes, and what the platform calls it."
    )
    duty_codes: dict[str, DutyCode] = {}

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        for wrong in _inconsistencies(self):
            raise ValueError(wrong)
        return self

    def has(self, field: Field_) -> bool:
        """Whether the export has a column for the field."""
        return field in self.columns

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
    found += _of_times(mapping)
    if mapping.shape == "nested" and file.type == "csv":
        found.append("file.type: a nested export is json or jsonl")
    if mapping.shape == "nested" and not file.duties:
        found.append("file.duties: say where a person's duties stand, such as `duties`")
    if mapping.shape != "nested" and file.duties:
        found.append("file.duties: only a nested export has duties within a person")
    if file.type != "json" and file.rows:
        found.append("file.rows: only a json export has its list within it")
    found += _of_paths(mapping)
    if file.covers == "period" and has("cancelled"):
        found.append(
            "columns.cancelled: an export that covers a period leaves out what is cancelled"
        )
    found += [f"codes.{name}: no codes are read for it" for name in set(mapping.codes) - CODED]
    found += [f"values.{name}: it cannot be fixed" for name in set(mapping.values) - FIXABLE]
    found += [f"values.{name}: it is a column as well" for name in mapping.values if has(name)]
    return found


def _of_paths(mapping: Mapping) -> list[str]:
    if mapping.shape != "nested":
        return []
    return [
        f"columns.{name}: begin {path!r} with `person.` or `duty.`, for where it stands"
        for name, path in mapping.columns.items()
        if not path.startswith(("person.", "duty."))
    ]


def _of_times(mapping: Mapping) -> list[str]:
    has, found = mapping.has, []
    if mapping.shape == "days":
        if not (has("date") and has("code")):
            found.append("columns: an export of days has `date` and `code`")
        if not mapping.duty_codes:
            found.append("duty_codes: an export of days says what each duty code stands for")
        return found
    if mapping.duty_codes:
        found.append("duty_codes: only an export of days has them")
    if has("start") == (has("start_date") and has("start_time")):
        found.append("columns: the start is `start`, or `start_date` and `start_time`")
    ends = [has("end"), has("end_time")]
    if sum(ends) != 1 or (has("end_date") and not has("end_time")):
        found.append("columns: the end is `end`, or `end_time` with or without `end_date`")
    if has("end_time") and not has("end_date") and not has("start_date"):
        found.append("columns: an `end_time` without a date needs `start_date`")
    return found
