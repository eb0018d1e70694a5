"""Words near a word among all that are held: by slips of the pen, by pattern, by beginning.

A slip is a letter left out, put in, changed, or changed over with its neighbour (optimal string alignment), counted
bit by bit as Hyyrö describes (2003). Before that, marks of the letters that a word has rule out nearly every word at
the price of a few instructions: one slip adds at most one mark and takes at most one away.
"""

from typing import Final, NamedTuple

import numpy as np

from crossforce.nominals.searching.arrays import Array, Bytes, Codes, Marks
from crossforce.nominals.searching.compiled import compiled, inlined, walked

MOST_SLIPS: Final = 2
BLOCK: Final = 64
"""Words that are ruled out at once."""


@compiled
def marks_of(letters: Bytes, begin: int, end: int) -> np.uint64:
    """A bit for each letter of the alphabet that is there, another when it is there twice.

    And one for each figure, and one for all others.
    """
    one = np.uint64(1)
    found = np.uint64(0)
    for at in range(begin, end):
        place = letters[at] - 97
        if place < 0 or place > 25:
            figure = letters[at] - 48
            other = 53 + figure if 0 <= figure <= 9 else 52
            found |= one << np.uint64(other)
            continue
        bit = one << np.uint64(place)
        if found & bit:
            bit = one << np.uint64(place + 26)
        found |= bit
    return found


@compiled
def all_marks(letters: Bytes, starts: Codes, order: Codes, found: Marks) -> None:
    """The marks of every word, in an order."""
    for at in range(order.size):
        code = order[at]
        found[at] = marks_of(letters, starts[code], starts[code + 1])


@compiled
def laid_out(letters: Bytes, starts: Codes, order: Codes, found: Bytes) -> None:
    """The letters of every word, in an order, one word after another."""
    to = 0
    for at in range(order.size):
        for place in range(starts[order[at]], starts[order[at] + 1]):
            found[to] = letters[place]
            to += 1


@inlined
def slips(masks: Marks, length: int, letters: Bytes, begin: int, end: int, prefix: bool) -> int:
    """Slips between the asked word, given by its masks, and a held one; with `prefix`, the best beginning of it."""
    one = np.uint64(1)
    last = one << np.uint64(length - 1)
    positive = ~np.uint64(0)
    negative = np.uint64(0)
    diagonal = np.uint64(0)
    before = np.uint64(0)
    count = length
    least = count
    for at in range(begin, end):
        mask = masks[letters[at]]
        crossed = (((~diagonal) & mask) << one) & before
        diagonal = (((mask & positive) + positive) ^ positive) | mask | negative | crossed
        more = negative | ~(diagonal | positive)
        less = diagonal & positive
        if more & last:
            count += 1
        if less & last:
            count -= 1
        more = (more << one) | one
        less = less << one
        positive = less | ~(diagonal | more)
        negative = more & diagonal
        before = mask
        least = min(least, count)
    return least if prefix else count


class Words(NamedTuple):
    """Words by length: their codes, their marks, their letters one after another, and where each length begins."""

    codes: Codes
    marks: Marks
    letters: Bytes
    starts: Codes


@compiled
def near(
    words: Words, asked: Bytes, most: int, prefix: bool, codes: Codes, counts: Bytes
) -> int:
    """Put the codes of words within `most` slips (1 or 2) into `codes`, their slips into `counts`; answers how many.

    The masks are followed by the marks of the asked word, and by room for a block.
    """
    masks = np.zeros(257 + BLOCK, np.uint64)
    for at in range(asked.size):
        masks[asked[at]] |= np.uint64(1) << np.uint64(at)
    masks[256] = marks_of(asked, 0, asked.size)
    found = offset = 0
    for length in range(words.starts.size - 1):
        many = int(words.starts[length + 1]) - int(words.starts[length])
        longer = length - asked.size
        if length > 0 and longer >= -most and (prefix or longer <= most):
            found = near_of_length(
                *(words, length, offset, masks, asked.size),
                *(most, prefix, codes, counts, found),
            )
        offset += many * length
    return found


@walked
def near_of_length(  # noqa: PLR0913 - it takes what the one loop of `near` holds
    words: Words, length: int, offset: int, masks: Marks, asked: int,
    most: int, prefix: bool, codes: Codes, counts: Bytes, found: int,
) -> int:  # fmt: skip
    """Of one length: a word that is longer by one has one letter come and can have one slip less beside it."""
    begin, end = int(words.starts[length]), int(words.starts[length + 1])
    gone_most = most if prefix else most - max(length - asked, 0)
    come_most = MOST_SLIPS + 1 if prefix else most + min(length - asked, 0)
    far = masks[257:]
    for block in range(begin, end, BLOCK):
        marks = words.marks[block : min(block + BLOCK, end)]
        if not some_near(marks, masks[256], gone_most, come_most, far):
            continue
        for at in range(marks.size):
            if far[at] == 0 and found < codes.size:
                first = offset + (block + at - begin) * length
                count = slips(masks, asked, words.letters, first, first + length, prefix)
                if count <= most:
                    codes[found], counts[found] = words.codes[block + at], count
                    found += 1
    return found


@walked
def some_near(
    marks: Marks, mine: np.uint64, gone_most: int, come_most: int, far: Marks
) -> bool:
    """Whether a word of a block may be near by its marks; `far` is 0 for those that may. Many are done at once."""
    one, none, every = np.uint64(1), np.uint64(0), ~np.uint64(0)
    keep_gone, keep_gone_two = (
        none if gone_most > 0 else every,
        none if gone_most > 1 else every,
    )
    keep_come, keep_come_two = (
        none if come_most > 0 else every,
        none if come_most > 1 else every,
    )
    counts = none if come_most > MOST_SLIPS else every
    least = every
    for at in range(marks.size):
        gone = mine & ~marks[at]
        gone &= (gone - one) | keep_gone
        gone &= (gone - one) | keep_gone_two
        come = marks[at] & ~mine & counts
        come &= (come - one) | keep_come
        come &= (come - one) | keep_come_two
        far[at] = gone | come
        least = min(least, far[at])
    return bool(least == 0)


@compiled
def place(letters: Bytes, starts: Codes, asked: Bytes, after: bool) -> int:
    """The first word that does not sort before the asked one; with `after`, the first beyond all that begin with it."""
    low, high = 0, starts.size - 1
    while low < high:
        middle = (low + high) // 2
        begin, end = starts[middle], starts[middle + 1]
        sign = 0
        for at in range(asked.size):
            if begin + at >= end:
                sign = -1
                break
            theirs, mine = letters[begin + at], asked[at]
            if theirs != mine:
                sign = -1 if theirs < mine else 1
                break
        if sign < 0 or (sign == 0 and after):
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def fits(letters: Bytes, begin: int, end: int, pattern: Bytes) -> bool:
    """Whether a word is of a pattern, in which `?` is any letter and `*` any letters."""
    at, sign, star, held = begin, 0, -1, begin
    while at < end:
        if sign < pattern.size and (pattern[sign] == 63 or pattern[sign] == letters[at]):
            at += 1
            sign += 1
        elif sign < pattern.size and pattern[sign] == 42:  # a star
            star, held = sign, at
            sign += 1
        elif star >= 0:
            held += 1
            at, sign = held, star + 1
        else:
            return False
    while sign < pattern.size and pattern[sign] == 42:  # a star
        sign += 1
    return sign == pattern.size


@compiled
def masses(levels: Bytes, codes: Codes, as_last: Codes, as_first: Codes, found: Array) -> None:
    """How many rows have a word of each level for a surname, and how many for a forename."""
    for at in range(codes.size):
        code = codes[at]
        found[0, levels[code]] += as_last[code]
        found[1, levels[code]] += as_first[code]


@compiled
def like(
    letters: Bytes, starts: Codes, begin: int, end: int, pattern: Bytes, codes: Codes
) -> int:
    """Put the codes of words of a pattern into `codes`; answers how many."""
    found = 0
    for code in range(begin, end):
        if fits(letters, starts[code], starts[code + 1], pattern):
            codes[found] = code
            found += 1
    return found
