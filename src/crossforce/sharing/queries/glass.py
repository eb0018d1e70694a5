"""The clause by which the glass may be broken for a record."""

from dataclasses import dataclass
from uuid import UUID

from crossforce.kernel import statements


@dataclass(frozen=True, slots=True)
class Glass:
    """A clause by which the glass may be broken for a record of this holder, for so many minutes."""

    holder: str
    agreement: str
    version: int
    clause: str
    minutes: int


def glass(kind: str, record: UUID) -> Glass | None:
    """The clause that allows whoever acts the longest sight of the record at once, if one does."""
    found = statements.answers("SELECT * FROM access_glass(%s, %s) LIMIT 1", kind, record)
    return Glass(*found[0]) if found else None
