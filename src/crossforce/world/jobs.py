"""The parts of the world as the server and the command line load them: one call each."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError, connection
from rich.progress import Progress

from crossforce.kernel import clock
from crossforce.kernel.refusals import Refusal
from crossforce.world import operations, queries

EVERY: Final = timedelta(hours=1)
log = logging.getLogger(__name__)


def organisations(progress: Progress) -> None:
    operations.load_organisations(progress, at=clock.now())


def accounts(progress: Progress) -> None:
    operations.load_accounts(progress, at=clock.now())


def agreements(progress: Progress) -> None:
    operations.load_agreements(progress, at=clock.now())


def investigators(progress: Progress) -> None:
    """Those who are posted to a unit, which exists once its agreement is recorded."""
    operations.load_accounts(progress, at=clock.now())


def records(progress: Progress) -> None:
    operations.load_records(progress, at=clock.now())


def evidence(progress: Progress) -> None:
    operations.load_evidence(progress, at=clock.now())


def nominals(progress: Progress) -> None:
    """People, things, places and events, as eight forces know them."""
    operations.load_people(progress, at=clock.now())


def staff(progress: Progress) -> None:
    operations.load_staff(progress, at=clock.now())


def duties(progress: Progress) -> None:
    operations.load_duties(progress, at=clock.now())


def programmes(progress: Progress) -> None:
    operations.load_programmes(progress, at=clock.now())


def governing(progress: Progress) -> None:
    operations.load_governing(progress, at=clock.now())


def holdings(progress: Progress) -> None:
    operations.load_holdings(progress, at=clock.now())


def reports(progress: Progress) -> None:
    operations.load_reports(progress, at=clock.now())


def announcement() -> list[str]:
    return queries.announcement(clock.now())


def keep_current(goes_on: Callable[[], bool]) -> None:
    """Extend the invented duties as weeks go by, for as long as `goes_on`, which waits a second each time."""
    looked: datetime | None = None
    while goes_on():
        now = clock.now()
        if looked is None or now >= looked + EVERY:
            looked = now
            try:
                operations.extend_duties(at=now)
            except (DatabaseError, Refusal) as fault:
                log.warning("The demonstration's duties wait: %s", fault)
            finally:
                connection.close()
