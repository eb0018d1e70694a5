"""A moment that comes while a test looks, and waiting for what is to come: no slow machine makes either fail."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from crossforce.kernel import civil, clock

PATIENCE: Final = 60.0
"""Seconds for whatever is to come. Waiting long costs nothing where it comes."""
LONGER: Final = 4
ATTEMPTS: Final = 5


class TooLate(Exception):
    """The moment had come before the test could look."""


def until(is_so: Callable[[], object], *, seconds: float = PATIENCE) -> None:
    """Wait, not for a time, but for what is to come."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def attempted(attempt: Callable[[datetime], None], *, seconds: float) -> None:
    """Have something begin or end in so many seconds; in more where the machine was too slow for a look before."""
    for _ in range(ATTEMPTS):
        try:
            attempt(clock.now() + timedelta(seconds=seconds))
        except TooLate:
            seconds *= LONGER
        else:
            return
    raise TooLate


def before(moment: datetime) -> None:
    """What was seen until here was seen before the moment. Raises TooLate."""
    if clock.now() >= moment:
        raise TooLate


def passed(moment: datetime) -> None:
    """Wait until it is over."""
    while clock.now() <= moment:
        time.sleep(0.01)


def left_of_day(at: datetime) -> float:
    """Seconds until the day ends, in London or in UTC, whichever is sooner."""
    civil_day = civil.instant(civil.next_day(civil.day_of(at)))
    day = datetime.combine(at.date() + timedelta(days=1), datetime.min.time(), UTC)
    return (min(civil_day, day) - at).total_seconds()


def in_one_day(seconds: float, at: datetime) -> float:
    """How long to wait so that the next so many seconds are all of one day: what is today stays today."""
    left = left_of_day(at)
    return left + 0.1 if left < seconds else 0.0
