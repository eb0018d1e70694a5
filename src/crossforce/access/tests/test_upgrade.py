"""Agreements in force from before grants were kept are enforced after the next `migrate`."""

from typing import Any

import pytest

from crossforce.access import jobs
from crossforce.agreements.tests import factories as agreed
from crossforce.kernel import database, registry
from crossforce.ledger.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
GRANTS = """SELECT agreement, version, clause, holder, recipient, kind, holds::text FROM access_grant
             WHERE agreement <> '' ORDER BY 1, 2, 3, 4, 5, 6, 7"""


def upgrade() -> None:
    with database.as_owner():
        jobs.derive_grants()


def test_they_give_what_they_gave(bodies: None, owner_connection: Any) -> None:
    agreed.in_force()
    before = owner_connection.execute(GRANTS).fetchall()
    owner_connection.execute("DELETE FROM access_grant WHERE agreement <> ''")
    upgrade()
    upgrade()
    assert before
    assert owner_connection.execute(GRANTS).fetchall() == before
    assert Entry.objects.filter(operation="access.grants-derived").count() == 1


def test_every_migrate_looks() -> None:
    assert jobs.derive_grants in list(registry.upgrades)
