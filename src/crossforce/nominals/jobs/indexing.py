"""The process that keeps the search index beside the web, and what the doctor says of it."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from django.db import connections

from crossforce.kernel import clock, companions
from crossforce.kernel.doctor import SERIOUS, WARNING, Finding
from crossforce.nominals.choices import SEARCH
from crossforce.nominals.operations import indexing
from crossforce.nominals.queries import feeding, indexed
from crossforce.nominals.searching.generations import Merging

SUBJECT: Final = "Search of people"
LATE: Final = 30
"""Seconds behind from which the doctor warns."""
log = logging.getLogger(__name__)


def follow(goes_on: Callable[[], bool]) -> None:
    """Take in what changed, every second until `goes_on`, which waits for one, says to stop."""
    while goes_on():
        try:
            while indexing.turn():
                pass
            indexed.catalogue().tidy()
        except Merging:
            pass  # somebody fills it anew: what waits is taken in afterwards
        except Exception:
            log.exception("The search of people waits.")
        finally:
            connections.close_all()


def restored(*, at: datetime, backup: Any) -> None:
    """A backup took the place of this installation."""
    indexing.begin_anew()


def look() -> Iterator[Finding]:
    """Whether the index follows, and how far it is behind."""
    state = feeding.following(SEARCH)
    if not indexed.is_whole():
        remedy = "Start “crossforce serve”, or run “crossforce nominals search-rebuild”."
        grade = WARNING if companions.standing() is None else SERIOUS
        yield Finding(SUBJECT, "the index was not made yet", grade, remedy)
        return
    behind = round((clock.now() - state.since).total_seconds()) if state.since else 0
    held = f"{indexed.catalogue().people.held:,} people"
    if behind >= LATE and companions.standing() is not None:
        said = f"{held}; {state.waiting:,} changes wait, the oldest for {behind:,} seconds"
        yield Finding(SUBJECT, said, SERIOUS, "Look into what “crossforce serve” printed.")
    elif state.waiting:
        yield Finding(
            SUBJECT, f"{held}; {state.waiting:,} changes are taken in when it is served"
        )
    else:
        yield Finding(SUBJECT, f"{held}, nothing waits")
