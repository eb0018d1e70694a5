"""What is done beside the web: docks are looked at; files that were not whole after a week are given up, and what came of them destroyed."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import close_old_connections

from crossforce.evidence.choices import WAITS
from crossforce.evidence.operations import docks, viewing
from crossforce.intake import api as intake
from crossforce.kernel import clock
from crossforce.kernel.files import keeping

HOUR: Final = 3_600
PAUSE: Final = 3.0
DOCKS: Final = intake.Watched(
    "Docks", "evidence-docks", lambda: settings.EVIDENCE_DOCKS, docks.read, str
)
look_at_docks = DOCKS.findings
log = logging.getLogger(__name__)


def sweep(goes_on: Callable[[], bool]) -> None:
    """Give late files up once an hour until `goes_on`, which waits a second, says to stop."""
    swept = float(-HOUR)
    while goes_on():
        if time.monotonic() - swept >= HOUR:
            swept = time.monotonic()
            try:
                give_up_late(clock.now())
            except Exception:
                log.exception("Files that were not whole after a week wait an hour more.")
            close_old_connections()


def make_viewing_copies(goes_on: Callable[[], bool]) -> None:
    """Make the viewing copies that are asked for, one after the other, until told to stop: then the one that is being made ends with this process."""
    maker = threading.Thread(target=_make_viewing_copies, daemon=True)
    maker.start()
    while goes_on() and maker.is_alive():
        pass


def _make_viewing_copies() -> None:
    while True:
        try:
            is_done = viewing.make_next()
        except Exception:
            log.exception("A viewing copy waits.")
            is_done = False
        close_old_connections()
        if not is_done:
            time.sleep(PAUSE)


def watch_docks(goes_on: Callable[[], bool]) -> None:
    """Take in what lies in the docks' folders, until told to stop."""
    DOCKS.go_on(goes_on)


def give_up_late(at: datetime) -> int:
    """Destroy what came of files that are late; answers how many there were. Their records tell that they were begun."""
    number = keeping.give_up_begun(before=at - WAITS, at=at)
    if number:
        log.info("Given up, not whole after a week: %d files.", number)
    return number
