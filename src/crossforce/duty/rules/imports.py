"""What an import says of itself."""

from collections.abc import Mapping
from typing import Final

CHANGES: Final = ("new", "changed", "cancelled")


def changes_nothing(counts: Mapping[str, int]) -> bool:
    """Whether everything that was read is held already, as it is."""
    return counts.get("same", 0) > 0 and not any(counts.get(each) for each in CHANGES)
