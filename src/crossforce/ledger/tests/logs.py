"""Logs for the tests: entries appended, integrated, and altered as the owner could."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import transaction

from crossforce.kernel.testing.emptying import MODES
from crossforce.kernel.testing.soon import PATIENCE, until
from crossforce.ledger import models, operations
from crossforce.ledger.choices import Act
from crossforce.ledger.tests.factories import actor

AT = datetime(2026, 11, 21, 9, 30, 15, 250_000, tzinfo=UTC)


def appended(count: int, *, at: datetime = AT) -> list[UUID]:
    acts = [Act("people.staff-added", f"people.staff:{n}", {"n": n}) for n in range(count)]
    with transaction.atomic():
        return [entry.id for entry in operations.append_many(actor=actor(), acts=acts, at=at)]


def integrated(*, at: datetime = AT) -> int:
    """Until every entry is in the tree: another test's transaction may hold it up for a moment."""
    integrator = operations.Integrator()

    def is_whole() -> bool:
        integrator.run(at=at)
        return models.Leaf.objects.count() == models.Entry.objects.count()

    until(is_whole, seconds=4 * PATIENCE)
    return models.Leaf.objects.count()


def log_of(*counts: int) -> list[UUID]:
    """Entries in the tree, with a checkpoint after each count of them."""
    found: list[UUID] = []
    for count in counts:
        found += appended(count)
        integrated()
    return list(models.Leaf.objects.order_by("index").values_list("entry", flat=True))


TRIGGERS = """
SELECT tgrelid::regclass::text, tgname::text, tgenabled::text FROM pg_trigger
 WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgrelid::regclass::text IN
       ('ledger_entry', 'ledger_leaf', 'ledger_checkpoint', 'ledger_cosignature', 'ledger_privatepart')"""


@contextmanager
def unguarded(owner: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """As whoever owns the tables could do: the triggers and checks are off for a while."""
    stood = owner.execute(TRIGGERS).fetchall()
    for table, trigger, _ in stood:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    owner.execute("ALTER TABLE ledger_entry DROP CONSTRAINT IF EXISTS ledger_entry_leaf_hash")
    try:
        yield owner
    finally:
        for table, trigger, mode in stood:
            owner.execute(f"ALTER TABLE {table} {MODES[mode]} TRIGGER {trigger}")
        owner.execute(
            "ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_leaf_hash "
            "CHECK (leaf_hash = sha256('\\x00'::bytea || body)) NOT VALID"
        )
