"""Who sits and who governs: computed from who takes part, moving on the very day."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.agreements.resolve import GoverningAnswer, governing_body, taking_part
from crossforce.agreements.tests.strategies import DIRECTORY
from crossforce.boards.rules.governing import governed
from crossforce.boards.rules.offices import offices
from crossforce.boards.rules.seats import SeatRule, by_rules, of_bodies, title
from crossforce.boards.tests.agreed import (
    AT,
    DYFED,
    FIRST,
    GROUP,
    GWENT,
    MEETS_ON,
    NORTH,
    OFFICES,
    PROCUREMENT,
    SOUTH,
    SW_BOARD,
    WELSH,
    Stretch,
    agreement,
    always,
    participations,
)
from crossforce.kernel.civil import instant
from crossforce.kernel.periods import Period
from crossforce.kernel.rulepacks import Rule, RulePack
from crossforce.organisations.choices import OrganisationKind

JOINS, LEAVES, LAST = date(2015, 4, 1), date(2016, 4, 1), date(2018, 4, 1)


class TestGoverned:
    def test_moves_to_the_all_wales_body_on_the_day_the_fourth_joins_and_back(self) -> None:
        terms = agreement({**always(DYFED, GWENT, SOUTH), NORTH: [(JOINS, LEAVES)]})
        found = governed(terms, PROCUREMENT, FIRST, LAST, DIRECTORY)
        three = ("pcc-dyfed-powys", "pcc-gwent", "pcc-south-wales")
        assert [(each.starts_on, each.ends_on, each.by.bodies) for each in found] == [
            (FIRST, JOINS, three),
            (JOINS, LEAVES, (GROUP,)),
            (LEAVES, LAST, three),
        ]
        assert [each.by.why.clause for each in found] == ["2", "2", "2"]

    def test_moves_when_a_body_is_succeeded_though_no_clause_changes(self) -> None:
        terms = agreement(always(*WELSH))
        early = terms.model_copy(
            update={
                "terms": tuple(
                    term.model_copy(update={"valid": _from_2010(term.valid)})
                    for term in terms.terms
                )
            }
        )
        found = governed(early, PROCUREMENT, date(2011, 1, 1), FIRST, DIRECTORY)
        assert [(each.starts_on, each.by.bodies) for each in found] == [
            (date(2011, 1, 1), ("police-authorities-of-wales",)),
            (date(2012, 11, 22), (GROUP,)),
        ]

    @given(participations(), st.sampled_from(["all-wales", "chief-officers"]))
    @settings(max_examples=25)
    def test_says_for_every_day_what_the_clause_says(
        self, taking: dict[str, Sequence[Stretch]], rule: str
    ) -> None:
        terms = agreement(taking, {"rule": rule})
        found = governed(terms, PROCUREMENT, FIRST, LAST, DIRECTORY)
        assert found[0].starts_on == FIRST
        assert found[-1].ends_on == LAST
        for each in found:
            for day in _some_days(each.starts_on, each.ends_on):
                answer = governing_body(terms, PROCUREMENT, instant(day), DIRECTORY)
                assert set(answer.bodies) == set(each.by.bodies)

    @given(participations())
    @settings(max_examples=25)
    def test_changes_only_where_something_changes(
        self, taking: dict[str, Sequence[Stretch]]
    ) -> None:
        found = governed(agreement(taking), PROCUREMENT, FIRST, LAST, DIRECTORY)
        for before, after in pairwise(found):
            assert before.ends_on == after.starts_on
            assert (set(before.by.bodies), before.by.undecided) != (
                set(after.by.bodies),
                after.by.undecided,
            )


class TestSeats:
    @given(participations(), st.integers(0, 1500))
    @settings(max_examples=60)
    def test_are_of_whoever_takes_part_on_that_day(
        self, taking: dict[str, Sequence[Stretch]], offset: int
    ) -> None:
        terms = agreement(taking)
        day = FIRST + timedelta(days=offset)
        forces = taking_part(terms, (), instant(day))
        expected = {
            force
            for force, stretches in taking.items()
            if any(first <= day and (last is None or day < last) for first, last in stretches)
        }
        rules = (SeatRule("policing-body"), SeatRule("chief-officer"))
        found = by_rules(rules, forces, day, DIRECTORY, OFFICES)
        assert {seat.of for seat in found} == expected
        assert len(found) == 2 * len(expected)

    @given(participations(), st.integers(0, 1500))
    @settings(max_examples=60)
    def test_of_joint_government_are_the_bodies_that_govern(
        self, taking: dict[str, Sequence[Stretch]], offset: int
    ) -> None:
        day = FIRST + timedelta(days=offset)
        terms = agreement(taking, {"rule": "joint-policing-bodies"})
        answer = governing_body(terms, PROCUREMENT, instant(day), DIRECTORY)
        found = of_bodies(answer.bodies, day, DIRECTORY, OFFICES)
        assert {seat.speaks_for for seat in found} == set(answer.bodies)

    def test_of_a_board_are_its_offices(self) -> None:
        answer = _named(SW_BOARD)
        found = of_bodies(answer.bodies, MEETS_ON, DIRECTORY, OFFICES)
        assert len(found) == 10
        assert {seat.office.code for seat in found} == {
            "force-representative",
            "policing-body-representative",
        }
        speaks = {seat.code: seat.speaks_for for seat in found}
        assert speaks["force-representative:wiltshire"] == "chief-constable-wiltshire"
        assert speaks["policing-body-representative:dorset"] == "pcc-dorset"

    def test_are_called_by_the_office_never_by_a_person(self) -> None:
        rules = (SeatRule("chief-officer"), SeatRule("policing-body-chief-executive"))
        first, second = by_rules(rules, [GWENT], MEETS_ON, DIRECTORY, OFFICES)
        assert title(first, DIRECTORY, MEETS_ON).en == "Chief Constable of Gwent Police"
        assert title(second, DIRECTORY, MEETS_ON).en.startswith(
            "Chief executive of the policing body, Gwent"
        )
        assert title(second, DIRECTORY, MEETS_ON).cy is not None

    def test_of_a_body_nobody_knows_are_none(self) -> None:
        assert of_bodies(["no-such-board"], MEETS_ON, DIRECTORY, OFFICES) == ()


class TestOffices:
    def test_of_every_board_are_in_the_rule_pack(self) -> None:
        boards = [
            each
            for kind in ("board", "joint-committee", "group", "partnership")
            for each in DIRECTORY.of_kind(OrganisationKind(kind))
        ]
        missing = {
            member.office
            for board in boards
            for member in board.members
            if member.office not in OFFICES.known
        }
        assert missing == set()

    def test_that_stand_in_are_in_the_rule_pack(self) -> None:
        for office in OFFICES.known.values():
            assert set(office.alternates) <= set(OFFICES.known)

    def test_unknown_bind_nobody(self) -> None:
        assert not OFFICES.office("keeper-of-the-tea").is_binding

    def test_must_say_for_whom_they_speak(self) -> None:
        value = {"en": "A", "cy": "A", "type": "a", "speaks_for": "nobody", "binds": True}
        rule = Rule(key="a", value=value, source="a test", confidence="D")
        with pytest.raises(ValueError, match="speaks for one of"):
            offices(RulePack(pack="p", version=1, title="P", rule=(rule,)), MEETS_ON)


def _named(body: str) -> GoverningAnswer:
    terms = agreement(always(GWENT, SOUTH), {"rule": "named-body", "body": body})
    return governing_body(terms, PROCUREMENT, AT, DIRECTORY)


def _from_2010(valid: Period) -> Period:
    return Period(instant(date(2010, 4, 1)), valid.ends_at)


def _some_days(starts_on: date, ends_on: date) -> set[date]:
    middle = starts_on + (ends_on - starts_on) / 2
    return {starts_on, middle, ends_on - timedelta(days=1)}
