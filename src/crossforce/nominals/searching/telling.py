"""What a row that was found holds, and at what levels it agrees, in plain numbers."""

from typing import Final, NamedTuple

import numpy as np

from crossforce.nominals.searching.arrays import Array, Bytes, Codes, Days, Marks
from crossforce.nominals.searching.compiled import compiled
from crossforce.nominals.searching.names import NUMBER
from crossforce.nominals.searching.walking import (
    MIDDLE,
    MISSING,
    NEVER,
    Found,
    Rows,
    Tables,
    by_both,
    by_one,
)


class Told(NamedTuple):
    """Of one row. Words are told by the places of their letters; a day is eight figures."""

    high: int
    low: int
    scope: int
    kind: int
    crossed: int
    surname: int
    forename: int
    middle: int
    day: int
    born: int
    last_begins: int
    last_ends: int
    first_begins: int
    first_ends: int
    middle_begins: int
    middle_ends: int


WIDTH: Final = len(Told._fields)


class Held(NamedTuple):
    """What is read of a piece to tell of a row."""

    starts: Codes
    days: Days
    keys_high: Marks
    keys_low: Marks


@compiled
def tell(rows: Rows, held: Held, asked: Tables, found: Found, told: Array) -> None:
    """All rows that were found, `WIDTH` figures each."""
    for at in range(found.tally[0]):
        row = found.rows[at]
        record = rows.row_record[row]
        one = told[at]
        one[0], one[1] = held.keys_high[record], held.keys_low[record]
        one[2], one[3] = rows.row_scope[row], rows.row_kind[row]
        pair = np.searchsorted(rows.pair_rows, np.uint32(row), side="right") - 1
        last, first, middle = rows.pair_last[pair], rows.pair_first[pair], rows.row_middle[row]
        agree(asked, last, first, middle, asked.day[rows.row_day[row]], one)
        one[9] = held.days[rows.row_day[row]]
        one[10], one[11] = held.starts[last], held.starts[last + 1]
        one[12], one[13] = held.starts[first], held.starts[first + 1]
        one[14], one[15] = held.starts[middle], held.starts[middle + 1]


@compiled
def agree(asked: Tables, last: int, first: int, middle: int, day: int, told: Marks) -> None:
    """The order in which the names agree better, and the level of each field."""
    one, two = asked.last[last], asked.first[first]
    names = by_both(asked, last, first)
    if names == NEVER:
        names = by_one(asked, last, first, middle, day)
        if two == 0 and one > MISSING and asked.first[middle] > MISSING:
            two = np.uint8(MIDDLE)
    named = asked.asked[0] or asked.asked[1]
    told[4] = np.uint64(named and names != asked.weights[0, one] + asked.weights[1, two])
    if told[4]:
        one, two = asked.last[first], asked.first[last]
    told[5], told[6], told[7], told[8] = one, two, asked.middle[middle], day


def letters(held: Bytes, begin: int, end: int) -> str:
    """A word as it is shown."""
    word = str(held[begin:end].data, "utf-8")
    return word[len(NUMBER) :].upper() if word.startswith(NUMBER) else word.capitalize()
