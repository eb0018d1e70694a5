"""Codes turned into the names people use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crossforce.agreements.wording import phrases
from crossforce.kernel.words import Language, Words

_AND = {"en": " and ", "cy": " a "}
_VOWELS = "aâáeêéiîíoôóuûúwŵyŷ"


@dataclass(frozen=True)
class Names:
    """Names by code; an unknown code is read out as it is."""

    organisations: Mapping[str, Words] = field(default_factory=dict)
    functions: Mapping[str, Words] = field(default_factory=dict)
    units: Mapping[str, Words] = field(default_factory=dict)
    kinds: Mapping[str, Words] = field(default_factory=dict)
    purposes: Mapping[str, Words] = field(default_factory=dict)
    roles: Mapping[str, Words] = field(default_factory=dict)
    schedules: Mapping[str, Words] = field(default_factory=dict)

    def words(self, code: str) -> Words | None:
        """The words of any code, whatever it is the code of; None where it has none."""
        tables = (
            self.organisations, self.functions, self.units, self.kinds, self.purposes, self.roles,
            self.schedules,
        )  # fmt: skip
        return next((table[code] for table in tables if code in table), None)

    def organisation(self, code: str, language: Language = "en") -> str:
        """The organisation's short name."""
        return _named(self.organisations, code, language)

    def function(self, code: str, language: Language = "en") -> str:
        """The function's title, which begins with a capital."""
        said = _named(self.functions, code, language)
        return said[:1].upper() + said[1:]

    def unit(self, code: str, language: Language = "en") -> str:
        """The unit's title."""
        return _named(self.units, code, language)

    def schedule(self, code: str, language: Language = "en") -> str:
        """The title of a retention schedule."""
        return _named(self.schedules, code, language)

    def kind(self, name: str, language: Language = "en") -> str:
        """A record kind within a sentence; `duty.*` is every kind of its service."""
        if name.endswith(".*"):
            return phrases.say("kinds.all", language, service=plain(name[:-2]))
        return lowered(_named(self.kinds, name, language))

    def all_purposes(self, codes: Iterable[str], language: Language = "en") -> str:
        """The purposes as a list in words, within a sentence."""
        return listed(
            (lowered(_named(self.purposes, each, language)) for each in codes), language
        )

    def all_roles(self, codes: Iterable[str], language: Language = "en") -> str:
        """The roles as a list in words, within a sentence."""
        return listed((lowered(_named(self.roles, each, language)) for each in codes), language)

    def all_kinds(self, names: Iterable[str], language: Language = "en") -> str:
        """The record kinds one after the other, parted so that a name may hold a comma."""
        return "; ".join(self.kind(each, language) for each in names)

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


def lowered(title: str) -> str:
    """A title within a sentence; initials such as DNA stay as they are."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _named(names: Mapping[str, Words], code: str, language: Language) -> str:
    words = names.get(code)
    return words.in_language(language) if words else plain(code)
