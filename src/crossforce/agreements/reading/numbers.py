"""Refuses whole numbers that no figure of an agreement can have, before anything is done with them."""

import re
from collections.abc import Iterator
from typing import Any

from crossforce.agreements.findings import Finding, Unreadable
from crossforce.agreements.reading.lines import LineIndex, Path

LARGEST = 2**63 - 1
"""TOML promises 64 bits; what is longer cannot be shown, stored or reckoned with everywhere."""

_UNREADABLY_LONG = re.compile(r"[0-9][0-9_]{4000,}")


def refuse_large(raw: dict[str, Any], lines: LineIndex, file: str) -> None:
    """Let the tables pass if every whole number in them fits into 64 bits. Raises Unreadable."""
    for path, value in _values((), raw):
        if isinstance(value, int) and not -LARGEST - 1 <= value <= LARGEST:
            key = next(step for step in reversed(path) if isinstance(step, str))
            raise Unreadable([_finding(f"`{key[:60]}`", file, lines.line(*path))])


def too_long(words: str, file: str) -> Finding:
    """What is said of a text with a number of so many digits that it cannot even be parsed."""
    found = _UNREADABLY_LONG.search(words)
    line = words[: found.start()].count("\n") + 1 if found else None
    return _finding("A whole number", file, line)


def _finding(what: str, file: str, line: int | None) -> Finding:
    return Finding(
        "error",
        "reading.number-too-large",
        f"{what} is larger than any whole number of a document may be.",
        "Write a number of at most 18 digits.",
        file,
        line,
    )


def _values(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _values((*path, key), each)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _values((*path, number), each)
    else:
        yield path, value
