"""What sharing tells the floors above, after commit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class AccessRequested:
    """Somebody asked the holder for a record."""

    request: UUID
    holder: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RequestDecided:
    """The holder decided a request."""

    request: UUID
    holder: str
    organisation: str
    is_granted: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class GlassBroken:
    """Somebody opened a record at once, by a clause that allows it."""

    share: UUID
    holder: str
    organisation: str
    at: datetime
