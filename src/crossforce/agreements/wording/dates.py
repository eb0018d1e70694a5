"""Dates said with the precision their source gives: "April 2014", never "1 April 2014" for it."""

from collections.abc import Callable
from datetime import date

from crossforce.agreements.document.values import CivilDate, Precision
from crossforce.kernel.words import Language

MONTHS: dict[Language, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
    "cy": (
        "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi",
        "Hydref", "Tachwedd", "Rhagfyr",
    ),
}  # fmt: skip
_QUARTER = {"en": "quarter {n} of {year}", "cy": "chwarter {n} {year}"}
_HALF = {
    "en": ("the first half of {year}", "the second half of {year}"),
    "cy": ("hanner cyntaf {year}", "ail hanner {year}"),
}
_SEASONS = {
    "en": ("winter", "spring", "summer", "autumn"),
    "cy": ("gaeaf", "gwanwyn", "haf", "hydref"),
}
_ABOUT = {"en": "about {year}", "cy": "tua {year}"}
_FROM = {"en": "from {start}", "cy": "o {start}"}
_UNTIL = {"en": "until {end}", "cy": "hyd {end}"}
_BETWEEN = {"en": "from {start} until {end}", "cy": "o {start} hyd {end}"}


_PRECISE: dict[Precision, Callable[[date, Language], str]] = {
    "day": lambda day, language: f"{day.day} {_month(day, language)} {day.year}",
    "month": lambda day, language: f"{_month(day, language)} {day.year}",
    "season": lambda day, language: f"{_SEASONS[language][day.month % 12 // 3]} {day.year}",
    "quarter": lambda day, language: _QUARTER[language].format(
        n=(day.month + 2) // 3, year=day.year
    ),
    "half-year": lambda day, language: _HALF[language][day.month > 6].format(year=day.year),
    "year": lambda day, _: str(day.year),
    "about": lambda day, language: _ABOUT[language].format(year=day.year),
}


def _month(day: date, language: Language) -> str:
    return MONTHS[language][day.month - 1]


def date_in_words(day: CivilDate, language: Language = "en") -> str:
    """The date as its source would say it; the source's own words where it has them."""
    if day.words is not None:
        return day.words.in_language(language)
    return _PRECISE[day.precision](day.date, language)


def period_in_words(
    start: CivilDate | None, end: CivilDate | None, language: Language = "en"
) -> str:
    """`from April 2014 until 1 April 2019`; empty for a period with neither end.

    `end` is the first day that no longer counts, as documents write it.
    """
    first = date_in_words(start, language) if start else ""
    last = date_in_words(end, language) if end else ""
    if first and last:
        return _BETWEEN[language].format(start=first, end=last)
    if first:
        return _FROM[language].format(start=first)
    return _UNTIL[language].format(end=last) if last else ""
