"""The process that tells, beside the web, what is new while nobody looks; and what the doctor says of it."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from django.db import close_old_connections

from crossforce.kernel import clock, companions
from crossforce.kernel.doctor import WARNING, Finding
from crossforce.nominals.choices import ALERTS, INTERESTS
from crossforce.nominals.operations import arriving, noticing
from crossforce.nominals.queries import feeding

SUBJECTS: Final = {ALERTS: "Saved searches", INTERESTS: "Interests"}
LATE: Final = 60
"""Seconds behind from which the doctor warns."""
log = logging.getLogger(__name__)


def follow(goes_on: Callable[[], bool]) -> None:
    """Hold what changed against interests and saved searches, every second until `goes_on` says to stop.

    What fails is tried again with the next second, and holds up nothing else. Files that waited too long go once an hour.
    """
    while goes_on():
        _tried(INTERESTS, noticing.compare)
        _tried(ALERTS, noticing.turn)
        arriving.DESK.waiting.sweep_hourly()
        close_old_connections()


def look() -> Iterator[Finding]:
    """Whether what changed was held against saved searches and interests."""
    for follower, subject in SUBJECTS.items():
        state = feeding.following(follower)
        behind = state.behind(clock.now())
        if behind >= LATE and companions.standing() is not None:
            said = f"{state.waiting:,} changes wait, the oldest for {behind:,} seconds"
            yield Finding(subject, said, WARNING, "Look into what “crossforce serve” printed.")
        elif state.waiting:
            yield Finding(subject, f"{state.waiting:,} changes are looked at when it is served")
        else:
            yield Finding(subject, "nothing waits")


def _tried(follower: str, turn: Callable[[datetime], int]) -> None:
    try:
        while turn(clock.now()):
            pass
    except Exception:
        log.exception("%s wait.", SUBJECTS[follower])
