"""What whoever owns the tables could do to the log, and what verification says of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg

from crossforce.assurance.queries import verification
from crossforce.ledger.tests.logs import unguarded

Owner = psycopg.Connection[Any]

FORGED = """
UPDATE ledger_entry SET body = overlay(body placing 'X' from length(body) - 5),
  leaf_hash = sha256('\\x00'::bytea || overlay(body placing 'X' from length(body) - 5)) WHERE id = %s
"""
LEAF = """
UPDATE ledger_leaf SET leaf_hash = (SELECT leaf_hash FROM ledger_entry WHERE id = entry) WHERE entry = %s
"""


def named(report: verification.Report) -> set[str]:
    return {fault.entry for fault in report.faults}


def altered(owner: Owner, *statements: str, entry: UUID | None = None) -> None:
    with unguarded(owner) as free:
        for statement in statements:
            free.execute(statement, [entry] if "%s" in statement else None)


@contextmanager
def unkeyed(owner: Owner, table: str, key: str) -> Iterator[Owner]:
    """As whoever owns the tables could do: a key of a table is away for a while."""
    name = f"ledger_{table}_pkey" if "PRIMARY" in key else "ledger_leaf_entry_key"
    with unguarded(owner) as free:
        free.execute(f"ALTER TABLE ledger_{table} DROP CONSTRAINT {name}")
        try:
            yield free
        finally:
            free.execute(f"ALTER TABLE ledger_{table} ADD CONSTRAINT {name} {key}")
