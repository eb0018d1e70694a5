"""What an officer writes in one box, or in the fields of the advanced form, as a question.

    smith john 12/5/1980        SMITH, John Michael        jon smyth aged 30-40        "taylor" mary 1975
    sm?th* j 05/1980            john smith 1978-1982       o'brien 12/05               smith, j about 35

Forename first, unless a comma says otherwise; the other order is found as well. `*` is any letters, `?` one letter.
In quotation marks a word is meant to the letter. A date may be whole, a month, a year, years from one to another, or a
day and month of any year; an age may be one, two, or `about`; a bare number
of two figures is an age, more or less.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from crossforce.nominals.searching import births
from crossforce.nominals.searching.agreeing import Asked
from crossforce.nominals.searching.births import Born
from crossforce.nominals.searching.names import LONGEST, PARTICLES, families, word
from crossforce.nominals.searching.weighing import Question

MONTHS: Final = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
ABOUT_YEARS: Final = 3
SHORTEST_TYPED: Final = 2
"""Letters from which a word that stands alone is searched while it is typed."""
LONGEST_BOX: Final = 300
_MONTH: Final = (
    r"(?P<month_name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_ABOUT: Final = r"(?P<about>about|circa|c)\.?"
_TO: Final = "(?:-|–|to)"
_YEARS: Final = "(?:years? old|years?|yrs?|yo)"
_YEAR: Final = r"(?P<year>(?:18|19|20)\d\d)"
_PATTERNS: Final = tuple(
    re.compile(rf"(?<![\w/.-]){pattern}(?![\w/-])", re.IGNORECASE)
    for pattern in (
        rf"(?:{_ABOUT} |aged? )?(?:aged? )?(?P<young>\d{{1,3}})\s?{_TO}\s?(?P<old>\d{{1,3}})(?: ?{_YEARS})?",
        rf"{_ABOUT} ?(?:aged? )?(?P<age>\d{{1,3}})",
        rf"aged? (?:{_ABOUT} )?(?P<age>\d{{1,3}})",
        rf"(?P<age>\d{{1,3}}) ?{_YEARS}",
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
        r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d\d)",
        r"(?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:18|19|20)\d\d)",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH}(?: {_YEAR})?",
        rf"{_YEAR}\s?{_TO}\s?(?P<until>(?:18|19|20)\d\d)",
        rf"(?P<month>\d{{1,2}})[/.-]{_YEAR}",
        rf"{_MONTH} {_YEAR}",
        r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})",
        r"(?P<decade>(?:18|19|20)\d)[?xs0]s?(?<=[?xs])",
        _YEAR,
        r"(?P<bare>[1-9]\d)$",
    )
)


class NotADate(ValueError):
    """There is no such day."""


def read(text: str, *, at: date) -> Question:
    """A line as an officer writes it. `at` is today, from which ages count.

    Raises `NotADate` when a day is written that there is not.
    """
    rest, born = _dated(" ".join(text[:LONGEST_BOX].split()), at)
    family, comma, given = rest.partition(",")
    if comma:
        return _question(given.split(), family.split(), born)
    words = [each for each in rest.split() if word(each) or "*" in each or "?" in each]
    last = _surname_begins(words)
    return _question(words[:last], words[last:], born)


def ask(*, given: str = "", family: str = "", born: str = "", at: date) -> Question:
    """The advanced form: forenames, surname, and a date or an age as in the box."""
    rest, asked = _dated(" ".join(born.split()), at)
    if rest:
        raise NotADate(
            f"{rest!r} is no date and no age: write 12/5/1980, 5/1980, 1980, 1978-1982 or aged 30-40."
        )
    return _question(given.split(), family.split(), asked)


def typing(text: str, *, at: date) -> Question:
    """A line that is still being written: its last word may be only the beginning of a name."""
    asked = read(text, at=at)
    if text[-1:].isspace() or not text or not text[-1].isalpha():
        return asked
    if asked.last and not asked.first and len(asked.last.text) < SHORTEST_TYPED:
        return Question(born=asked.born)
    if "," in text and asked.first:
        return Question(_begun(asked.first), asked.middle, asked.last, asked.born)
    return Question(asked.first, asked.middle, asked.last and _begun(asked.last), asked.born)


def _begun(asked: Asked) -> Asked:
    return Asked(
        asked.text,
        asked.parts,
        begins=not asked.exactly,
        exactly=asked.exactly,
        given=asked.given,
    )


def _question(given: list[str], family: list[str], born: Born | None) -> Question:
    names = [name for name in (_word(each, given=True) for each in given) if name]
    first = names[0] if names else None
    return Question(first, names[1] if len(names) > 1 else None, _surname(family), born)


def _surname(words: Iterable[str]) -> Asked | None:
    text = " ".join(words)
    if '"' in text or "*" in text or "?" in text:
        return _word("".join(text.split()), given=False)
    whole, *parts = families(text)
    return Asked(whole, tuple(part for part in parts if part != whole)) if whole else None


def _word(text: str, *, given: bool) -> Asked | None:
    quoted = text.startswith('"')
    letters = "".join(sign if sign in "*?" else word(sign) for sign in text)[:LONGEST]
    if not letters.strip("*?"):
        return None
    return Asked(re.sub(r"\*+", "*", letters), exactly=quoted, given=given)


def _surname_begins(words: list[str]) -> int:
    """The last word, with the particles before it; a word that stands alone is a surname."""
    at = len(words) - 1
    while at > 1 and word(words[at - 1]) in PARTICLES:
        at -= 1
    return max(at, 0)


def _dated(text: str, at: date) -> tuple[str, Born | None]:
    """The text without the first date or age in it, and that."""
    for pattern in _PATTERNS:
        if found := pattern.search(text):
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return " ".join(rest.split()), _born(found.groupdict(), at)
    return text, None


def _born(found: dict[str, str | None], at: date) -> Born:
    about = ABOUT_YEARS if found.get("about") else 0
    if "00" in (found.get("month"), found.get("day")):
        raise NotADate("There is no day or month 00.")
    if bare := found.get("bare"):
        return births.aged(max(int(bare) - ABOUT_YEARS, 0), int(bare) + ABOUT_YEARS, at=at)
    if age := found.get("age"):
        return births.aged(max(int(age) - about, 0), int(age) + about, at=at)
    if (young := found.get("young")) and (old := found.get("old")):
        youngest, oldest = sorted((int(young), int(old)))
        return births.aged(max(youngest - about, 0), oldest + about, at=at)
    if decade := found.get("decade"):
        return births.in_year(int(decade) * 10, int(decade) * 10 + 9)
    month = (
        MONTHS[name[:3].lower()]
        if (name := found.get("month_name"))
        else int(found.get("month") or 0)
    )
    return _day(
        _year(found.get("year") or "", at),
        month,
        int(found.get("day") or 0),
        found.get("until"),
    )


def _year(text: str, at: date) -> int:
    """Four figures as they are; of two, the latest year that is not to come."""
    if len(text) != 2:
        return int(text or 0)
    year = at.year // 100 * 100 + int(text)
    return year if year <= at.year else year - 100


def _day(year: int, month: int, day: int, until: str | None) -> Born:
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError as wrong:
        raise NotADate(f"There is no day {day}/{month}/{year or '…'}.") from wrong
    if year and until:
        return births.in_year(*sorted((year, int(until))))
    if year and month and day:
        return births.on(date(year, month, day))
    if year:
        return births.in_month(year, month) if month else births.in_year(year)
    return Born(month=month, day=day)
