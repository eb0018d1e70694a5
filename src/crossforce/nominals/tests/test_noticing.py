"""While nobody looks: that something new answers is told to whoever may know of it, and both sides have their entries."""

from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from crossforce.kernel import statements
from crossforce.kernel.testing.cast import Cast, Player
from crossforce.ledger.models import Entry
from crossforce.nominals.choices import ALERT
from crossforce.nominals.jobs import noticing as jobs
from crossforce.nominals.operations import alerting, indexing, noticing
from crossforce.nominals.queries import news, searching
from crossforce.nominals.tests import holding, interested
from crossforce.nominals.views import waiting
from crossforce.people.choices import Actor
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, HERE, PARTNER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


@pytest.fixture
def bryn() -> Actor:
    holding.own_policies()
    own = {"holder": PARTNER, "recipient": PARTNER, "compartment": "own"}
    holding.policy("alerts-partner", kinds=(ALERT,), **own)
    indexing.turn()
    return factories.bryn()


def noticed(actor: Actor) -> tuple[int, int]:
    """In how many searches something was new, and in how many it still is."""
    while indexing.turn() or noticing.turn(AT):
        pass
    return len(news.of(actor)), waiting.searches(actor, AT)


class TestSavedSearches:
    def test_are_told_of_no_more_than_their_owner_may_know(self, bryn: Actor) -> None:
        asha, colleague = factories.asha(), factories.bryn()
        saved = alerting.save(actor=bryn, question="john smith", at=AT)
        holding.person(asha, "John", "Smith")
        holding.person(bryn, "Mary", "Jones")
        assert noticed(bryn) == (0, 0)
        holding.shared("read")
        holding.person(asha, "John", "Smith")
        assert (noticed(bryn), noticed(colleague)) == ((1, 1), (0, 0))
        holding.shared()
        assert noticed(bryn) == (1, 0)
        holding.shared("find")
        assert noticed(bryn) == (1, 1)
        alerting.looked(actor=bryn, alert=saved.pk, at=AT)
        assert noticed(bryn) == (0, 0)

    def test_wait_for_the_index_and_are_told_once_it_follows(self, bryn: Actor) -> None:
        alerting.save(actor=bryn, question="john smith", at=AT)
        holding.person(bryn, "John", "Smith")
        assert noticing.turn(AT) == 0
        assert news.of(bryn) == frozenset()
        indexing.turn()
        assert noticing.turn(AT) == 1
        assert len(news.of(bryn)) == 1

    def test_one_that_fails_holds_up_no_other_and_owners_are_asked_for_once(
        self, bryn: Actor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        for question in ("john smith", "smith", "smith john"):
            saved = alerting.save(actor=bryn, question=question, at=AT)
        holding.person(bryn, "John", "Smith")
        indexing.turn()
        asked: list[Any] = []
        reached: list[Any] = []
        ask, reach = searching.keys, news.reach_of

        def keys(*given: Any) -> Any:
            asked.append(given)
            if len(asked) == 1:
                raise ValueError
            return ask(*given)

        def reach_of(*given: Any) -> Any:
            reached.append(given)
            return reach(*given)

        monkeypatch.setattr(searching, "keys", keys)
        monkeypatch.setattr(news, "reach_of", reach_of)
        assert noticing.turn(AT) == 1
        assert len(news.of(bryn)) == 2
        assert reached == [(saved.posting, saved.purpose)]
        assert "is not told what is new" in caplog.text

    def test_those_that_are_stopped_have_no_news(self, bryn: Actor) -> None:
        saved = alerting.save(actor=bryn, question="john smith", at=AT)
        holding.person(bryn, "John", "Smith")
        assert noticed(bryn) == (1, 1)
        alerting.stop(actor=bryn, alert=saved.pk, at=AT)
        holding.person(bryn, "John", "Smith")
        assert noticed(bryn) == (0, 0)


class TestInterests:
    def test_each_sides_holder_has_an_entry_that_names_no_other(self) -> None:
        interested.own_policies()
        asha, bryn = factories.asha(), factories.bryn()
        rows = {HERE: interested.interest(asha), PARTNER: interested.interest(bryn)}
        interested.both()
        assert noticing.compare(AT) == 2
        entries = Entry.objects.filter(operation="record.combined")
        bodies = {entry.subject: bytes(entry.body).decode() for entry in entries}
        assert len(bodies) == entries.count() == 2
        for holder, row in rows.items():
            (other,) = (each for each in rows if each != holder)
            body = bodies[f"nominals.interest:{row.pk}"]
            assert holder in body
            for hidden in (other, str(rows[other].pk), str(asha.staff), str(bryn.staff)):
                assert hidden not in body
        assert noticing.compare(AT) == 0

    def test_what_meets_nothing_leaves_no_entry(self) -> None:
        interested.own_policies()
        interested.interest(factories.asha())
        assert noticing.compare(AT) == 1
        assert not Entry.objects.filter(operation="record.combined").exists()

    def test_are_told_at_home(self, cast: Cast) -> None:
        interested.own_policies()
        interested.both()
        asha, bryn = cast.asha("investigator"), cast.bryn("investigator")

        def home(player: Player) -> str:
            return str(player.client.get("/").content.decode())

        interested.interest(bryn.actor)
        assert "New for you" not in home(bryn)
        interested.interest(asha.actor)
        for player in (asha, bryn):
            assert (
                "Interests that somebody else shares, or whose record is gone</a>: <strong>1</strong>"
                in home(player)
            )


def test_the_process_beside_the_web_tries_the_rest_where_one_fails(
    bryn: Actor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(at: datetime) -> int:
        raise ValueError

    alerting.save(actor=bryn, question="john smith", at=AT)
    holding.person(bryn, "John", "Smith")
    indexing.turn()
    monkeypatch.setattr(noticing, "compare", fails)
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    waits, _ = jobs.look()
    turns = iter((True, False))
    jobs.follow(lambda: next(turns))
    rests, _ = jobs.look()
    assert "Interests wait." in caplog.text
    assert len(news.of(bryn)) == 1
    assert (waits.said, rests.said) == (
        "1 changes are looked at when it is served",
        "nothing waits",
    )


class TestSeal:
    @pytest.mark.parametrize("name", ["asked", "reach_of", "noticed", "sides"])
    def test_nobody_asks_without_it(self, name: str) -> None:
        with pytest.raises(DatabaseError, match="not sealed"), transaction.atomic():
            statements.answers(f"SELECT nominals_{name}('', '')")
