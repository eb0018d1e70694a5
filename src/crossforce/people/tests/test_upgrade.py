"""Rows of an installation from before row security are reached again after the next `migrate`."""

from typing import Any

import pytest

from crossforce.kernel import database, guarded, registry
from crossforce.ledger.models import Entry
from crossforce.people import jobs, models, operations
from crossforce.people.operations import platform
from crossforce.people.tests import factories
from crossforce.people.tests.factories import AT, HERE, PARTNER

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ("people_staff", "people_skill", "people_authority", "people_vetting")


@pytest.fixture
def old(owner_connection: Any) -> dict[str, int]:
    """Four people, one with a skill, without scopes, as an earlier version left them."""
    robin = factories.staff(HERE, name="Robin Hill")
    for code in (HERE, PARTNER, HERE):
        factories.staff(code)
    skill = operations.NewSkill("welsh-speaker", robin.period)
    operations.record_skill(actor=factories.loader(), staff=robin.pk, skill=skill, at=AT)
    before = scopes(owner_connection)
    for table in TABLES:
        owner_connection.execute(f"UPDATE {table} SET scope_id = 0")
    return before


def scopes(owner: Any) -> dict[str, int]:
    return {
        str(row): scope
        for table in TABLES
        for row, scope in owner.execute(f"SELECT id, scope_id FROM {table}").fetchall()
    }


def upgrade() -> None:
    with database.as_owner():
        jobs.give_scopes()


def given() -> list[tuple[str, int]]:
    rows = Entry.objects.filter(operation="people.scopes-given").order_by("at", "id")
    return [(row.subject, len(row.rows)) for row in rows]


def test_nobody_reaches_them_until_they_have_their_scopes(
    old: dict[str, int], owner_connection: Any
) -> None:
    with factories.seen_by():
        assert not models.Staff.objects.count()
    upgrade()
    assert scopes(owner_connection) == old
    with factories.seen_by():
        assert models.Staff.objects.count() == 4
    assert given() == [("people.staff", 4), ("people.skill", 1)]


def test_a_second_time_there_is_nothing_to_do(old: dict[str, int]) -> None:
    upgrade()
    before = given()
    upgrade()
    assert given() == before


def test_it_goes_on_where_it_was_stopped(
    old: dict[str, int], owner_connection: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "BATCH", 2)
    numbers = iter(range(3))

    def scope(of: guarded.ScopeOf) -> int:
        if next(numbers, None) is None:
            raise KeyboardInterrupt
        return real(of)

    real = guarded.scope
    monkeypatch.setattr(guarded, "scope", scope)
    with pytest.raises(KeyboardInterrupt):
        upgrade()
    assert list(scopes(owner_connection).values()).count(0) == 3
    monkeypatch.setattr(guarded, "scope", real)
    upgrade()
    assert scopes(owner_connection) == old
    assert given() == [("people.staff", 2), ("people.staff", 2), ("people.skill", 1)]


def test_every_migrate_runs_it() -> None:
    assert jobs.give_scopes in list(registry.upgrades)
