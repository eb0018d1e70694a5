"""The tables of a mapping file that say what an export is as a file, and how it writes times and duty codes."""

from datetime import date, datetime, time, timedelta
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

from crossforce.duty.mapping.values import What
from crossforce.records.mapping import patterns

CODE: Final = r"^[a-z0-9][a-z0-9.-]*$"
Code = Annotated[str, StringConstraints(pattern=CODE, max_length=80)]
Delimiter = Literal[",", ";", "\t", "|"]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
End = Annotated[str, StringConstraints(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")]


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
