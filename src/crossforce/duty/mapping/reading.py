"""A mapping file, read and judged: every mistake in it is told, with its place."""

import tomllib
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, Final, get_args

from pydantic import ValidationError

from crossforce.duty.mapping.document import Field_, Mapping
from crossforce.duty.mapping.tables import DutyCode, File, Times
from crossforce.duty.mapping.values import CannotRead, Finding
from crossforce.records.mapping.places import place_of

FIELDS: Final = frozenset({"columns", "between", "widths", "values", "codes"})


def read(content: bytes, file: str = "") -> Mapping:
    """The mapping that the file describes. Raises CannotRead."""
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CannotRead(
            [Finding("mapping", "The mapping file is not UTF-8.", "Save it as UTF-8.", file)]
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise CannotRead(
            [Finding("mapping", f"The mapping file is not TOML: {error}.", "Correct it.", file)]
        ) from None
    try:
        return Mapping.model_validate(table)
    except ValidationError as error:
        faults = [_finding(each, content.decode("utf-8-sig"), file) for each in error.errors()]
        raise CannotRead(each for several in faults for each in several) from None


def _finding(fault: Any, text: str, file: str) -> Iterator[Finding]:
    named = [part for part in fault["loc"] if isinstance(part, str) and part != "[key]"]
    fault, named = _at_its_key(fault, named)
    several, remedy = _said(fault, named)
    for said in several.split("\n"):
        line, column = place_of(text, named or [said.partition(":")[0]])
        at = f"Line {line}, column {column}: " if line else ""
        yield Finding("mapping", f"{at}{said}.", remedy, file)


def _at_its_key(fault: Any, named: list[str]) -> tuple[Any, list[str]]:
    """The fault of a table at the one of its keys that it begins with."""
    key, _, said = str(fault["msg"]).removeprefix("Value error, ").partition(": ")
    if fault["type"] == "value_error" and named and key in _keys(named):
        return {**fault, "msg": said}, [*named, key]
    return fault, named


def _said(fault: Any, named: Sequence[str]) -> tuple[str, str]:
    """What is wrong, in the words of the file, and what would mend it."""
    place = ".".join(named)
    if fault["type"] == "extra_forbidden":
        near = get_close_matches(named[-1], _keys(named[:-1]), n=1)
        return f"there is no key {place!r}", f"Did you mean {near[0]!r}?" if near else ""
    if fault["type"] == "missing":
        return f"the key {place!r} is missing", "Write it."
    if "[key]" in fault["loc"] and named[0] in FIELDS:
        near = get_close_matches(named[-1], get_args(Field_), n=1)
        return f"{named[-1]!r} is no field", f"Did you mean {near[0]!r}?" if near else ""
    if fault["type"] == "string_too_long":
        return (
            f"{place}: it is longer than {fault['ctx']['max_length']} characters",
            "Shorten it.",
        )
    if fault["type"] == "string_pattern_mismatch":
        return f"{place}: {fault['input']!r} {_form(named[-1])}", ""
    said = str(fault["msg"]).removeprefix("Value error, ")
    return (f"{place}: {said}" if place else said), ""


def _form(key: str) -> str:
    if key in ("starts", "ends"):
        return "is no time; write one such as 07:00"
    return "is no code: small letters, digits, dots and dashes, and no space"


def _keys(table: Sequence[str]) -> list[str]:
    """The keys that a table of the file may have."""
    model: Any = {"file": File, "times": Times, "duty_codes": DutyCode}
    found = model.get(table[0]) if table else Mapping
    return list(found.model_fields) if found else []
