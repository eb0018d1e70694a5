"""The process that keeps the search index beside the web, and what the doctor says of it."""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import close_old_connections

from crossforce.kernel import civil, clock, companions
from crossforce.kernel.doctor import SERIOUS, WARNING, Finding
from crossforce.nominals.choices import SEARCH
from crossforce.nominals.operations import indexing
from crossforce.nominals.queries import feeding, indexed
from crossforce.nominals.searching import asking
from crossforce.nominals.searching.catalogue import Catalogue
from crossforce.nominals.searching.finding import Searcher
from crossforce.nominals.searching.generations import Merging

SUBJECT: Final = "Search of people"
LATE: Final = 30
"""Seconds behind from which the doctor warns."""
FAMILY: Final = {"family": "Smyth"}
GIVEN: Final = {"given": "Jon"}
BORN: Final = {"born": "1/2/1980"}
FIRST: Final[Sequence[dict[str, str]]] = (FAMILY | GIVEN | BORN, FAMILY, GIVEN, BORN)
"""A question for each way through the index."""
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
            close_old_connections()


def warm() -> None:
    """Load what searching is compiled to before the web forks: no process waits for it at its first question.

    Where nobody is held nothing is loaded.
    """
    people = Catalogue(indexed.folder()).people
    if not people.held:
        return
    for fields in FIRST:
        asked = asking.advanced(**fields, at=civil.day_of(clock.now())).person
        if asked:
            people.find(asked, Searcher.of([]), 1)
            people.suggest(asked, Searcher.of([]), 1)


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
    behind = state.behind(clock.now())
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
