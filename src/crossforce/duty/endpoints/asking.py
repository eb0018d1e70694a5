"""The instant that a request names."""

from datetime import datetime

from crossforce.duty.choices import EARLIEST_DAY, LATEST_DAY
from crossforce.duty.rules import clocks
from crossforce.kernel import clock
from crossforce.kernel.refusals import NotUnderstood


class NoSuchInstant(NotUnderstood):
    """This is not an instant that duties can have."""


def instant(at: datetime | None) -> datetime:
    """The instant asked for, else now; without an offset it is London's clock. Raises NoSuchInstant, NoSuchTime."""
    if at is None:
        return clock.now()
    if not EARLIEST_DAY <= at.date() <= LATEST_DAY:
        raise NoSuchInstant(f"at: give an instant from {EARLIEST_DAY} to {LATEST_DAY}.")
    return clocks.instant(at)
