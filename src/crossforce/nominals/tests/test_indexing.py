"""The index follows what is held, whatever is cut short; and nobody reads the feed but by its seal."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from crossforce.acting import api as acting
from crossforce.kernel import clock, guarded, statements
from crossforce.nominals import models
from crossforce.nominals.choices import SEARCH
from crossforce.nominals.jobs import indexing as jobs
from crossforce.nominals.operations import indexing
from crossforce.nominals.queries import feeding, indexed
from crossforce.nominals.searching import numbers, places, question
from crossforce.nominals.searching.answers import Answer
from crossforce.nominals.searching.finding import Searcher
from crossforce.nominals.searching.index import Index
from crossforce.nominals.searching.weighing import Question
from crossforce.nominals.tests import holding
from crossforce.nominals.tests.holding import statement
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]
ALL = Searcher.of(range(1, 200))


def named(text: str) -> set[UUID]:
    asked = question.read(text, at=AT.date())
    return {hit.key for hit in indexed.catalogue().people.find(asked, ALL).hits}


def numbered(text: str) -> set[UUID]:
    number, _ = numbers.read(text)
    assert number
    return {hit.key for hit in indexed.catalogue().numbers.find(numbers.near(number), ALL).hits}


class TestTurn:
    def test_takes_in_what_came_changed_and_went(self) -> None:
        holding.policy()
        asha = factories.asha()
        first = holding.person(asha, "John", "Smith", "1980-05-12")
        assert indexing.turn() == 1  # fills what never was
        assert indexing.turn() == 1  # and is told of it as well
        second = holding.person(asha, "Jane", "Smith")
        assert indexing.turn() == 1
        assert named("john smith") >= {first.pk}
        assert named("jane smith") >= {second.pk}
        with guarded.acting(asha):
            models.Person.objects.filter(pk=first.pk).update(family_name="Quixote")
            models.Person.objects.filter(pk=second.pk).delete()
        assert indexing.turn() == 2
        assert named("john quixote") == {first.pk}
        assert named("jane smith") == set()
        assert indexing.turn() == 0

    def test_finds_by_every_statement_and_kind(self) -> None:
        holding.policy()
        asha = factories.asha()
        known = holding.person(
            asha,
            "Maria",
            "Lopez",
            statements=[
                statement("name", family="Garcia", given=["Mary"], type="alias"),
                statement("birth", on="1987-03"),
                statement("identifier", type="pnc", number="2001/0012345A"),
                statement("contact", type="telephone", number="+447700900123"),
                statement("address", lines=["12 Station Rd"], town="Bath", postcode="BA1 1AA"),
                {"about": "warning", "value": "violent"},
            ],
        )
        van = holding.thing(asha, "AB12CDE")
        house = holding.place(asha, "3 High Street, Wells", "BA5 2AA")
        indexing.turn()
        assert named("mary garcia 3/1987") == {known.pk}
        assert numbered("01/12345A") == numbered("07700 900 123") == {known.pk}
        assert numbered("AB12 CDF") == {van.pk}
        assert numbered("BA5 2AA") == {house.pk}
        for text, key in (("station road bath", known.pk), ("hig street wells", house.pk)):
            asked = places.read(text)
            assert asked
            found = indexed.catalogue().places.find(places.ask(asked), ALL).hits
            assert {hit.key for hit in found} == {key}

    def test_what_was_cut_short_is_taken_in_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        holding.policy()
        asha = factories.asha()
        indexing.turn()
        somebody = holding.person(asha, "John", "Smith")

        def killed(*_: Any) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(feeding, "fed_in", killed)
            with pytest.raises(KeyboardInterrupt):
                indexing.turn()
        assert feeding.following(SEARCH).waiting == 1
        assert indexing.turn() == 1
        assert named("john smith") == {somebody.pk}
        assert feeding.following(SEARCH).waiting == 0

    def test_what_is_committed_later_under_an_earlier_position_is_not_passed_over(self) -> None:
        holding.policy()
        indexing.turn()
        early = holding.person(factories.asha(), "John", "Smith")
        late = holding.person(factories.asha(), "Jane", "Smith")
        feeding.fed_in(SEARCH, [each for each in feeding.fed(SEARCH) if each.record == late.pk])
        assert [each.record for each in feeding.fed(SEARCH)] == [early.pk]


class TestRebuild:
    def test_fills_anew_and_keeps_what_changes_meanwhile(self) -> None:
        holding.policy()
        asha = factories.asha()
        first = holding.person(asha, "John", "Smith")
        indexing.turn()
        gone = holding.person(asha, "Jack", "Smith")
        holding.thing(asha, "AB12CDE")
        told = []

        def meanwhile(done: int, about: int) -> None:
            told.append((done, about >= done))
            if done == 3:  # both people and the vehicle are read
                with guarded.acting(asha):
                    models.Person.objects.filter(pk=gone.pk).delete()
                holding.person(asha, "Joan", "Smith")
                indexing.turn()
                assert len(named("smith")) == 2

        assert indexing.rebuild(meanwhile) == 3
        assert told == [(2, True), (3, True)]
        assert len(named("smith")) == 2
        assert first.pk in named("john smith")
        assert gone.pk not in named("jack smith")

    def test_begins_anew_when_another_database_took_the_place(self) -> None:
        indexing.turn()
        assert indexed.is_whole()
        indexing.begin_anew()
        assert not indexed.is_whole()


class TestSeal:
    @pytest.mark.parametrize("function", ["fed", "fed_in", "whole", "following"])
    def test_without_its_seal_nothing_is_read(self, function: str) -> None:
        content = {
            "follower": SEARCH,
            "most": 9,
            "kind": "nominals.person",
            "after": str(UUID(int=0)),
        }
        for message, mac in (("1|1|1|feed|{}", "00"), acting.sealed("window", content)):
            with pytest.raises(ProgrammingError, match="not sealed"), transaction.atomic():
                statements.answers(f"SELECT * FROM nominals_{function}(%s, %s)", message, mac)

    @pytest.mark.parametrize(
        "table", ["nominals_feed", "nominals_follower", "nominals_searchedscope"]
    )
    def test_the_tables_are_closed(self, table: str) -> None:
        for verb in (f"SELECT * FROM {table}", f"DELETE FROM {table}"):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
            ):
                statements.answers(verb)

    def test_numbers_of_scopes_are_ones_own_alone(self) -> None:
        holding.own_policies()
        holding.person(factories.asha(), "John", "Smith")
        indexing.turn()
        ask = "SELECT numbers FROM nominals_reach(%s)"
        for actor, many in ((factories.asha(), 1), (factories.bryn(), 0)):
            with guarded.acting(actor):
                assert [
                    len(row[0]) for row in statements.answers(ask, ["nominals.person"])
                ] == [many, many]
        assert statements.answers(ask, ["nominals.person"]) == [([],), ([],)]
        assert connection.in_atomic_block


class TestWarm:
    def test_asks_in_each_way_where_somebody_is_held(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[Question] = []
        find = Index.find

        def noting(index: Index, question: Question, *more: Any) -> Answer:
            asked.append(question)
            return find(index, question, *more)

        monkeypatch.setattr(Index, "find", noting)
        holding.own_policies()
        jobs.warm()
        assert asked == []
        holding.person(factories.asha(), "John", "Smith")
        indexing.turn()
        jobs.warm()
        ways = {(bool(each.last), bool(each.first), bool(each.born)) for each in asked}
        assert ways == {
            (True, True, True),
            (True, False, False),
            (False, True, False),
            (False, False, True),
        }


class TestLook:
    def test_says_how_far_the_index_is_behind(self, monkeypatch: pytest.MonkeyPatch) -> None:
        holding.policy()
        (none,) = jobs.look()
        assert none.said == "the index was not made yet"
        indexing.turn()
        (sound,) = jobs.look()
        assert sound.said == "0 people, nothing waits"
        holding.person(factories.asha(), "John", "Smith")
        (waits,) = jobs.look()
        assert (waits.grade, waits.said) == (
            "sound",
            "0 people; 1 changes are taken in when it is served",
        )
        monkeypatch.setattr(
            "crossforce.kernel.companions.standing", lambda: {"search of people": True}
        )
        later = clock.now() + timedelta(minutes=2)
        monkeypatch.setattr("crossforce.kernel.clock.now", lambda: later)
        (late,) = jobs.look()
        assert late.is_serious
        assert "the oldest for 12" in late.said

    def test_the_companion_takes_in_what_waits_and_survives_a_fault(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        holding.policy()
        holding.person(factories.asha(), "John", "Smith")
        turns = iter([True, True, False])
        faults = iter([ValueError("once")])
        turn = indexing.turn

        def first_fails() -> int:
            for fault in faults:
                raise fault
            return turn()

        monkeypatch.setattr(indexing, "turn", first_fails)
        monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
        jobs.follow(lambda: next(turns))
        assert len(named("smith")) == 1
