"""Duties take no orders from another force, and betray nothing of what stands in a compartment."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.duty import models
from crossforce.duty.choices import ENTRY, MARKING
from crossforce.duty.tests import factories
from crossforce.duty.tests.factories import HERE, PARTNER, UNIT
from crossforce.duty.tests.test_live import on
from crossforce.kernel import clock, guarded
from crossforce.kernel.ids import new_id
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.records.tests import factories as records
from tests.adversarial.conftest import as_actor

pytestmark = pytest.mark.django_db
COVERT = "covert"
ANOTHERS, TWICE = "whom its holder employs", "two duties at once"
AWAY: dict[str, Any] = {"what": "absence", "absence": "leave", "status": ""}


@ground.fixture
def asha() -> Actor:
    factories.policy(HERE, PARTNER)
    factories.unit()
    return factories.planner()


@ground.fixture
def bryn(asha: Actor) -> Actor:
    return factories.planner(PARTNER)


def scope(holder: str, compartment: str = "", unit: str = UNIT) -> int:
    collection = f"unit:{unit}" if unit else ""
    return guarded.scope(guarded.ScopeOf(holder, ENTRY, collection, compartment, MARKING))


def again(actor: Actor, row: models.Entry, **more: Any) -> models.Entry:
    """A duty of one's own, turned into one of the same person, as SQL that slipped into a request would do it."""
    name = f"Kim {new_id()}"
    person = people.staff(actor.organisation, name=name, number=f"{new_id()}"[-20:])
    with guarded.acting(actor):
        there = scope(actor.organisation)
    new = on(name, actor, scope_id=there, staff=person.pk, **_later())
    with guarded.acting(actor), transaction.atomic():
        models.Entry.objects.filter(pk=new.pk).update(
            **{"staff": row.staff, "starts_at": row.starts_at, "ends_at": row.ends_at} | more
        )
    return new


def _later() -> dict[str, Any]:
    begins = clock.now() + timedelta(days=30)
    return {"starts_at": begins, "ends_at": begins + timedelta(hours=8)}


class TestAnothersPeople:
    def test_nobody_is_sent_away_by_another_force(self, asha: Actor, bryn: Actor) -> None:
        row = on("Robin Hill", asha)
        with guarded.acting(bryn):
            there = scope(PARTNER)
        with pytest.raises(IntegrityError, match=ANOTHERS), transaction.atomic():
            on("Sam Lowe", bryn, staff=row.staff, scope_id=there, **AWAY)
        with pytest.raises(IntegrityError, match=ANOTHERS), transaction.atomic():
            again(bryn, row, **AWAY)

    def test_nor_by_what_is_cancelled_or_about_nobody(self, asha: Actor, bryn: Actor) -> None:
        row, now = on("Robin Hill", asha), clock.now()
        with pytest.raises(IntegrityError, match=ANOTHERS), transaction.atomic():
            again(bryn, row, cancelled_at=now, cancelled_by=bryn.reference, **AWAY)
        with pytest.raises(IntegrityError, match=ANOTHERS), transaction.atomic():
            again(bryn, row, staff=row.pk)

    def test_the_refusal_is_the_same_whatever_they_do(self, asha: Actor, bryn: Actor) -> None:
        row = on("Robin Hill", asha)
        for more in ({}, _later()):
            with pytest.raises(IntegrityError, match=ANOTHERS), transaction.atomic():
                again(bryn, row, **more)

    def test_nor_is_a_duty_handed_to_another_holder(self, asha: Actor) -> None:
        row = on("Robin Hill", asha)
        refused = pytest.raises(DatabaseError, match=r"employs|row-level")
        with guarded.acting(asha), refused, transaction.atomic():
            models.Entry.objects.filter(pk=row.pk).update(scope_id=scope(PARTNER))


class TestACompartment:
    @pytest.fixture
    def covert(self, asha: Actor) -> models.Entry:
        """Somebody's duty in a compartment that the planner does not read."""
        investigator = people.actor("investigator", HERE, name="Bo Wade")
        grant = records.grant(
            ENTRY, roles=("investigator",), compartment=COVERT, actions=ACTIONS
        )
        with transaction.atomic():
            put_grants("covert", [grant])
        with guarded.acting(investigator):
            there = scope(HERE, COVERT)
        return on("Robin Hill", investigator, scope_id=there)

    def test_refuses_nobody_a_duty_at_that_time(
        self, asha: Actor, covert: models.Entry
    ) -> None:
        assert as_actor(asha, "SELECT count(*) FROM duty_entry") == [(0,)]
        row = again(asha, covert)
        with pytest.raises(IntegrityError, match=TWICE), transaction.atomic():
            again(asha, covert)
        assert factories.entries(asha)[0].pk == row.pk

    def test_keeps_its_own_apart(self, asha: Actor, covert: models.Entry) -> None:
        again(asha, covert)
        investigator = people.actor("investigator", HERE, name="Cal Dee")
        with guarded.acting(investigator):
            there = scope(HERE, COVERT)
        with pytest.raises(IntegrityError, match=TWICE), transaction.atomic():
            on("Jo Lake", investigator, staff=covert.staff, scope_id=there)

    def test_its_absences_are_told_to_nobody(self, asha: Actor, covert: models.Entry) -> None:
        partner = people.actor("controller", PARTNER, name="Ed Fox")
        factories.sharing((HERE, PARTNER))
        again(asha, covert)
        told = "SELECT count(*) FROM duty_away(%s, %s)"
        investigator = people.actor("investigator", HERE, name="Cal Dee")
        on("Jo Lake", investigator, staff=covert.staff, scope_id=covert.scope_id, **AWAY)
        assert as_actor(partner, told, covert.starts_at, clock.now()) == [(0,)]
        with guarded.acting(asha):
            there = scope(HERE, unit="")
        on("Jo Wood", asha, staff=covert.staff, scope_id=there, unit="", **AWAY)
        assert as_actor(partner, told, covert.starts_at, clock.now()) == [(1,)]

    def test_no_import_of_those_who_read_it_names_it(self, covert: models.Entry) -> None:
        investigator = people.actor("investigator", HERE, name="Cal Dee")
        begins = factories.AT.replace(hour=9, minute=0)
        hidden = on(
            "Jo Lake",
            investigator,
            scope_id=covert.scope_id,
            starts_at=begins,
            ends_at=begins + timedelta(hours=1),
        )
        row = f"1;{hidden.number};{begins:%d/%m/%Y};07:00;15:00;SOU;;;;;"
        outcome = factories.brought_in(investigator, factories.rows(row))
        assert (outcome.counts["new"], outcome.findings) == (1, [])
