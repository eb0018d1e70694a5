"""What changed from one state of a record to the next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Changed = dict[str, tuple[Any, Any]]
"""By field what it was and what it became."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: when, by whom, and for each field what it was and what it became."""

    at: datetime
    by: str
    fields: tuple[tuple[str, Any, Any], ...]


def changes(states: Iterable[Mapping[str, Any]], names: Sequence[str]) -> Iterator[Change]:
    """From states, oldest first. The first counts as a change from nothing."""
    before: Mapping[str, Any] = {}
    for state in states:
        changed = tuple(
            (name, before.get(name), state[name])
            for name in names
            if before.get(name) != state[name] and (before or state[name] not in (None, "", []))
        )
        if changed:
            yield Change(state["changed_at"], state["changed_by"], changed)
        before = state


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changed:
    """The fields that would change, with what they are and what they would be."""
    return {
        name: (before[name], value) for name, value in after.items() if before[name] != value
    }
