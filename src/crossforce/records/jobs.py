"""What records do by themselves, and when the structure was brought up to date: parse, one call."""

import logging
import time
from collections.abc import Callable
from typing import Final

from django.db import connections

from crossforce.kernel import civil, clock
from crossforce.people import api as people
from crossforce.records import operations

HOUR: Final = 3_600
log = logging.getLogger(__name__)


def dispose_on(goes_on: Callable[[], bool]) -> None:
    """Once an hour, until `goes_on`, which waits a second, says to stop: what ended postings had of their own goes."""
    done = float(-HOUR)
    while goes_on():
        if time.monotonic() - done < HOUR:
            continue
        done = time.monotonic()
        try:
            operations.dispose_left(at=clock.now())
        except Exception:
            log.exception("Records that ended postings left wait an hour.")
        finally:
            connections.close_all()


def erase_remains() -> None:
    """What the ledger kept of records that are destroyed goes as well."""
    at = clock.now()
    installer = people.system_actor("installer", on=civil.day_of(at))
    operations.erase_remains(actor=installer, at=at)


def shed_remains() -> None:
    """What records shed before their kinds said so goes from their states and the ledger."""
    at = clock.now()
    installer = people.system_actor("installer", on=civil.day_of(at))
    operations.shed_remains(actor=installer, at=at)
