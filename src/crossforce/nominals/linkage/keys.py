"""Ways to bring two records together: keys that likely pairs share, as numbers that any run works out alike.

A key is made of the record alone, never of its place in a table, so that whether two records meet depends on
those two and on the model. That is why linking one by one and linking all at once give the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from crossforce.nominals.linkage.alike import compiled, sound
from crossforce.nominals.linkage.columns import Column, Records, Role, Words

Keys = npt.NDArray[np.uint64]
SAME, SOUND, START, YEAR, DAY, INITIALS = "same", "sound", "start", "year", "day", "initials"
_HOW: Final = {SAME: 0, SOUND: 1, START: 2, YEAR: 3, DAY: 4}
_OF_ROLE: Final = {
    Role.FORENAME: (SAME, SOUND),
    Role.SURNAME: (SAME, SOUND, START),
    Role.BORN: (SAME, YEAR, DAY),
    Role.BIRTH: (SAME, YEAR, DAY),
    Role.POSTCODE: (SAME,),
    Role.ADDRESS: (SAME, START),
    Role.PLACE: (SAME, SOUND),
    Role.EMAIL: (SAME, START),
    Role.NUMBER: (SAME, START),
    Role.CODE: (SAME,),
}
_WEAK: Final = {SOUND, START, YEAR, DAY}
LARGEST_BLOCK: Final = 3_000
"""Of all records: a key that more of them share brings nobody together."""
SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, order=True)
class Part:
    """One thing of a column that a key is made of: the value, its sound, its start, the year or the day of a date.

    Initials are of two columns, forename and surname, in either order.
    """

    column: int
    how: str
    other: int = -1

    @property
    def columns(self) -> frozenset[int]:
        return frozenset({self.column, self.other} - {-1})


Rule = tuple[Part, ...]


def columns_of(rule: Rule) -> frozenset[int]:
    return frozenset().union(*(part.columns for part in rule))


def parts_of(columns: Sequence[Column]) -> tuple[Part, ...]:
    """Every part that the roles of these columns offer."""
    found = [Part(i, how) for i, each in enumerate(columns) for how in _OF_ROLE[each.role]]
    roles = [each.role for each in columns]
    if Role.FORENAME in roles and Role.SURNAME in roles:
        found.append(Part(roles.index(Role.FORENAME), INITIALS, roles.index(Role.SURNAME)))
    return tuple(found)


def rules_of(columns: Sequence[Column]) -> Iterator[Rule]:
    """Every rule that may be worth measuring: one part, two of different columns, three of a person's weak parts."""
    parts = parts_of(columns)
    for part in parts:
        if part.how == SAME:
            yield (part,)
    for pair in combinations(parts, 2):
        if not pair[0].columns & pair[1].columns:
            yield pair
    person = {Role.FORENAME, Role.SURNAME, Role.BORN, Role.BIRTH}
    weak = [p for p in parts if p.how in _WEAK and columns[p.column].role in person]
    for three in combinations(weak, 3):
        if len(columns_of(three)) == 3:
            yield three


def words_of_rule(rule: Rule, columns: Sequence[Column]) -> str:
    """The rule in words: "surname (sound) and born (year)"."""
    said = []
    for part in rule:
        name = columns[part.column].name
        if part.how == INITIALS:
            said.append(f"initials of {name} and {columns[part.other].name}")
        else:
            said.append(name if part.how == SAME else f"{name} ({part.how})")
    return " and ".join(said)


def part_values(records: Records, part: Part, rows: Any = slice(None)) -> Keys:
    """The part of each record as a number, 0 where the record does not say it."""
    if part.how == INITIALS:
        one = _numbers(records, Part(part.column, START), rows, 1)
        two = _numbers(records, Part(part.other, START), rows, 1)
        both = np.minimum(one, two) * SPREAD + np.maximum(one, two)
        return np.where((one == 0) | (two == 0), np.uint64(0), both)
    return _numbers(records, part, rows, 4)


def _numbers(records: Records, part: Part, rows: Any, length: int) -> Keys:
    words = records.words[part.column]
    codes = records.codes[rows, part.column]
    if len(words) > 4 * len(codes):
        # Few records of a large dictionary: only their own words.
        used = np.unique(codes[codes >= 0])
        numbers = _of_words(words.text, words.starts, used, _HOW[part.how], length)
        if not len(used):
            return np.zeros(len(codes), np.uint64)
        at = np.minimum(np.searchsorted(used, codes), len(used) - 1)
        return np.where(codes < 0, np.uint64(0), numbers[at])
    every = np.arange(len(words), dtype=np.int64)
    numbers = np.append(
        _of_words(words.text, words.starts, every, _HOW[part.how], length), np.uint64(0)
    )
    found: Keys = numbers[codes]
    return found


def rule_keys(records: Records, rule: Rule, rows: Any = slice(None)) -> Keys:
    """The key of each record under a rule, 0 where the record has none."""
    return combined([part_values(records, part, rows) for part in rule])


def combined(values: Sequence[Keys]) -> Keys:
    """One key of several parts; 0 when one of them is missing."""
    key = np.zeros(len(values[0]), np.uint64)
    missing = np.zeros(len(values[0]), bool)
    for value in values:
        key = (key ^ value) * SPREAD
        key ^= key >> np.uint64(29)
        missing |= value == 0
    key[missing] = 0
    return key


def numbers_of(words: Words) -> Keys:
    """A number for each text, made of its letters alone."""
    every = np.arange(len(words), dtype=np.int64)
    found: Keys = _of_words(words.text, words.starts, every, _HOW[SAME], 0)
    return found


@compiled
def _of_words(text: Any, starts: Any, used: Any, how: int, length: int) -> Any:
    """A number for each word: its whole (0), its sound (1), its start (2), its year (3), or the month and day of a date (4)."""
    found = np.zeros(len(used), np.uint64)
    for i in range(len(used)):
        start, end = starts[used[i]], starts[used[i] + 1]
        if how == 1:
            found[i] = np.uint64(sound(text, start, end - start) + 1)
            continue
        if (
            how >= 3
            and end - start != 8
            and (how == 4 or (end - start != 4 and end - start != 6))
        ):
            continue
        if how == 2:
            end = min(end, start + length)
        elif how == 3:
            end = start + 4
        elif how == 4:
            start += 4
        value = np.uint64(0xCBF29CE484222325)
        for j in range(start, end):
            value = (value ^ np.uint64(text[j])) * np.uint64(0x100000001B3)
        value ^= value >> np.uint64(31)
        found[i] = value if value else np.uint64(1)
    return found
