"""Canonical JSON: one value, one sequence of bytes (RFC 8785, without fractions).

Numbers are integers that every JSON reader holds exactly, and the names of objects are ASCII, so
that sorting by code point and by UTF-16 unit agree and any RFC 8785 library gives the same bytes.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

JSON = str | int | bool | None | Sequence["JSON"] | Mapping[str, "JSON"]
"""What an entry may hold; any float or other type is refused."""

WRITER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
SIMPLE: Final = frozenset({str, bool, type(None)})
GREATEST: Final = 2**53 - 1
DEEPEST: Final = 16


class NotCanonical(ValueError):
    """This value cannot be written in canonical JSON, or these bytes are not."""


def to_bytes(value: JSON) -> bytes:
    """The value as canonical JSON. Raises NotCanonical."""
    text = WRITER.encode(_plain(value, 0))
    try:
        return text.encode()
    except UnicodeEncodeError as fault:
        raise NotCanonical("a text holds half of a surrogate pair") from fault


def from_bytes(data: bytes) -> Any:
    """The value that the bytes write. Raises NotCanonical unless they are canonical."""
    try:
        value = json.loads(data.decode(), parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError) as fault:
        raise NotCanonical(str(fault)) from fault
    if to_bytes(value) != data:
        raise NotCanonical("the bytes are JSON but not in canonical form")
    return value


def _refuse(text: str) -> Any:
    raise NotCanonical(f"{text} is not an integer")


def _plain(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise NotCanonical(f"deeper than {DEEPEST} levels")
    if type(value) in SIMPLE or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, Mapping):
        return {_name(name): _plain(each, depth + 1) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each, depth + 1) for each in value]
    raise NotCanonical(f"{type(value).__name__} has no place in canonical JSON")


def _integer(value: int) -> int:
    if abs(value) > GREATEST:
        raise NotCanonical(f"{value} is beyond what every JSON reader holds exactly")
    return int(value)


def _name(name: Any) -> str:
    if not isinstance(name, str) or not name.isascii():
        raise NotCanonical(f"{name!r} cannot name a member: ASCII text is needed")
    return name
