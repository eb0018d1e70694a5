"""One at a time, where two who act at once would each be right and both together wrong."""

from typing import Final
from uuid import UUID

from django.db import connection

TAKE: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def with_benefit(benefit: UUID) -> None:
    """Nobody else reports, divides or reinvests this benefit until the end of the transaction.

    A row lock would ask for the right to edit the benefit, which whoever reports need not have.
    """
    _take(f"benefits/{benefit}")


def with_counting() -> None:
    """Nobody else says what is counted where, or depends on what, until the end of the transaction."""
    _take("benefits/counting")


def _take(what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [what])
