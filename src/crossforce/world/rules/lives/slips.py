"""How an office writes somebody down: the slips of the trade, each with its name and how often it happens."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from crossforce.world.rules.lives import numbers
from crossforce.world.rules.lives.chance import Chance
from crossforce.world.rules.lives.naming import EAST
from crossforce.world.rules.lives.people import Life
from crossforce.world.rules.lives.sources import Sources

NEAR: Final = {
    "a": "qs", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "ko", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
HEARD: Final = (
    ("ph", "f"), ("ie", "y"), ("ck", "k"), ("gh", "g"), ("ee", "ea"), ("th", "t"), ("ey", "y"), ("ll", "l"), ("ou", "ow"),
    ("ei", "ie"), ("tt", "t"), ("ss", "s"), ("nn", "n"), ("wh", "w"), ("ai", "ay"), ("z", "s"), ("c", "k"),
)  # fmt: skip


@dataclass
class Written:
    """A name and a day of birth as one office has them, and the slips that it made."""

    family: str
    given: list[str]
    born: str
    slips: list[str] = field(default_factory=list)


class Office:
    """Writes people down, with slips as often as the settings say."""

    def __init__(self, of: Sources, chance: Chance) -> None:
        self.of, self.chance = of, chance
        self.often: Mapping[str, int] = of.settings["slips"]

    def happens(self, slip: str, times: float = 1.0) -> bool:
        return self.chance.of_thousand(self.often[slip] * times)

    def written(self, life: Life) -> Written:
        """The name and the day of birth of somebody, as it is typed in this time."""
        found = Written(life.name.family, list(life.name.given), life.born.isoformat())
        self._which_name(found, life)
        self._given(found)
        self._family(found)
        swaps = 4.0 if life.name.custom == EAST else 1.0
        if found.given and self.happens("names-swapped", swaps):
            found.family, found.given = " ".join(found.given), found.family.split()
            found.slips.append("names-swapped")
        self._born(found, life.born)
        return found

    def _which_name(self, found: Written, life: Life) -> None:
        """Another name than the one that is theirs by right."""
        if life.former and self.happens("former-name"):
            found.family = life.former.family
            found.slips.append("former-name")
        elif " " in found.family and self.happens("other-surname"):
            found.family = self.chance.one_of(found.family.split())
            found.slips.append("other-surname")
        if life.alias and self.happens("alias-given"):
            found.family, found.given = life.alias.family, list(life.alias.given)
            found.slips.append("alias-given")
        elif found.given and life.known_as and self.happens("given-short"):
            found.given[0] = life.known_as
            found.slips.append("given-short")

    def _given(self, found: Written) -> None:
        if not found.given:
            return
        if len(found.given) > 1 and self.happens("middle-left-out"):
            del found.given[1:]
            found.slips.append("middle-left-out")
        if self.happens("given-initial"):
            found.given[0] = found.given[0][0]
            found.slips.append("given-initial")
        elif self.happens("given-misspelt"):
            found.given[0] = self.misspelt(found.given[0])
            found.slips.append("given-misspelt")
        elif self.happens("given-heard"):
            found.given[0] = self.heard(found.given[0])
            found.slips.append("given-heard")

    def _family(self, found: Written) -> None:
        if self.happens("family-misspelt"):
            found.family = self.misspelt(found.family)
            found.slips.append("family-misspelt")
        elif self.happens("family-heard"):
            found.family = self.heard(found.family)
            found.slips.append("family-heard")

    def _born(self, found: Written, born: date) -> None:
        """At most one slip of the day, which is still a day, and of somebody old enough."""
        for slip, spoilt in (
            ("born-missing", self._nothing),
            ("born-year-only", self._year),
            ("born-default", self._default),
            ("day-month-swapped", self._swapped),
            ("day-wrong", self._other_day),
            ("year-wrong", self._other_year),
        ):
            if self.happens(slip):
                found.born = spoilt(born)
                if found.born != born.isoformat():
                    found.slips.append(slip)
                return

    def _nothing(self, born: date) -> str:
        return ""

    def _year(self, born: date) -> str:
        return str(born.year)

    def _default(self, born: date) -> str:
        return f"{born.year}-01-01"

    def _swapped(self, born: date) -> str:
        if born.day > 12:
            return born.isoformat()
        return born.replace(month=born.day, day=born.month).isoformat()

    def _other_day(self, born: date) -> str:
        return born.replace(day=1 + self.chance.below(28)).isoformat()

    def _other_year(self, born: date) -> str:
        off = self.chance.one_of((-1, -1, -10, -2))
        return born.replace(year=born.year + off, day=min(born.day, 28)).isoformat()

    def misspelt(self, text: str) -> str:
        """One letter left out, doubled, beside the right key, or two exchanged."""
        at, drawn = self.chance.below(len(text)), self.chance.share()
        if not text[at].isalpha():
            at = 0
        if drawn < 0.25 and len(text) > 3:
            return (text[:at] + text[at + 1 :]).strip()
        if drawn < 0.4:
            return text[: at + 1] + text[at].lower() + text[at + 1 :]
        if drawn < 0.7 and at + 1 < len(text) and text[at + 1].isalpha() and at:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        near = self.chance.one_of(NEAR.get(numbers.plain(text[at]).lower()[:1], "e"))
        return text[:at] + (near if at else near.upper()) + text[at + 1 :]

    def heard(self, text: str) -> str:
        """Another spelling that is known, or one that sounds the same; without any, a slip of the keys."""
        if others := self.of.spellings.get(text):
            return self.chance.one_of(others)
        fits = [pair for pair in HEARD if pair[0] in text[1:]]
        if not fits:
            return self.misspelt(text)
        old, new = self.chance.one_of(fits)
        return text[0] + text[1:].replace(old, new, 1)
