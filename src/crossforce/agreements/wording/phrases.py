"""The phrases that terms are said with, side by side in both languages in `phrases.toml`."""

import re
import tomllib
from pathlib import Path

from crossforce.kernel.words import Language

_PHRASES: dict[str, dict[Language, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
_BLANK = re.compile(r"\{(\w+)\}")


def say(phrase: str, language: Language, **values: object) -> str:
    """The phrase in the language, filled in."""
    return fill(_PHRASES[phrase][language], **values)


def fill(pattern: str, **values: object) -> str:
    """The pattern with each `{name}` replaced by its value, once: a brace in a value is a brace."""
    return _BLANK.sub(lambda blank: str(values[blank[1]]), pattern)
