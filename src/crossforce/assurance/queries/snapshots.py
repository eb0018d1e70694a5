"""One instant of the database, seen on as many connections as there are cores."""

import os
from typing import Any, Final

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

ONE_INSTANT: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


def cores() -> int:
    """How many cores this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)  # not every system says
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def exported(cursor: Any) -> str:
    """The name under which others can see what the cursor's transaction sees, while it lasts."""
    cursor.execute("SELECT pg_export_snapshot()")
    (name,) = cursor.fetchone()
    return str(name)


def attached(snapshot: str) -> BaseDatabaseWrapper:
    """A connection that sees it, for one thread after another, until it is closed."""
    beside = connection.copy()
    beside.inc_thread_sharing()
    beside.set_autocommit(False)
    with beside.cursor() as cursor:
        cursor.execute(ONE_INSTANT)
        cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        cursor.execute("SET LOCAL enable_nestloop = off")  # a wrong guess would cost hours
        # What is on disk is read by who needs it: handed over by another process it costs the database twice.
        cursor.execute("SET LOCAL effective_io_concurrency = 0")
    return beside
