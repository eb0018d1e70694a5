"""Background work of the ledger: the integrator beside the web."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection

from crossforce.kernel import clock
from crossforce.ledger.log import DoesNotMatch
from crossforce.ledger.operations import Integrator

log = logging.getLogger(__name__)


def integrate_on(goes_on: Callable[[], bool]) -> None:
    """Integrate again and again until `goes_on`, which waits a second each time, says to stop.

    A database that is away is waited for. A tree that does not match its checkpoint is not built on.
    """
    integrator = Integrator()
    while goes_on():
        try:
            integrator.run(at=clock.now())
        except DatabaseError as fault:
            log.warning("The ledger's integrator waits for the database: %s", fault)
            connection.close()
            integrator = Integrator()
        except DoesNotMatch as fault:
            log.error("The ledger's integrator stands still: %s", fault)
    connection.close()
