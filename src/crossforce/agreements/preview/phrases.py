"""The phrases that previews are said with, side by side in both languages in `phrases.toml`."""

import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

from crossforce.agreements.wording import listed
from crossforce.kernel.words import Language, Words

_PHRASES: dict[str, dict[Language, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


def words(phrase: str, **values: object) -> Words:
    """The phrase in both languages, filled in with words or plain values."""
    found = _PHRASES[phrase]
    return both(lambda language: _filled(found[language], values, language))


def both(say: Callable[[Language], str]) -> Words:
    """What is said in one language and then in the other."""
    return Words(en=say("en"), cy=say("cy"))


def plain(text: str) -> Words:
    """The same in both languages: a name, a figure, a reason that exists in English only."""
    return Words(en=text)


def join(items: Iterable[Words]) -> Words:
    """`a, b and c` in both languages."""
    some = list(items)
    return both(lambda language: listed((_in(each, language) for each in some), language))


def row_of(items: Iterable[Words], between: str = "; ") -> Words:
    """The words one after the other."""
    some = list(items)
    return both(lambda language: between.join(_in(each, language) for each in some))


def without_stop(said: Words) -> Words:
    """A sentence as part of a longer one."""
    return both(lambda language: said.in_language(language).rstrip("."))


def _filled(text: str, values: dict[str, object], language: Language) -> str:
    said = text.format(**{key: _in(each, language) for key, each in values.items()})
    return said[:1].upper() + said[1:] if text.startswith("{") and text.endswith(".") else said


def _in(value: object, language: Language) -> str:
    return value.in_language(language) if isinstance(value, Words) else str(value)
