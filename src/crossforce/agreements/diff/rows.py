"""Which row of one table is which row of another: by what names it, then by likeness."""

from collections import Counter, defaultdict
from typing import Any

from crossforce.agreements.terms import json_bytes

Plain = dict[str, Any]

_NAMED_BY: dict[str, tuple[str, ...]] = {
    "party": ("organisation", "capacity"),
    "function": ("code",),
    "participation": ("forces",),
    "unit": ("code",),
    "clause": ("number",),
    "relation": ("reference", "relation"),
    "sources": ("id",),
    "designation": ("staff_of", "clause"),
    "term": ("type",),
    "component": ("method",),
    "in_kind": ("force",),
    "withheld": ("clause",),
    "settlement": ("item",),
}


def keyed(rows: list[Plain], table: str) -> dict[str, Plain]:
    """Rows by name; a second row of one name is `name#2`."""
    seen: Counter[str] = Counter()
    found = {}
    for row in rows:
        name = _name(row, table)
        seen[name] += 1
        found[_numbered(name, seen[name])] = row
    return found


def paired(old: dict[str, Plain], new: list[Plain], table: str) -> dict[str, Plain]:
    """The new rows under the names of the old rows they are; those that are new under new names."""
    waiting = defaultdict(list)
    for key, row in old.items():
        waiting[_name(row, table)].append(key)
    found: dict[str, Plain] = {}
    left = []
    for row in new:
        same = [key for key in waiting[_name(row, table)] if old[key] == row]
        if same:
            waiting[_name(row, table)].remove(same[0])
            found[same[0]] = row
        else:
            left.append(row)
    taken: Counter[str] = Counter(_name(row, table) for row in old.values())
    for row in left:
        found[_best(row, old, waiting, taken, table)] = row
    return found


def _best(
    row: Plain,
    old: dict[str, Plain],
    waiting: dict[str, list[str]],
    taken: Counter[str],
    table: str,
) -> str:
    name = _name(row, table)
    if waiting[name]:
        best = max(waiting[name], key=lambda key: _alike(old[key], row))
        waiting[name].remove(best)
        return best
    taken[name] += 1
    return _numbered(name, taken[name])


def _alike(one: Plain, other: Plain) -> int:
    return sum(json_bytes(one[key]) == json_bytes(other.get(key)) for key in one)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}#{number}"


def _name(row: Plain, table: str) -> str:
    values = [row.get(key, "") for key in _NAMED_BY.get(table, ())]
    return " ".join(each[0] if isinstance(each, list) else str(each) for each in values)
