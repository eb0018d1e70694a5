"""The words of a piece that agree with an asked one, each at its level."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from crossforce.nominals.searching import shortforms, sounds
from crossforce.nominals.searching.arrays import Array, Bytes, Codes
from crossforce.nominals.searching.distance import like, masses, near, place
from crossforce.nominals.searching.levels import BETTER_FIRST, Level
from crossforce.nominals.searching.tables import Piece

MOST_NEAR: Final = 65_536
ONE_SLIP_FROM: Final = 3
TWO_SLIPS_FROM: Final = 5
"""Letters from which a word may be one slip away, and two."""
BEGINS_FROM: Final = 4
"""Letters from which the beginning of a word may be a slip away."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A word that was asked: a name, a pattern with `*` and `?`, or with `begins` one that is still being typed.

    `parts` are words of a name of several. With `exactly` nothing near it is taken; `given` says that it is a forename; `slips` is
    how many of them it may be away.
    """

    text: str
    parts: tuple[str, ...] = ()
    begins: bool = False
    exactly: bool = False
    given: bool = False
    slips: int = 2

    @property
    def pattern(self) -> bool:
        return "*" in self.text or "?" in self.text

    @property
    def is_whole(self) -> bool:
        """Whether it is a name as somebody is called: no pattern, no beginning, no initial."""
        return not (self.pattern or self.begins) and len(self.text) > 1


@dataclass(frozen=True, slots=True)
class Agreeing:
    """A level for each word of a piece, and the codes of those that agree."""

    levels: Bytes
    codes: Codes

    def masses(self, piece: Piece) -> Array:
        """How many rows have a word of each level: as a surname, and as a forename."""
        found = np.zeros((2, len(Level)), np.int64)
        masses(
            self.levels, self.codes, piece.arrays["as_last"], piece.arrays["as_first"], found
        )
        return found

    def give_back(self, piece: Piece) -> None:
        """Leave the room of the levels clean for the next question."""
        if self.levels is not piece.unasked:
            self.levels[self.codes] = 0
            self.levels[0] = 0
            piece.give_back(self.levels)


def nothing_asked(piece: Piece) -> Agreeing:
    """Every word stands for one that is missing: it counts neither for nor against."""
    return Agreeing(piece.unasked, np.zeros(0, np.uint32))


def agreeing(piece: Piece, asked: Asked) -> Agreeing:
    """What agrees with a word. The empty word of a piece is a name that no record holds: missing."""
    levels = piece.clean()
    found = dict(_patterned(piece, asked) if asked.pattern else _found(piece, asked))
    codes = []
    for level in reversed(BETTER_FIRST):
        if (some := found.get(level)) is not None and some.size:
            levels[some] = level
            codes.append(some)
    levels[0] = Level.MISSING
    together = np.unique(np.concatenate(codes)) if codes else np.zeros(0, np.uint32)
    return Agreeing(levels, together[1:] if together.size and together[0] == 0 else together)


def _patterned(piece: Piece, asked: Asked) -> Iterator[tuple[Level, Codes]]:
    pattern = asked.text.encode()
    literal = min(pattern.find(sign) for sign in b"*?" if sign in pattern)
    span = _beginning(piece, pattern[:literal])
    codes = np.empty(span[1] - span[0], np.uint32)
    many = like(piece.letters, piece.starts, *span, _array(pattern), codes)
    yield Level.WILD, codes[:many]


def _found(piece: Piece, asked: Asked) -> Iterator[tuple[Level, Codes]]:
    text = asked.text
    yield Level.EXACT, _codes(piece, [text])
    if asked.begins:
        yield Level.BEGINS, np.arange(*_beginning(piece, text.encode()), dtype=np.uint32)
    if asked.exactly:
        return
    yield Level.PART, _codes(piece, asked.parts)
    if len(text) == 1:
        yield Level.INITIAL, np.arange(*_beginning(piece, text.encode()), dtype=np.uint32)
    elif asked.given:
        yield Level.INITIAL, _codes(piece, [text[0]])
        yield Level.SHORT, _codes(piece, sorted(shortforms.others(text)))
    yield Level.SOUND, _sounding(piece, text)
    yield from _slipped(piece, asked)


def _codes(piece: Piece, words: list[str] | tuple[str, ...]) -> Codes:
    codes = [piece.code(word.encode()) for word in words]
    return np.array([code for code in codes if code > 0], np.uint32)


def _beginning(piece: Piece, letters: bytes) -> tuple[int, int]:
    """The stretch of words that begin so."""
    asked = _array(letters)
    first = int(place(piece.letters, piece.starts, asked, False))
    return first, int(place(piece.letters, piece.starts, asked, True))


def _sounding(piece: Piece, text: str) -> Codes:
    number = np.uint64(sounds.number(text))
    if not number:
        return np.zeros(0, np.uint32)
    heard = piece.arrays["sounds"]
    begin, end = np.searchsorted(heard, number), np.searchsorted(heard, number, side="right")
    codes: Codes = piece.arrays["by_sound"][begin:end]
    return codes


def _slipped(piece: Piece, asked: Asked) -> Iterator[tuple[Level, Codes]]:
    letters = _array(asked.text.encode())
    length = letters.size
    least = BEGINS_FROM if asked.begins else ONE_SLIP_FROM
    most = 0 if length < least else 1 if length < TWO_SLIPS_FROM or asked.begins else 2
    most = min(most, asked.slips)
    if not most:
        return
    codes, counts = np.empty(MOST_NEAR, np.uint32), np.empty(MOST_NEAR, np.uint8)
    many = near(piece.by_length, letters, most, asked.begins, codes, counts)
    codes, counts = codes[:many], counts[:many]
    yield Level.ONE, codes[counts <= 1]
    yield Level.TWO, codes[counts == 2]


def _array(letters: bytes) -> Bytes:
    return np.frombuffer(letters, np.uint8).copy()
