"""Moments that tests look at: none is missed on a slow machine, and no day ends within a test."""

from datetime import UTC, datetime, timedelta

import pytest

from crossforce.kernel import clock
from crossforce.kernel.testing import soon


@pytest.mark.parametrize(
    ("at", "seconds"),
    [
        (datetime(2026, 11, 22, 23, 59, 50, tzinfo=UTC), 10),
        (datetime(2026, 6, 30, 22, 59, 50, tzinfo=UTC), 10),  # London's day ends before UTC's
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), 3600),  # and UTC's within London's next
        (datetime(2028, 2, 29, 12, 0, tzinfo=UTC), 12 * 3600),
    ],
)
def test_the_day_ends_in_london_or_in_utc(at: datetime, seconds: int) -> None:
    assert soon.left_of_day(at) == seconds
    assert soon.in_one_day(seconds, at) == 0
    assert seconds < soon.in_one_day(seconds + 1, at) < seconds + 1


def test_an_attempt_that_came_too_late_has_more_time_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: now)
    given: list[timedelta] = []

    def attempt(at: datetime) -> None:
        given.append(at - now)
        soon.before(at - timedelta(seconds=5))  # the machine takes five seconds

    soon.attempted(attempt, seconds=1)
    assert given == [timedelta(seconds=each) for each in (1, 4, 16)]


def test_what_never_is_in_time_fails() -> None:
    def attempt(at: datetime) -> None:
        raise soon.TooLate

    with pytest.raises(soon.TooLate):
        soon.attempted(attempt, seconds=0)
    with pytest.raises(AssertionError):
        soon.until(lambda: False, seconds=0)
