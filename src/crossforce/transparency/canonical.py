"""Canonical JSON: one value, one sequence of bytes (RFC 8785, without fractions).

Numbers are integers that every JSON reader holds exactly, and the names of objects are ASCII, so
that sorting by code point and by UTF-16 unit agree and any RFC 8785 library gives the same bytes.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any, Final

JSON = str | int | bool | None | Sequence["JSON"] | Mapping[str, "JSON"]
"""What an entry may hold; any float or other type is refused."""

quoted: Final = encode_basestring
GREATEST: Final = 2**53 - 1
DEEPEST: Final = 16
ARRAYS: Final = (list, tuple)
OBJECTS: Final = (dict, Mapping)
WORDS: Final[dict[Any, str]] = {True: "true", False: "false", None: "null"}


class NotCanonical(ValueError):
    """This value cannot be written in canonical JSON, or these bytes are not."""


def to_bytes(value: JSON) -> bytes:
    """The value as canonical JSON. Raises NotCanonical."""
    return encoded(to_text(value))


def encoded(text: str) -> bytes:
    """Canonical text as bytes. Raises NotCanonical."""
    try:
        return text.encode()
    except UnicodeEncodeError as fault:
        raise NotCanonical("a text holds half of a surrogate pair") from fault


def to_text(value: Any, depth: int = 0) -> str:
    """The value as canonical text, `depth` levels down. Raises NotCanonical."""
    if depth > DEEPEST:
        raise NotCanonical(f"deeper than {DEEPEST} levels")
    if plain := PLAIN.get(type(value)):
        return plain(value)
    if isinstance(value, ARRAYS):
        if depth < DEEPEST and set(map(type, value)) == {str}:
            return f"[{','.join(map(quoted, value))}]"
        return f"[{','.join([to_text(each, depth + 1) for each in value])}]"
    if isinstance(value, OBJECTS):
        names = sorted(value, key=_name)
        return f"{{{','.join([f'{quoted(n)}:{to_text(value[n], depth + 1)}' for n in names])}}}"
    for kind in (str, int):
        if isinstance(value, kind):
            return PLAIN[kind](value)
    raise NotCanonical(f"{type(value).__name__} has no place in canonical JSON")


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


def _number(value: int) -> str:
    if abs(value) > GREATEST:
        raise NotCanonical(f"{value} is beyond what every JSON reader holds exactly")
    return str(int(value))


@lru_cache(4096)
def _name(name: Any) -> str:
    if not isinstance(name, str) or not name.isascii():
        raise NotCanonical(f"{name!r} cannot name a member: ASCII text is needed")
    return name


PLAIN: Final[dict[type, Callable[[Any], str]]] = {
    str: quoted,
    int: _number,
    bool: WORDS.__getitem__,
    type(None): WORDS.__getitem__,
}
"""What most values are; of types derived from these `to_text` asks one after another."""
