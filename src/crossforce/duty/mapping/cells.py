"""What each cell of a row says, field by field, judged by the codes of the mapping and the platform."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Table
from difflib import get_close_matches
from typing import Any, Final

from crossforce.duty.mapping.document import CODED, Mapping
from crossforce.duty.mapping.values import WHATS, Known, Wrong, plain

Cells = Sequence[str]
Reader = Callable[[Cells], Any]

YES: Final = {"yes": True, "y": True, "true": True, "1": True}
NO: Final = {"": False, "no": False, "n": False, "false": False, "0": False}
FLAGS: Final = frozenset({"on_call", "cancelled"})
MOST_KEPT: Final = 10_000
NAMES: Final = {
    "code": "duty code",
    "what": "sort of duty",
    "absence": "reason to be away",
    "on_call": "way to say whether somebody is on call",
    "cancelled": "way to say whether a duty is cancelled",
}
"""What fields are called where a code of theirs is refused, if not by their own name."""
RANGES: Final = {"latitude": 90.0, "longitude": 180.0}


def reader(mapping: Mapping, field: Any, at: Table[str, int], known: Known) -> Reader:
    """What reads the field from the cells of a row; `at` says where each field stands."""
    if field in mapping.values:
        value = fixed(field, mapping.values[field], known, f"values.{field}")
        return lambda _cells: value
    if field not in at:
        absent: Any = None if field in RANGES else False if field in FLAGS else ""
        return lambda _cells: absent
    place, column = at[field], mapping.headings[field]
    if field in RANGES:
        return lambda cells: number(cells[place], field, column)
    if field in CODED:
        return _coded(mapping, field, place, known)
    return lambda cells: plain(cells[place], column)


def number(text: str, field: str, column: str) -> float | None:
    """A latitude or longitude, in degrees. Raises Wrong."""
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = 999.0
    if not -RANGES[field] <= value <= RANGES[field]:
        raise Wrong(
            "number",
            f"{text[:40]!r} is no {field} in degrees.",
            "Correct it, with a point before the decimals, or leave it empty.",
            column=column,
        )
    return round(value, 6)


def _coded(mapping: Mapping, field: Any, place: int, known: Known) -> Reader:
    catalogue, column = mapping.codes.get(field), mapping.headings[field]
    done: dict[str, Any] = {}

    def read(cells: Cells) -> Any:
        text = cells[place]
        try:
            return done[text]
        except KeyError:
            pass
        if catalogue is None or text not in catalogue:
            plain(text, column)
        if catalogue is not None and text and text not in catalogue:
            raise _uncatalogued(text, field, mapping)
        value = _of_catalogue(text, field, catalogue or {}, known, column)
        if len(done) < MOST_KEPT:
            done[text] = value
        return value

    return read


def _of_catalogue(
    text: str, field: str, catalogue: Table[str, str], known: Known, column: str
) -> Any:
    if text not in catalogue:
        return judged(field, text, known, column)
    how = f"Correct what [codes.{field}] of the mapping makes of {text!r}."
    return judged(field, catalogue[text], known, column, how)


def _uncatalogued(text: str, field: Any, mapping: Mapping) -> Wrong:
    """The refusal of a code that the mapping does not know, with every table that should."""
    column = mapping.headings[field]
    lacking = [
        each
        for each, table in mapping.codes.items()
        if mapping.headings.get(each) == column and text not in table
    ]
    names = " and ".join(NAMES.get(each, each) for each in lacking)
    tables = " and ".join(f"[codes.{each}]" for each in lacking)
    how = f"Add it to {tables}, or correct the row."
    return unknown(text, names, mapping.codes[field], column, how)


def judged(field: str, text: str, known: Known, column: str = "", how: str = "") -> Any:
    """The platform's value of a coded field. Raises Wrong for a code that it does not know."""
    how = how or f"Map it in [codes.{field}], or correct the row."
    if field in FLAGS:
        if (flag := (YES | NO).get(text.lower())) is None:
            raise unknown(text, field, ("yes", "no"), column, how)
        return flag
    codes = _codes(field, known)
    if text and codes and text not in codes:
        raise unknown(text, field, codes, column, how)
    return text


def fixed(field: str, text: str, known: Known, where: str) -> Any:
    """The platform's value of what the mapping says itself. Raises Wrong, for the whole file."""
    try:
        return judged(field, text, known, how=f"Correct {where} of the mapping.")
    except Wrong as wrong:
        wrong.is_whole = True
        raise


def unknown(text: str, field: str, codes: Any, column: str, how: str) -> Wrong:
    """The refusal of a code that nobody knows, with the nearest that is known."""
    near = get_close_matches(text, list(codes), n=1)
    hint = f"Did you mean {near[0]!r}? If not: " if near else ""
    message = f"{text[:40]!r} is no known {NAMES.get(field, field)}."
    return Wrong("unknown-code", message, hint + how, column=column)


def _codes(field: str, known: Known) -> frozenset[str]:
    return {
        "unit": known.units,
        "function": known.functions,
        "role": known.roles,
        "status": known.statuses,
        "absence": known.absences,
        "what": frozenset(WHATS),
    }.get(field, frozenset())
