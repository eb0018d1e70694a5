"""Figures of the rule pack `access-limits`."""

from datetime import datetime
from typing import Final

from crossforce.kernel import rulepacks
from crossforce.kernel.civil import day_of

PACK: Final = "access-limits"


def limit(name: str, at: datetime) -> int:
    """How many days or characters, on the day of the instant."""
    return int(rulepacks.load(PACK).value(name, day_of(at)))
