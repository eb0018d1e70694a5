"""JSON that is read one value at a time, so that a large file needs little memory."""

import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from crossforce.records.mapping import encodings
from crossforce.records.mapping.encodings import Form
from crossforce.records.mapping.findings import Wrong

CHUNK: Final = 1 << 16
LONGEST_ITEM: Final = 10_000_000
SPACE: Final = " \t\r\n"


class Scanner:
    """Reads JSON values off a text, holding no more of it than the value at hand."""

    def __init__(self, text: io.TextIOBase, encoding: str) -> None:
        self._text, self._held, self._at, self._is_done = text, "", 0, False
        self._encoding = encoding
        self._decoder = json.JSONDecoder(parse_constant=_no_constant)
        self._line, self._column = 1, 1

    def peek(self) -> str:
        """The next character that is not space; empty at the end."""
        while True:
            while self._at < len(self._held):
                if self._held[self._at] not in SPACE:
                    return self._held[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self, wanted: str) -> str:
        """The next character, which is one of those wanted. Raises Wrong."""
        found = self.peek()
        if not found or found not in wanted:
            raise self.wrong(f"{found or 'the end'!r} stands where one of {wanted!r} belongs")
        self._at += 1
        return found

    def value(self) -> Any:
        """The next whole value. Raises Wrong."""
        self.peek()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._held, self._at)
            except ValueError as error:
                if self._held_on() and self._more():
                    continue
                if isinstance(error, json.JSONDecodeError):
                    raise self.wrong(error.msg, self._place(error.pos)) from None
                raise self.wrong(str(error)) from None
            except RecursionError:
                raise self.wrong("it is nested too deeply") from None
            if end < len(self._held) or not self._more():
                self._at = end
                return found

    def key(self, taken: str = "") -> str:
        """The next name in an object, with its colon; one that is taken is refused. Raises Wrong."""
        if self.peek() != '"':
            raise self.wrong(f"{self.peek() or 'the end'!r} stands where a name belongs")
        place = self._place(self._at)
        name = str(self.value())
        if name == taken:
            raise self.wrong(f"{name!r} stands there a second time", place)
        self.take(":")
        return name

    def wrong(self, why: str, place: tuple[int, int] | None = None) -> Wrong:
        """The refusal of a file that is not JSON, with the place; else of what is at hand."""
        line, column = place or self._place(self._at)
        return Wrong(
            "json",
            f"Line {line}, column {column} of the file is not JSON as the mapping expects it: {why}.",
            "Export the file anew, or correct file.rows.",
            is_whole=True,
        )

    def _place(self, at: int) -> tuple[int, int]:
        """The line and the column of what stands there."""
        lines = self._held.count("\n", 0, at)
        before = self._held.rfind("\n", 0, at)
        return self._line + lines, at - before if lines else self._column + at

    def _held_on(self) -> bool:
        return len(self._held) - self._at < LONGEST_ITEM

    def _more(self) -> bool:
        if self._is_done:
            return False
        chunk = self._text.read(max(CHUNK, len(self._held) - self._at))
        self._is_done = not chunk
        if chunk:
            self._line, self._column = self._place(self._at)
            self._held, self._at = self._held[self._at :] + chunk, 0
            self._refuse_strays(len(self._held) - len(chunk))
        return bool(chunk)

    def _refuse_strays(self, fresh: int) -> None:
        if not self._held.isascii() and (stray := encodings.STRAY.search(self._held, fresh)):
            line, column = self._place(stray.start())
            raise _stray(self._encoding, stray, line, column)


def items(text: io.TextIOBase, form: Form) -> Iterator[Any]:
    """The rows or people of the file, one by one. Raises Wrong."""
    if form.type == "jsonl":
        yield from _lines(text, form.encoding)
        return
    scanner = Scanner(text, form.encoding)
    path = [name for name in form.rows.split(".") if name]
    for name in path:
        _enter(scanner, name)
    yield from _listed(scanner)
    for name in reversed(path):
        _leave(scanner, name)
    if found := scanner.peek():
        raise scanner.wrong(f"{found!r} stands after the end")


def _listed(scanner: Scanner) -> Iterator[Any]:
    scanner.take("[")
    if scanner.peek() == "]":
        scanner.take("]")
        return
    while True:
        yield scanner.value()
        if scanner.take(",]") == "]":
            return


def _enter(scanner: Scanner, name: str) -> None:
    """Go on to the value of that name in an object. Raises Wrong."""
    scanner.take("{")
    while scanner.peek() != "}":
        if scanner.key() == name:
            return
        scanner.value()
        if scanner.take(",}") == "}":
            break
    raise Wrong(
        "heading-missing",
        f"The file has no {name!r}, where file.rows looks.",
        "Correct the mapping, or export the file anew.",
        column=name,
        is_whole=True,
    )


def _leave(scanner: Scanner, name: str) -> None:
    """Go on to the end of the object: what else is in it says nothing. Raises Wrong."""
    while scanner.take(",}") == ",":
        scanner.key(taken=name)
        scanner.value()


def _lines(text: io.TextIOBase, encoding: str) -> Iterator[Any]:
    for number, line in enumerate(text, 1):
        if not line.isascii() and (stray := encodings.STRAY.search(line)):
            raise _stray(encoding, stray, number, stray.start() + 1, row=number)
        if not line.strip():
            continue
        try:
            yield json.loads(line, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            yield Wrong(
                "json", f"Line {number} of the file is not JSON: {error}.", "Correct the line."
            )


def _stray(
    encoding: str, stray: re.Match[str], line: int, column: int, *, row: int = 0
) -> Wrong:
    why = encodings.byte(stray, f"in line {line}, column {column} of the file")
    return encodings.wrong_encoding(encoding, why, row=row)


def at(found: Any, path: Sequence[str]) -> Any:
    """What stands there within it; None where nothing does. Raises Wrong."""
    for name in path:
        if found is None:
            return None
        if not isinstance(found, dict):
            raise Wrong(
                "shape",
                f"There is no object that could hold {name!r}.",
                "Correct the row, or the path in the mapping.",
                column=".".join(path),
            )
        found = found.get(name)
    return found


def text(value: Any, path: Sequence[str]) -> str:
    """A value as a cell of a table would say it. Raises Wrong."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    raise Wrong(
        "shape",
        "A list or an object stands where a text belongs.",
        "Correct the row, or the path in the mapping.",
        column=".".join(path),
    )


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number of JSON")
