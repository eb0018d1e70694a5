"""The mapping file: how what a force's records system sends becomes canonical records. Format 1."""

from collections.abc import Iterator
from typing import Annotated, Final, Literal, Self, get_args
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from crossforce.nominals.canonical import ABOUT, ASSERTED, CONFIDENCE
from crossforce.records.choices import Purpose
from crossforce.records.mapping import patterns

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=60)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Names = Annotated[
    tuple[Name, ...],
    Field(min_length=1, max_length=8),
    BeforeValidator(lambda said: (said,) if isinstance(said, str) else said),
    WithJsonSchema({"anyOf": [
        {"type": "string", "minLength": 1, "maxLength": 200},
        {"type": "array", "minItems": 1, "maxItems": 8,
         "items": {"type": "string", "minLength": 1, "maxLength": 200}},
    ]}),
]  # fmt: skip
"""One column or path, or several: their texts are a list where the field is one, else joined by a space."""
Makes = Literal["person", "object", "location", "event", "tie"]
Own = Literal[
    "reference", "number", "team", "recorded_on", "as_of", "deleted", "force", "what", "latitude",
    "longitude", "happened_from", "happened_to", "summary", "place", "one", "one_kind", "other",
    "other_kind", "role", "since", "until",
]  # fmt: skip
EACH_HAS: Final[tuple[Own, ...]] = ("reference", "number", "team", "recorded_on", "as_of", "deleted", "force")  # fmt: skip
HAS: Final[dict[str, tuple[Own, ...]]] = {
    "person": EACH_HAS,
    "object": (*EACH_HAS, "what"),
    "location": (*EACH_HAS, "latitude", "longitude"),
    "event": (*EACH_HAS, "what", "happened_from", "happened_to", "summary", "place"),
    "tie": (
        "reference", "number", "deleted", "force", "one", "one_kind", "other", "other_kind",
        "role", "since", "until",
    ),
}  # fmt: skip
NEEDS: Final[dict[str, tuple[Own, ...]]] = {
    "object": ("what",),
    "event": ("what",),
    "tie": ("one", "one_kind", "other", "other_kind", "role"),
}
SAID: Final = ("asserted", "as_of", "from", "to", "source", "confidence", "verified_by")
PARTS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("family", "given", "full", "type", "custom"),
    "birth": ("on",),
    "death": ("on",),
    "sex": ("sex",),
    "address": ("lines", "town", "postcode"),
    "identifier": ("type", "number"),
    "contact": ("type", "number"),
    "category": ("category",),
    "warning": ("code",),
    "description": ("text",),
    "nationality": ("text",),
    "occupation": ("text",),
}
KEYS: Final[dict[str, tuple[str, ...]]] = {
    "name": ("family", "given", "full"),
    "identifier": ("number",),
    "contact": ("number",),
}
"""The parts without which a statement says nothing, where these are not all of them."""


class Table(BaseModel):
    """A table of the file: unknown keys are refused, because they are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class File(Table):
    """What comes, as a file."""

    type: Literal["csv", "jsonl", "parquet"] = Field(
        "csv", description="Rows that are pushed over the API are read as those of jsonl."
    )
    encoding: Literal["utf-8", "cp1252", "iso-8859-1", "utf-16", "ascii"] = "utf-8"
    delimiter: Literal[",", ";", "\t", "|"] = ","
    covers: Literal["changes", "everything"] = Field(
        "changes",
        description="`everything`: what the system holds; what is no longer in the file is deleted."
        " `changes`: only what changed; deletions are told by the column `deleted`.",
    )
    most_deleted: Annotated[float, Field(ge=0, le=1)] = Field(
        0.05,
        description="The share of what is held that a file may delete unasked; twenty records always.",
    )
    limit_megabytes: Annotated[int, Field(ge=1, le=4000)] = 1000
    rows: Literal[""] = ""


class Dates(Table):
    """How days and instants are written."""

    zone: str = "Europe/London"
    date: str = Field(
        "YYYY-MM-DD", description="Of YYYY, MM (or M) and DD (or D); MON for Jan, Feb..."
    )
    partial: tuple[str, ...] = Field(
        (), description="Forms in which only a month or a year is known: `MM/YYYY`, `YYYY`."
    )
    time: str = Field("HH:mm", description="Of HH, mm and ss, and ZZ for an offset or Z.")
    between: str = Field(" ", description="What stands between date and time in one cell.")
    unknown: tuple[str, ...] = Field(
        (), description="What stands there where no day is known: such as `00/00/0000`."
    )
    twice: Literal["refuse", "first", "second"] = "refuse"
    never: Literal["refuse", "forward"] = "refuse"

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        if self.zone not in available_timezones():
            raise ValueError(
                f"zone: {self.zone!r} is no time zone; write one such as Europe/London"
            )
        patterns.Pattern(self.date, self.time, self.between)
        if "YYYY" not in self.date or any("YYYY" not in each for each in self.partial):
            raise ValueError(
                "date: a year has four figures, or nobody knows the century of a birth"
            )
        return self

    def clock(self) -> patterns.Clock:
        """What turns local times of the export into instants."""
        pattern = patterns.Pattern(self.date, self.time, self.between)
        zone = ZoneInfo(self.zone)
        return patterns.Clock(pattern, zone, self.twice, self.never, (1880, 2200))


class Within(Table):
    """A list in one cell, or a list of a JSON row: each of its elements makes one."""

    column: Name
    split: str = Field(
        "", description="What stands between the elements, where a cell has several."
    )


class Block(Table):
    """What is made of a row beside its record: a statement or a tie."""

    columns: dict[str, Names] = {}
    values: dict[str, str] = {}
    codes: dict[str, dict[str, str]] = {}
    each: Within | None = None


class Statement(Block):
    """One statement that a row makes, if the columns that it needs are filled in."""

    about: str

    @model_validator(mode="after")
    def _is_of_its_sort(self) -> Self:
        if self.about not in ABOUT:
            raise ValueError(f"about: {self.about!r} is none; there are: {', '.join(ABOUT)}")
        known = (*PARTS[self.about], *SAID)
        for where in (self.columns, self.values, self.codes):
            for name in where:
                if name not in known:
                    raise ValueError(
                        f"about {self.about}: {name!r} is no part; there are: {', '.join(known)}"
                    )
        if not set(KEYS.get(self.about, PARTS[self.about])) & (
            set(self.columns) | set(self.values)
        ):
            raise ValueError(
                f"about {self.about}: no column says what; map one of {', '.join(PARTS[self.about])}"
            )
        for name, known_ in (("asserted", ASSERTED), ("confidence", CONFIDENCE)):
            if self.values.get(name, known_[0]) not in known_:
                raise ValueError(
                    f"values.{name}: write one of {', '.join(filter(None, known_))}"
                )
        return self


TIE_PARTS: Final = ("other", "other_kind", "role", "since", "until")


class Tie(Block):
    """A tie that a row makes between its record and another, which is named by its reference."""

    is_other: bool = Field(
        False,
        description="The record of the row is the other end: the one that is named is first.",
    )

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        given = set(self.columns) | set(self.values)
        if unknown := sorted(given - set(TIE_PARTS)):
            raise ValueError(
                f"{unknown[0]!r} is no part of a tie; there are: {', '.join(TIE_PARTS)}"
            )
        if lacking := [each for each in TIE_PARTS[:3] if each not in given]:
            raise ValueError(f"a tie says {', '.join(lacking)} too")
        return self


class Mapping(Table):
    """What one file shape of a source says, and how."""

    format: Literal[1]
    name: Code
    title: Name
    system: Code = Field(
        description="The records system; part of the references of its records."
    )
    holder: Code = Field(description="The organisation whose records these are.")
    makes: Makes
    purposes: tuple[Purpose, ...] = Field(
        (Purpose.PREVENTION, Purpose.JUSTICE),
        min_length=1,
        description="For what they are held.",
    )
    file: File = File()
    dates: Dates = Dates()
    columns: dict[Own, Names]
    values: dict[Own, str] = {}
    codes: dict[str, dict[str, str]] = Field(
        {}, description="By field: what is written there, and what the platform calls it."
    )
    said: dict[str, str] = Field(
        {}, description="What holds for every statement that says no other: asserted, source..."
    )
    statement: tuple[Statement, ...] = ()
    tie: tuple[Tie, ...] = ()

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if wrong := list(_inconsistencies(self)):
            raise ValueError("\n".join(wrong))
        return self

    @property
    def kind(self) -> str:
        """The record kind that its rows are."""
        return f"nominals.{self.makes}"


def _inconsistencies(of: Mapping) -> Iterator[str]:
    if "reference" not in of.columns:
        yield "columns: `reference` is missing: what does the system call the record?"
    yield from _of_columns(of, set(of.columns) | set(of.values))
    for name in sorted(set(of.said) - set(SAID)):
        yield f"said.{name}: there are: {', '.join(SAID)}"
    if of.makes == "tie" and (of.statement or of.tie):
        yield "makes: a tie has no statements and ties of its own here"
    yield from _of_statements(of)


def _of_columns(of: Mapping, given: set[Own]) -> Iterator[str]:
    for name in sorted(given - set(HAS[of.makes])):
        yield f"columns.{name}: a {of.makes} has none; it has: {', '.join(HAS[of.makes])}"
    for name in NEEDS.get(of.makes, ()):
        if name not in given:
            yield f"columns: a {of.makes} needs `{name}`, as a column or under values"
    for name in sorted(set(of.columns) & set(of.values)):
        yield f"values.{name}: it is a column as well"
    if "deleted" in given and of.file.covers == "everything":
        yield "columns.deleted: what covers everything leaves out what is deleted"


def _of_statements(of: Mapping) -> Iterator[str]:
    for each in of.statement:
        said = set(each.columns) | set(each.values) | set(of.said)
        for name in ("asserted", "source"):
            if name not in said:
                yield (
                    f"statement: one about {each.about} does not say `{name}`, which the law asks of it:"
                    " write it under said"
                )
    if of.makes == "person" and "category" not in {each.about for each in of.statement}:
        yield "statement: say whether people are suspect, convicted, victim or witness (about category)"
    if of.makes == "person" and not {"name", "identifier"} & {e.about for e in of.statement}:
        yield "statement: a person has a name or an identifier"


FIELDS: Final = get_args(Own)
