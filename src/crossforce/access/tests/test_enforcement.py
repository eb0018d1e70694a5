"""The database answers for whoever acts, and for nobody else."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from crossforce.access import operations
from crossforce.access.choices import Grant
from crossforce.kernel import guarded
from crossforce.kernel.periods import Period
from crossforce.people.models import Staff
from crossforce.people.tests import factories

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def names() -> list[str]:
    return sorted(row.family_name for row in Staff.objects.all())


def grant(**more: Any) -> Grant:
    values = {
        "version": 1, "clause": "9.1", "term": "9.1/1", "holder": "wiltshire", "recipient": "gloucestershire",
        "kind": "people.staff", "actions": ("read",), "holds": Period(LONG_AGO),
        "marking": "OFFICIAL-SENSITIVE",
    }  # fmt: skip
    return Grant(**(values | more))


class TestReading:
    def test_without_an_actor_there_are_no_rows(self) -> None:
        factories.staff(name="Robin Hill")
        assert names() == []

    def test_an_office_sees_its_own_people(self) -> None:
        factories.staff(name="Robin Hill")
        factories.staff("gloucestershire", name="Jo Lake")
        inspector = factories.actor("duty-inspector")
        with guarded.acting(inspector):
            assert names() == ["Hill", "Rees"]
        assert names() == []

    def test_a_partner_sees_through_a_clause_and_until_it_ends(self) -> None:
        factories.staff(name="Robin Hill")
        bryn = factories.actor("investigator", "gloucestershire", name="Bryn Parry")
        with guarded.acting(bryn):
            assert names() == []
            operations.put_grants("a", [grant()])
            assert names() == ["Hill"]
            now = datetime.now(UTC)
            operations.put_grants(
                "a", [grant(holds=Period(LONG_AGO, now + timedelta(seconds=0)))]
            )
            assert names() == []

    def test_injected_sql_cannot_grant(self) -> None:
        with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
            cursor.execute("INSERT INTO access_grant (agreement) VALUES ('x')")
