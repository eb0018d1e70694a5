"""The clock. Read it at the edge (views, commands, endpoints, jobs) and pass `at` inward."""

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)
