"""Bytes to plain tables, within limits that no file can break."""

import codecs
import re
import tomllib
import unicodedata
from typing import Any, NoReturn

from crossforce.agreements.findings import Finding, Unreadable
from crossforce.agreements.reading.lines import LineIndex
from crossforce.agreements.reading.numbers import refuse_large, too_long

LIMIT = 2_000_000
"""The most bytes a document may have; a long agreement with its schedules has a twentieth."""

MAX_DEPTH = 12
MAX_DOTS = 8

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
    (codecs.BOM_UTF8, "UTF-8 with a byte order mark"),
)
_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_TOKENS = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}\n]',
    re.DOTALL,
)
_DOTTED_KEY = re.compile(rf"^[\s\[]*(?:[A-Za-z0-9_-]+\s*\.\s*){{{MAX_DOTS},}}", re.MULTILINE)
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")


def parsed(data: bytes, file: str) -> tuple[str, dict[str, Any]]:
    """The text of the file and its tables. Raises Unreadable."""
    if len(data) > LIMIT:
        raise Unreadable([too_large(len(data), file)])
    words = _decoded(data, file)
    _refuse_depth(words, file)
    try:
        raw = tomllib.loads(words)
    except tomllib.TOMLDecodeError as error:
        _refuse_syntax(str(error), words, file)
    except ValueError as error:
        if "integer string conversion" in str(error):
            raise Unreadable([too_long(words, file)]) from None
        _refuse_syntax(str(error), words, file)
    except RecursionError:
        _refuse(file, "reading.too-deep", "Its tables are nested too deeply.", _FLATTEN)
    _refuse_unsafe(raw, words, file)
    refuse_large(raw, LineIndex(words), file)
    return words, raw


def too_large(size: int, file: str) -> Finding:
    """What is said of a file over the limit."""
    return Finding(
        "error",
        "reading.too-large",
        f"The file has {size:,} bytes; an agreement document may have {LIMIT:,} at most.",
        "Leave annexes and images out; the document holds the agreement's words and rules only.",
        file=file,
    )


_FLATTEN = f"No agreement needs more than {MAX_DEPTH} levels; check for brackets left open."


def _refuse(
    file: str, rule: str, message: str, remedy: str, line: int | None = None
) -> NoReturn:
    raise Unreadable([Finding("error", rule, message, remedy, file, line)]) from None


def _decoded(data: bytes, file: str) -> str:
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            _refuse(
                file,
                "reading.encoding",
                f"The file is encoded as {name}: it begins with a byte order mark.",
                "Save it as plain UTF-8, without a byte order mark.",
                1,
            )
    if b"\0" in data:
        line = data[: data.index(b"\0")].count(b"\n") + 1
        _refuse(
            file,
            "reading.encoding",
            "The file holds zero bytes, so it is UTF-16 or not a text file.",
            "Save it as plain UTF-8 text.",
            line,
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse(
            file,
            "reading.encoding",
            f"The byte 0x{data[error.start]:02X} is not UTF-8; the file may be Latin-1 or Windows-1252.",
            "Save it as UTF-8.",
            data[: error.start].count(b"\n") + 1,
        )


def _refuse_depth(words: str, file: str) -> None:
    """Refuses deep brackets before they are parsed, so that no parser can run out of stack."""
    depth, line = 0, 1
    for token in _TOKENS.finditer(words):
        mark = token.group()
        line += mark.count("\n")
        if mark in ("[", "{"):
            depth += 1
            if depth > MAX_DEPTH:
                _refuse(
                    file,
                    "reading.too-deep",
                    "Brackets are nested too deeply here.",
                    _FLATTEN,
                    line,
                )
        elif mark in ("]", "}"):
            depth = max(0, depth - 1)
    dotted = _DOTTED_KEY.search(words)
    if dotted:
        line = words[: dotted.start()].count("\n") + 1
        _refuse(
            file, "reading.too-deep", "A key has too many dotted parts here.", _FLATTEN, line
        )


def _refuse_syntax(message: str, words: str, file: str) -> NoReturn:
    place = _PLACE.search(message)
    line = int(place[1]) if place and place[1] else None
    column = f" at column {place[2]}" if place and place[2] else ""
    what = _PLACE.sub("", message)
    if "Cannot overwrite" in what or "Cannot declare" in what or "Cannot mutate" in what:
        _refuse(
            file,
            "reading.duplicate-key",
            f"The same key or table is written twice{_named(words, line)}.",
            "Keep one of the two.",
            line,
        )
    if line is None and place:
        line, what = words.count("\n") + 1, f"{what} at the end of the file"
    _refuse(
        file,
        "reading.syntax",
        f"This is not TOML{column}: {what[:1].lower()}{what[1:300]}.",
        "Look for a missing quotation mark, bracket or equals sign here or in the line before.",
        line,
    )


def _named(words: str, line: int | None) -> str:
    """The key or heading on that line; the parser stops just after the second of the two."""
    if line is None:
        return ""
    text = words.split("\n")[line - 1].split("=", maxsplit=1)[0].strip()
    return f": `{text[:60]}`" if text else ""


def _refuse_unsafe(raw: dict[str, Any], words: str, file: str) -> None:
    """Refuses depth, and characters that would show other words than the ones signed."""
    level: list[Any] = [raw]
    for _ in range(MAX_DEPTH):
        strings = (each for each in level if isinstance(each, str))
        found = next(filter(None, map(_UNSAFE.search, strings)), None)
        if found:
            _refuse_character(found, words, file)
        level = [part for each in level for part in _parts(each)]
    if level:
        _refuse(file, "reading.too-deep", "Its tables are nested too deeply.", _FLATTEN)


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else []


def _refuse_character(found: re.Match[str], words: str, file: str) -> NoReturn:
    mark, code = found.group(), ord(found.group())
    written = [each for each in (mark, f"\\u{code:04x}", f"\\u{code:04X}") if each in words]
    line = words[: words.index(written[0])].count("\n") + 1 if written else None
    name = unicodedata.name(mark, f"U+{code:04X}").lower()
    _refuse(
        file,
        "reading.unsafe-character",
        f"The text {found.string[:30]!r} holds the invisible character {name}.",
        "Take it out: it could make people see other words than they sign.",
        line,
    )
