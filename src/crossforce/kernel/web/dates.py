"""Dates and instants as people read them, in the page's language, on London's clock."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext

from crossforce.kernel import civil
from crossforce.kernel.web import language

MONTHS: Final = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    "cy": (
        *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf"),
        *("Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
    ),
}


def month_name(number: int) -> str:
    return MONTHS["cy" if _is_welsh() else "en"][number - 1]


def _is_welsh() -> bool:
    return language.current() == "cy"


def day(value: Any) -> str:
    """`12 March 2014`; a civil date known only to its month or year says no more than that."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _written(civil.day_of(value), "day")
    if isinstance(value, date):
        return _written(value, "day")
    words = getattr(value, "words", None)
    if words is not None:
        return str(words.in_language("cy" if _is_welsh() else "en"))
    return _written(value.date, value.precision)


def writer() -> Callable[[date | None], str]:
    """`day` for the many dates of one page: its language is asked for once, each date written once."""
    return Written(MONTHS["cy" if _is_welsh() else "en"]).__getitem__


class Written(dict[date | None, str]):
    """Dates in the words of one language."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__({None: ""})
        self.names = names

    def __missing__(self, value: date | None) -> str:
        assert value is not None
        words = f"{value.day} {self.names[value.month - 1]} {value.year}"
        return self.setdefault(value, words)


def _written(plain: date, precision: str) -> str:
    return WRITERS.get(precision, _full)(plain)


def _full(plain: date) -> str:
    return f"{plain.day} {month_name(plain.month)} {plain.year}"


def _months(plain: date, count: int) -> str:
    last = civil.add_months(plain, count - 1)
    return gettext("%(first)s to %(last)s") % {
        "first": month_name(plain.month),
        "last": month(last),
    }


def _season(plain: date) -> str:
    names = (gettext("winter"), gettext("spring"), gettext("summer"), gettext("autumn"))
    return f"{names[plain.month % 12 // 3]} {plain.year}"


def _about(plain: date) -> str:
    return gettext("about %(date)s") % {"date": _full(plain)}


def month(value: date) -> str:
    """`March 2014`."""
    return f"{month_name(value.month)} {value.year}"


def instant(value: datetime | None) -> str:
    """`12 March 2014, 15:05`, in London."""
    if value is None:
        return ""
    return f"{day(civil.day_of(value))}, {civil.time_of_day(value)}"


WRITERS: Final[dict[str, Callable[[date], str]]] = {
    "month": month,
    "season": _season,
    "quarter": partial(_months, count=3),
    "half-year": partial(_months, count=6),
    "year": lambda plain: str(plain.year),
    "about": _about,
}
