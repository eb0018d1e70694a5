"""Writes plain data as TOML that people can go on editing."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

Plain = dict[str, Any]

_BARE_KEY = re.compile(r"^[A-Za-z0-9_-]+$")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_CONTROL = re.compile(r'[\x00-\x1f\x7f"\\]')
_WIDTH = 88
_LAST = ("from", "until", "source", "assumed")


def toml(document: Plain) -> str:
    """The document as TOML: plain keys first, then a table for each of its parts."""
    return "\n".join(_table(document, ())).strip() + "\n"


def _table(table: Plain, path: tuple[str, ...]) -> Iterator[str]:
    for key, value in sorted(table.items(), key=lambda pair: pair[0] in _LAST):
        if not _is_tables(value) and not _is_section(value, path):
            yield f"{_key(key)} = {_value(value)}"
    for key, value in table.items():
        name = ".".join(_key(part) for part in (*path, key))
        if _is_section(value, path):
            yield from ("", f"[{name}]", *_table(value, (*path, key)))
        elif _is_tables(value):
            for row in value:
                yield from ("", f"[[{name}]]", *_table(row, (*path, key)))


def _is_section(value: Any, path: tuple[str, ...]) -> bool:
    """A table of the document itself, such as the interest test."""
    return not path and isinstance(value, dict) and not {"en", "date"} & set(value)


def _is_tables(value: Any) -> bool:
    """A list of tables, each with a heading of its own; words stay within their line."""
    rows = isinstance(value, (list, tuple)) and bool(value)
    return rows and all(isinstance(each, dict) and "en" not in each for each in value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, date)):
        return str(value)
    if isinstance(value, dict):
        return _inline(value)
    if isinstance(value, (list, tuple)):
        return _array([_value(each) for each in value])
    return _string(str(value))


def _inline(table: Plain) -> str:
    if set(table) == {"date"} and isinstance(table["date"], date):
        return str(table["date"])
    return (
        "{ " + ", ".join(f"{_key(key)} = {_value(each)}" for key, each in table.items()) + " }"
    )


def _array(items: list[str]) -> str:
    line = ", ".join(items)
    if len(line) <= _WIDTH:
        return f"[{line}]"
    return "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _key(key: str) -> str:
    return key if _BARE_KEY.match(key) else _string(key)


def _string(words: str) -> str:
    return '"' + _CONTROL.sub(_escape, words) + '"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _ESCAPES.get(character, f"\\u{ord(character):04X}")
