"""What stands between two records when one of them goes or moves: whose word counts, and who is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, connections, transaction
from django.db.utils import DatabaseError

from crossforce.kernel import database, guarded, statements
from crossforce.kernel.testing import ground
from crossforce.kernel.testing.soon import until
from crossforce.ledger.models import Entry
from crossforce.nominals import models
from crossforce.nominals.choices import MATCH, PERSON, Act
from crossforce.nominals.tests import holding
from crossforce.nominals.tests.test_matching import Pair, alike, decide, policies, seen
from crossforce.people.choices import PLATFORM, Actor
from crossforce.records import api as records
from crossforce.records.operations import keeping
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, HERE, PARTNER
from crossforce.transparency.entry import from_bytes

MOVED = "UPDATE nominals_person SET scope_id = %s WHERE id = %s"
HASTE = "100ms"
LOCKED = "SELECT FROM records_pointer WHERE id = %s FOR UPDATE"
WAITING = """SELECT count(DISTINCT l.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
 WHERE NOT l.granted AND a.datname = current_database()"""


@ground.fixture
def between(db: None) -> Pair:
    policies()
    here = holding.person(factories.asha(), "John", "Smith", "1980-05-12")
    there = holding.person(factories.bryn(), "Jon", "Smith", "1980-05-12")
    return alike(here.pk, there.pk)


def john(actor: Actor) -> models.Person:
    with guarded.acting(actor):
        found: models.Person = models.Person.objects.get(given_names="John")
        return found


def dispose(actor: Actor) -> None:
    own = john(actor)
    records.dispose(
        actor=actor, kind=PERSON, record=own.pk, version=own.version, reason="Old.", at=AT
    )


def held(actor: Actor, pair: Pair) -> models.Match:
    """A match of the actor's force, and its hold on it."""
    match = decide(actor, pair, Act.CONFIRM)
    records.hold(actor=actor, kind=MATCH, record=match.pk, reason="An inquest", at=AT)
    return match


def decide_in_haste(actor: Actor, pair: Pair) -> None:
    with guarded.acting(actor):
        statements.answers("SELECT set_config('lock_timeout', %s, true)", HASTE)
        decide(actor, pair, Act.CONFIRM)


def told() -> list[tuple[str, set[str], Any]]:
    """By whom it was entered that a match went, whose auditors read it, and whether it was held."""
    found = Entry.objects.filter(operation="record.erased", subject__startswith=f"{MATCH}:")
    return [
        (row.organisation, set(row.concerns), from_bytes(bytes(row.body)).detail["was_held"])
        for row in found
    ]


class TestWhenOneGoes:
    def test_a_hold_of_another_force_keeps_nothing_and_that_force_alone_is_told(
        self, between: Pair
    ) -> None:
        bryn = factories.bryn()
        held(bryn, between)
        dispose(factories.asha())
        assert seen(bryn) == [0, 0, 0, 0, 0, 0, 0, 0]
        assert told() == [(PLATFORM, {PLATFORM, PARTNER}, True)]

    def test_ones_own_hold_keeps_it_and_ones_own_match_is_entered(self, between: Pair) -> None:
        asha = factories.asha()
        held(asha, between)
        with pytest.raises(keeping.MayNotGo, match="Lift the hold"):
            dispose(asha)
        with guarded.acting(asha):
            (hold,) = statements.answers("SELECT id FROM records_hold")
        records.lift(actor=asha, hold=hold[0], reason="It closed.", at=AT)
        dispose(asha)
        assert told() == [(HERE, {HERE}, False)]

    @pytest.mark.usefixtures("db")
    def test_nobody_asks_what_would_go_without_the_seal(self) -> None:
        with pytest.raises(DatabaseError, match="not sealed"), transaction.atomic():
            statements.answers("SELECT records_ends_going(%s, %s)", "1|1|1|ends-going|{}", "00")


def test_a_move_and_a_match_wait_for_each_other(
    between: Pair, owner_connection: psycopg.Connection[Any]
) -> None:
    asha = factories.asha()
    with guarded.acting(asha):
        apart = guarded.scope(guarded.ScopeOf(HERE, PERSON, compartment="special-branch"))
    moved = [apart, john(asha).pk]
    owner_connection.execute("BEGIN")
    owner_connection.execute(MOVED, moved)
    with pytest.raises(OperationalError, match="lock timeout"):
        decide_in_haste(asha, between)
    owner_connection.execute("ROLLBACK")
    owner_connection.execute(f"SET lock_timeout = '{HASTE}'")
    with guarded.acting(asha):
        decide(asha, between, Act.CONFIRM)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            owner_connection.execute(MOVED, moved)


def in_its_own(act: Callable[[], Any]) -> None:
    """On a connection of its own, which it closes."""
    try:
        act()
    finally:
        connections.close_all()


def test_what_is_filed_and_a_disposal_never_wait_for_each_other_in_a_ring(
    between: Pair, owner_connection: psycopg.Connection[Any]
) -> None:
    asha = factories.asha()
    going = john(asha).pk
    (stays,) = set(between) - {going}
    owner_connection.execute("BEGIN")
    owner_connection.execute(LOCKED, [stays])

    def are_waiting(number: int) -> bool:
        return looking.execute(WAITING).fetchone() == (number,)

    plan = database.plan()
    login = (plan.admin or plan.owner_login()).on(connection.settings_dict["NAME"])
    with login.connect(autocommit=True) as looking, ThreadPoolExecutor(2) as threads:
        filed = threads.submit(in_its_own, lambda: alike(*between))
        until(lambda: are_waiting(1))
        gone = threads.submit(in_its_own, lambda: dispose(asha))
        until(lambda: are_waiting(2))
        owner_connection.execute("ROLLBACK")
        for each in (filed, gone):
            each.result(timeout=30)
    left = "SELECT (SELECT count(*) FROM nominals_likeness), (SELECT count(*) FROM nominals_person)"
    assert owner_connection.execute(left).fetchone() == (0, 1)
