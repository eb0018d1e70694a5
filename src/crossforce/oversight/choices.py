"""Small frozen values of oversight."""

from dataclasses import dataclass
from datetime import date

EARLIEST_DAY, LATEST_DAY = date(1970, 1, 1), date(2199, 12, 31)
"""Days that can be asked for."""


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries to list; every condition given must hold. `until` is the last day."""

    operation: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None
