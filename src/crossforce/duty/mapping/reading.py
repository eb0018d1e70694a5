"""A mapping file, read and judged: every mistake in it is told, with its place."""

import tomllib

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
            Finding(
                "mapping",
                f"{each['msg'].removeprefix('Value error, ')}.",
                "See docs/formats/duty-mapping.md.",
                file,
                column=".".join(str(part) for part in each["loc"]),
            )
            for each in error.errors()
        ) from None
