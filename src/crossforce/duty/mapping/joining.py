"""Fields that are joined of several columns, such as a number of a division and a badge; and parted again."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from crossforce.duty.mapping.document import Field_, Mapping
from crossforce.duty.mapping.values import Wrong

Join = Callable[[list[str]], Sequence[str] | Wrong]
MAY_LACK: Final[frozenset[Field_]] = frozenset({"location", "call_sign"})
"""What is still true where one of its columns is empty; half a number would be another person's."""
RUN: Final = re.compile(r"\d+|\D+")


def columns(mapping: Mapping) -> list[str]:
    """Every column that the mapping reads, once, in its order."""
    return list(dict.fromkeys(each for several in mapping.columns.values() for each in several))


def joiner(mapping: Mapping) -> Join:
    """What makes the cells of fields of the cells of their columns."""
    if all(len(several) == 1 for several in mapping.columns.values()):
        return lambda cells: cells

    def join(cells: list[str]) -> Sequence[str] | Wrong:
        found, at = [], 0
        for field, several in mapping.columns.items():
            parts = cells[at : at + len(several)]
            at += len(several)
            if wrong := _wrong_part(several, parts, field, mapping):
                return wrong
            found.append(mapping.between.get(field, "").join(filter(None, parts)))
        return found

    return join


def _wrong_part(
    several: Sequence[str], parts: list[str], field: Field_, mapping: Mapping
) -> Wrong | None:
    if field not in MAY_LACK and any(parts) and not all(parts):
        return _half(several[parts.index("")], field)
    for column, part, width in zip(several, parts, mapping.widths.get(field, ()), strict=False):
        if part and len(part) != width:
            return _other_width(column, part, width, field)
    return None


def split(text: str, field: Field_, mapping: Mapping) -> list[str] | None:
    """The cells that are joined to the text; None where it cannot be told where it is parted.

    Where neither what is between them nor their widths say it, they are parted where letters and digits meet.
    """
    number, between = len(mapping.columns[field]), mapping.between.get(field, "")
    if number == 1 or not text:
        return [text] * number
    if widths := mapping.widths.get(field):
        parts = _cut(text, widths, len(between))
    else:
        parts = text.split(between, number - 1) if between else RUN.findall(text)
    if field in MAY_LACK:
        parts += [""] * (number - len(parts))
    again = between.join(each.strip() for each in parts if each.strip())
    return parts if len(parts) == number and again == text else None


def _cut(text: str, widths: Sequence[int], between: int) -> list[str]:
    parts = []
    for width in widths:
        parts.append(text[:width])
        text = text[width + between :]
    return [*parts, text]


def _other_width(column: str, part: str, width: int, field: Field_) -> Wrong:
    """The refusal of a part that would make the same as other parts do: 1 and 12 as 11 and 2."""
    return Wrong(
        "width",
        f"{part[:40]!r} has {len(part)} characters, and widths.{field} says {width}.",
        f"Export it with {width}, or correct the mapping.",
        column=column,
    )


def _half(column: str, field: Field_) -> Wrong:
    return Wrong(
        "empty",
        f"The row has no {column!r}, of which its {field.replace('_', ' ')} is joined.",
        "Fill it in.",
        column=column,
    )
