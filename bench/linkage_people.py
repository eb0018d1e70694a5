"""People for the benchmarks of linkage: invented, seeded, and recorded by several forces with errors of every kind.

The engine knows none of this: neither the names nor how they are spoilt. A person has one to six records. Most say the
truth; the others have letters wrong, a pet name, names the wrong way round, another surname, an old address, a
slip in the date of birth, or leave something out. Families share a surname and an address; twins a birthday too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

HEADS: Final = str.split(
    "Al An Ar Ash Bar Bel Ber Black Brad Bram Bright Brom Bur Cal Can Car Chal Clay Clif Col Cot Cran Crow Dal Dar Den "
    "Dray Dun East El Ems Far Fen Fer Fin Flet Ford Gal Gar Gil Glen God Gran Green Hal Ham Har Hart Hay Hazel Hol Hor "
    "Hul Hurst Ing Kel Ken Kirk Lam Lang Lan Lin Long Lud Mal Man Mar Mel Mid Mil Mor Mul Nor Oak Ol Os Pad Par Pem Pen "
    "Por Ram Rath Red Rich Ridge Ros Row Rud San Sel Shel Sher Shir Sid Sil Stan Stap Stock Sud Sut Tal Tar Thorn Til Tor "
    "Tun Up Wad Wal Ward War Wat Wes Wet Whit Wic Wil Win Wit Wood Wor Wy Yar Yel"
)
TAILS: Final = str.split(
    "ton ham ley ford well wood worth by field man son er ing ington ingham den don land row thorpe wick stone bury borough "
    "brook burn combe cott croft dale gate grave hurst low mere more over ridge shaw smith stead stow tree wall ward water way "
    "win ard art ell ett kin kins low mond nell ner old ric rick ris ry sey ster ter vin wyn"
)
PET_NAMES: Final = {
    "William": "Bill", "Robert": "Bob", "Richard": "Dick", "Elizabeth": "Beth", "Margaret": "Peggy", "James": "Jim",
    "John": "Jack", "Katherine": "Kate", "Michael": "Mick", "Thomas": "Tom", "Edward": "Ted", "Charles": "Charlie",
    "Susan": "Sue", "Patricia": "Pat", "Christopher": "Kit", "Anthony": "Tony", "Daniel": "Dan", "Matthew": "Matt",
    "Andrew": "Drew", "Joseph": "Joe", "David": "Dave", "Samantha": "Sam", "Jennifer": "Jen", "Victoria": "Vicky",
    "Alexander": "Sandy", "Rebecca": "Becky", "Deborah": "Debbie", "Francis": "Frank", "Henry": "Harry", "Eleanor": "Nell",
}  # fmt: skip
STREETS: Final = str.split("Street Road Lane Avenue Close Drive Way Court Terrace Grove")
AREAS: Final = str.split("BS BA GL SN SP DT BH EX TQ PL TR TA WR HR SY")
NEAR: Final = {
    "a": "qs", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "ko", "m": "n", "n": "bm", "o": "ip", "p": "o", "r": "et", "s": "ad", "t": "ry", "u": "yi",
    "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x", "q": "wa",
}  # fmt: skip
HEARD: Final = (
    ("ph", "f"), ("ie", "y"), ("ck", "k"), ("gh", "g"), ("ee", "ea"), ("th", "t"), ("w", "wh"), ("ey", "y"), ("s", "z"), ("ll", "l"),
)  # fmt: skip
DISTRICT: Final = re.compile(r"\d+")
COLUMNS: Final = ("forename", "surname", "born", "postcode", "address", "town")


@dataclass(frozen=True)
class Person:
    forename: str
    surname: str
    born: tuple[int, int, int]
    postcode: str
    address: str
    town: str


def people(records: int, *, seed: int = 1) -> pa.Table:
    """So many records of about six tenths as many people, in an order of chance, with the person's number."""
    maker = Maker(np.random.default_rng(seed), records)
    rows: list[tuple[Any, ...]] = []
    number = 0
    while len(rows) < records:
        for person in maker.household():
            rows.extend((number, *maker.recorded(person)) for _ in range(maker.how_often()))
            number += 1
    order = np.random.default_rng(seed + 1).permutation(records)
    numbers, *columns = zip(*rows[:records], strict=True)
    table = pa.table({"person": numbers, **dict(zip(COLUMNS, columns, strict=True))})
    return table.take(order).append_column("id", pa.array(np.arange(records)).cast(pa.string()))


def many(few: pa.Table, records: int) -> pa.Table:
    """So many records: the same people over and over, each time of other years and other postcodes, with ids of their own.

    Names keep their shares, so that a surname is borne by ten times as many when there are ten times as many records.
    """
    turns = range(-(-records // len(few)))
    whole = pa.concat_tables([_another(few, turn) for turn in turns]).slice(0, records)
    ids = pa.array(np.arange(records)).cast(pa.string())
    return whole.append_column("id", ids)


def _another(few: pa.Table, turn: int) -> pa.Table:
    """These records, of other people: seven years and seven postcode districts on for each turn."""
    found = few.select(list(COLUMNS))
    for name, moved in (("born", _years_on), ("postcode", _districts_on)):
        packed = found[name].combine_chunks().dictionary_encode()
        packed = packed.chunk(0) if isinstance(packed, pa.ChunkedArray) else packed
        values = pa.array([moved(each, 7 * turn) for each in packed.dictionary.to_pylist()])
        at = found.column_names.index(name)
        found = found.set_column(at, name, values.take(packed.indices))
    return found


def _years_on(born: str, years: int) -> str:
    return f"{1940 + (int(born[:4]) - 1940 + years) % 68}{born[4:]}"


def _districts_on(postcode: str, districts: int) -> str:
    return DISTRICT.sub(lambda found: str(int(found[0]) + districts), postcode, count=1)


class Maker:
    """Makes people, and records of them. Chance is drawn by the hundred thousand, since one at a time is slow."""

    def __init__(self, chance: np.random.Generator, records: int) -> None:
        self.chance = chance
        self._drawn: Iterator[float] = iter(())
        self.surnames = self._names(60_000)
        self.forenames = [*PET_NAMES, *self._names(3_000)]
        self.towns = self._names(400)
        self.streets = [
            f"{name} {STREETS[i % 10]}" for i, name in enumerate(self._names(20_000))
        ]
        self.postcodes = max(records // 12, 2_000)

    def below(self, number: int) -> int:
        """A whole number below this one."""
        return int(self.share() * number)

    def share(self) -> float:
        """A number between 0 and 1."""
        for found in self._drawn:
            return found
        self._drawn = iter(self.chance.random(100_000).tolist())
        return self.share()

    def often(self, number: int, bent: float) -> int:
        """A place in a list in which the first are the most common."""
        return min(int(number ** (self.share() ** bent)) - 1, number - 1)

    def _names(self, number: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < number:
            middle = TAILS[self.below(len(TAILS))] if self.share() < 0.35 else ""
            head, tail = HEADS[self.below(len(HEADS))], TAILS[self.below(len(TAILS))]
            found[head + middle + tail] = None
        return list(found)

    def household(self) -> list[Person]:
        """One to four people at one address; most share a surname, some a birthday."""
        surname = self.surnames[self.often(len(self.surnames), 0.6)]
        postcode, address, town = self.home()
        size = 1 + (self.share() < 0.5) + (self.share() < 0.3) + (self.share() < 0.15)
        found: list[Person] = []
        for at in range(size):
            other = self.share() < 0.2
            name = self.surnames[self.often(len(self.surnames), 0.6)] if other else surname
            twin = at > 0 and self.share() < 0.03
            born = found[-1].born if twin else self.birthday()
            found.append(Person(self.forename(), name, born, postcode, address, town))
        return found

    def forename(self) -> str:
        return self.forenames[self.often(len(self.forenames), 0.7)]

    def birthday(self) -> tuple[int, int, int]:
        return 1940 + self.below(68), 1 + self.below(12), 1 + self.below(28)

    def home(self) -> tuple[str, str, str]:
        """A postcode with its street and town, and a house in it."""
        number = self.below(self.postcodes)
        area, rest = AREAS[number % 15], number // 15
        inward = f"{rest % 9 + 1}{'ABDEFGHJLN'[rest // 9 % 10]}{'PQRSTUWXYZ'[rest // 90 % 10]}"
        town = self.towns[number % len(self.towns)]
        street = self.streets[number * 7 % len(self.streets)]
        return f"{area}{rest // 900 % 40 + 1} {inward}", f"{1 + self.below(90)} {street}", town

    def how_often(self) -> int:
        """On how many records a person stands."""
        drawn = self.share()
        return (
            1
            + (drawn > 0.62)
            + (drawn > 0.85)
            + (drawn > 0.95)
            + (drawn > 0.985)
            + (drawn > 0.995)
        )

    def recorded(self, person: Person) -> tuple[str | None, ...]:
        """The person as one force writes it down."""
        forename, surname = self.names(person)
        postcode, address, town = person.postcode, person.address, person.town
        if self.share() < 0.25:
            postcode, address, town = self.home()
        if self.share() < 0.04:
            address = self.misspelt(address)
        if self.share() < 0.02:
            postcode = self.misspelt(postcode)
        return (
            self.said(forename, 0.01), self.said(surname, 0.005), self.said(self.date(person.born), 0.05),
            self.said(postcode, 0.12), self.said(address, 0.1), self.said(town, 0.05),
        )  # fmt: skip

    def names(self, person: Person) -> tuple[str, str]:
        forename, surname = person.forename, person.surname
        if forename in PET_NAMES and self.share() < 0.2:
            forename = PET_NAMES[forename]
        if self.share() < 0.02:
            forename = forename[0]
        if self.share() < 0.03:
            surname = self.surnames[self.often(len(self.surnames), 0.6)]
        if self.share() < 0.07:
            forename = self.misspelt(forename)
        if self.share() < 0.09:
            surname = self.misspelt(surname)
        if self.share() < 0.02:
            forename, surname = surname, forename
        return forename, surname

    def date(self, born: tuple[int, int, int]) -> str:
        year, month, day = born
        drawn = self.share()
        if drawn < 0.015:
            month, day = (day, month) if day <= 12 else (month, 1)
        elif drawn < 0.03:
            year += 1 if self.share() < 0.5 else -1
        elif drawn < 0.05:
            day = 1 + self.below(28)
        elif drawn < 0.06:
            month, day = 1, 1
        return f"{year}-{month:02}-{day:02}"

    def said(self, text: str, missing: float) -> str | None:
        return None if self.share() < missing else text

    def misspelt(self, text: str) -> str:
        """One letter too few, too many, beside the right key, two exchanged, or written as it is heard."""
        at, drawn = self.below(len(text)), self.share()
        if drawn < 0.2:
            return text[:at] + text[at + 1 :] or text
        if drawn < 0.35:
            return text[:at] + text[at] + text[at:]
        if drawn < 0.6:
            near = NEAR.get(text[at].lower(), "e")
            return text[:at] + near[self.below(len(near))] + text[at + 1 :]
        if drawn < 0.8 and at + 1 < len(text):
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        heard = [pair for pair in HEARD if pair[0] in text]
        return (
            text.replace(*heard[self.below(len(heard))])
            if heard
            else text[:at] + text[at + 1 :]
        )
