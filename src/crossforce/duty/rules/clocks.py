"""Times that somebody writes by hand, on London's clock or with their offset, and the instants they are."""

from datetime import UTC, datetime
from typing import ClassVar, Final

from crossforce.duty.choices import EARLIEST_DAY, LATEST_DAY
from crossforce.kernel.civil import LONDON
from crossforce.kernel.refusals import NotUnderstood

FIRST, SECOND = "first", "second"
OFFSETS: Final = {FIRST: "+01:00", SECOND: "+00:00"}


class NoSuchTime(NotUnderstood):
    """Duties have no such time, or it may be either of two; the message says how to mend it."""

    status: ClassVar[int] = 422


class HappensTwice(NoSuchTime):
    """The clocks go back, and nothing says which of the two is meant."""


def instant(at: datetime, which: str = "") -> datetime:
    """The instant of a time, without an offset on London's clock. Raises NoSuchTime, HappensTwice."""
    if not EARLIEST_DAY <= at.date() <= LATEST_DAY:
        raise NoSuchTime(f"Give a day from {EARLIEST_DAY} to {LATEST_DAY}.")
    if at.tzinfo:
        return at.astimezone(UTC)
    said = f"{at:%d/%m/%Y %H:%M}"
    if is_never(at):
        raise NoSuchTime(
            f"{said} never happens, because the clocks go forward. Correct the time."
        )
    if is_twice(at) and not which:
        raise HappensTwice(
            f"{said} happens twice, because the clocks go back. Give it with its offset: "
            f"{at:%Y-%m-%dT%H:%M}{OFFSETS[FIRST]} is the first, "
            f"{at:%Y-%m-%dT%H:%M}{OFFSETS[SECOND]} the second."
        )
    return at.replace(tzinfo=LONDON, fold=int(which == SECOND)).astimezone(UTC)


def is_twice(at: datetime) -> bool:
    """Whether London's clock shows the time twice, because it goes back."""
    return _change(at) < 0


def is_never(at: datetime) -> bool:
    """Whether London's clock leaves the time out, because it goes forward."""
    return _change(at) > 0


def _change(at: datetime) -> float:
    local = at.replace(tzinfo=LONDON, fold=0)
    early, late = local.utcoffset(), local.replace(fold=1).utcoffset()
    assert early is not None
    assert late is not None
    return (late - early).total_seconds()
