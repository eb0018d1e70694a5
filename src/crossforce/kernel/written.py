"""Numbers and days as people write them, read alike in every form and file.

A comma, or a space, stands between thousands only: `1,5` could be meant as one and a half.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Final

LONGEST: Final = 40
SAID: Final = re.compile(
    r"([+-]?)£?[ ]?((?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:\.\d*)?|\.\d+)",
    re.ASCII,
)
BETWEEN: Final = re.compile(r"[, \u00a0\u202f]")
MONTHS: Final = (
    ("january", "ionawr"), ("february", "chwefror"), ("march", "mawrth", "fawrth"),
    ("april", "ebrill"), ("may", "mai", "fai"), ("june", "mehefin", "fehefin"),
    ("july", "gorffennaf", "orffennaf"), ("august", "awst"), ("september", "medi", "fedi"),
    ("october", "hydref"), ("november", "tachwedd", "dachwedd"),
    ("december", "rhagfyr", "ragfyr"),
)  # fmt: skip
"""In English, in Welsh, and as Welsh has some of them after `o`."""
ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
BRITISH: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
NTH: Final = r"(\d{1,2})(?:st|nd|rd|th|af|il|ydd|fed|ed|eg|ain)?"
WORDED: Final = re.compile(rf"{NTH}(?: of| o)?[ -]([A-Za-z]{{3,10}}),?[ -](\d{{4}})", re.ASCII)
MONTH_FIRST: Final = re.compile(rf"\b([A-Za-z]{{3,10}}) {NTH},? (\d{{4}})\b", re.ASCII)
ANYWHERE: Final = re.compile(
    "|".join(rf"\b{each.pattern}\b" for each in (ISO, BRITISH, WORDED)), re.ASCII
)


class NotANumber(ValueError):
    """Write a number as 1234.5 or 1,234.5, with a point before the decimals and commas between thousands only."""

    def __init__(self) -> None:
        super().__init__(NotANumber.__doc__)


class NotADay(ValueError):
    """Write a whole day, as 2008-04-01, 1/4/2008 or 1 April 2008."""


class NoSuchDay(NotADay):
    """There is no such day."""


def number(text: str) -> Decimal:
    """`1,234.5`, `-£1,234` or, as accountants write what is less than nothing, `(1,234)`. Raises NotANumber."""
    said = text.strip()
    is_less = said.startswith("(") and said.endswith(")")
    found = SAID.fullmatch(said[1:-1] if is_less else said) if len(said) <= LONGEST else None
    if found is None or (is_less and found[1]):
        raise NotANumber
    return Decimal(f"{'-' if is_less else found[1]}{BETWEEN.sub('', found[2])}")


def pence(text: str) -> int:
    """A sum in pounds as pence. Raises NotANumber, for parts of a penny too."""
    found = number(text) * 100
    if found != found.to_integral_value():
        raise NotANumber
    return int(found)


def digits(pence: int) -> str:
    """`123456` as `1234.56`: as a field is filled again."""
    return f"{'-' if pence < 0 else ''}{abs(pence) // 100}.{abs(pence) % 100:02d}"


def day(text: str) -> date:
    """`2008-04-01`, `1/4/2008`, `1.4.2008`, `1st April 2008` or `1 Ebrill 2008`. Raises NotADay; NoSuchDay for 31 February."""
    said = text.strip()
    if found := ISO.fullmatch(said):
        year, month, of_month = found[1], int(found[2]), found[3]
    elif found := BRITISH.fullmatch(said):
        of_month, month, year = found[1], int(found[2]), found[3]
    elif (found := WORDED.fullmatch(said)) and (named := _month(found[2])):
        of_month, month, year = found[1], named, found[3]
    else:
        raise NotADay(NotADay.__doc__)
    try:
        return date(int(year), month, int(of_month))
    except ValueError:
        raise NoSuchDay(NoSuchDay.__doc__) from None


def days_named(text: str) -> Iterator[date]:
    """Every day that the text names, as `day` reads it, or as `April 1st, 2008`."""
    said = [found[0] for found in ANYWHERE.finditer(text)]
    said += [f"{each[2]} {each[1]} {each[3]}" for each in MONTH_FIRST.finditer(text)]
    for each in said:
        with suppress(NotADay):
            yield day(each)


def may_be_two_days(text: str) -> bool:
    """Whether it is another day where the month is written first: `3/4/2026`."""
    found = BRITISH.fullmatch(text.strip())
    return (
        found is not None and found[1] != found[2] and max(int(found[1]), int(found[2])) <= 12
    )


def _month(word: str) -> int:
    """The month that the word begins; 0 where it is none, or more than one."""
    begins = word.casefold()
    found = [n for n, of in enumerate(MONTHS, 1) if any(name.startswith(begins) for name in of)]
    return found[0] if len(found) == 1 else 0
