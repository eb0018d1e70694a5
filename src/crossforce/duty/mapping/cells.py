"""What each cell of a row says, field by field, judged by the codes of the mapping and the platform."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Table
from difflib import get_close_matches
from typing import Any, Final

from crossforce.duty.mapping.document import CODED, Mapping
from crossforce.duty.mapping.values import WHATS, Known, Wrong, is_formula

Cells = Sequence[str]
Reader = Callable[[Cells], Any]

YES: Final = {"yes": True, "y": True, "true": True, "1": True}
NO: Final = {"": False, "no": False, "n": False, "false": False, "0": False}
FLAGS: Final = frozenset({"on_call", "cancelled"})
LONGEST: Final = 120
MOST_KEPT: Final = 10_000
RANGES: Final = {"latitude": 90.0, "longitude": 180.0}


def reader(mapping: Mapping, field: Any, at: Table[str, int], known: Known) -> Reader:
    """What reads the field from the cells of a row; `at` says where each field stands."""
    if field in mapping.values:
        value = judged(field, mapping.values[field], known)
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


def plain(text: str, column: str) -> str:
    """A text that is safe to keep and to hand on. Raises Wrong."""
    if is_formula(text) or len(text) > LONGEST or not text.isprintable():
        raise _unsafe(text, column)
    return text


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
        value = judged(field, _looked_up(text, catalogue), known, column)
        if len(done) < MOST_KEPT:
            done[text] = value
        return value

    return read


def _looked_up(text: str, catalogue: Table[str, str] | None) -> str:
    return text if catalogue is None else catalogue.get(text, text)


def _uncatalogued(text: str, field: Any, mapping: Mapping) -> Wrong:
    """The refusal of a code that the mapping does not know, with every table that should."""
    column = mapping.headings[field]
    lacking = [
        each
        for each, table in mapping.codes.items()
        if mapping.headings.get(each) == column and text not in table
    ]
    names = " and ".join(each.replace("_", " ") for each in lacking)
    tables = " and ".join(f"[codes.{each}]" for each in lacking)
    return unknown(text, names, mapping.codes[field], column, f"Add it to {tables}")


def judged(field: str, text: str, known: Known, column: str = "") -> Any:
    """The platform's value of a coded field. Raises Wrong for a code that it does not know."""
    if field in FLAGS:
        if (flag := (YES | NO).get(text.lower())) is None:
            raise unknown(text, field, ("yes", "no"), column, f"Map it in [codes.{field}]")
        return flag
    codes = _codes(field, known)
    if text and codes and text not in codes:
        raise unknown(text, field, codes, column, f"Map it in [codes.{field}]")
    return text


def unknown(text: str, field: str, codes: Any, column: str, how: str) -> Wrong:
    """The refusal of a code that nobody knows, with the nearest that is known."""
    near = get_close_matches(text, list(codes), n=1)
    hint = f"Did you mean {near[0]!r}? If not: " if near else ""
    return Wrong(
        "unknown-code",
        f"{text[:40]!r} is no known {field.replace('_', ' ')}.",
        f"{hint}{how}, or correct the row.",
        column=column,
    )


def _codes(field: str, known: Known) -> frozenset[str]:
    return {
        "unit": known.units,
        "function": known.functions,
        "role": known.roles,
        "status": known.statuses,
        "absence": known.absences,
        "what": frozenset(WHATS),
    }.get(field, frozenset())


def _unsafe(text: str, column: str) -> Wrong:
    if is_formula(text):
        return Wrong(
            "formula",
            f"The cell begins with {text[0]!r}, which a spreadsheet would run as a formula.",
            "Take the sign away where the export is made.",
            column=column,
        )
    return Wrong(
        "cell",
        f"The cell is longer than {LONGEST} characters or holds characters that are not text.",
        "Shorten or correct it.",
        column=column,
    )
