"""The mapping file: how one export of a force's duty system becomes duties. Format 1."""

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema, model_validator

from crossforce.duty.mapping.tables import CODE, Code, DutyCode, File, Table, Times
from crossforce.duty.mapping.values import Wrong, is_formula, plain

System = Annotated[str, StringConstraints(pattern=CODE, max_length=60)]
"""As long as a record's `source_system` may be."""
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
Widths = Annotated[
    tuple[Annotated[int, Field(ge=1, le=20)], ...],
    Field(min_length=1, max_length=5),
    BeforeValidator(lambda said: (said,) if isinstance(said, int) else said),
    WithJsonSchema({"anyOf": [
        {"type": "integer", "minimum": 1, "maximum": 20},
        {"type": "array", "minItems": 1, "maxItems": 5,
         "items": {"type": "integer", "minimum": 1, "maximum": 20}},
    ]}),
]  # fmt: skip
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
PLAIN: Final[tuple[Field_, ...]] = ("call_sign", "location")
"""Texts that are kept as they are written."""
FIXABLE: Final = CODED - {"force", "cancelled"} | set(PLAIN)
OF_CODES: Final = ("unit", "function", "role", "status", "absence")
"""What a duty code may fix."""


class Mapping(Table):
    """One export: its file, its times, its columns, its codes."""

    format: Literal[1]
    name: Code
    title: Heading
    system: System = Field(
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
    widths: dict[Field_, Widths] = Field(
        {},
        description="How many characters each of the columns that are joined has, but for the last:"
        " where nothing else tells them apart.",
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
            for name in OF_CODES
            if getattr(code, name) is not None
        }
        return frozenset(self.columns) | frozenset(self.values) | of_codes


def _inconsistencies(mapping: Mapping) -> list[str]:
    has, found = mapping.has, []
    if not has("staff"):
        found.append("columns: `staff` is missing: whose duty is it?")
    found += [*_of_times(mapping), *_of_formulas(mapping), *_of_file(mapping)]
    found += _of_paths(mapping)
    if mapping.file.covers == "period" and has("cancelled"):
        found.append(
            "columns.cancelled: an export that covers a period leaves out what is cancelled"
        )
    found += [f"codes.{name}: no codes are read for it" for name in set(mapping.codes) - CODED]
    found += [
        f"widths.{name}: say how many characters each of its columns but the last has"
        for name, widths in mapping.widths.items()
        if len(widths) + 1 != len(mapping.columns.get(name, ()))
    ]
    found += [
        f"between.{name}: only a field that is joined of several columns has it"
        for name in mapping.between
        if len(mapping.columns.get(name, ())) < 2
    ]
    return [*found, *_of_values(mapping)]


def _of_file(mapping: Mapping) -> Iterator[str]:
    file, is_nested = mapping.file, mapping.shape == "nested"
    if is_nested and file.type == "csv":
        yield "file.type: a nested export is json or jsonl"
    if is_nested and not file.duties:
        yield "file.duties: say where a person's duties stand, such as `duties`"
    if not is_nested and file.duties:
        yield "file.duties: only a nested export has duties within a person"
    if file.type != "json" and file.rows:
        yield "file.rows: only a json export has its list within it"
    if file.type != "csv" and file.trailer:
        yield "file.trailer: only a csv export has it; json ends with its brackets"


def _of_values(mapping: Mapping) -> Iterator[str]:
    for name, text in mapping.values.items():
        if name not in FIXABLE:
            yield f"values.{name}: it cannot be fixed"
        if mapping.has(name):
            yield f"values.{name}: it is a column as well"
        if name in PLAIN:
            try:
                plain(text, what="text")
            except Wrong as wrong:
                yield f"values.{name}: {wrong.message.rstrip('.')}"


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
