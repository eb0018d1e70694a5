"""Whether a text may name a person: what everybody reads speaks of offices, never of persons."""

import re
from collections.abc import Collection, Iterable
from typing import Final

_NAME: Final = r"(?:[A-Z]\.? ?)*[A-Z][a-zâêîôûŵŷ'’-]+"
_TITLES: Final = (
    "Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Sir", "Dame", "Lord", "Lady", "Prof", "Professor", "Cllr",
    "Councillor", "PC", "DC", "PCSO", "Sgt", "DS", "PS", "Sergeant", "Insp", "DI", "Inspector", "DCI",
    "CI", "Supt", "Superintendent", "DSU", "DCS", "ACC", "DCC", "Constable", "Mr.", "Mrs.", "Dr.",
)  # fmt: skip
_OFFICES: Final = frozenset(
    {
        "for",
        "of",
        "and",
        "in",
        "Avon",
        "Bedfordshire",
        "Devon",
        "Dyfed",
        "General",
        "Support",
        "Team",
    }
)
_TITLED: Final = re.compile(rf"\b(?:{'|'.join(map(re.escape, _TITLES))})\.? (?P<name>{_NAME})")
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_NUMBER: Final = re.compile(r"(?:\+44|\b0)(?:[ -]?\d){9,10}\b")
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_PAIR: Final = re.compile(rf"\b({_NAME})(?= ({_NAME})\b)")


def signs_of_a_person(text: str, places: Collection[str] = ()) -> str:
    """What in the text looks like a person: a title and a name, an address, a number; else empty.

    `places` are words that follow an office without being a name, such as those of forces.
    """
    for found in _TITLED.finditer(text):
        first = found["name"].split()[0]
        if first not in _OFFICES and first not in places:
            return found[0]
    reached = _ADDRESS.search(text) or _NUMBER.search(text)
    return reached[0] if reached else ""


def to_be_looked_at(texts: Iterable[str], known: Collection[str]) -> list[str]:
    """Every two words with capitals of which neither is `known`: a person says whether they name somebody.

    Of people elsewhere the platform knows nothing, so that it refuses none of them and shows all.
    """
    return [
        f"{first} {last}"
        for first, last in pairs(texts)
        if first.casefold() not in known and last.casefold() not in known
    ]


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The words of the texts, as they are compared."""
    return frozenset(word.casefold() for text in texts for word in _WORD.findall(text))


def pairs(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Every two words with capitals that stand together: what could be a name of somebody."""
    found = (match.groups() for text in texts for match in _PAIR.finditer(text))
    return list(dict.fromkeys((first, last) for first, last in found))
