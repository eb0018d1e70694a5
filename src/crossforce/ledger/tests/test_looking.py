"""Who touched what: asked by record, scope, recipient, staff and time."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from crossforce.ledger import models, operations
from crossforce.ledger.choices import About, Act
from crossforce.ledger.queries.looking import Touching, touching
from crossforce.ledger.tests.factories import TestActor, actor
from crossforce.ledger.tests.logs import AT

pytestmark = pytest.mark.django_db
ASHA, BRYN = actor(), actor(organisation="dorset")
ONE, TWO, THREE = (uuid4() for _ in range(3))


def done(
    operation: str, subject: str, who: TestActor = ASHA, later: int = 0, **given: Any
) -> UUID:
    act = Act(operation, subject, given.pop("detail", {}), About(**given))
    with transaction.atomic():
        at = AT + timedelta(minutes=later)
        return operations.append_many(actor=who, acts=[act], at=at)[0].id


def found(**wanted: Any) -> list[UUID]:
    return [row.pk for row in touching(Touching(**wanted))]


class TestByRecord:
    def test_the_subject_and_the_rows_of_a_list_are_both_found_newest_first(self) -> None:
        single = done("record.altered", f"people.staff:{ONE}")
        rows = {"rows": [str(TWO), str(ONE)], "count": 2}
        listed = done("record.consulted", "people.staff", later=1, detail=rows)
        done("record.consulted", "people.staff", detail={"count": 10, "scopes": [1]})
        done("agreement.signed", "agreement:tri-force")
        assert found(row=ONE) == [listed, single]
        assert [row.rows for row in touching(Touching(row=TWO))] == [[TWO, ONE]]
        assert found(row=THREE) == []

    def test_a_subject_beside_rows_is_found_too(self) -> None:
        entry = done("record.combined", f"case:{ONE}", detail={"rows": [str(TWO)]})
        assert models.Entry.objects.get(pk=entry).rows == [TWO, ONE]

    def test_it_is_asked_through_the_index(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        asked = touching(Touching(row=ONE)).order_by()
        assert "ledger_entry_found" in asked.explain()

    @pytest.mark.parametrize("rows", ["x", [1], [str(ONE).upper()], [f"{ONE} "], {"a": 1}])
    def test_rows_that_are_no_identifiers_are_refused(self, rows: Any) -> None:
        with pytest.raises(ValueError, match="rows in a detail"):
            done("record.consulted", "people.staff", detail={"rows": rows})

    def test_rows_deeper_in_a_detail_are_refused(self) -> None:
        with pytest.raises(ValueError, match="nowhere deeper"):
            done("record.consulted", "people.staff", detail={"found": {"rows": [str(ONE)]}})


class TestForTheDataProtectionOfficer:
    def test_by_operation_period_organisation_and_subject(self) -> None:
        mine = done("record.consulted", "people.staff")
        theirs = done("record.erased", f"evidence.exhibit:{ONE}", BRYN, later=5)
        assert found(operations=("record.consulted", "record.altered")) == [mine]
        assert found(since=AT + timedelta(minutes=1)) == [theirs]
        assert found(until=AT + timedelta(minutes=5)) == [mine]
        assert found(organisation="dorset") == [theirs]
        assert found(subject="evidence.exhibit:") == [theirs]
        assert found(subject="evidence.exhibit:", organisation="wiltshire") == []

    def test_by_organisation_concerned_and_by_recipient(self) -> None:
        told = done(
            "record.disclosed",
            f"note:{ONE}",
            concerns=["dorset"],
            detail={"recipient": "swansea-council"},
        )
        assert found(concerned="dorset") == [told]
        assert found(recipient="swansea-council") == [told]
        assert found(recipient="swansea") == []

    def test_by_scope_whatever_a_detail_pretends(self) -> None:
        scoped = done("record.consulted", "note", scopes=[7, 12])
        bare = {"x": {"scopes": [9], "subject": "a"}, "scopes": [9]}
        done("record.consulted", "note", detail=bare, scopes=[70])
        assert found(scope=7) == found(scope=12) == [scoped]
        assert found(scope=9) == found(scope=1) == []
