"""How a file stands, over HTTP: at once, or when it rests."""

import time
from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from crossforce.intake.choices import AT_WORK

WAITS_SECONDS: Final = 10.0
LOOKS_SECONDS: Final = 0.1


class Told(Protocol):
    """What the API tells of a file."""

    state: str


ToldT = TypeVar("ToldT", bound=Told)


def rested(look: Callable[[], ToldT], *, is_awaited: bool) -> ToldT:
    """How it stands; where that `is_awaited`, not before it rests, for at most ten seconds."""
    said = look()
    until = time.monotonic() + WAITS_SECONDS
    while is_awaited and said.state in AT_WORK and time.monotonic() < until:
        time.sleep(LOOKS_SECONDS)
        said = look()
    return said
