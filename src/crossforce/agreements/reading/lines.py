"""Where in the file each part of a document stands."""

import re
from collections import Counter
from functools import cached_property

Path = tuple[str | int, ...]

_KEY = re.compile(
    r'\s*((?:[A-Za-z0-9_-]+|"[^"\n]*"|\'[^\'\n]*\')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"\n]*"|\'[^\'\n]*\'))*)\s*='
)
_HEADING = re.compile(r"\s*(\[\[?)([^\[\]\n]+)\]")
_PART = re.compile(r'[A-Za-z0-9_-]+|"[^"\n]*"|\'[^\'\n]*\'')
_STRINGS = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)


class LineIndex:
    """Line numbers by path: `line("clause", 3, "term", 0, "rule")`.

    A path of a pydantic error does as well. A part that has no line of its own has the line of the
    nearest part around it. The text is looked through when a line is first asked for.
    """

    def __init__(self, text: str = "") -> None:
        self._text = text

    def line(self, *path: str | int) -> int | None:
        """The line where the part stands, or the part around it; None for the whole document."""
        known: Path = ()
        for step in self._as_written(path):
            longer = (*known, step)
            if longer in self._prefixes:
                known = longer
        while known and known not in self._lines:
            known = known[:-1]
        return self._lines.get(known)

    def _as_written(self, path: Path) -> Path:
        """`in = [...]` of a function is read as its first participation row."""
        if len(path) < 4 or path[0] != "function" or path[2] != "participation":
            return path
        written = (*path[:2], "in")
        if written not in self._lines or not isinstance(path[3], int):
            return path
        return written if path[3] == 0 else (*path[:3], path[3] - 1, *path[4:])

    @cached_property
    def _lines(self) -> dict[Path, int]:
        return _scan(self._text)

    @cached_property
    def _prefixes(self) -> set[Path]:
        return {path[:end] for path in self._lines for end in range(1, len(path) + 1)}


def _scan(text: str) -> dict[Path, int]:
    """Every heading and every key that begins a line, outside strings and open brackets."""
    lines: dict[Path, int] = {}
    counts: Counter[Path] = Counter()
    table: Path = ()
    depth = 0
    blanked = _STRINGS.sub(_blank, text)
    for number, (plain, written) in enumerate(
        zip(blanked.split("\n"), text.split("\n"), strict=True), start=1
    ):
        heading = _HEADING.match(plain) if depth == 0 else None
        key = _KEY.match(written) if depth == 0 and not heading else None
        if heading:
            table = _opened(heading, counts)
            lines.setdefault(table, number)
        elif key and "=" in plain:
            lines.setdefault(table + _parts(key[1]), number)
        if not heading:
            depth = max(0, depth + _balance(plain))
    return lines


def _opened(heading: re.Match[str], counts: Counter[Path]) -> Path:
    *parents, name = _parts(heading[2])
    path: Path = ()
    for parent in parents:
        path = (*path, parent)
        if counts[path]:
            path = (*path, counts[path] - 1)
    path = (*path, name)
    if heading[1] == "[[":
        counts[path] += 1
        path = (*path, counts[path] - 1)
    return path


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _balance(plain: str) -> int:
    opened = plain.count("[") + plain.count("{")
    return opened - plain.count("]") - plain.count("}")


def _blank(found: re.Match[str]) -> str:
    """A string or comment as as many empty lines, so that line numbers stay."""
    return "\n" * found.group().count("\n")
