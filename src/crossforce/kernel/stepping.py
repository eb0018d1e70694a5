"""A list page by page, where each page begins at a row and not at a number.

However long the list, a page costs what its own rows cost; and what comes or goes meanwhile moves no
other row: none is told twice, none is passed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from crossforce.kernel.refusals import NotUnderstood


class NoSuchRow(NotUnderstood):
    """The page is to begin at a row that is not there, or that you may not know of. Begin with the first page."""


@dataclass(frozen=True, slots=True)
class Step:
    """Which rows: those after a row, those before one, or the first; `most` that is 0 is all of them."""

    most: int = 0
    after: UUID | None = None
    before: UUID | None = None


@dataclass(frozen=True, slots=True)
class Stepped:
    """The rows of a page; the row before which the one before ends, and the one after which the next begins."""

    rows: Sequence[Any]
    before: UUID | None = None
    after: UUID | None = None


def page(rows: Any, order: Sequence[str], step: Step, among: Any = None) -> Stepped:
    """The page of a query in an order of fields that are never empty, its key last. Raises NoSuchRow.

    The row at which it begins is looked up `among` these: all that row security leaves, where none are given.
    """
    edge = step.before or step.after
    at = _at(rows.model.objects if among is None else among, order, edge) if edge else ()
    if step.before is not None:
        found, is_more = _read(rows, [_turned(name) for name in order], at, step.most)
        return _stepped(found[::-1], is_before=is_more, is_after=True)
    found, is_more = _read(rows, order, at, step.most)
    return _stepped(found, is_before=step.after is not None, is_after=is_more)


def _read(
    rows: Any, order: Sequence[str], at: Sequence[Any], most: int
) -> tuple[list[Any], bool]:
    ordered = (rows.filter(_beyond(order, at)) if at else rows).order_by(*order)
    found = list(ordered[: most + 1] if most else ordered)
    return (found[:most], len(found) > most) if most else (found, False)


def _at(among: Any, order: Sequence[str], edge: UUID) -> tuple[Any, ...]:
    """What the row at the edge says in the fields of the order."""
    row = among.filter(pk=edge).first()
    if row is None:
        raise NoSuchRow
    return tuple(getattr(row, _plain(name)) for name in order)


def _beyond(order: Sequence[str], edge: Sequence[Any]) -> Q:
    """What comes later than the edge: it differs in some field, and in none before that."""
    wanted, same = Q(), Q()
    for name, value in zip(order, edge, strict=True):
        side = "lt" if name.startswith("-") else "gt"
        wanted |= same & Q((f"{_plain(name)}__{side}", value))
        same &= Q((_plain(name), value))
    return wanted


def _stepped(found: list[Any], *, is_before: bool, is_after: bool) -> Stepped:
    if not found:
        return Stepped(found)
    return Stepped(
        found, found[0].pk if is_before else None, found[-1].pk if is_after else None
    )


def _plain(name: str) -> str:
    return name.removeprefix("-")


def _turned(name: str) -> str:
    return _plain(name) if name.startswith("-") else f"-{name}"
