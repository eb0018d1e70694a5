"""What a posting has of its own: it goes once that is over, lies where it belongs, and is entered once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, transaction
from django.db.utils import DatabaseError

from crossforce.kernel import civil, database, guarded, registry, statements
from crossforce.kernel.refusals import Conflict
from crossforce.ledger.models import Entry
from crossforce.nominals import models
from crossforce.nominals.choices import ALERT, INTEREST, PERSON, QUARANTINE
from crossforce.nominals.jobs import upgrading
from crossforce.nominals.operations import alerting, deconflicting, meeting
from crossforce.nominals.queries import alerts, feeding, person
from crossforce.nominals.tests import holding, loads
from crossforce.nominals.tests.interested import both, interest, own_policies
from crossforce.nominals.tests.loads import row
from crossforce.nominals.tests.test_deconflicting import end
from crossforce.people.choices import PLATFORM
from crossforce.records import api as records
from crossforce.records import jobs
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, HERE
from crossforce.transparency.entry import from_bytes

pytestmark = pytest.mark.django_db
SAID = """SELECT count(*) FROM ledger_privatepart p JOIN ledger_entry l ON l.id = p.entry_id
 WHERE p.part = 'private' AND l.subject = %s"""
HASTE = "SELECT set_config('lock_timeout', '100ms', true)"


def due(actor: Any) -> None:
    """Its day came."""
    with guarded.acting(actor):
        mine = models.Interest.objects
        mine.update(review_due=civil.day_of(AT) - timedelta(days=9), changed_by=actor.reference)


def hastily(act: Callable[[], Any]) -> None:
    """Without waiting for anybody."""
    with transaction.atomic():
        statements.answers(HASTE)
        act()


def said_of(owner: psycopg.Connection[Any], interest: Any) -> int:
    """How many entries of the ledger keep words of it."""
    ((found,),) = owner.execute(SAID, [str(interest.reference.subject)]).fetchall()
    return int(found)


def erased() -> list[tuple[str, str, bool]]:
    """What went, whose entry says so, and whether a hold went along."""
    found = Entry.objects.filter(operation="record.erased")
    return [
        (
            each.subject,
            each.organisation,
            from_bytes(bytes(each.body)).detail["was_held"] is True,
        )
        for each in found
    ]


class TestWhatAPostingLeft:
    def test_goes_once_it_is_due_and_its_holder_is_told(
        self, monkeypatch: pytest.MonkeyPatch, owner_connection: psycopg.Connection[Any]
    ) -> None:
        own_policies()
        monkeypatch.setattr("crossforce.records.jobs.connections.close_all", lambda: None)
        asha, other, standing, bryn = (
            factories.asha(), factories.asha(), factories.asha(), factories.bryn(),
        )  # fmt: skip
        left, held = interest(asha), interest(other)
        interest(bryn), interest(standing)
        for each in (asha, other, standing):
            due(each)
        records.hold(actor=other, kind=INTEREST, record=held.pk, reason="An inquest", at=AT)
        theirs = "UPDATE records_hold SET placed_by = 'staff:somebody else'"
        owner_connection.execute(theirs)
        assert said_of(owner_connection, left)
        assert said_of(owner_connection, held)
        assert records.dispose_left(at=AT) == 0
        for each in (asha, other, bryn):
            end(each)
        goes = iter((True, True, False))
        jobs.dispose_on(lambda: next(goes))
        assert erased() == [(f"{INTEREST}:{left.pk}", PLATFORM, False)]
        assert set(Entry.objects.get(operation="record.erased").concerns) == {PLATFORM, HERE}
        assert not said_of(owner_connection, left)
        assert said_of(owner_connection, held)
        assert records.dispose_left(at=AT) == 0

    def test_what_one_set_oneself_does_not_outlive_ones_posting(
        self, owner_connection: psycopg.Connection[Any]
    ) -> None:
        own_policies()
        asha, other = factories.asha(), factories.asha()
        held, grouped, young = interest(asha), interest(asha), interest(other)
        for made in (held, grouped, young):
            records.review(
                actor=other if made is young else asha, kind=INTEREST, record=made.pk, version=1, group="1",
                last_notice=None, at=AT,
            )  # fmt: skip
        records.hold(actor=asha, kind=INTEREST, record=held.pk, reason="Mine", at=AT)
        old = "UPDATE nominals_interest SET created_at = %s WHERE id = ANY (%s)"
        owner_connection.execute(old, [AT - timedelta(days=400), [held.pk, grouped.pk]])
        assert records.dispose_left(at=AT) == 0
        for each in (asha, other):
            end(each)
        assert records.dispose_left(at=AT) == 2
        assert sorted(erased()) == sorted(
            (f"{INTEREST}:{row.pk}", PLATFORM, row is held) for row in (held, grouped)
        )

    def test_is_kept_for_a_year(self) -> None:
        own_policies()
        made = interest(factories.asha())
        assert made.review_due == civil.add_months(civil.day_of(AT), 12)

    def test_is_asked_under_seal(self) -> None:
        with pytest.raises(DatabaseError, match="not sealed"), transaction.atomic():
            statements.answers("SELECT records_left(%s, %s)", "1|1|1|left|{}", "00")


def test_two_who_look_at_one_instant_enter_once(
    owner_connection: psycopg.Connection[Any],
) -> None:
    own_policies()
    both()
    asha, bryn = factories.asha(), factories.bryn()
    interest(bryn)
    owner_connection.execute("BEGIN")
    owner_connection.execute(statements.ALONE, [meeting.ENTERING])
    with guarded.acting(asha), pytest.raises(OperationalError, match="lock timeout"):
        hastily(lambda: interest(asha))
    owner_connection.execute("ROLLBACK")
    interest(asha)
    deconflicting.look(actor=asha, at=AT)
    found = Entry.objects.filter(operation="record.combined", organisation=PLATFORM)
    assert found.count() == 2


def test_what_is_filed_and_a_move_wait_for_each_other(
    owner_connection: psycopg.Connection[Any],
) -> None:
    holding.own_policies()
    asha = factories.asha()
    pair = sorted(holding.person(asha, "John", "Smith").pk for _ in range(2))
    with guarded.acting(asha):
        apart = guarded.scope(guarded.ScopeOf(HERE, "nominals.person", compartment="apart"))
    told: Any = {"one": str(pair[0]), "other": str(pair[1]), "weight": 9.0, "lean": "review"}
    told = {"model": "m", "records": [], "is_all": False, "found": [told | {"evidence": []}]}
    owner_connection.execute("BEGIN")
    moved = "UPDATE nominals_person SET scope_id = %s WHERE id = %s"
    owner_connection.execute(moved, [apart, pair[0]])
    with pytest.raises(OperationalError, match="lock timeout"):
        hastily(lambda: feeding.likened(told))
    owner_connection.execute("COMMIT")
    feeding.likened(told)
    scopes = owner_connection.execute("SELECT one_scope FROM nominals_likeness").fetchall()
    assert scopes == [(apart,)]


def test_an_interest_in_a_record_and_its_disposal_wait_for_each_other(
    owner_connection: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    own_policies()
    holding.own_policies()
    asha = factories.asha()
    held = holding.person(asha, "John", "Smith")
    with guarded.acting(asha):
        (seen,) = person.read_ends([(PERSON, held.pk)]).values()
    owner_connection.execute("BEGIN")
    owner_connection.execute("SELECT FROM records_pointer WHERE id = %s FOR UPDATE", [held.pk])
    with guarded.acting(asha), pytest.raises(OperationalError, match="lock timeout"):
        hastily(lambda: interest(asha, record=held.pk, scheme="", said=""))
    owner_connection.execute("DELETE FROM nominals_person WHERE id = %s", [held.pk])
    monkeypatch.setattr(person, "read_ends", lambda _: {held.pk: seen})
    owner_connection.execute("COMMIT")
    with pytest.raises(Conflict, match="no such record"):
        interest(asha, record=held.pk, scheme="", said="")


def test_an_interest_of_before_that_outlived_its_record_says_nothing_of_it(
    owner_connection: psycopg.Connection[Any],
) -> None:
    own_policies()
    holding.own_policies()
    asha = factories.asha()
    held, stays = (holding.person(asha, name, "Smith") for name in ("John", "Joan"))
    made, other = (interest(asha, record=each.pk, scheme="", said="") for each in (held, stays))
    owner_connection.execute("DELETE FROM nominals_person WHERE id = %s", [held.pk])
    with database.as_owner():
        upgrading.own_searches()
    with guarded.acting(asha):
        told = {each.pk: each.identifier for each in models.Interest.objects.all()}
    assert told == {made.pk: "", other.pk: "SMITH, Joan"}
    assert not said_of(owner_connection, made)
    assert said_of(owner_connection, other)


def test_saved_searches_of_before_lie_with_their_posting(
    owner_connection: psycopg.Connection[Any], index: None
) -> None:
    holding.own_policies()
    holding.policy("alerts-own", kinds=(ALERT,), compartment="own")
    asha = factories.asha()
    saved = alerting.save(actor=asha, question="john smith", at=AT)
    owner_connection.execute(
        "UPDATE nominals_alert a SET scope_id = access_number_of(s.holder, s.kind, '', '', s.marking, NULL)"
        " FROM access_scope s WHERE s.id = a.scope_id"
    )
    assert alerts.mine(asha) == []
    with database.as_owner():
        upgrading.own_searches()
        upgrading.own_searches()
    (again,) = alerts.mine(asha)
    assert (again.pk, again.scope_id, again.version) == (saved.pk, saved.scope_id, 2)
    assert (again.created_by, again.changed_by) == (asha.reference, "system:installer")
    assert registry.upgrades.get("saved searches") is not None
    (entry,) = Entry.objects.filter(operation="record.altered", organisation=PLATFORM)
    assert entry.subject == f"{ALERT}:{saved.pk}"


def test_what_rows_shed_before_their_kind_said_so_goes(
    owner_connection: psycopg.Connection[Any],
) -> None:
    loads.policy()
    asha = loads.analyst()
    loads.loaded(asha, loads.table(row(Surname="Penhallow", Born="31/02/1987")))
    loads.loaded(asha, loads.table(row(Surname="Okonjo")))
    with guarded.acting(asha):
        mended = models.Quarantine.objects.get()
    owner_connection.execute(
        """UPDATE nominals_quarantineevent SET cells = '{"Surname": "Penhallow"}'"""
    )
    with database.as_owner():
        jobs.shed_remains()
    _, changes = records.history(asha, QUARANTINE, mended.pk)
    assert "Penhallow" not in repr(changes)
    assert jobs.shed_remains in list(registry.upgrades)


def test_what_was_made_before_the_schedule_is_due_by_it(
    owner_connection: psycopg.Connection[Any],
) -> None:
    own_policies()
    asha = factories.asha()
    made, longer = interest(asha), interest(asha)
    day = civil.day_of(AT)
    dues = {made.pk: civil.add_months(day, 72), longer.pk: civil.add_months(day, 80)}
    for key, day_due in dues.items():
        asked = "UPDATE nominals_interest SET review_due = %s WHERE id = %s"
        owner_connection.execute(asked, [day_due, key])
    with database.as_owner():
        upgrading.own_searches()
        upgrading.own_searches()
    with guarded.acting(asha):
        found = dict(models.Interest.objects.values_list("pk", "review_due"))
    assert found == dues | {made.pk: civil.add_months(day, 12)}
