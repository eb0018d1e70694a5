"""Numbers that people and vehicles are known by: well-formed, with right check letters, and given to nobody.

Where a scheme keeps a range that is never issued, that range is used (data/people/LICENCE.md says which).
"""

import unicodedata
from datetime import date
from typing import Final

from crossforce.world.rules.lives.chance import Chance
from crossforce.world.rules.lives.naming import Name

CHECK_LETTERS: Final = "ZABCDEFGHJKLMNPQRTUVWXY"
DRAMA: Final = (
    "7700900", "1632960", "1174960", "2920180", "2079460", "1214960", "1134960", "1144960", "1154960", "1164960",
    "1514960", "1614960", "1914980", "1314960", "1414960", "3069990",
)  # fmt: skip
"""Ofcom's ranges for drama, a thousand numbers each, after the country's 44."""
MADE_IN: Final = (*range(43, 50), *range(93, 100))
"""Age identifiers of registrations from September 2043 and after: none of them exists."""
AREA: Final = "ABCDEFGHJKLMNOPRSTUVWXY"
LETTERS: Final = "ABCDEFGHJKLMNOPRSTUVWXYZ"
PHONED: Final = 4


def pnc(year: int, life: int, which: int = 0) -> str:
    """A number of the national computer, above any serial that a year has seen."""
    serial = f"{8_000_000 + life * 16 + which:07d}"
    return f"{year}/{serial}{_checked(f'{year % 100:02d}{serial}')}"


def cro(year: int, life: int) -> str:
    """A number of the criminal records office, its serial from the end of what six digits hold."""
    serial = f"{999_999 - life % 300_000:06d}"
    return f"{serial}/{year % 100:02d}{_checked(f'{year % 100:02d}{serial}')}"


def nino(life: int) -> str:
    """The prefix stands in examples; no National Insurance number has it."""
    return f"QQ{life % 1_000_000:06d}{'ABCD'[life % 4]}"


def telephone(life: int) -> str:
    """One person in four has a number of their own while the ranges last; others have none."""
    at, other = divmod(life, PHONED)
    if other or at >= len(DRAMA) * 1_000:
        return ""
    return f"+44{DRAMA[at % len(DRAMA)]}{at // len(DRAMA):03d}"


def registration(chance: Chance) -> str:
    area = chance.one_of(AREA) + chance.one_of(AREA)
    return f"{area}{chance.one_of(MADE_IN)}{''.join(chance.one_of(LETTERS) for _ in range(3))}"


def licence(name: Name, sex: str, born: date, chance: Chance) -> str:
    """A driver number: five letters of the surname, the day of birth, initials, and characters that are not computed."""
    family = f"{_letters(name.family)}99999"[:5]
    initials = f"{''.join(_letters(each)[:1] for each in name.given[:2])}99"[:2]
    month = born.month + (50 if sex == "f" else 0)
    year = f"{born.year % 100:02d}"
    tail = chance.one_of(LETTERS) + chance.one_of(LETTERS)
    return f"{family}{year[0]}{month:02d}{born.day:02d}{year[1]}{initials}9{tail}"


def plain(text: str) -> str:
    """The same letters without marks, as a keyboard or a code page without them writes it."""
    for one, other in (
        ("ð", "d"),
        ("Ð", "D"),
        ("þ", "th"),
        ("Þ", "Th"),
        ("ł", "l"),
        ("Ł", "L"),
        ("đ", "d"),
        ("Đ", "D"),
    ):
        text = text.replace(one, other)
    return "".join(
        each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each)
    )


def _letters(text: str) -> str:
    return "".join(each for each in plain(text).upper() if each.isascii() and each.isalpha())


def _checked(digits: str) -> str:
    return CHECK_LETTERS[int(digits) % len(CHECK_LETTERS)]
