"""Enough offices of each kind sit, or nothing is decided."""

from dataclasses import replace

import pytest
from hypothesis import given

from crossforce.agreements.tests.strategies import DIRECTORY
from crossforce.boards.choices import ANY_SEAT, Presence
from crossforce.boards.rules import called
from crossforce.boards.rules.charters import Charter, Required, required
from crossforce.boards.rules.quorums import Need, quorum
from crossforce.boards.rules.rolls import Attendance, Roll, refusals
from crossforce.boards.tests.agreed import MEETS_ON, OFFICES, PRACTICE, everybody
from crossforce.boards.tests.eight import CHIEFS, SEATS, asked, needs, rolls


class TestQuorum:
    @given(rolls, needs)
    def test_is_never_lost_by_one_more_who_is_present(
        self, roll: Roll, named: dict[str, int]
    ) -> None:
        needed = asked(named)
        before = quorum(roll, "m1", needed, PRACTICE.quorum_more_than)
        for seat in SEATS:
            row = replace(roll.of(seat), presence=Presence.PRESENT)
            more = replace(roll, attendance={**roll.attendance, seat.code: row})
            after = quorum(more, "m1", needed, PRACTICE.quorum_more_than)
            assert after.is_met or not before.is_met

    @pytest.mark.parametrize(
        ("present", "named", "met"),
        [
            (5, {}, True),
            (4, {}, False),
            (4, {"policing-body": 4}, True),
            (4, {"policing-body": 3, "chief-officer": 1}, False),
            (5, {"policing-body": 3, "chief-officer": 1}, True),
            (1, {ANY_SEAT: 1}, True),
            (0, {"chief-officer": 0}, False),
        ],
    )
    def test_counts_by_office(self, present: int, named: dict[str, int], met: bool) -> None:
        roll = Roll(SEATS, everybody(SEATS[:present]).attendance, OFFICES)
        assert quorum(roll, "", asked(named), PRACTICE.quorum_more_than).is_met is met

    def test_counts_an_alternate_that_may_sit_and_no_other(self) -> None:
        sits = {CHIEFS[0]: Attendance(Presence.ALTERNATE, "deputy-chief-officer")}
        wrong = {CHIEFS[0]: Attendance(Presence.ALTERNATE, "analyst")}
        need = {"chief-officer": 1}
        assert quorum(
            Roll(SEATS, sits, OFFICES), "", asked(need), PRACTICE.quorum_more_than
        ).is_met
        roll = Roll(SEATS, wrong, OFFICES)
        assert not quorum(roll, "", asked(need), PRACTICE.quorum_more_than).is_met
        assert str(next(refusals(roll, DIRECTORY, MEETS_ON))) == (
            "Analyst cannot sit for Chief Constable of Dyfed-Powys Police."
            " In its place may sit: Deputy chief officer."
        )

    def test_leaves_out_who_has_an_interest_in_the_item(self) -> None:
        row = Attendance(Presence.PRESENT, interests=frozenset({"m1"}))
        roll = Roll(SEATS, {CHIEFS[0]: row}, OFFICES)
        need = {"chief-officer": 1}
        assert not quorum(roll, "m1", asked(need), PRACTICE.quorum_more_than).is_met
        assert quorum(roll, "m2", asked(need), PRACTICE.quorum_more_than).is_met

    def test_says_that_a_board_has_too_few_seats_of_the_office(self) -> None:
        found = quorum(
            everybody(SEATS), "", asked({"chief-officer": 5}), PRACTICE.quorum_more_than
        )
        [reason] = found.reasons()
        assert reason.words == (
            "The quorum needs 5 of chief officer and 4 can take part; the board has only 4"
        )

    def test_of_several_functions_meets_that_of_each(self) -> None:
        one = Charter(quorum={"chief-officer": 1, ANY_SEAT: 2})
        two = Charter(quorum={"chief-officer": 3})
        found = required([one, two])
        assert (found.needs, found.by_practice) == ({"chief-officer": 3, ANY_SEAT: 2}, False)
        silent = required([one, Charter()])
        assert quorum(everybody(SEATS), "", silent, PRACTICE.quorum_more_than).needs == (
            Need("chief-officer", 1, 4, 4), Need(ANY_SEAT, 5, 8, 8),
        )  # fmt: skip
        assert required([]) == Required()

    def test_knows_who_has_no_seat(self) -> None:
        roll = Roll(SEATS, {"chief-officer:kent": Attendance(Presence.PRESENT)}, OFFICES)
        (found,) = refusals(roll, DIRECTORY, MEETS_ON)
        assert str(found) == (
            "Chief Constable of Kent Police has no seat on this board on that day."
        )

    def test_reads_what_was_kept_by_codes(self) -> None:
        kept = "chief-officer:kent and pcc-gwent did not, a well-known gwent and x-y:kent stay."
        assert called.in_words(kept, DIRECTORY, OFFICES, MEETS_ON) == (
            "Chief Constable of Kent Police and Police and Crime Commissioner for Gwent did not, "
            "a well-known gwent and x-y:kent stay."
        )
