"""Dates said with the precision their source gives: "April 2014", never "1 April 2014" for it."""

from collections.abc import Callable
from datetime import date

from crossforce.agreements.document.values import CivilDate, Precision
from crossforce.agreements.wording.phrases import fill
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


_PRECISE: dict[Precision, Callable[[date, Language], str]] = {
    "day": lambda day, language: f"{day.day} {_month(day, language)} {day.year}",
    "month": lambda day, language: f"{_month(day, language)} {day.year}",
    "season": lambda day, language: f"{_SEASONS[language][day.month % 12 // 3]} {day.year}",
    "quarter": lambda day, language: fill(
        _QUARTER[language], n=(day.month + 2) // 3, year=day.year
    ),
    "half-year": lambda day, language: fill(_HALF[language][day.month > 6], year=day.year),
    "year": lambda day, _: str(day.year),
    "about": lambda day, language: fill(_ABOUT[language], year=day.year),
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
    parts = []
    if start:
        parts.append(_from(start, language))
    if end:
        parts.append(fill(_UNTIL[language], end=date_in_words(end, language)))
    return ", ".join(parts) if start and start.words else " ".join(parts)


def _from(start: CivilDate, language: Language) -> str:
    """A source's own words stand alone: "for several years" does not begin with "from"."""
    said = date_in_words(start, language)
    return said if start.words else fill(_FROM[language], start=said)
