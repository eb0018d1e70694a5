"""An answer: who was found, in order, each with the reason in words; and how many there are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import numpy as np

from crossforce.nominals.searching import written
from crossforce.nominals.searching.building import ALIAS
from crossforce.nominals.searching.levels import STEP, Day, Level
from crossforce.nominals.searching.tables import Piece
from crossforce.nominals.searching.telling import WIDTH, Told, letters, tell
from crossforce.nominals.searching.walking import Found, Tables

FIND: Final = 1
READ: Final = 2
"""What a searcher may do in a scope: learn that there is a record, or read it."""

NAMES: Final[Mapping[int, str]] = {
    Level.NONE: "another {field}: {held}",
    Level.MISSING: "no {field} is held",
    Level.EXACT: "{field} agrees",
    Level.WILD: "{field} fits the pattern: {held}",
    Level.INITIAL: "{field} agrees by its initial: {held}",
    Level.PART: "part of the {field} agrees: {held}",
    Level.BEGINS: "{field} begins so: {held}",
    Level.SHORT: "{field} may be the same name: {held}",
    Level.SOUND: "{field} sounds the same: {held}",
    Level.ONE: "{field} is one slip away: {held}",
    Level.TWO: "{field} is two slips away: {held}",
    Level.MIDDLE: "a middle name agrees with the {field}: {held}",
}
DAYS: Final[Mapping[int, str]] = {
    Day.NONE: "another date of birth: {held}",
    Day.MISSING: "no date of birth is held",
    Day.EXACT: "date of birth agrees",
    Day.SWAPPED: "day and month of birth are changed over: {held}",
    Day.DAY: "month and year of birth agree, the day does not: {held}",
    Day.MONTH: "day and year of birth agree, the month does not: {held}",
    Day.YEAR_NEAR: "day and month of birth agree, the year is a slip away: {held}",
    Day.YEAR: "day and month of birth agree, the year does not: {held}",
    Day.SAME_YEAR: "year of birth agrees, day and month do not: {held}",
    Day.PARTLY: "date of birth agrees as far as it is held: {held}",
    Day.WITHIN: "born within what was asked: {held}",
    Day.BESIDE: "born up to two years beside what was asked: {held}",
    Day.OUTSIDE: "born outside what was asked: {held}",
}
CROSSED: Final = "{0} and {1} are the wrong way round"
OTHER_NAME: Final = "found under another name that is held"


@dataclass(frozen=True, slots=True)
class Called:
    """What an index calls its three words, in the reasons of its hits."""

    first: str = "forename"
    last: str = "surname"
    middle: str = "middle name"


PERSON: Final = Called()


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that answers. One that may only be found says nothing but whom to ask: its weight is None."""

    key: UUID
    scope: int
    weight: float | None
    reasons: tuple[str, ...]

    @property
    def readable(self) -> bool:
        return self.weight is not None


@dataclass(frozen=True, slots=True)
class Answer:
    """The best hits, and how many records answer: those that may be read, and those that may only be found.

    In haste nobody counts.
    """

    hits: tuple[Hit, ...]
    readable: int | None
    pointers: int | None


def hits(
    piece: Piece, asked: Tables, found: Found, called: Called = PERSON
) -> list[tuple[tuple[int, int], Hit]]:
    """What was found in a piece, as it is told to somebody who may read it, or only know that it is there.

    Beside each hit stands what it is sorted by, over all pieces.
    """
    told = np.zeros((int(found.tally[0]), WIDTH), np.uint64)
    tell(piece.rows, piece.held, asked, found, told)
    weights = found.weights.tolist()
    return [
        _hit(piece, asked, Told(*row), weights[at], called)
        for at, row in enumerate(told.tolist())
    ]


def _hit(
    piece: Piece, asked: Tables, told: Told, weight: int, called: Called
) -> tuple[tuple[int, int], Hit]:
    key = UUID(int=told.high << 64 | told.low)
    order = -weight, key.int
    if asked.allow[told.scope] != READ:
        return order, Hit(key, told.scope, None, ())
    reasons = tuple(
        each[:1].upper() + each[1:] for each in _reasons(piece, asked, told, called)
    )
    return order, Hit(key, told.scope, weight / STEP, reasons)


def _reasons(piece: Piece, asked: Tables, told: Told, called: Called) -> Iterator[str]:
    last = letters(piece.letters, told.last_begins, told.last_ends)
    first = letters(piece.letters, told.first_begins, told.first_ends)
    middle = letters(piece.letters, told.middle_begins, told.middle_ends)
    if told.crossed:
        yield CROSSED.format(called.first, called.last)
        last, first = first, last
    if told.forename == Level.MIDDLE:
        first = middle
    if asked.asked[0]:
        yield NAMES[told.surname].format(field=called.last, held=last)
    if asked.asked[1]:
        yield NAMES[told.forename].format(field=called.first, held=first)
    if asked.asked[2]:
        yield NAMES[told.middle].format(field=called.middle, held=middle)
    if asked.asked[3]:
        yield DAYS[told.day].format(held=written.day(told.born))
    if told.kind & ALIAS:
        yield OTHER_NAME
