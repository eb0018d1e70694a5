"""A mapping file, read and judged: every mistake in it is told, with its place."""

import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, Final

from pydantic import ValidationError

from crossforce.nominals.mapping.document import FIELDS, Dates, File, Mapping
from crossforce.records.mapping.findings import CannotRead, Finding
from crossforce.records.mapping.places import place_of

MODELS: Final[dict[str, Any]] = {"file": File, "dates": Dates}


def read(content: bytes, file: str = "") -> Mapping:
    """The mapping that the file describes. Raises CannotRead."""
    try:
        text = content.decode("utf-8-sig")
        return Mapping.model_validate(tomllib.loads(text))
    except UnicodeDecodeError:
        raise CannotRead(
            [Finding("mapping", "The mapping file is not UTF-8.", "Save it as UTF-8.", file)]
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise CannotRead(
            [Finding("mapping", f"The mapping file is not TOML: {error}.", "Correct it.", file)]
        ) from None
    except ValidationError as error:
        faults = [_findings(each, text, file) for each in error.errors()]
        raise CannotRead(each for several in faults for each in several) from None


def _findings(fault: Any, text: str, file: str) -> Iterator[Finding]:
    named = [part for part in fault["loc"] if isinstance(part, str) and part != "[key]"]
    said, remedy = _said(fault, named)
    for each in said.split("\n"):
        line, column = place_of(text, named or [each.partition(":")[0]])
        at = f"Line {line}, column {column}: " if line else ""
        yield Finding("mapping", f"{at}{each}.", remedy, file)


def _said(fault: Any, named: list[str]) -> tuple[str, str]:
    """What is wrong, in the words of the file, and what would mend it."""
    place = ".".join(named)
    if fault["type"] == "missing":
        return f"the key {place!r} is missing", "Write it."
    if fault["type"] == "extra_forbidden":
        known = (
            MODELS.get(named[0], Mapping).model_fields if named[:-1] else Mapping.model_fields
        )
        return f"there is no key {place!r}", _hint(named[-1], list(known))
    if "[key]" in fault["loc"]:
        return f"{named[-1]!r} is no field", _hint(named[-1], list(FIELDS))
    said = str(fault["msg"]).removeprefix("Value error, ")
    return (f"{place}: {said}" if place else said), ""


def _hint(word: str, known: list[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"Did you mean {near[0]!r}?" if near else ""
