"""Rows of an index visited, each once: weighed, permitted, then counted and ranked.

Nothing is compared here. Each field of a row is a code, and for each code a table says at what level it agrees with
what was asked; a weight of a row is the sum of what the tables say. A row whose scope the searcher does not hold is
neither ranked nor counted.
"""

from typing import Final, NamedTuple

import numpy as np

from crossforce.nominals.searching.arrays import Array, Bytes, Codes, Weights
from crossforce.nominals.searching.compiled import inlined, walked
from crossforce.nominals.searching.levels import Day, Level

MISSING: Final = int(Level.MISSING)
EXACT: Final = int(Level.EXACT)
MIDDLE: Final = int(Level.MIDDLE)
NO_DAY: Final = int(Day.MISSING)
OUTSIDE: Final = int(Day.OUTSIDE)
PART, SEVERAL = 2, 4
"""Of a row's kind: by a part of a name; its record has other rows too."""
WHOLE: Final = 4
"""Of what was asked: surname and forename together, each whole and to the letter, or nobody."""
NEVER: Final = -1_000_000


class Rows(NamedTuple):
    """What a walk reads of an index."""

    last_pairs: Codes
    first_pairs: Codes
    first_starts: Codes
    pair_last: Codes
    pair_first: Codes
    pair_rows: Codes
    day_starts: Codes
    day_rows: Codes
    day_last: Codes
    day_first: Codes
    row_day: Codes
    row_middle: Codes
    row_record: Codes
    row_scope: Codes
    row_kind: Bytes


class Tables(NamedTuple):
    """What was asked: a level for each word and day, and the weight of each level.

    `either` tells of words that agree as a surname or as a forename, and `asked` tells which of surname, forename,
    middle name and birth were asked, and whether names were asked `WHOLE`. The weights are, by level: surname in its
    place, forename in its place, forename asked for the surname, surname asked for the forename, middle name. `most`
    is nothing; in haste it is what day and middle name may add, by which names are left that cannot come first.
    """

    last: Bytes
    first: Bytes
    middle: Bytes
    either: Bytes
    day: Bytes
    asked: Bytes
    weights: Weights
    day_weights: Weights
    close: Bytes
    dated: Bytes
    allow: Bytes
    most: Weights


class Found(NamedTuple):
    """The best so far, in order, with room for as many as were asked.

    `tally` is kept, pointed to, readable, and how many bytes of `seen`, of which the first stand in `touched`.
    """

    weights: Weights
    rows: Codes
    records: Codes
    tally: Array
    seen: Bytes
    touched: Codes


@inlined
def by_both(asked: Tables, last: int, first: int) -> int:
    """The weight of two names that both agree, in the better order; `NEVER` when in neither they do."""
    best = NEVER
    one, two = asked.last[last], asked.first[first]
    if one > 0 and two > 0 and (one > MISSING or two > MISSING):
        best = asked.weights[0, one] + asked.weights[1, two]
    one, two = asked.first[last], asked.last[first]
    if one > 0 and two > 0 and (one > MISSING or two > MISSING):
        best = max(best, asked.weights[2, one] + asked.weights[3, two])
    return best


@inlined
def by_one(asked: Tables, last: int, first: int, middle: int, day: int) -> int:
    """The weight of names of which one alone agrees: a surname to the letter, or any on a day that is close.

    Somebody may go by a middle name.
    """
    best = NEVER
    one, two = asked.last[last], asked.first[first]
    close = asked.close[day]
    if two == 0 and one > MISSING and asked.first[middle] > MISSING and (one == EXACT or close):
        two = np.uint8(MIDDLE)
    if (close or (one == EXACT and (asked.dated[day] or two == MIDDLE))) and (
        one > MISSING or two > MISSING
    ):
        best = asked.weights[0, one] + asked.weights[1, two]
    one, two = asked.first[last], asked.last[first]
    if close and (one > MISSING or two > MISSING):
        best = max(best, asked.weights[2, one] + asked.weights[3, two])
    return best


@inlined
def visit(rows: Rows, asked: Tables, found: Found, row: int, names: int) -> None:
    """One row: weighed, permitted, counted, ranked."""
    day = asked.day[rows.row_day[row]]
    if names == NEVER or day == OUTSIDE:
        return
    if asked.asked[WHOLE] and rows.row_kind[row] & PART:
        return
    weight = names + asked.day_weights[day]
    if asked.asked[2]:
        weight += asked.weights[4, asked.middle[rows.row_middle[row]]]
    scope = rows.row_scope[row]
    if weight < 0 or scope >= asked.allow.size or asked.allow[scope] == 0:
        return
    record = rows.row_record[row]
    if rows.row_kind[row] & SEVERAL == 0 or first_seen(found, record):
        found.tally[asked.allow[scope]] += 1
    worst = found.weights.size - 1
    if found.tally[0] <= worst or (-weight, record) <= (
        -found.weights[worst],
        found.records[worst],
    ):
        rank(found, weight, row, record)


@inlined
def first_seen(found: Found, record: int) -> bool:
    """Whether this is the first row of a record that came; it is remembered."""
    place, bit = record >> 3, np.uint8(1 << (record & 7))
    if found.seen[place] & bit:
        return False
    if found.tally[3] < found.touched.size:
        found.touched[found.tally[3]] = place
    found.tally[3] += 1
    found.seen[place] |= bit
    return True


@walked
def clear(found: Found) -> None:
    """Forget which records were seen."""
    if found.tally[3] > found.touched.size:
        found.seen[:] = 0
    for at in range(min(found.tally[3], found.touched.size)):
        found.seen[found.touched[at]] = 0


@walked
def rank(found: Found, weight: int, row: int, record: int) -> None:
    """Put a row in its place; of a record only its best row stays, and the lowest of equal ones."""
    kept = found.tally[0]
    for at in range(kept):
        if found.records[at] == record:
            held = found.weights[at]
            if held > weight or (held == weight and found.rows[at] <= row):
                return
            for after in range(at, kept - 1):
                move(found, after + 1, after)
            kept -= 1
            break
    if kept == found.weights.size:
        kept -= 1
    at = kept
    while at > 0:
        held = found.weights[at - 1]
        if held > weight or (held == weight and found.records[at - 1] < record):
            break
        move(found, at - 1, at)
        at -= 1
    found.weights[at] = weight
    found.rows[at] = row
    found.records[at] = record
    found.tally[0] = kept + 1


@walked
def move(found: Found, start: int, to: int) -> None:
    found.weights[to] = found.weights[start]
    found.rows[to] = found.rows[start]
    found.records[to] = found.records[start]


@inlined
def in_vain(asked: Tables, found: Found, names: int) -> bool:
    """In haste: whether no row of names of this weight can come before those that were found."""
    if asked.most.size == 0 or found.tally[0] < found.weights.size:
        return False
    return bool(names + asked.most[0] <= found.weights[-1])


@walked
def by_last(rows: Rows, asked: Tables, found: Found, codes: Codes, crossed: bool) -> None:
    """Rows of these surnames whose forename agrees too; with `crossed`, the names the wrong way round."""
    for index in range(codes.size):
        last = codes[index]
        mine, theirs = asked.last[last], asked.first[last]
        for pair in range(rows.last_pairs[last], rows.last_pairs[last + 1]):
            first = rows.pair_first[pair]
            straight = mine > 0 and (mine == EXACT or asked.first[first] > 0)
            if crossed and (straight or theirs == 0 or asked.last[first] == 0):
                continue
            if not crossed and not straight:
                continue
            names = by_both(asked, last, first)
            if names == NEVER:
                alone(rows, asked, found, pair, last, first)
                continue
            if in_vain(asked, found, names):
                continue
            for row in range(rows.pair_rows[pair], rows.pair_rows[pair + 1]):
                visit(rows, asked, found, row, names)


@walked
def alone(rows: Rows, asked: Tables, found: Found, pair: int, last: int, first: int) -> None:
    """Rows of a surname that agrees to the letter, under another forename: with a date, or a middle name."""
    if asked.asked[WHOLE]:
        return
    for row in range(rows.pair_rows[pair], rows.pair_rows[pair + 1]):
        day, middle = asked.day[rows.row_day[row]], rows.row_middle[row]
        if asked.dated[day] or asked.first[middle] > MISSING:
            visit(rows, asked, found, row, by_one(asked, last, first, middle, day))


@walked
def by_first(rows: Rows, asked: Tables, found: Found, codes: Codes) -> None:
    """Rows of these forenames, when one name alone was asked; those that a surname leads to are left."""
    for index in range(codes.size):
        first = codes[index]
        if in_vain(
            asked,
            found,
            max(asked.weights[1, asked.first[first]], asked.weights[3, asked.last[first]]),
        ):
            continue
        for at in range(rows.first_starts[first], rows.first_starts[first + 1]):
            pair = rows.first_pairs[at]
            last = rows.pair_last[pair]
            if asked.asked[0] and asked.last[last] > 0:
                continue
            names = by_both(asked, last, first)
            for row in range(rows.pair_rows[pair], rows.pair_rows[pair + 1]):
                visit(rows, asked, found, row, names)


@walked
def by_day(rows: Rows, asked: Tables, found: Found) -> None:
    """Rows of days that are close, on which one name that agrees is enough."""
    for day in range(asked.day.size):
        level = asked.day[day]
        if asked.close[level] == 0:
            continue
        for at in range(rows.day_starts[day], rows.day_starts[day + 1]):
            last, first = rows.day_last[at], rows.day_first[at]
            if asked.either[last] == 0 and asked.either[first] == 0:
                continue
            one, two = asked.last[last], asked.first[first]
            three, four = asked.first[last], asked.last[first]
            if one == EXACT or (one > 0 and two > 0) or (three > 0 and four > 0):
                continue
            row = rows.day_rows[at]
            visit(
                rows, asked, found, row, by_one(asked, last, first, rows.row_middle[row], level)
            )


@walked
def by_day_alone(rows: Rows, asked: Tables, found: Found) -> None:
    """Rows of any day that agrees, when no name was asked."""
    for day in range(asked.day.size):
        if asked.day[day] <= NO_DAY or asked.day[day] == OUTSIDE:
            continue
        for at in range(rows.day_starts[day], rows.day_starts[day + 1]):
            visit(rows, asked, found, rows.day_rows[at], 0)
