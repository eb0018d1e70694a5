"""The same answers the slow way: every row compared, letter by letter, with nothing indexed and nothing compiled."""

import re
from collections.abc import Iterable, Sequence
from itertools import product
from math import log2

from crossforce.nominals.searching import levels, shortforms, sounds
from crossforce.nominals.searching.agreeing import Asked
from crossforce.nominals.searching.births import Born
from crossforce.nominals.searching.building import Person
from crossforce.nominals.searching.levels import BETTER_FIRST, STEP, Day, Level
from crossforce.nominals.searching.names import Form, forms
from crossforce.nominals.searching.weighing import Question

Row = tuple[Person, Form, int]


def rows(people: Iterable[Person]) -> list[Row]:
    return [
        (person, form, born)
        for person in people
        for form, born in product(
            dict.fromkeys(form for name in person.names for form in forms(name)),
            dict.fromkeys(person.births) or (0,),
        )
    ]


def slips(asked: str, held: str) -> list[int]:
    """Slips to each beginning of the held word."""
    table = [[0] * (len(held) + 1) for _ in range(len(asked) + 1)]
    for i, j in product(range(len(asked) + 1), range(len(held) + 1)):
        if not i or not j:
            table[i][j] = i or j
            continue
        change = table[i - 1][j - 1] + (asked[i - 1] != held[j - 1])
        table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, change)
        if i > 1 and j > 1 and asked[i - 2 : i] == held[j - 1] + held[j - 2]:
            table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1]


def word_level(held: str, asked: Asked | None) -> Level:
    if asked is None or not held:
        return Level.MISSING
    if asked.pattern:
        pattern = "".join({"*": ".*", "?": "."}.get(sign, sign) for sign in asked.text)
        return Level.WILD if re.fullmatch(pattern, held) else Level.NONE
    ways = _exactly(held, asked)
    if not asked.exactly:
        ways |= _nearly(held, asked)
    return next((level for level in BETTER_FIRST if level in ways), Level.NONE)


def _exactly(held: str, asked: Asked) -> set[Level]:
    begun = asked.begins and held.startswith(asked.text)
    return ({Level.EXACT} if held == asked.text else set()) | (
        {Level.BEGINS} if begun else set()
    )


def _nearly(held: str, asked: Asked) -> set[Level]:
    text = asked.text
    initial = held.startswith(text) if len(text) == 1 else asked.given and held == text[0]
    short = asked.given and len(text) > 1 and held in shortforms.others(text)
    counts = slips(text, held)
    count = min(counts) if asked.begins else counts[-1]
    most = (len(text) >= (4 if asked.begins else 3)) + (len(text) >= 5 and not asked.begins)
    sound = sounds.key(text) and sounds.key(text) == sounds.key(held)
    told = {
        Level.INITIAL: initial,
        Level.PART: held in asked.parts,
        Level.SHORT: short,
        Level.SOUND: sound,
        Level.ONE: count <= min(most, 1) and most,
        Level.TWO: count == 2 <= most,
    }
    return {level for level, is_so in told.items() if is_so}


def day_level(held: int, asked: Born | None) -> Day:
    if asked is None or not held:
        return Day.MISSING
    if asked.month:
        fits = held // 100 % 100 in {0, asked.month} and held % 100 in {0, asked.day}
        return Day.WITHIN if fits else Day.OUTSIDE
    if asked.whole:
        return _slip(held, asked.whole)
    days = (
        [held]
        if held % 100
        else [held + 1, held + 31]
        if held % 10_000
        else [held + 101, held + 1231]
    )
    for beside, level in ((0, Day.WITHIN), (20_000, Day.BESIDE)):
        if days[0] <= asked.latest + beside and days[-1] >= asked.earliest - beside:
            return level
    return Day.OUTSIDE


def _slip(held: int, asked: int) -> Day:
    year, month, day = held // 10_000, held // 100 % 100, held % 100
    asked_year, asked_month, asked_day = asked // 10_000, asked // 100 % 100, asked % 100
    same = (year == asked_year, month == asked_month, day == asked_day)
    if not day:
        return Day.PARTLY if same[0] and month in {0, asked_month} else Day.NONE
    if same[0] and not all(same) and (month, day) == (asked_day, asked_month):
        return Day.SWAPPED
    apart = abs(year - asked_year)
    turned = f"{year}"[:2] + f"{year}"[3] + f"{year}"[2] == f"{asked_year}"
    near = apart in {1, 2, 10, 100} or turned
    return {
        (True, True, True): Day.EXACT,
        (True, True, False): Day.DAY,
        (True, False, True): Day.MONTH,
        (True, False, False): Day.SAME_YEAR,
        (False, True, True): Day.YEAR_NEAR if near else Day.YEAR,
    }.get(same, Day.NONE)


class Oracle:
    """Weighs by the people from whom the index was built; answers from those that it holds now."""

    def __init__(self, built: Sequence[Person], question: Question) -> None:
        self.built, self.question = rows(built), question
        ask = question
        self.last, self.first = (
            self._weights(ask.last, "last"),
            self._weights(ask.first, "first"),
        )
        self.middle = self._weights(ask.middle, "first", levels.OTHER_MIDDLE_BITS)

    def answer(self, people: Iterable[Person]) -> list[tuple[int, int]]:
        """Weights, negative, and keys, the best first; each person once."""
        best: dict[int, int] = {}
        for person, form, born in rows(people):
            if self.question.whole and not self._is_called_so(form):
                continue
            weight = self._weight(form, born)
            if weight is not None and weight >= 0:
                best[person.key.int] = max(weight, best.get(person.key.int, 0))
        return sorted((-weight, key) for key, weight in best.items())

    def _is_called_so(self, form: Form) -> bool:
        """To the letter, by both names, in either order, and by no part of one."""
        asked = [each.text for each in (self.question.first, self.question.last) if each]
        return not form.part and sorted([form.first, form.last]) == sorted(asked)

    def _weight(self, form: Form, born: int) -> int | None:
        ask, day = self.question, day_level(born, self.question.born)
        if day == Day.OUTSIDE:
            return None
        names = self._names(form, day)
        if not (ask.first or ask.last):
            names = 0 if day > Day.MISSING else None
        if names is None:
            return None
        return names + self._day(day) + self.middle[word_level(form.middle, ask.middle)]

    def _names(self, form: Form, day: Day) -> int | None:
        ask = self.question
        straight = word_level(form.last, ask.last), word_level(form.first, ask.first)
        crossed = word_level(form.last, ask.first), word_level(form.first, ask.last)
        swapped = round(levels.SWAPPED_BITS * STEP)
        ways = [
            (straight, self.last[straight[0]] + self.first[straight[1]]),
            (
                crossed,
                self.first[crossed[0]] + self.last[crossed[1]] + swapped,
            ),
        ]
        both = [weight for names, weight in ways if all(names) and max(names) > Level.MISSING]
        if both:
            return max(both)
        close = [
            weight
            for names, weight in ways
            if day in levels.CLOSE and max(names) > Level.MISSING
        ]
        surname = straight[0]
        by_middle = (
            straight[1] == Level.NONE and word_level(form.middle, ask.first) > Level.MISSING
        )
        if by_middle and (
            surname == Level.EXACT or (surname > Level.MISSING and day in levels.CLOSE)
        ):
            weight = self.last[surname] + self.first[Level.MIDDLE]
            return max([weight, *close[1:]]) if day in levels.CLOSE else weight
        if surname == Level.EXACT and day in levels.DATED:
            close.append(ways[0][1])
        return max(close, default=None)

    def _weights(
        self, asked: Asked | None, part: str, other: float = levels.OTHER_BITS
    ) -> dict[Level, int]:
        if asked is None:
            return dict.fromkeys(Level, 0)
        held = [word_level(getattr(form, part), asked) for _, form, _ in self.built]
        spoken = sum(levels.LIKELIHOOD.get(level, 0.0) for level in held)
        chance = (spoken + levels.UNSEEN) / (len(self.built) + levels.SMOOTHING)
        weights = {Level.MISSING: 0, Level.NONE: round(other * STEP)}
        for level, likely in levels.LIKELIHOOD.items():
            bits = max(log2(likely / chance), levels.LEAST_BITS.get(level, other))
            weights[level] = round(bits * STEP)
        return weights

    def _day(self, day: Day) -> int:
        if day == Day.MISSING:
            return 0
        if day in {Day.WITHIN, Day.BESIDE}:
            held = [day_level(born, self.question.born) for _, _, born in self.built]
            chance = (held.count(Day.WITHIN) + 1) / (len(self.built) + levels.SMOOTHING)
            within = round(log2(levels.WITHIN_LIKELIHOOD / chance) * STEP)
            return within + (round(levels.BESIDE_BITS * STEP) if day == Day.BESIDE else 0)
        likely = levels.DAY_LIKELIHOOD.get(day)
        return round(
            (log2(likely / levels.ONE_DAY) if likely else levels.OTHER_DAY_BITS) * STEP
        )
