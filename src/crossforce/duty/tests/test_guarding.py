"""What the database holds of duties, whatever the code above it does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from crossforce.duty import models
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import brought_in, entries, rows
from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing import ground
from crossforce.people.api import Actor

ONE = "1;1234;21/11/2026;07:00;15:00;SOU;;;;;"
TWO = "2;1234;21/11/2026;15:00;23:00;SOU;;;;;"


@ground.fixture
def planner() -> Actor:
    factories.policy()
    factories.unit()
    factories.person("1234")
    return factories.planner()


@pytest.mark.django_db
class TestOneAtATime:
    def test_refuses_two_duties_at_once(self, planner: Actor) -> None:
        brought_in(planner, rows(ONE, TWO))
        late = entries(planner)[1]
        earlier = late.starts_at - timedelta(minutes=1)
        with pytest.raises(IntegrityError, match="two duties at once"), guarded.acting(planner):
            models.Entry.objects.filter(pk=late.pk).update(
                starts_at=earlier, changed_by=planner.reference
            )

    def test_lets_one_begin_as_another_ends_and_two_be_exchanged(self, planner: Actor) -> None:
        brought_in(planner, rows(ONE, TWO))
        early, late = entries(planner)
        swapped = "UPDATE duty_entry SET starts_at = CASE id WHEN %s THEN %s ELSE %s END, ends_at = CASE id WHEN %s THEN %s ELSE %s END, changed_by = %s"
        given: list[Any] = [
            early.pk,
            late.starts_at,
            early.starts_at,
            early.pk,
            late.ends_at,
            early.ends_at,
            planner.reference,
        ]
        with guarded.acting(planner), connection.cursor() as cursor:
            cursor.execute(swapped, given)
        assert entries(planner)[0].pk == late.pk

    def test_lets_a_cancelled_duty_overlap(self, planner: Actor) -> None:
        brought_in(planner, rows(ONE))
        brought_in(planner, rows(ONE + "y"))
        assert brought_in(planner, rows(ONE.replace("1;", "3;", 1))).counts["new"] == 1


@pytest.mark.django_db
class TestInItsUnit:
    """A duty stands among those of the unit that it says, however it came or changed."""

    def test_no_duty_comes_into_another_units(self, planner: Actor) -> None:
        brought_in(planner, rows(ONE))
        (row,) = entries(planner)
        row.pk, row.unit, row.starts_at = new_id(), "dogs", row.starts_at + timedelta(days=1)
        row.ends_at, row.source_reference = row.ends_at + timedelta(days=1), "other"
        with pytest.raises(IntegrityError, match="another unit"), guarded.acting(planner):
            models.Entry.objects.bulk_create([row])

    def test_none_says_another_unit_and_stays(self, planner: Actor) -> None:
        brought_in(planner, rows(ONE))
        with pytest.raises(IntegrityError, match="another unit"), guarded.acting(planner):
            models.Entry.objects.update(unit="dogs", changed_by=planner.reference)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_time_one_is_refused(planner: Actor) -> None:
    brought_in(planner, rows(ONE, TWO))
    brought_in(planner, rows(TWO + "y"))
    early, late = entries(planner)
    meet = Barrier(2)

    def move(key: object, to: object) -> bool:
        try:
            with guarded.acting(planner), transaction.atomic():
                row = models.Entry.objects.filter(pk=key)
                meet.wait(60)
                row.update(starts_at=to, cancelled_at=None, cancelled_by="", is_long=True)
        except IntegrityError:
            return False
        else:
            return True
        finally:
            connection.close()

    middle = early.ends_at - timedelta(hours=1)
    with ThreadPoolExecutor(2) as pool:
        moved = [
            pool.submit(move, early.pk, early.starts_at + timedelta(minutes=1)),
            pool.submit(move, late.pk, middle),
        ]
        assert sorted(each.result() for each in moved) == [False, True]
