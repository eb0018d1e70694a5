"""Codes turned into the names people use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crossforce.kernel.words import Language, Words

_AND = {"en": " and ", "cy": " a "}
_VOWELS = "aâáeêéiîíoôóuûúwŵyŷ"


@dataclass(frozen=True)
class Names:
    """Names of organisations, functions and units by code; an unknown code is read out as it is."""

    organisations: Mapping[str, Words] = field(default_factory=dict)
    functions: Mapping[str, Words] = field(default_factory=dict)
    units: Mapping[str, Words] = field(default_factory=dict)

    def organisation(self, code: str, language: Language = "en") -> str:
        """The organisation's short name."""
        return _named(self.organisations, code, language)

    def function(self, code: str, language: Language = "en") -> str:
        """The function's title."""
        return _named(self.functions, code, language)

    def unit(self, code: str, language: Language = "en") -> str:
        """The unit's title."""
        return _named(self.units, code, language)

    def all_organisations(self, codes: Iterable[str], language: Language = "en") -> str:
        """`Gloucestershire, Wiltshire and Avon and Somerset`, in the order given."""
        return listed((self.organisation(code, language) for code in codes), language)

    def all_functions(self, codes: Iterable[str], language: Language = "en") -> str:
        """The functions' titles as a list in words."""
        return listed((self.function(code, language) for code in codes), language)


def listed(items: Iterable[str], language: Language = "en") -> str:
    """`a, b and c`; in Welsh `a, b ac c` before a vowel."""
    some = list(items)
    if len(some) < 2:
        return "".join(some)
    joint = " ac " if language == "cy" and some[-1][:1].lower() in _VOWELS else _AND[language]
    return ", ".join(some[:-1]) + joint + some[-1]


def plain(code: str) -> str:
    """A code read out: `hi-tech-crime` as `hi tech crime`."""
    return code.replace("-", " ")


def _named(names: Mapping[str, Words], code: str, language: Language) -> str:
    words = names.get(code)
    return words.in_language(language) if words else plain(code)
