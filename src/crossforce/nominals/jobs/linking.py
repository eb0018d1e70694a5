"""The process that links people beside the web, and what the doctor says of it."""

import logging
import pkgutil
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import close_old_connections

from crossforce.kernel import civil, clock, companions
from crossforce.kernel.doctor import WARNING, Finding
from crossforce.nominals.choices import LINKS
from crossforce.nominals.queries import feeding, linked
from crossforce.nominals.rules import matching

SUBJECT: Final = "Links of people"
PAUSE: Final = 60
"""Looks between which nothing is tried, once there were too few records to learn from."""
ENGINE: Final = "crossforce.nominals.operations.linking"
"""Loaded by whoever links, and by nobody else: it takes a second."""
COMMAND: Final = "“crossforce nominals link”"
ASKED: Final = (
    "which finds the pairs on the cluster: all are linked anew only where somebody asks"
)
LATE: Final = 60
"""Seconds behind from which the doctor warns."""
log = logging.getLogger(__name__)


def follow(goes_on: Callable[[], bool]) -> None:
    """Link what changed, every second until `goes_on`, which waits for one, says to stop.

    Where nothing waits, what was learnt too early is learnt anew, and what went leaves the disk.
    """
    linking, pause = pkgutil.resolve_name(ENGINE), 0
    while goes_on():
        pause -= pause > 0
        try:
            while not pause and linking.turn():
                pass
            if not pause:
                linking.tidy()
        except linked.Linking:
            pass  # somebody links all: what waits is linked afterwards
        except linking.TooFew:
            pause = PAUSE
        except Exception:
            log.exception("The links of people wait.")
            pause = PAUSE
        finally:
            close_old_connections()


def restored(*, at: datetime, backup: Any) -> None:
    """A backup took the place of this installation."""
    linked.forget()


def look() -> Iterator[Finding]:
    """Whether people are linked, by which model, and how much waits."""
    stands, state = linked.noted(), feeding.following(LINKS)
    if stands is None and not feeding.leads(LINKS, None, "look"):
        yield Finding(SUBJECT, "another machine links them")
    elif stands is None:
        grade = WARNING if state.records else "sound"
        since = ", or not since an upgrade" if settings.LINKS_CLUSTER else ""
        yield Finding(
            SUBJECT, f"none were linked yet{since}", grade, f"Run {COMMAND} {_first()}."
        )
    elif stands.filed is not None:
        remedy = "Start “crossforce serve”, or run “crossforce nominals link --go-on”."
        yield Finding(SUBJECT, "linking was cut short, and goes on", WARNING, remedy)
    else:
        yield _behind(stands, state)


def _first() -> str:
    """When people are linked first."""
    return f"first, {ASKED}" if settings.LINKS_CLUSTER else "once records of people are loaded"


def _behind(stands: linked.Note, state: feeding.Following) -> Finding:
    """How far it is behind, and whether its model was learnt from enough."""
    waits = f"{state.waiting:,} changes wait" if state.waiting else "nothing waits"
    behind = state.behind(clock.now())
    if behind >= LATE and companions.standing() is not None:
        said = f"{waits}, the oldest for {behind:,} seconds"
        remedy = "Look into what “crossforce serve” printed, unless all are just linked anew."
        return Finding(SUBJECT, said, WARNING, remedy)
    if matching.is_outgrown(stands.learnt, state.records, civil.day_of(clock.now())):
        learnt = f"learnt from {stands.learnt:,} of about {state.records:,} records"
        by_itself = f"“crossforce serve” learns anew once nothing waits; so does {COMMAND}."
        remedy = f"Run {COMMAND}, {ASKED}." if settings.LINKS_CLUSTER else by_itself
        return Finding(SUBJECT, f"{learnt}; {waits}", WARNING, remedy)
    return Finding(SUBJECT, waits)
