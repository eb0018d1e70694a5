"""A mapping file, read and judged: every mistake in it is told, with its place."""

import tomllib
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from crossforce.duty.mapping.document import Mapping
from crossforce.duty.mapping.values import CannotRead, Finding


def read(content: bytes, file: str = "") -> Mapping:
    """The mapping that the file describes. Raises CannotRead."""
    try:
        table = tomllib.loads(content.decode("utf-8"))
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
        raise CannotRead(
            _finding(each, content.decode(), file) for each in error.errors()
        ) from None


def _finding(fault: Any, text: str, file: str) -> Finding:
    named = [str(part) for part in fault["loc"] if part != "[key]"]
    said = str(fault["msg"]).removeprefix("Value error, ")
    line, column = place_of(text, named or [said.partition(":")[0]])
    at = f"Line {line}, column {column}: " if line else ""
    return Finding(
        "mapping",
        f"{at}{said}.",
        "See docs/formats/duty-mapping.md.",
        file,
        line,
        ".".join(named),
    )


def place_of(text: str, named: Sequence[str]) -> tuple[int, int]:
    """The line and column of a key, or of the nearest table that is there; 0 where there is neither."""
    path = [part for name in named for part in name.split(".")]
    for depth in range(len(path), 0, -1):
        table = ""
        for number, line in enumerate(text.splitlines(), 1):
            bare = line.strip()
            key = ""
            if bare.startswith("["):
                table, key = bare.strip("[] ").replace('"', ""), ""
            elif "=" in bare:
                key = bare.partition("=")[0].strip().strip('"')
            whole = ".".join(filter(None, (table, key)))
            if whole == ".".join(path[:depth]):
                return number, len(line) - len(line.lstrip()) + 1
    return 0, 0
