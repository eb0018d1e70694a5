"""Numbers by which officers know somebody or something, as they are held and as they are asked.

A number is its figures and letters, in one way of writing: `+44 7700 900123` and `07700 900123` are one, and so are
`2001/0012345A` and `01/12345A`. It is searched to the letter, with one slip, by its beginning, or by a pattern.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from crossforce.nominals.searching.agreeing import Asked
from crossforce.nominals.searching.answers import Called
from crossforce.nominals.searching.names import LONGEST, NUMBER
from crossforce.nominals.searching.weighing import Question

CALLED: Final = Called(first="sort of number", last="number")
SHORTEST: Final = 4
"""Figures and letters from which something is searched as a number."""
TELEPHONE, POSTCODE, ANY = "telephone", "postcode", "number"
_PLAIN: Final = re.compile(r"[^0-9a-z*?]")
_PNC: Final = re.compile(r"(?:\d\d)?(\d\d)/0*(\d{1,7}[a-z*?])", re.IGNORECASE)
_CRO: Final = re.compile(r"(?:sf)?0*(\d{1,6})/(\d\d)([a-z*?])", re.IGNORECASE)
_SHAPES: Final = (
    ("asn", r"\d\d/\d{4}/\d\d/\d{1,11}[a-z]"),
    ("pnc", r"(?:\d\d|\d{4})/\d{1,7}[a-z]"),
    ("cro", r"(?:sf)?\d{1,6}/\d\d[a-z]"),
    ("email", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    (TELEPHONE, r"(?:\+|00)\d[\d ()-]{7,16}\d|\(?0\d[\d ()-]{7,12}\d"),
    ("driving-licence", r"[a-z9]{5}\d{6}[a-z9]{2}[a-z0-9]{3}"),
    ("nino", r"[a-ceghj-prstw-z]{2} ?\d\d ?\d\d ?\d\d ?[a-d]"),
    (POSTCODE, r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}"),
    ("vrm", r"[a-z]{2}\d\d ?[a-z]{3}|[a-z]\d{1,3} ?[a-z]{3}|[a-z]{3} ?\d{1,3}[a-z]"),
    # What is no whole number of a scheme: of letters and figures, or mostly of figures.
    (ANY, r"(?=\S*[?*])(?=[a-z?*]*\d)(?=[\d?*]*[a-z])[a-z\d?*]{2,4} [a-z\d?*]{3}"),
    (ANY, r"(?=[a-z?*]*\d)(?=[\d?*]*[a-z?*])[a-z0-9?*]{5,20}|\d{9,20}"),
)
PLACED: Final = re.compile(r"[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}")
"""A postcode, whatever it was asked as."""
SHAPES: Final = tuple(
    (scheme, re.compile(rf"(?<![\w/*?])(?:{shape})(?![\w/*?])", re.IGNORECASE))
    for scheme, shape in _SHAPES
)
_ORDINAL: Final = re.compile(r"\d{1,2}(?:st|nd|rd|th)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is compared: `text` has small letters and figures, and perhaps `*` and `?`."""

    scheme: str
    text: str

    @property
    def is_place(self) -> bool:
        """Whether it says where something is, as an address does."""
        return self.scheme == POSTCODE or PLACED.fullmatch(self.text) is not None

    @property
    def held(self) -> str:
        """The word of an index."""
        return f"{NUMBER}{self.text}"[:LONGEST]


def plain(scheme: str, text: str) -> Number:
    """A number in the one way of writing that is compared."""
    if scheme in ("pnc", ANY) and (found := _PNC.fullmatch(text.strip())):
        return Number(scheme, f"{found[1]}{found[2]}".lower())
    if scheme in ("cro", ANY) and (found := _CRO.fullmatch(text.strip())):
        return Number(scheme, "".join(found.groups()).lower())
    letters = _PLAIN.sub("", text.lower())
    if scheme == TELEPHONE:
        letters = _international(letters)
    return Number(scheme, letters)


def read(text: str) -> tuple[Number | None, str]:
    """The first number in a line as officers write it, and the line without it."""
    for scheme, shape in SHAPES:
        for found in shape.finditer(text):
            number = plain(scheme, found[0])
            if len(number.text.strip("*?")) < SHORTEST or _ORDINAL.fullmatch(found[0]):
                continue
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return number, " ".join(rest.split())
    return None, text


def exactly(number: Number) -> Question:
    """Who or what has this very number, or one of this pattern."""
    return Question(last=Asked(number.held, exactly=True))


def near(number: Number) -> Question:
    """The same, or with one slip: a figure left out, put in, changed, or changed over with its neighbour."""
    return Question(last=Asked(number.held, slips=1))


def begins(number: Number) -> Question:
    """One that is still being typed."""
    return Question(last=Asked(number.held, begins=True, exactly=True))


def of_all(held: Iterator[tuple[str, str]]) -> tuple[Number, ...]:
    """Numbers that a record holds, each once, in the way they are compared."""
    found = (plain(scheme, text) for scheme, text in held)
    return tuple(dict.fromkeys(each for each in found if len(each.text) >= SHORTEST - 1))


def _international(letters: str) -> str:
    """A telephone number with its country; one that begins with a single nought is of this country."""
    if letters.startswith("00"):
        return letters[2:]
    return f"44{letters[1:]}" if letters.startswith("0") else letters
