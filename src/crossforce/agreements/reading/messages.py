"""Turns what the models refuse into findings for people: what, where, how to mend it."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from crossforce.agreements.findings import Finding, in_order
from crossforce.agreements.reading.keys import TERM_TYPES, keys_at, nearest
from crossforce.agreements.reading.lines import LineIndex

MOST = 50
"""More findings than this help nobody; the rest appear when these are mended."""

Path = tuple[str | int, ...]
Said = tuple[str, str, str]
"""Rule, message and remedy."""


def findings_of(
    error: ValidationError, raw: dict[str, Any], lines: LineIndex, file: str
) -> list[Finding]:
    """One finding for each thing refused, at most MOST."""
    details = error.errors(include_url=False, include_context=True, include_input=True)
    telling = list(_telling(details))
    found = in_order(_finding(each, raw, lines, file) for each in telling[:MOST])
    rest = len(telling) - MOST + 1
    if rest <= 1:
        return found
    more = Finding(
        "note",
        "reading.more",
        f"{rest} more findings are not shown.",
        "Mend these first.",
        file,
    )
    return [*found[: MOST - 1], more]


def _telling(details: list[ErrorDetails]) -> Iterable[ErrorDetails]:
    """Each error once: a value of two possible kinds fails for both, and one failure will do;
    a list is not called empty when it is a value of it that was refused."""
    within = {place[:end] for each in details for place in [_written(each["loc"])]
              for end in range(len(place))}  # fmt: skip
    seen: set[Path] = set()
    for each in details:
        place = _written(each["loc"])
        echo = each["type"] == "too_short" and place in within
        if not echo and (each["type"] == "extra_forbidden" or place not in seen):
            seen.add(place)
            yield each


def _finding(each: ErrorDetails, raw: dict[str, Any], lines: LineIndex, file: str) -> Finding:
    path = _written(each["loc"])
    rule, message, remedy = _TELL.get(each["type"], _other)(each, path)
    return Finding(
        "error",
        f"reading.{rule}",
        message,
        remedy,
        file,
        lines.line(*path, *(("until",) if rule == "date-order" else ())),
        _clause_number(raw, path),
    )


def _written(place: tuple[int | str, ...]) -> Path:
    """The path without the marks that the models add for alternatives."""
    return tuple(
        step
        for step in place
        if not (isinstance(step, str) and (step in TERM_TYPES or "[" in step or "(" in step))
    )


def _clause_number(raw: dict[str, Any], path: Path) -> str | None:
    if len(path) < 2 or path[0] != "clause" or not isinstance(path[1], int):
        return None
    try:
        number = raw["clause"][path[1]]["number"]
    except (KeyError, IndexError, TypeError):
        return None
    return number if isinstance(number, str) else None


def _name(path: Path) -> str:
    """The key, and for a value in a list its place: `forces`, second value."""
    keys = [step for step in path if isinstance(step, str)]
    key = f"`{keys[-1]}`" if keys else "The document"
    if path and isinstance(path[-1], int):
        return f"{key}, value {path[-1] + 1},"
    return key


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _missing(each: ErrorDetails, path: Path) -> Said:
    where = _table_name(path[:-1])
    return "missing", f"{_name(path)} is missing from {where}.", f"Add {path[-1]} = ..."


def _table_name(path: Path) -> str:
    keys = [step for step in path if isinstance(step, str)]
    return f"the table `{'.'.join(keys)}`" if keys else "the document"


def _unknown(each: ErrorDetails, path: Path) -> Said:
    key = str(path[-1])
    allowed = keys_at(each["loc"][:-1])
    near = nearest(key, allowed)
    hint = f"Did you mean `{near}`?" if near else f"It may have: {', '.join(allowed)}."
    return (
        "unknown-key",
        f"{_table_name(path[:-1]).capitalize()} has no key `{key[:60]}`.",
        hint,
    )


def _choice(each: ErrorDetails, path: Path) -> Said:
    expected = str(each.get("ctx", {}).get("expected", ""))
    near = nearest(str(each["input"]), [word.strip(" '") for word in _options(expected)])
    hint = f"Did you mean '{near}'? " if near else ""
    message = f"{_name(path)} is {_shown(each['input'])}, which is not one of its values."
    if path[-1] == "held_by":
        expected += " or a list of codes"
    return "unknown-value", message, f"{hint}It may be {expected}."


def _options(expected: str) -> list[str]:
    return expected.replace(" or ", ", ").split(", ")


def _term_type(each: ErrorDetails, path: Path) -> Said:
    given = each["input"].get("type") if isinstance(each["input"], dict) else None
    if given is None:
        return "missing", "A term has no `type`.", f"It may be {', '.join(TERM_TYPES)}."
    if given == "PARTICIPATION":
        return (
            "unknown-value",
            "Participation is not written as a term.",
            "Write it with its function, under [[function.participation]].",
        )
    near = nearest(str(given), list(TERM_TYPES))
    hint = f"Did you mean {near}? " if near else ""
    return (
        "unknown-value",
        f"There is no term of type {_shown(given)}.",
        f"{hint}It may be {', '.join(TERM_TYPES)}.",
    )


_PATTERNS = (
    (r"^[a-z0-9]+(-", "a code", "Write small letters, digits and single hyphens: 'devon-and-cornwall'."),
    (r"^[a-z]+\.(", "the name of a record kind", "Write it as 'duty.entry', or 'duty.*' for all."),
    (r"^[0-9A-Z]+(", "a clause number", "Write it as '7', '7.2' or '7.2a'."),
    (r"^(0|1|0?", "an exact share", "Write it in quotation marks: '0.25' or '1/3'."),
    (r"^-?[0-9]+(", "a number in quotation marks", "Write it as '95' or '99.5'."),
)  # fmt: skip


def _pattern(each: ErrorDetails, path: Path) -> Said:
    pattern = str(each.get("ctx", {}).get("pattern", ""))
    for start, what, remedy in _PATTERNS:
        if pattern.startswith(start):
            message = f"{_name(path)} is {_shown(each['input'])}, which is not {what}."
            return "wrong-form", message, remedy
    return "wrong-form", f"{_name(path)} has not the form {pattern}.", "Write it in that form."


_KINDS = {
    "string": ("text", 'Write it in quotation marks: "...".'),
    "int": ("a whole number", "Write digits only, without quotation marks."),
    "bool": ("true or false", "Write true or false, without quotation marks."),
    "date": (
        "a date",
        "Write it as 2014-04-01, or { date = 2014-04-01, precision = 'month' }.",
    ),
    "tuple": ("a list", "Write it in square brackets: [...]."),
    "list": ("a list", "Write it in square brackets: [...]."),
    "dict": ("a table", "Write it in braces: { ... }."),
    "model": ("a table", 'Write it in braces; words as { en = "...", cy = "..." }.'),
}


def _kind(each: ErrorDetails, path: Path) -> Said:
    what, remedy = _KINDS[each["type"].split("_")[0]]
    if path and path[-1] in ("from", "until"):
        what, remedy = _KINDS["date"]
    if what == "text" and isinstance(each["input"], (int, float)):
        remedy = f'Write it in quotation marks: "{each["input"]}".'
    if what == "a list" and isinstance(each["input"], dict) and len(path) % 2:
        remedy = f"Write its heading with two brackets: [[{path[-1]}]]."
    return "wrong-kind", f"{_name(path)} must be {what}; it is {_shown(each['input'])}.", remedy


def _value(each: ErrorDetails, path: Path) -> Said:
    words = each["msg"].removeprefix("Value error, ")
    if "is not after" in words:
        return (
            "date-order",
            f"In {_table_name(path)}, {words}.",
            "`until` is the first day that no longer counts; it must come after `from`.",
        )
    return "wrong-value", f"{_name(path)}: {words}.", "Change the value."


_LONG_NUMBER = re.compile(r"[0-9]{5,18}")


def _bound(each: ErrorDetails, path: Path) -> Said:
    words = each["msg"].removeprefix("Input ").removeprefix("Value ")
    words = _LONG_NUMBER.sub(lambda found: f"{int(found[0]):,}", words)
    return (
        "out-of-bounds",
        f"{_name(path)} {words[:1].lower()}{words[1:]}.",
        "Change the value.",
    )


def _empty(each: ErrorDetails, path: Path) -> Said:
    return (
        "empty",
        f"{_name(path)} is empty or too short.",
        "Write a value, or leave the key out.",
    )


def _long(each: ErrorDetails, path: Path) -> Said:
    most = each.get("ctx", {}).get("max_length")
    return "too-long", f"{_name(path)} has more than {most} characters.", "Make it shorter."


def _other(each: ErrorDetails, path: Path) -> Said:
    return "wrong-value", f"{_name(path)}: {each['msg']}.", "Change the value."


_TELL: dict[str, Callable[[ErrorDetails, Path], Said]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _choice,
    "union_tag_invalid": _term_type,
    "union_tag_not_found": _term_type,
    "string_pattern_mismatch": _pattern,
    "value_error": _value,
    "greater_than": _bound,
    "greater_than_equal": _bound,
    "less_than": _bound,
    "less_than_equal": _bound,
    "too_short": _empty,
    "string_too_short": _empty,
    "string_too_long": _long,
    **dict.fromkeys(
        (
            "string_type", "int_type", "int_parsing", "int_from_float", "bool_type", "bool_parsing",
            "date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact",
            "tuple_type", "list_type", "dict_type", "model_type", "model_attributes_type",
        ),
        _kind,
    ),
}  # fmt: skip
