"""Grants, actors and people for tests of access: real rows, through the operations that write them."""

from dataclasses import replace
from datetime import UTC, datetime

from crossforce.access import operations
from crossforce.access.choices import Grant
from crossforce.kernel.periods import Period
from crossforce.people.choices import Actor
from crossforce.people.tests import factories

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
CLAUSE: Grant = Grant(
    version=1,
    clause="9.1",
    term="9.1/1",
    holder=factories.HERE,
    recipient=factories.PARTNER,
    kind="people.staff",
    actions=("find", "read"),
    holds=Period(LONG_AGO),
    marking="OFFICIAL-SENSITIVE",
)
"""Wiltshire's people to Gloucestershire, for reading, since long ago."""


def bryn(purpose: str = "operational-response", *, role: str = "investigator") -> Actor:
    """Somebody of the partner force, acting for a purpose."""
    found = factories.actor(role, factories.PARTNER, name="Bryn Parry")
    return replace(found, purpose=purpose)


def given(*grants: Grant, agreement: str = "tri-force") -> None:
    """These grants, and no other, of one agreement."""
    operations.put_grants(agreement, grants)
