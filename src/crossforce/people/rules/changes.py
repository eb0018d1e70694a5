"""What changed from one kept state of a row to the next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """One change: when, by whom, and for each field what it was and what it became."""

    at: datetime
    by: str
    fields: tuple[tuple[str, Any, Any], ...]


def changes(states: Iterable[Mapping[str, Any]], names: Sequence[str]) -> Iterator[Change]:
    """The changes that led from state to state, oldest first; the first state changed from nothing."""
    before: Mapping[str, Any] = {}
    for after in states:
        fields = tuple(
            (name, before.get(name), after[name])
            for name in names
            if before.get(name) != after[name]
        )
        if fields:
            yield Change(after["changed_at"], after["changed_by"], fields)
        before = after
