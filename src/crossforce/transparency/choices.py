"""Small frozen values of entries."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """The agreement, version and clause that an act rests on; clause "" cites the whole."""

    reference: str
    version: int
    clause: str = ""
