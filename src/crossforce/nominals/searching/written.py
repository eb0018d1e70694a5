"""A day of birth as people write it, as far as it is known: `12 May 1980`, `May 1980`, `1980`."""

from typing import Final

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
LAST: Final = len(MONTHS)


def day(number: int) -> str:
    """Of a day as an index holds it: 19800512, and noughts for what is not known; any year is 0."""
    year, month, of_month = number // 10_000, number // 100 % 100, number % 100
    name = MONTHS[month - 1] if 1 <= month <= LAST else ""
    return " ".join(str(part) for part in (of_month, name, year) if part)


def text(said: str) -> str:
    """Of a day as a record says it: 1980-05-12, 1980-05 or 1980. What is none stands as it is."""
    year, *rest = said.split("-")
    if not all(part.isdecimal() for part in (year, *rest)) or len(year) != 4 or len(rest) > 2:
        return said
    month, of_month = (*map(int, rest), 0, 0)[:2]
    return day(int(year) * 10_000 + month * 100 + of_month) if month <= LAST else said
