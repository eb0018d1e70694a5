"""Search as the cast sees it: read in full, a pointer, or nothing; and no more of it than that."""

from typing import Any

import pytest

from crossforce.kernel import guarded
from crossforce.nominals import models
from crossforce.nominals.choices import PERSON
from crossforce.nominals.operations import indexing
from crossforce.nominals.queries import searching
from crossforce.nominals.searching import asking
from crossforce.nominals.tests import holding
from crossforce.nominals.tests.holding import statement
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, HERE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


def find(actor: Any, text: str, **more: Any) -> searching.Found:
    return searching.find(actor, asking.understood(text, at=AT.date()), **more)


def read(found: searching.Found) -> list[tuple[str, bool]]:
    return [(each.title, each.is_readable) for each in found.seen]


class TestFind:
    def test_reads_in_full_or_points_or_says_nothing(self) -> None:
        holding.own_policies()
        asha, bryn, cole = factories.asha(), factories.bryn(), factories.cole()
        john = holding.person(asha, "John", "Smith", "1980-05-12", warnings=["weapons"])
        holding.person(bryn, "Jon", "Smyth", "1980-05-12")
        indexing.turn()
        assert read(find(asha, "john smith 12/5/1980")) == [("SMITH, John", True)]
        assert read(find(bryn, "john smith")) == [("SMYTH, Jon", True)]
        holding.shared("find")
        indexing.turn()
        found = find(bryn, "john smith 12/5/1980")
        assert read(found) == [("SMYTH, Jon", True), (john.number, False)]
        other, pointer = found.seen
        assert (pointer.reasons, pointer.warnings, pointer.place.holder) == ((), (), HERE)
        assert other.reasons[0] == "Surname sounds the same: Smyth"
        assert (found.readable, found.pointers, found.marking) == (1, 1, "OFFICIAL")
        holding.shared("read")
        found = find(bryn, "john smith 12/5/1980")
        assert read(found)[0] == ("SMITH, John", True)
        assert found.seen[0].warnings == ["weapons"]
        assert read(find(cole, "john smith")) == []

    def test_who_may_only_find_spells_nothing_out(self) -> None:
        holding.own_policies()
        holding.shared("find")
        asha, bryn = factories.asha(), factories.bryn()
        holding.person(
            asha,
            "John",
            "Smith",
            statements=[statement("contact", type="telephone", number="+447700900123")],
        )
        indexing.turn()
        assert len(find(bryn, "john smith").seen) == len(find(bryn, "07700 900123").seen) == 1
        assert len(find(bryn, '"smith", john 1999').seen) == 1
        for text in ("sm* john", "j?hn smith", "07700 900124", "447700900*"):
            assert find(asha, text).readable == 1
            assert (find(bryn, text).seen, find(bryn, text).total) == ([], 0)
        typed = asking.understood("john smi", at=AT.date(), is_typed=True)
        assert len(searching.suggest(asha, typed).seen) == 1
        assert searching.suggest(bryn, typed).seen == []

    def test_who_may_only_find_guesses_nothing_out(self) -> None:
        holding.own_policies()
        holding.shared("find")
        asha, bryn = factories.asha(), factories.bryn()
        home = statement("address", lines=["12 Station Rd"], town="Bath", postcode="BA1 1AA")
        for family in ("Smith", "Taylor-Jones"):
            holding.person(asha, "John Michael", family, "1980-05-12", statements=[home])
        indexing.turn()
        for text in (
            *("smith 1980-1984", "12/5/1980", "1980", "aged 30-60", "smith", "john"),
            *(
                "j smith",
                "jon smith",
                "john smyth",
                "john smiht",
                "michael smith",
                "john jones",
            ),
            *(
                "12 station road bath",
                "station road",
                "BA1 1AA",
                "12 station road bath BA1 1AA",
            ),
        ):
            assert find(asha, text).readable, text
            assert (find(bryn, text).seen, find(bryn, text).total) == ([], 0), text
        for born in ("12/5/1980", "1980-1984", "1985-1989"):
            assert find(bryn, f"john smith {born}").pointers == 1
        assert find(bryn, "john taylor-jones").pointers == 1
        written_otherwise = asking.advanced(number="BA1-1AA", at=AT.date())
        assert searching.find(bryn, written_otherwise).total == 0

    def test_pointers_follow_what_may_be_read_in_an_order_that_says_nothing(self) -> None:
        holding.own_policies()
        holding.shared("find")
        asha, bryn = factories.asha(), factories.bryn()
        number = statement("contact", type="telephone", number="+447700900123")
        for statements in ([], [], [number]):
            holding.person(asha, "John", "Smith", statements=statements)
        own = holding.person(bryn, "Jon", "Smyth")
        indexing.turn()
        first, *pointers = find(bryn, "john smith 07700900123").seen
        assert first.id == own.pk
        assert [each.id for each in pointers] == sorted(each.id for each in pointers)
        assert len(pointers) == 3

    def test_what_goes_or_moves_leaves_the_answer_before_the_index_follows(self) -> None:
        holding.own_policies()
        holding.shared("find", "read")
        asha, bryn = factories.asha(), factories.bryn()
        one, two = (holding.person(asha, "John", "Smith") for _ in "ab")
        indexing.turn()
        assert len(find(bryn, "john smith").seen) == 2
        with guarded.acting(asha):
            secret = guarded.scope(guarded.ScopeOf(HERE, PERSON, compartment="covert"))
        with guarded.acting(asha):
            models.Person.objects.filter(pk=one.pk).delete()
        holding.policy("none-of-it", compartment="covert")
        with guarded.acting(asha):
            models.Person.objects.filter(pk=two.pk).update(scope_id=secret)
        assert find(bryn, "john smith").seen == []
        assert [each.id for each in find(asha, "john smith").seen] == [two.pk]

    def test_one_that_was_opened_singly_is_found(self) -> None:
        holding.own_policies()
        asha, cole = factories.asha(), factories.cole()
        john = holding.person(asha, "John", "Smith")
        holding.person(asha, "John", "Smith")
        holding.opened(john, cole)
        indexing.turn()
        found = find(cole, "jon smith")
        assert [(each.id, each.is_readable) for each in found.seen] == [(john.pk, True)]
        assert found.total == 1

    def test_a_name_with_a_number_finds_first_who_has_both(self) -> None:
        holding.own_policies()
        asha = factories.asha()
        number = statement("contact", type="telephone", number="+447700900123")
        holding.person(asha, "John", "Smith")
        both = holding.person(asha, "John", "Smith", statements=[number])
        holding.person(asha, "Mary", "Doe", statements=[number])
        indexing.turn()
        found = find(asha, "john smith 07700900123")
        assert [each.id == both.pk for each in found.seen] == [True, False, False]
        assert found.total == 3
        assert found.seen[0].reasons == ("Number agrees", "Surname agrees", "Forename agrees")
        assert found.words == ("surname Smith", "forename John", "telephone 447700900123")

    def test_the_ledger_names_what_was_shown_and_no_more(self) -> None:
        holding.own_policies()
        asha = factories.asha()
        for _ in range(searching.PAGE + 3):
            holding.person(asha, "John", "Smith")
        indexing.turn()
        before = holding.consulted()
        found = find(asha, "john smith", page=2)
        assert (len(found.seen), found.total, found.pages) == (3, 23, 2)
        assert holding.consulted() == [*before, {each.id for each in found.seen}]

    def test_says_when_there_is_no_index_yet(self) -> None:
        holding.own_policies()
        assert not find(factories.asha(), "john smith").is_ready
        indexing.turn()
        assert find(factories.asha(), "john smith").is_ready


class TestUnderstood:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("smith john 12/5/1980", ["surname John", "forename Smith", "born 12 May 1980"]),
            ("Smith, John aged 30", ["surname Smith", "forename John", "born from"]),
            ("AB12 CDE", ["vehicle registration AB12CDE"]),
            ("12 station rd bath BA1 1AA", ["postcode BA11AA", "address 12 station road bath"]),
            ("john green", ["surname Green", "forename John", "address john green"]),
            ("sm?th*", ["surname Sm?th*"]),
            ("", []),
        ],
    )
    def test_says_in_words_what_was_asked(self, text: str, words: list[str]) -> None:
        told = asking.in_words(asking.understood(text, at=AT.date()))
        assert len(told) == len(words)
        assert all(one.startswith(other) for one, other in zip(told, words, strict=True))

    def test_fields_ask_the_same(self) -> None:
        wanted = asking.advanced(
            family="Smith",
            given="John",
            born="1980",
            number="ab12 cde",
            address="station road",
            at=AT.date(),
        )
        assert asking.in_words(wanted) == (
            "surname Smith",
            "forename John",
            "born from 1 January 1980 to 31 December 1980",
            "vehicle registration AB12CDE",
            "address station road",
        )
        assert asking.advanced(at=AT.date()).is_empty
