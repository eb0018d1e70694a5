"""Entries of the register as they are kept: entered, looked at, moved, seen by whoever may."""

from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from crossforce.access.operations import put_grants
from crossforce.kernel import guarded
from crossforce.kernel.refusals import StaleVersion
from crossforce.kernel.testing import ground
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.programme.choices import ENTRY, Stage
from crossforce.programme.operations import entries as operations
from crossforce.programme.operations.places import NoSuchCode
from crossforce.programme.queries import entries, looking
from crossforce.programme.queries.entries import Wanted
from crossforce.programme.tests import factories
from crossforce.programme.tests.factories import AT, EVIDENCE, HERE
from crossforce.programme.views import waiting
from crossforce.records import api as records
from crossforce.records.operations.creating import MayNotAdd
from crossforce.records.tests.factories import grant

pytestmark = pytest.mark.django_db


@ground.fixture
def keeper() -> Actor:
    factories.policy()
    return factories.officer()


def moved(actor: Actor, key: Any, to: Stage, words: str = "") -> None:
    version = entries.one(actor, key).version
    operations.move_entry(actor=actor, entry=key, version=version, to=to, words=words, at=AT)


def entered_live(actor: Actor) -> Any:
    values = {"code": "W-1", "title": "Joint dog section", "stage": "live"}
    with guarded.acting(actor):
        return operations.enter(actor=actor, values=values, at=AT)


class TestEntering:
    def test_an_idea_is_entered_today_in_the_collection_of_its_function(
        self, keeper: Actor
    ) -> None:
        row = entries.one(
            keeper, factories.entry(keeper, forces="Wiltshire, wiltshire;gloucestershire")
        )
        assert (row.stage, row.entered_on) == ("idea", factories.TODAY)
        assert row.forces == "wiltshire; gloucestershire"
        found = entries.entries(keeper, Wanted(), AT)
        assert [each.entry.holder for each in found.entries] == [HERE]
        assert found.numbers.total == 1

    @pytest.mark.parametrize(
        ("wrong", "refusal"),
        [
            ({"function": "dog"}, NoSuchCode),
            ({"forces": "wiltshire; narnia"}, NoSuchCode),
            ({"agreement": "unheard"}, NoSuchCode),
            ({"stage": "live"}, operations.NotByHand),
            ({"entered_on": factories.day(1)}, operations.ToCome),
        ],
    )
    def test_refuses_what_nobody_knows_and_what_is_no_field(
        self, keeper: Actor, wrong: dict[str, Any], refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            factories.entry(keeper, **wrong)

    def test_a_reference_is_there_once(self, keeper: Actor) -> None:
        factories.entry(keeper)
        other = factories.entry(keeper, "W-2", title="Range", function="firearms")
        for function in ("dogs", "firearms"):
            with pytest.raises(records.Clashes, match="register entry with the code “W-1”"):
                factories.entry(keeper, function=function)
        with pytest.raises(records.Clashes, match="Give this another"):
            operations.change_entry(
                actor=keeper, entry=other, version=1, given={"code": "W-1"}, at=AT
            )

    def test_a_code_is_looked_for_among_its_holders_and_by_one_at_a_time(
        self, keeper: Actor
    ) -> None:
        factories.policy(HERE, factories.PARTNER)
        bryn = factories.officer(factories.PARTNER, "Bryn Parry")
        factories.sharing(actions=("find", "read", "edit"))
        factories.entry(bryn, "AS-1")
        factories.entry(keeper, function="firearms")
        other = factories.entry(keeper, "W-2")
        change = partial(operations.change_entry, actor=bryn, entry=other, version=1, at=AT)
        with pytest.raises(records.Clashes, match="Its holder has a register entry"):
            change(given={"code": "W-1"})
        with CaptureQueriesContext(connection) as asked:
            change(given={"code": "AS-1"})
        said = [each["sql"] for each in asked]
        (turn,) = (n for n, sql in enumerate(said) if "pg_advisory_xact_lock" in sql)
        assert any("AS-1" in sql for sql in said[turn:])
        assert not any("AS-1" in sql for sql in said[:turn])

    def test_nobody_enters_without_a_policy(self, keeper: Actor) -> None:
        with pytest.raises(MayNotAdd):
            factories.entry(factories.officer(factories.PARTNER, "Bryn Parry"))


class TestChanging:
    def test_a_change_is_made_on_the_version_that_was_seen(self, keeper: Actor) -> None:
        key = factories.entry(keeper)
        given = {"owner": "Head of crime", "forces": "wiltshire; cumbria"}
        operations.change_entry(actor=keeper, entry=key, version=1, given=given, at=AT)
        assert entries.one(keeper, key).owner == "Head of crime"
        with pytest.raises(StaleVersion):
            operations.change_entry(
                actor=keeper, entry=key, version=1, given={"owner": "x"}, at=AT
            )

    def test_whoever_looked_is_not_asked_again(self, keeper: Actor) -> None:
        key = factories.entry(keeper, entered_on=factories.day(-400))
        (asked,) = entries.chased(keeper, AT)
        assert (asked.owner, [each.reference for each in asked.entries]) == (
            "Head of operations",
            ["W-1"],
        )
        operations.look_at_entry(actor=keeper, entry=key, version=1, at=AT)
        assert entries.chased(keeper, AT) == []

    def test_whoever_owns_it_is_told_and_the_keeper_of_what_no_office_here_owns(
        self, keeper: Actor
    ) -> None:
        inspector = people.actor("duty-inspector", name="Bryn Rees")
        partner = factories.officer(factories.PARTNER)
        factories.sharing()
        owned = {"W-1": "Duty  inspector", "W-2": "", "W-3": "Head of dogs", "W-4": "auditor"}
        for code, owner in owned.items():
            factories.entry(keeper, code, owner=owner, entered_on=factories.day(-400))
        factories.entry(keeper, "W-5", owner="Duty inspector")
        with transaction.atomic():
            put_grants("seen", [grant(ENTRY, actions=("find", "read", "edit"))])
            put_grants("programme-policy", [grant(ENTRY, roles=("programme-officer",))])
        told = {
            who: [entry.reference for each in looking.own(who, AT) for entry in each.entries]
            for who in (keeper, inspector, partner)
        }
        assert told == {keeper: ["W-2", "W-3"], inspector: ["W-1"], partner: []}
        assert {who: waiting.entries(who, AT) for who in told} == {
            keeper: 2, inspector: 1, partner: 0,
        }  # fmt: skip


class TestMoving:
    def test_an_idea_is_scoped_and_needs_the_test_for_its_business_case(
        self, keeper: Actor
    ) -> None:
        key = factories.entry(keeper)
        moved(keeper, key, Stage.SCOPING)
        with pytest.raises(operations.CannotMove, match=r"no limb of the test is claimed\.$"):
            moved(keeper, key, Stage.BUSINESS_CASE)
        version = entries.one(keeper, key).version
        operations.change_entry(actor=keeper, entry=key, version=version, given=EVIDENCE, at=AT)
        moved(keeper, key, Stage.BUSINESS_CASE)
        told = entries.shown(keeper, key, AT)
        assert told.verdict.is_passed
        assert dict(told.ways)[Stage.AGREEMENT] == [
            "its full business case has not passed its gate",
            "the draft agreement is not named",
        ]
        assert dict(told.ways)[Stage.DROPPED] == []

    def test_a_full_business_case_is_that_of_a_project_of_the_entry(
        self, keeper: Actor
    ) -> None:
        key = factories.entry(keeper, **EVIDENCE)
        moved(keeper, key, Stage.SCOPING)
        moved(keeper, key, Stage.BUSINESS_CASE)
        factories.project(keeper, **factories.FULL)
        assert dict(entries.shown(keeper, key, AT).ways)[Stage.AGREEMENT] == [
            "the draft agreement is not named"
        ]

    def test_another_holders_project_is_of_another_entry(self, keeper: Actor) -> None:
        key = factories.entry(keeper, **EVIDENCE)
        factories.policy(HERE, factories.PARTNER)
        factories.project(factories.officer(factories.PARTNER, "Bryn Parry"), **factories.FULL)
        factories.sharing(HERE, holder=factories.PARTNER)
        assert entries.shown(keeper, key, AT).projects == []
        moved(keeper, key, Stage.SCOPING)
        moved(keeper, key, Stage.BUSINESS_CASE)
        with pytest.raises(operations.CannotMove, match="has not passed its gate"):
            moved(keeper, key, Stage.AGREEMENT)

    def test_a_live_entry_is_offered_its_review_and_gets_there(self, keeper: Actor) -> None:
        key = entered_live(keeper)
        assert dict(entries.shown(keeper, key, AT).ways)[Stage.REVIEWED] == []
        with pytest.raises(operations.CannotMove, match="what the review concluded"):
            moved(keeper, key, Stage.REVIEWED)
        moved(keeper, key, Stage.REVIEWED, "It goes on")
        row = entries.one(keeper, key)
        assert (row.stage, row.result) == ("reviewed", "It goes on")

    def test_dropping_says_why(self, keeper: Actor) -> None:
        key = factories.entry(keeper)
        with pytest.raises(operations.CannotMove, match="no reason is given"):
            moved(keeper, key, Stage.DROPPED)
        moved(keeper, key, Stage.DROPPED, "Kent works with Essex")
        row = entries.one(keeper, key)
        assert (row.stage, row.reason) == ("dropped", "Kent works with Essex")


class TestSight:
    def test_a_partner_reads_by_a_clause_and_nobody_else(self, keeper: Actor) -> None:
        key = factories.entry(keeper)
        factories.sharing()
        bryn = factories.officer(factories.PARTNER, "Bryn Parry")
        cole = factories.officer(factories.ELSEWHERE, "Cole Marsh")
        assert entries.shown(bryn, key, AT).may_edit is False
        assert not entries.entries(cole, Wanted(), AT).entries
        with pytest.raises(entries.NoSuchEntry):
            entries.shown(cole, key, AT)

    def test_alike_ideas_of_two_registers_are_shown_to_who_reads_both(
        self, keeper: Actor
    ) -> None:
        factories.policy(HERE, factories.PARTNER)
        factories.sharing(HERE, holder=factories.PARTNER, kinds=(ENTRY,))
        bryn = factories.officer(factories.PARTNER, "Bryn Parry")
        factories.entry(keeper)
        factories.entry(bryn, "AS-7", title="A joint dog section")
        (pair,) = entries.alike(keeper, AT)
        assert {pair.one.reference, pair.other.reference} == {"W-1", "AS-7"}
        assert entries.alike(bryn, AT) == []

    def test_for_what_is_like_an_entry_only_what_is_near_it_is_read(
        self, keeper: Actor
    ) -> None:
        key = factories.entry(keeper)
        factories.entry(keeper, "W-2", title="Joint dog sections", function="")
        factories.entry(keeper, "W-3", title="Shared firearms range", function="firearms")
        with guarded.acting(keeper):
            read = entries.near(entries.entry_of(entries.row_of(key)))
        assert {each.reference for each in read} == {"W-1", "W-2"}
        (pair,) = entries.shown(keeper, key, AT).alike
        assert pair.other.reference == "W-2"
