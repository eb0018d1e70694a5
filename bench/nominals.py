"""People of many forces, as their records systems hold them, and officers who ask for them; drawn from a seed.

Six people in ten records. A record may have a slip of the pen, a short form, names the wrong way round, a middle name
left out, another date. The officers' errors are a model of their own, which neither the index nor its lists of short
forms and sounds were made from: keys beside each other, letters dropped, doubled and changed over, spellings by ear.
`NAMES=<folder>` draws from lists of real names (`surnames.txt`, the most common first, and `forenames.csv`
of name and count); without it names are made of syllables, as unevenly spread as real ones are.
"""

import csv
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

CHUNK: Final = 100_000
PEOPLE: Final = 0.6
FOLDER: Final = os.environ.get("NAMES", "")
SCOPES: Final = 5_000
BESIDE: Final = {
    letter: row[max(at - 1, 0) : at + 2].replace(letter, "")
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for at, letter in enumerate(row)
}
SHORT_FORMS: Final = """
    william:bill james:jim robert:bob thomas:tom margaret:peggy elizabeth:betty john:jack richard:dick charles:charlie
    edward:ted henry:harry david:dave michael:mick anthony:tony susan:sue christopher:chris stephen:steve kenneth:ken
    patricia:trish catherine:kate barbara:babs daniel:danny matthew:matt andrew:drew joseph:joe samuel:sam benjamin:ben
    alexander:sandy rebecca:becky victoria:vicky jennifer:jenny deborah:debs jacqueline:jackie frederick:fred
    nicholas:nick peter:pete ronald:ron jessica:jess abigail:abbie charlotte:lottie isabella:bella joshua:josh
    oliver:ollie katherine:kathy kathleen:kath timothy:tim geoffrey:geoff philip:phil gerald:gerry donald:don
"""
SHORT: Final = dict(pair.split(":") for pair in SHORT_FORMS.split())
BEGINS: Final = "b br c ch cl d dr f g gr h j k l m mac n p pr r s sh st sw t th w wh"
VOWELS: Final = "a e i o u ai ea ee ie oo ou"
ENDS: Final = (
    "ck d ford ham ing l ley ll ll m man n n nd ne r rd rs s s son t th ton ton ward well y"
)
Column = NDArray[Any]


@dataclass(frozen=True)
class Chunk:
    """Records, a column at a time. `person` is the truth, which no engine sees."""

    number: Column
    person: Column
    scope: Column
    given: list[str]
    family: list[str]
    born: Column


@dataclass(frozen=True)
class Enquiry:
    """What an officer asks, in what way it is wrong, and whom it means.

    Without a date both days are 0, or those between which somebody may be born of the age that they look, within four
    years; the middle name is given then, if they have one.
    """

    kind: str
    given: str
    family: str
    born: int
    until: int
    person: int


class Population:
    """`size` records of fewer people."""

    def __init__(self, size: int, seed: int = 20) -> None:
        self.size, self.people = size, int(size * PEOPLE)
        self.draw = np.random.default_rng(seed)
        self.surnames, share = surnames()
        self.forenames, spread = forenames()
        self.last = self._drawn(share)
        self.first, self.middle = self._drawn(spread), self._drawn(spread)
        self.middle[self.draw.random(self.people) < 0.25] = -1
        days = np.datetime64("1936-01-01") + self.draw.integers(0, 80 * 365, self.people)
        self.born = np.char.replace(days.astype(str), "-", "").astype(np.int32)
        again = self.draw.integers(0, self.people, size - self.people)
        self.person = self.draw.permutation(
            np.concatenate([np.arange(self.people), again])
        ).astype(np.int32)

    def _drawn(self, share: Column) -> Column:
        found = np.searchsorted(np.cumsum(share), self.draw.random(self.people) * share.sum())
        codes: Column = found.clip(max=len(share) - 1).astype(np.int32)
        return codes

    def chunks(self) -> Iterator[Chunk]:
        """All records, in the order of their numbers."""
        for start in range(0, self.size, CHUNK):
            yield self._chunk(start, self.person[start : start + CHUNK])

    def _chunk(self, start: int, person: Column) -> Chunk:
        many, draw = len(person), np.random.default_rng(start + 1)
        chance = random.Random(start)  # noqa: S311 - invented people
        given = [self.forenames[code] for code in self.first[person].tolist()]
        family = [self.surnames[code] for code in self.last[person].tolist()]
        for flag, words in ((0.05, given), (0.05, family)):
            for at in np.flatnonzero(draw.random(many) < flag).tolist():
                words[at] = slip(words[at], chance)
        for at in np.flatnonzero(draw.random(many) < 0.05).tolist():
            given[at] = SHORT.get(given[at], given[at])
        middle = np.where(draw.random(many) < 0.4, -1, self.middle[person])
        given = [
            f"{name} {self.forenames[code]}" if code >= 0 else name
            for name, code in zip(given, middle.tolist(), strict=True)
        ]
        for at in np.flatnonzero(draw.random(many) < 0.01).tolist():
            given[at], family[at] = family[at], given[at]
        born = np.where(draw.random(many) < 0.02, 0, self.born[person])
        for at in np.flatnonzero(draw.random(many) < 0.03).tolist():
            born[at] = slip_of_day(int(born[at]), chance) if born[at] else 0
        scope = draw.integers(0, SCOPES, many)
        return Chunk(np.arange(start, start + many), person, scope, given, family, born)

    def enquiries(self, each: int, seed: int, kinds: Sequence[str] = ()) -> list[Enquiry]:
        """As many of each kind, about people drawn at random."""
        chance = random.Random(seed)  # noqa: S311 - invented people
        found: list[Enquiry] = []
        for kind in kinds or KINDS:
            wanted = len(found) + each
            while len(found) < wanted:
                if enquiry := self._enquiry(kind, chance.randrange(self.people), chance):
                    found.append(enquiry)
        return found

    def _enquiry(self, kind: str, person: int, chance: random.Random) -> Enquiry | None:
        given, family = self.forenames[self.first[person]], self.surnames[self.last[person]]
        if kind == "nickname" and given not in SHORT:
            return None
        born, middle = int(self.born[person]), int(self.middle[person])
        one = (
            (given, slip(family, chance))
            if chance.random() < 0.7
            else (slip(given, chance), family)
        )
        wrong = {
            "typo in one name": one,
            "no date": one,
            "no date, an age": one,
            "typo in both names": (slip(given, chance), slip(family, chance)),
            "names swapped": (family, given),
            "nickname": (SHORT.get(given, given), family),
        }
        given, family = wrong.get(kind, (given, family))
        if kind == "wrong day or year":
            born = slip_of_day(born, chance)
        if not kind.startswith("no date"):
            return Enquiry(kind, given, family, born, born, person)
        given = self._with_middle(given, middle)
        if kind == "no date":
            return Enquiry(kind, given, family, 0, 0, person)
        youngest = born + chance.randrange(9) * 10_000
        return Enquiry(kind, given, family, youngest - 80_000, youngest, person)

    def _with_middle(self, given: str, middle: int) -> str:
        return f"{given} {self.forenames[middle]}" if middle >= 0 else given


KINDS: Final = (
    *("exact", "typo in one name", "typo in both names", "names swapped"),
    *("nickname", "wrong day or year", "no date", "no date, an age"),
)


def slip(word: str, chance: random.Random) -> str:
    """One error of a hand or an ear."""
    heard = [(a, b) for a, b in EAR if a in word]
    if heard and chance.random() < 0.3:
        return word.replace(*chance.choice(heard), 1)
    at = chance.randrange(len(word))
    kind = chance.randrange(5)
    if kind == 0 and len(word) > 2:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[: at + 1] + word[at] + word[at + 1 :]
    if kind == 2 and at + 1 < len(word) and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 3:
        return word[:at] + chance.choice("etaoinsr") + word[at:]
    return word[:at] + chance.choice(BESIDE.get(word[at], "e")) + word[at + 1 :]


EAR: Final = (
    *(
        ("ph", "f"),
        ("ie", "ei"),
        ("y", "ie"),
        ("ck", "k"),
        ("ll", "l"),
        ("tt", "t"),
        ("ea", "ee"),
        ("ou", "ow"),
    ),
    *(
        ("c", "k"),
        ("s", "z"),
        ("mac", "mc"),
        ("son", "sen"),
        ("er", "ar"),
        ("an", "en"),
        ("th", "t"),
    ),
)


def slip_of_day(born: int, chance: random.Random) -> int:
    """A day, or a year, that is not theirs."""
    year, month, day = born // 10_000, born // 100 % 100, born % 100
    kind = chance.randrange(4)
    if kind == 0:
        year += chance.choice([-3, -2, -1, 1, 2, 3, 10, -10])
    elif kind == 1 and day <= 12 and day != month:
        day, month = month, day
    else:
        day = chance.choice([other for other in range(1, 29) if other != day])
    return year * 10_000 + month * 100 + day


def surnames() -> tuple[list[str], Column]:
    """Surnames and how common each is."""
    if FOLDER:
        lines = (Path(FOLDER) / "surnames.txt").read_text("utf-8").split("\n")
        words = list(dict.fromkeys(filter(str.isalpha, (line.lower() for line in lines))))
    else:
        words = syllables(50_000, 1)
    return words, 1 / (np.arange(len(words)) + 9) ** 0.95


def forenames() -> tuple[list[str], Column]:
    """Forenames and how common each is."""
    if not FOLDER:
        words = list(SHORT)
        words = list(dict.fromkeys(words + syllables(8_000, 2)))
        return words, 1 / (np.arange(len(words)) + 12) ** 1.05
    with (Path(FOLDER) / "forenames.csv").open(encoding="utf-8") as file:
        held = {
            row["name"].lower(): float(row["n"])
            for row in csv.DictReader(file)
            if row["name"].isalpha()
        }
    return list(held), np.array(list(held.values()))


def syllables(many: int, seed: int) -> list[str]:
    """Words that could be names."""
    chance = random.Random(seed)  # noqa: S311 - invented people
    begins, vowels, ends = BEGINS.split(), VOWELS.split(), ENDS.split()
    found: dict[str, None] = {}
    while len(found) < many:
        parts = [
            chance.choice(begins) + chance.choice(vowels)
            for _ in range(chance.choice((1, 1, 1, 2, 2)))
        ]
        found["".join(parts) + chance.choice(ends)] = None
    return list(found)
