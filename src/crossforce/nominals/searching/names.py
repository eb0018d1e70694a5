"""Names as people write them, and the plain words in which they are compared.

A word keeps letters only, without accents and in small letters, so that `O'Brien`, `OBRIEN` and `Óbrien` are one.
A name becomes one or more forms of first, middle and last word: whole, and by its parts where custom has
several surnames or joined forenames.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

NUMBER: Final = "#"
"""With this begins a word that is no name: figures and letters as they stand."""
LONGEST: Final = 40
"""Bytes of a word that are compared; what is longer is cut."""
PARTICLES: Final = frozenset(
    (
        *(
            "abd",
            "abdul",
            "abu",
            "al",
            "ap",
            "ben",
            "bin",
            "bint",
            "da",
            "dal",
            "de",
            "del",
            "della",
            "den",
        ),
        *(
            "der",
            "des",
            "di",
            "do",
            "dos",
            "du",
            "el",
            "fitz",
            "la",
            "le",
            "lo",
            "mac",
            "mc",
            "o",
            "saint",
        ),
        *("san", "st", "te", "ter", "van", "vander", "von", "zu"),
    )
)
_OTHER_LETTERS: Final = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\u0131": "i",
    }
)
_JOINED: Final = re.compile(r"[-\u2010\u2011–—/]+")


@dataclass(frozen=True, slots=True)
class Name:
    """What somebody is called: forenames and surname, each as written; `alias` when it is not the first name held."""

    given: str = ""
    family: str = ""
    alias: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One way to take a name: three words. `part` says that a word of it was left out or divided."""

    first: str
    middle: str
    last: str
    part: bool = False


@lru_cache(maxsize=65_536)
def word(text: str) -> str:
    """The letters that are compared; nothing when there are none. A number (numbers.py) stays as it is."""
    if text.startswith(NUMBER):
        return text[:LONGEST]
    if text.isascii():
        return "".join(filter(str.isalpha, text.lower()))[:LONGEST]
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_OTHER_LETTERS))
    kept = "".join(filter(str.isalpha, plain))
    return kept.encode()[:LONGEST].decode(errors="ignore")


def forms(name: Name) -> tuple[Form, ...]:
    """The whole name first, then its parts, none twice."""
    firsts, lasts = givens(name.given), families(name.family)
    whole = (firsts[0], lasts[0])
    found = dict.fromkeys((given, family) for given in firsts for family in lasts)
    return tuple(
        Form(given[0], given[1], family, part=(given, family) != whole)
        for given, family in found
        if given[0] or family
    )


def families(text: str) -> tuple[str, ...]:
    """A surname as one word, then its parts: `Taylor-Jones` is `taylorjones`, `taylor` and `jones`.

    A number (numbers.py) is one word as it stands.
    """
    if text.startswith(NUMBER):
        return (text[:LONGEST],)
    return tuple(dict.fromkeys(_families(text)))


def givens(text: str) -> tuple[tuple[str, str], ...]:
    """First and middle forename; of joined ones, taken together and taken apart."""
    return tuple(dict.fromkeys(_givens(text)))


def _families(text: str) -> Iterator[str]:
    parts = _with_particles([word(each) for each in _JOINED.sub(" ", text).split()])
    yield "".join(parts)[:LONGEST]
    if len(parts) > 1:
        yield from (part for part in parts if len(part) > 1)


def _with_particles(words: list[str]) -> list[str]:
    """`van der Berg` is one word; a particle at the end stands alone."""
    parts: list[str] = []
    held = ""
    for each in filter(None, words):
        held += each
        if each not in PARTICLES:
            parts.append(held)
            held = ""
    return [*parts, held] if held else parts


def _givens(text: str) -> Iterator[tuple[str, str]]:
    words = [each for each in text.split() if word(each)]
    joined = [word(each) for each in words]
    yield (joined[0] if joined else "", joined[1] if len(joined) > 1 else "")
    divided = [word(each) for each in _JOINED.sub(" ", text).split() if word(each)]
    if len(divided) > len(joined):
        yield divided[0], divided[1]
