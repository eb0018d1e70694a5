"""The phrases that terms are said with, side by side in both languages in `phrases.toml`."""

import tomllib
from pathlib import Path

from crossforce.kernel.words import Language

_PHRASES: dict[str, dict[Language, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


def say(phrase: str, language: Language, **values: object) -> str:
    """The phrase in the language, filled in."""
    return _PHRASES[phrase][language].format(**values)
