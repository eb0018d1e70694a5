"""What happened to records; handlers get it after commit. Ids only: who may read it is asked anew."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RecordAdded:
    """A record of a kind came to be."""

    kind: str
    record: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordChanged:
    """What a record says, or where it is, changed."""

    kind: str
    record: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordDisposed:
    """A record is gone, with all that repeated it."""

    kind: str
    record: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class CorrectionAnswered:
    """The holder accepted or refused a proposed correction."""

    proposal: UUID
    posting: UUID
    is_accepted: bool
    at: datetime
