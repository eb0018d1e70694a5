"""Blind deconfliction: both are told that both are interested, where both agreements say so, and nobody anything more."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from crossforce.access.operations import put_grants
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Missing, Refused
from crossforce.nominals import models
from crossforce.nominals.canonical import identifiers
from crossforce.nominals.choices import INTEREST, Decision
from crossforce.nominals.operations import deconflicting
from crossforce.nominals.operations.deconflicting import CannotRegister, TooMany
from crossforce.nominals.queries.interests import Met
from crossforce.nominals.rules import interests as rules
from crossforce.nominals.tests import holding
from crossforce.nominals.tests.interested import (
    KEPT,
    TODAY,
    both,
    compared,
    interest,
    link,
    matched,
    own_policies,
    told,
)
from crossforce.people.choices import Actor
from crossforce.people.operations import end_posting
from crossforce.people.tests import factories as people
from crossforce.records.models import Pointer
from crossforce.records.tests import factories
from crossforce.records.tests.factories import AT, HERE, PARTNER

pytestmark = pytest.mark.django_db
LETTER = identifiers.letter("010012345")


@pytest.fixture(autouse=True)
def _own() -> None:
    own_policies()


class TestMeeting:
    def test_both_are_told_alike_and_nothing_else(self) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        both()
        mine, theirs = interest(asha), interest(bryn, "ab12cde")
        assert told(asha) == {mine.pk: Met()}
        assert told(bryn) == {theirs.pk: Met()}
        with guarded.acting(bryn):
            assert [row.pk for row in models.Interest.objects.all()] == [theirs.pk]
            assert not Pointer.objects.filter(pk=mine.pk).exists()

    @pytest.mark.parametrize("allowed", [[], [(HERE, PARTNER)], [(PARTNER, HERE)]])
    def test_takes_a_clause_of_each_side(self, allowed: list[tuple[str, str]]) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        for pair in allowed:
            compared(*pair)
        interest(asha), interest(bryn)
        assert told(asha) == told(bryn) == {}

    def test_reading_is_no_comparing_nor_comparing_reading(self) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        holding.policy("all", kinds=(INTEREST,), recipient=PARTNER, actions=KEPT)
        holding.policy(
            "own-read", kinds=(INTEREST,), recipient=PARTNER, compartment="own", actions=KEPT
        )
        interest(asha), interest(bryn)
        assert told(bryn) == {}
        with guarded.acting(bryn):
            assert models.Interest.objects.count() == 1

    def test_what_ended_says_nothing_at_the_next_statement(self) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        both()
        mine, theirs = interest(asha), interest(bryn)
        deconflicting.withdraw(actor=bryn, interest=theirs.pk, at=AT)
        assert told(asha) == told(bryn) == {}
        again = interest(bryn)
        assert told(asha).keys() | told(bryn).keys() == {mine.pk, again.pk}
        with transaction.atomic():
            put_grants(f"compared-{PARTNER}-{HERE}", [])
        assert told(asha) == told(bryn) == {}
        compared(PARTNER, HERE)
        assert told(asha).keys() == {mine.pk}
        end(asha)
        assert told(bryn) == {}

    def test_counts_to_the_end_of_its_last_day(self) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        both()
        mine, _ = interest(asha), interest(bryn)
        with guarded.acting(asha):
            models.Interest.objects.update(until=civil.day_of(AT) - timedelta(days=4000))
        assert told(asha) == told(bryn) == {}
        assert [each.is_past for each in deconflicting.look(actor=asha, at=AT)] == [True]
        with pytest.raises(CannotRegister, match="last day"):
            deconflicting.move_day(
                actor=asha, interest=mine.pk, until=TODAY + timedelta(days=400), at=AT
            )
        until = TODAY + timedelta(days=30)
        deconflicting.move_day(actor=asha, interest=mine.pk, until=until, at=AT)
        assert told(asha).keys() == {mine.pk}
        assert [each.is_past for each in deconflicting.look(actor=asha, at=AT)] == [False]

    def test_more_than_one_other_looks_like_one(self) -> None:
        asha, bryn, colleague = factories.asha(), factories.bryn(), factories.bryn()
        both()
        mine, _, _ = interest(asha), interest(bryn), interest(colleague)
        assert told(asha) == {mine.pk: Met()}


class TestDeciding:
    def test_each_owner_decides_what_the_other_knows(self) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        both()
        mine, theirs = interest(asha), interest(bryn)
        for decision, seen in (
            (Decision.CONTACTED, Met((f"Incident room of {HERE}",))),
            (Decision.CONTACTS, Met(is_asked=True)),
            (Decision.SILENT, Met()),
        ):
            deconflicting.decide(actor=asha, interest=mine.pk, decision=decision, at=AT)
            assert told(bryn) == {theirs.pk: seen}
            assert told(asha) == {mine.pk: Met()}

    def test_what_stands_already_is_decided_again_without_another_version(self) -> None:
        asha = factories.asha()
        mine = interest(asha)
        same = deconflicting.decide(
            actor=asha, interest=mine.pk, decision=Decision.WAITING, at=AT
        )
        assert same.version == mine.version

    def test_nobody_decides_for_another(self) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        mine = interest(asha)
        for key in (mine.pk, uuid4()):
            with pytest.raises(Missing):
                deconflicting.withdraw(actor=bryn, interest=key, at=AT)
            with pytest.raises(Missing):
                deconflicting.move_day(actor=bryn, interest=key, until=TODAY, at=AT)
            with pytest.raises(Missing):
                deconflicting.decide(
                    actor=bryn, interest=key, decision=Decision.CONTACTED, at=AT
                )


class TestCompared:
    @pytest.mark.parametrize("how", ["linked", "matched"])
    def test_a_record_by_its_own_numbers_and_by_links(self, how: str) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        both()
        holding.own_policies()
        pnc = holding.statement("identifier", type="pnc", number=f"2001/0012345{LETTER}")
        held = holding.person(asha, "John", "Smith", statements=[pnc])
        mine = interest(asha, record=held.pk, scheme="", said="")
        theirs = interest(bryn, f"01/12345{LETTER}", "pnc")
        assert (set(told(asha)), set(told(bryn))) == ({mine.pk}, {theirs.pk})
        other = holding.person(bryn, "Jon", "Smith")
        linked = interest(bryn, record=other.pk, scheme="", said="")
        assert linked.pk not in told(bryn)
        if how == "linked":
            link(held, other)
        else:
            matched(held, other)
        assert linked.pk in told(bryn)

    def test_refuses_a_record_that_may_not_be_known(self) -> None:
        asha, bryn = factories.asha(), factories.bryn()
        holding.own_policies()
        held = holding.person(asha, "John", "Smith")
        for key in (held.pk, uuid4()):
            with pytest.raises(CannotRegister, match="no such record"):
                interest(bryn, record=key, scheme="", said="")

    @pytest.mark.parametrize(
        ("scheme", "said", "other", "is_same"),
        [
            ("telephone", "07700 900123", "+447700900123", True),
            ("place", "3 High Street, BA5 2AA", "3, high street ba52aa", True),
            ("place", "3 High Street, BA5 2AA", "13 High Street, BA5 2AA", False),
            ("email", "Joe@example.org", "joe@EXAMPLE.org", True),
        ],
    )
    def test_by_whole_numbers_alone(
        self, scheme: str, said: str, other: str, is_same: bool
    ) -> None:
        assert (rules.normal(scheme, said) == rules.normal(scheme, other)) is is_same

    @pytest.mark.parametrize(
        ("scheme", "said", "matching"),
        [
            ("place", "BA5 2AA", "postcode"),
            ("pnc", "01/12345I", "check"),
            ("x", "1", "known by"),
        ],
    )
    def test_refuses_what_is_no_number(self, scheme: str, said: str, matching: str) -> None:
        with pytest.raises(CannotRegister, match=matching):
            interest(factories.asha(), said, scheme)


class TestLimits:
    def test_of_how_many_a_day_withdrawn_or_not(self) -> None:
        asha = factories.asha()
        most = rules.figure("most-a-day", TODAY)
        for number in range(most):
            made = interest(asha, f"0770090{number:04}", "telephone")
            deconflicting.withdraw(actor=asha, interest=made.pk, at=AT)
        with pytest.raises(TooMany, match="within a day"):
            interest(asha)
        interest(factories.asha())

    def test_of_how_many_are_on_hold_for_one_whose_day_is_moved(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asha = factories.asha()
        mine = interest(asha)
        with guarded.acting(asha):
            models.Interest.objects.update(until=TODAY - timedelta(days=4000))
        interest(asha, "CD34 EFG")
        figure = rules.figure
        monkeypatch.setattr(
            rules, "figure", lambda key, on: 1 if key == "most-on" else figure(key, on)
        )
        with pytest.raises(TooMany, match="interests on"):
            deconflicting.move_day(actor=asha, interest=mine.pk, until=TODAY, at=AT)

    def test_hold_in_the_database_for_whatever_writes(self) -> None:
        asha = factories.asha()
        with guarded.acting(asha):
            own = guarded.ScopeOf(HERE, INTEREST, "", f"own:{asha.posting}", "OFFICIAL")
            by: dict[str, Any] = {"created_by": asha.reference, "changed_by": asha.reference}
            by |= {"created_at": AT, "changed_at": AT, "scope_id": guarded.scope(own)}
            said: dict[str, Any] = {
                "marks": ["vrm:A"],
                "until": TODAY,
                "purposes": ["prevent-offences"],
            }
            rows = [models.Interest(**by, **said) for _ in range(51)]
            with pytest.raises(DatabaseError, match="within a day"), transaction.atomic():
                models.Interest.objects.bulk_create(rows)
            models.Interest.objects.bulk_create(rows[:50])

    @pytest.mark.parametrize(
        ("changes", "matching"),
        [
            ({"reason": "because"}, "Say why"),
            ({"until": TODAY - timedelta(days=1)}, "last day"),
            ({"until": TODAY + timedelta(days=400)}, "last day"),
            ({"contact": " "}, "may contact"),
        ],
    )
    def test_of_what_is_said(self, changes: dict[str, Any], matching: str) -> None:
        with pytest.raises(CannotRegister, match=matching):
            interest(factories.asha(), **changes)

    def test_takes_a_policy(self) -> None:
        holding.policy(f"own-{HERE}", kinds=(INTEREST,), actions=("read",), compartment="own")
        with pytest.raises(Refused):
            interest(factories.asha())


def end(actor: Actor) -> None:
    """The posting is over."""
    manager = people.actor("force-administrator", actor.organisation)
    assert actor.posting
    end_posting(
        actor=manager, posting=actor.posting, version=1, ends_at=AT - timedelta(days=1), at=AT
    )
