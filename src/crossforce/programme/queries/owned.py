"""Whose a row is. A code names something among its holder's own: another holder's namesake is another."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from crossforce.records import api as records

Owned = dict[tuple[str, str], list[Any]]
"""Rows of projects, by the holder and the code of the project."""


def holders(rows: Iterable[Any]) -> dict[int, str]:
    """The holder of each scope in which these rows are."""
    places = records.places_of({each.scope_id for each in rows})
    return {scope: place.holder for scope, place in places.items()}


def held_by(holder: str, rows: Iterable[Any]) -> list[Any]:
    """Of these rows those of the holder."""
    found = list(rows)
    of = holders(found)
    return [each for each in found if of[each.scope_id] == holder]


def of_projects(model: Any, codes: Iterable[str]) -> Owned:
    """Rows of a kind by their project; a project of another holder with that code is another."""
    rows = list(model.objects.within_reach().filter(project__in=list(codes)).order_by("pk"))
    of = holders(rows)
    found: Owned = defaultdict(list)
    for each in rows:
        found[of[each.scope_id], each.project].append(each)
    return found
