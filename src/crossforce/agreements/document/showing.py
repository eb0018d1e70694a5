"""Civil dates in words, no more exact than their source."""

from collections.abc import Callable
from datetime import date

from crossforce.agreements.document.values import CivilDate

_MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
    "cy": (
        "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi",
        "Hydref", "Tachwedd", "Rhagfyr",
    ),
}  # fmt: skip
_SEASONS = {
    "en": ("winter", "spring", "summer", "autumn"),
    "cy": ("gaeaf", "gwanwyn", "haf", "hydref"),
}
_QUARTERS = {
    "en": ("first quarter of", "second quarter of", "third quarter of", "fourth quarter of"),
    "cy": ("chwarter cyntaf", "ail chwarter", "trydydd chwarter", "pedwerydd chwarter"),
}
_HALVES = {"en": ("first half of", "second half of"), "cy": ("hanner cyntaf", "ail hanner")}
_ABOUT = {"en": "about", "cy": "tua"}


def date_in_words(day: CivilDate, language: str = "en") -> str:
    """`1 December 2015`, `December 2015`, `spring 2015`, `2015`, as precise as the source is."""
    if day.words:
        return day.words.in_language(language)
    return _SHOWN[day.precision](day.date, "cy" if language == "cy" else "en")


def _day(day: date, language: str) -> str:
    return f"{day.day} {_month(day, language)}"


def _month(day: date, language: str) -> str:
    return f"{_MONTHS[language][day.month - 1]} {day.year}"


def _season(day: date, language: str) -> str:
    return f"{_SEASONS[language][day.month % 12 // 3]} {day.year}"


def _quarter(day: date, language: str) -> str:
    return f"{_QUARTERS[language][(day.month - 1) // 3]} {day.year}"


def _half(day: date, language: str) -> str:
    return f"{_HALVES[language][(day.month - 1) // 6]} {day.year}"


def _year(day: date, language: str) -> str:
    return str(day.year)


def _about(day: date, language: str) -> str:
    return f"{_ABOUT[language]} {_month(day, language)}"


_SHOWN: dict[str, Callable[[date, str], str]] = {
    "day": _day,
    "month": _month,
    "season": _season,
    "quarter": _quarter,
    "half-year": _half,
    "year": _year,
    "about": _about,
}
