"""What a file would change: new, changed with the fields that differ, unchanged, and no longer there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crossforce.records.reading.values import Row, Value


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is held already and says something else in these fields."""

    row: Row
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A file against what is held. `gone` is named and never deleted by a file."""

    new: tuple[Row, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether everything in the file is held as it says."""
        return not (self.new or self.changed)


def compared(
    rows: Sequence[Row], held: Mapping[str, Mapping[str, Value]], refused: Sequence[str] = ()
) -> Comparison:
    """The sound rows against what is held, by reference. A row that was refused is not gone."""
    changes = [Change(row, differing) for row in rows if (differing := _differing(row, held))]
    there = {row.reference for row in rows}
    altered = {each.row.reference for each in changes}
    return Comparison(
        new=tuple(row for row in rows if row.reference not in held),
        changed=tuple(changes),
        unchanged=tuple(sorted((there & set(held)) - altered)),
        gone=tuple(sorted(set(held) - there - set(refused))),
    )


def _differing(row: Row, held: Mapping[str, Mapping[str, Value]]) -> tuple[str, ...]:
    """The fields that the file has and that are held otherwise; a column that it lacks says nothing."""
    if row.reference not in held:
        return ()
    now = held[row.reference]
    return tuple(
        field for field, value in row.values.items() if _said(value) != _said(now.get(field))
    )


def _said(value: Value) -> Value:
    """What a cell says; an empty text and no codes say nothing, and £0 says something."""
    return None if value in ("", ()) else value
