"""Imports that are at work beside the pages, and the folders that are watched, in a process of their own."""

import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import close_old_connections

from crossforce.duty.operations import arriving, folders, importing
from crossforce.duty.operations.watching import Watch
from crossforce.intake import api as intake
from crossforce.kernel import clock, companions
from crossforce.kernel.doctor import SERIOUS, WARNING, Finding
from crossforce.kernel.refusals import Refusal

LINE: Final = intake.Line(arriving.DESK, sent_to=("duty/imports/send/", "api/v1/duty/imports"))
SECONDS, STILL = 5, 10.0
"""Between two looks at a folder; and how long a file lies still before it is taken."""
SUBJECT, LATE = "Watched folders", 60
log = logging.getLogger(__name__)


def look_at_folders() -> Iterator[Finding]:
    """Whether the watched folders are looked at; what “crossforce doctor” says of them."""
    try:
        count = (
            len(folders.read(settings.DUTY_FOLDERS)) if settings.DUTY_FOLDERS.exists() else 0
        )
    except folders.BadFolders as wrong:
        yield Finding(
            SUBJECT, wrong.message, SERIOUS, "Correct the file: it is read again then."
        )
        return
    try:
        seconds = round(time.time() - _looked().stat().st_mtime)
        said = f"{count}, last looked at {seconds:,} seconds ago"
    except FileNotFoundError:
        seconds, said = LATE, f"{count}, not looked at yet"
    if count and seconds >= LATE and companions.standing() is not None:
        remedy = "A large file takes long; else look into what “crossforce serve” printed."
        yield Finding(SUBJECT, said, WARNING, remedy)
    else:
        yield Finding(SUBJECT, said if count else "none")


def _looked() -> Path:
    """What is touched after each look that came to its end."""
    found: Path = settings.VAR / "duty-folders-looked"
    return found


def watch_on(goes_on: Callable[[], bool]) -> None:
    """Look at the watched folders again and again until `goes_on`, which waits a second, says to stop.

    Files that were sent and waited too long go as well.
    """
    watch, waited = Watch(folders.Listed(settings.DUTY_FOLDERS), STILL), SECONDS
    while goes_on():
        waited += 1
        if waited > SECONDS:
            waited = 0
            _look(watch)
        arriving.WAITING.sweep_hourly()


def _look(watch: Watch) -> None:
    """One look. What went wrong is told, and what was taken is taken up again by the next."""
    try:
        for each in watch.look(at=clock.now()):
            log.info("%s: %s", each.file, importing.in_short(each.outcome))
        _looked().touch()
    except Refusal as refused:
        log.error("Watched folders: %s", refused.message)
    except Exception:
        log.exception("Watched folders wait.")
    finally:
        close_old_connections()
