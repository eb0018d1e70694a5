"""Words taken out of the public view in one language, each text knowing which language it is in."""

from collections.abc import Mapping
from typing import Any, Self

from crossforce.kernel.words import Language


class Said(str):
    """A text and its language: where nobody has written Welsh, the English stands and says so."""

    __slots__ = ("language",)
    language: Language

    def __new__(cls, text: str, language: Language) -> Self:
        """The text, in that language."""
        made = super().__new__(cls, text)
        made.language = language
        return made


def in_language(view: Any, language: str) -> Any:
    """The same data with each pair of words replaced by those of the language, as `Said`.

    Where a text has no Welsh, the English stands.
    """
    if isinstance(view, Mapping):
        if "en" in view and view.keys() <= {"en", "cy"}:
            return said(view["en"], view.get("cy"), language)
        return {key: in_language(each, language) for key, each in view.items()}
    if isinstance(view, list):
        return [in_language(each, language) for each in view]
    return view


def said(english: str, welsh: str | None, language: str) -> Said:
    """The Welsh if asked for and written, else the English."""
    return Said(welsh, "cy") if language == "cy" and welsh else Said(english, "en")
