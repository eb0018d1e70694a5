"""What each cell says, by the sort of its column; a cell that says nothing sound is refused with a remedy."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Final, TypeVar

from crossforce.kernel.written import (
    NoSuchDay,
    NotADay,
    NotANumber,
    day,
    may_be_two_days,
    number,
)
from crossforce.records.choices import EARLIEST_DAY, LATEST_DAY
from crossforce.records.reading.layouts import Column, Sort
from crossforce.records.reading.limits import LONGEST
from crossforce.records.reading.values import (
    Cell,
    Fault,
    Formula,
    Raw,
    Value,
    Wrong,
    is_formula,
)

NumberT = TypeVar("NumberT", int, Decimal)
Known = Mapping[str, Mapping[str, str]]
"""By field, the codes that there are, under themselves and as their names would be; one not named takes any."""

PARTED: Final = re.compile(r"[;\n]")
UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
NOTHING: Final = (Sort.DATE, Sort.POUNDS, Sort.NUMBER, Sort.DECIMAL)
"""Of these an empty cell is not known, and no text."""
MOST_POUNDS: Final = Decimal(10**12)


def read(cell: Cell, column: Column, known: Known) -> Value:
    """The value of the cell; None, or for text an empty one, where it is empty. Raises Wrong."""
    raw = _plain(cell)
    if raw is None or raw == "":
        return _empty(column)
    return _READERS[column.sort](raw, cell, column, known)


def _empty(column: Column) -> Value:
    if column.sort is Sort.SEVERAL:
        return ()
    return None if column.sort in NOTHING else ""


def _plain(cell: Cell) -> Raw:
    """What the cell holds, if it is no formula, no error, and text of a sort. Raises Wrong."""
    raw = cell.raw
    if isinstance(raw, Formula):
        raise _formula(cell.place)
    if isinstance(raw, Fault):
        raise Wrong("error-value", f"{cell.place} holds the error {raw.text}.", "Correct it.")
    if not isinstance(raw, str):
        return raw
    if not cell.is_typed:
        if raw.startswith("'") and is_formula(raw.lstrip("'")):
            return raw[1:]
        if is_formula(raw):
            raise _formula(cell.place)
    if len(raw) > LONGEST or UNPRINTABLE.search(raw):
        raise Wrong(
            "cell",
            f"{cell.place} is longer than {LONGEST:,} letters or holds signs that are not text.",
            "Shorten or correct it.",
        )
    return raw.replace("\r\n", "\n")


def _formula(place: str) -> Wrong:
    return Wrong("formula", f"{place} holds a formula.", "Paste its value in its place.")


def _text(raw: Raw, cell: Cell, column: Column, _known: Known) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, datetime | date | bool):
        raise Wrong(
            "not-text",
            f"{cell.place} is a {'date' if isinstance(raw, date) else 'yes or no'}, and"
            f" {column.heading} is text.",
            "Write it as text.",
        )
    text = str(raw)
    if len(text) > column.longest:
        raise Wrong(
            "too-long",
            f"{cell.place} has {len(text):,} letters, and {column.heading} has room for"
            f" {column.longest:,}.",
            "Shorten it.",
        )
    return text


def _date(raw: Raw, cell: Cell, column: Column, _known: Known) -> date:
    found = _day(raw, cell, column)
    if not EARLIEST_DAY <= found <= LATEST_DAY:
        raise Wrong(
            "date",
            f"{cell.place} is a day of the year {found.year}.",
            f"Give a day from {EARLIEST_DAY.year} to {LATEST_DAY.year}.",
        )
    return found


def _day(raw: Raw, cell: Cell, column: Column) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str):
        raise Wrong(
            "date",
            f"{cell.place} is the number {raw}, and {column.heading} is a date.",
            "Give the cell the format of a date.",
        )
    if cell.is_typed and may_be_two_days(raw):
        raise Wrong(
            "date-as-text",
            f"{cell.place} holds the text {raw!r}, which may be two different days.",
            "Make the cell a date, or write it as 2008-04-01.",
        )
    try:
        return day(raw)
    except NoSuchDay:
        raise Wrong("date", f"{cell.place}: there is no day {raw!r}.", "Correct it.") from None
    except NotADay as wrong:
        raise Wrong("date", f"{cell.place}: {raw[:40]!r} is not a date.", str(wrong)) from None


def _pounds(raw: Raw, cell: Cell, column: Column, _known: Known) -> int:
    pence = _amount(raw, cell, column) * 100
    if pence != pence.to_integral_value():
        raise Wrong(
            "part-of-a-penny",
            f"{cell.place} holds {raw}, which is not whole pennies.",
            "Round it to two decimals.",
        )
    if abs(pence) > MOST_POUNDS * 100:
        raise Wrong("number", f"{cell.place} is more than there is.", "Correct it.")
    return _signed(int(pence), cell, column)


def _number(raw: Raw, cell: Cell, column: Column, _known: Known) -> int:
    amount = _amount(raw, cell, column)
    if amount != amount.to_integral_value() or abs(amount) > MOST_POUNDS:
        raise Wrong("number", f"{cell.place} holds {raw}, not a whole number.", "Correct it.")
    return _signed(int(amount), cell, column)


def _decimal(raw: Raw, cell: Cell, column: Column, _known: Known) -> Decimal:
    amount = _amount(raw, cell, column)
    if amount * 100 != (amount * 100).to_integral_value() or abs(amount) > MOST_POUNDS:
        raise Wrong(
            "number", f"{cell.place} holds {raw}.", "Write it with two decimals at most."
        )
    return _signed(amount, cell, column)


def _signed(value: NumberT, cell: Cell, column: Column) -> NumberT:
    if value < 0 and not column.may_be_negative:
        raise Wrong(
            "negative",
            f"{cell.place} is negative, and {column.heading} cannot be less than nothing.",
            "Correct the sign, or leave it empty if it is not known.",
        )
    return value


def _amount(raw: Raw, cell: Cell, column: Column) -> Decimal:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        # As a spreadsheet shows it: fifteen digits.
        amount = Decimal(f"{raw:.15g}")
        if amount.is_finite():
            return amount
    try:
        if isinstance(raw, str):
            return number(raw)
    except NotANumber:
        pass
    raise Wrong(
        "number",
        f"{cell.place}: {str(raw)[:40]!r} is not a number, and {column.heading} is one.",
        "Write digits, as 1234.50 or 1,234.50.",
    )


def _code(raw: Raw, cell: Cell, column: Column, known: Known) -> str:
    return _known_code(_text(raw, cell, column, known), cell, column, known)


def _several(raw: Raw, cell: Cell, column: Column, known: Known) -> tuple[str, ...]:
    parts = (each.strip() for each in PARTED.split(_text(raw, cell, column, known)))
    if column.field not in known:
        return tuple(dict.fromkeys(each for each in parts if each))
    return tuple(
        dict.fromkeys(_known_code(each, cell, column, known) for each in parts if each)
    )


def _known_code(text: str, cell: Cell, column: Column, known: Known) -> str:
    codes = known.get(column.field)
    if column.codes:
        codes = {str(each): str(each) for each in column.codes}
    if codes is None:
        return text
    code = as_code(text)
    if found := codes.get(text) or codes.get(code):
        return found
    near = get_close_matches(code, list(codes), n=1)
    hint = f"Did you mean {codes[near[0]]!r}?" if near else "Correct it."
    raise Wrong(
        "unknown-code",
        f"{cell.place}: {text[:40]!r} is not known under {column.heading}.",
        hint,
    )


def as_code(text: str) -> str:
    """A name as its code would be: `Avon & Somerset` is `avon-and-somerset`."""
    return re.sub(r"[^\w]+", "-", text.casefold().replace("&", "and")).strip("-")


_READERS: Final[Mapping[Sort, Callable[[Raw, Cell, Column, Known], Value]]] = {
    Sort.REFERENCE: _text,
    Sort.TEXT: _text,
    Sort.DATE: _date,
    Sort.POUNDS: _pounds,
    Sort.NUMBER: _number,
    Sort.DECIMAL: _decimal,
    Sort.CODE: _code,
    Sort.SEVERAL: _several,
}
