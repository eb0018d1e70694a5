"""What a board decides between its meetings: in writing, or one seat alone."""

from dataclasses import replace
from datetime import date

import pytest

from crossforce.boards.choices import How, Vote
from crossforce.boards.rules import keeping
from crossforce.boards.rules.decisions import Judgement, judge
from crossforce.boards.rules.effects import (
    Report,
    to_report,
)
from crossforce.boards.rules.motions import Delegation, Taken
from crossforce.boards.rules.rolls import Roll, answering
from crossforce.boards.rules.wants import Wants
from crossforce.boards.tests.agreed import (
    MEETS_ON,
    OFFICES,
    PRACTICE,
    all_for,
    law,
    motion,
    taken,
)
from crossforce.boards.tests.eight import (
    BODIES,
    LIMIT,
    SEATS,
    TERMS,
)


class TestInWriting:
    ASKED = date(2015, 6, 1)

    @pytest.mark.parametrize(
        ("answers", "asked_on", "decided"),
        [
            (8, date(2015, 6, 9), True),
            (5, date(2015, 6, 1), True),
            (5, date(2015, 6, 9), False),
            (4, date(2015, 6, 1), False),
            (8, None, False),
        ],
    )
    def test_takes_more_than_half_of_all_seats_and_time_to_answer(
        self, answers: int, asked_on: date | None, decided: bool
    ) -> None:
        cast = all_for(SEATS[:answers])
        held = taken(
            answering(SEATS, cast, OFFICES), cast, BODIES, how=How.WRITTEN, asked_on=asked_on
        )
        assert judge(motion(), held, law(TERMS)).is_decided is decided


class TestUrgent:
    CHAIR = SEATS[0].code
    CHAIR_NAMED = "Police and Crime Commissioner for Dyfed-Powys"

    @pytest.mark.parametrize(
        ("delegation", "urgency", "pence", "says"),
        [
            (Delegation(CHAIR, (), LIMIT), "A flood", LIMIT, ""),
            (Delegation(CHAIR, (), LIMIT // 2), "A flood", LIMIT, "may decide alone"),
            (Delegation(CHAIR, ("naming",), LIMIT), "A flood", 1, "may not decide spending"),
            (Delegation(CHAIR, (), LIMIT), " ", 1, "why this cannot wait"),
            (Delegation(CHAIR), "A flood", 1, "beyond the £0"),
            (Delegation("chief-officer:kent", (), LIMIT), "A flood", 1, "has not decided"),
            (None, "A flood", 1, "Nobody is named"),
        ],
    )
    def test_is_decided_alone_within_the_delegation(
        self, delegation: Delegation | None, urgency: str, pence: int, says: str
    ) -> None:
        found = self._judged(delegation, urgency, pence)
        assert found.is_decided is not bool(says)
        assert says in " ".join(str(reason) for reason in found.reasons)

    @pytest.mark.parametrize(
        ("chair", "says"),
        [("", "alone, and name no seat that chairs. Put"), ("x:kent", "alone. Put")],
    )
    def test_by_a_seat_to_which_nothing_is_delegated_says_so(
        self, chair: str, says: str
    ) -> None:
        held = replace(self._alone(None, "A flood"), alone=self.CHAIR, chair=chair)
        said = [str(each) for each in judge(motion(pence=1), held, law(TERMS)).reasons]
        begins = f"The board's rules let {self.CHAIR_NAMED} decide nothing {says}"
        assert any(each.startswith(begins) for each in said)

    def test_of_nothing_is_no_more_where_practice_gives_more(self) -> None:
        generous = replace(law(TERMS), practice=replace(PRACTICE, urgent_limit_pence=LIMIT))
        for limit, decided in ((0, False), (None, True)):
            held = self._alone(Delegation(self.CHAIR, (), limit), "A flood")
            assert judge(motion(pence=1), held, generous).is_decided is decided

    def test_of_what_has_no_sum_is_beyond_any_limit(self) -> None:
        asked = motion(wants=Wants("A variation", "spending"))
        held = self._alone(Delegation(self.CHAIR, (), LIMIT), "A flood")
        said = str(judge(asked, held, law(TERMS)).reasons)
        assert f"What has no sum is beyond the £10,000 that {self.CHAIR_NAMED} may" in said
        assert "let a seat decide it alone by naming spending" in said

    def test_of_what_has_no_sum_is_delegated_by_naming_its_kind(self) -> None:
        asked = motion(wants=Wants("A variation", "spending"))
        for named in ("spending", "naming"):
            held = self._alone(Delegation(self.CHAIR, (named,), 0), "A flood")
            found = judge(asked, held, law(TERMS))
            assert ("alone" not in str(found.reasons)) is (named == "spending")
            kept = keeping.judged(keeping.judged_text(found))
            assert f"alone: {named}, up to £0" in kept.alone

    def test_cannot_take_the_place_of_the_parties(self) -> None:
        found = self._judged(Delegation(self.CHAIR, (), 10 * LIMIT), "A flood", LIMIT + 1)
        assert "8 must agree and 0 did" in str(found.reasons[-1])

    def test_is_told_to_the_next_meeting(self) -> None:
        taken_so = [
            Report(how.value, "To buy", how, MEETS_ON, "A flood")
            for how in (How.URGENT, How.MEETING, How.WRITTEN)
        ]
        told = to_report(taken_so, date(2015, 5, 13), date(2015, 7, 8))
        assert [each.how for each in told] == [How.URGENT, How.WRITTEN]
        assert to_report(taken_so, MEETS_ON, date(2015, 7, 8)) == ()

    def _judged(self, delegation: Delegation | None, urgency: str, pence: int) -> Judgement:
        return judge(motion(pence=pence), self._alone(delegation, urgency), law(TERMS))

    def _alone(self, delegation: Delegation | None, urgency: str) -> Taken:
        return taken(
            Roll(SEATS, {}, OFFICES),
            {self.CHAIR: Vote.FOR},
            BODIES,
            how=How.URGENT,
            delegation=delegation,
            urgency=urgency,
        )
