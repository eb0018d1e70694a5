"""What makes a decision: its paper, a quorum, the right board, enough agreement; else it never acts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.agreements.terms import CompiledTerms
from crossforce.agreements.tests.strategies import DIRECTORY
from crossforce.boards.choices import Carrying, Presence, Vote
from crossforce.boards.rules.decisions import judge
from crossforce.boards.rules.effects import (
    outcome_of,
    refusal_to_take_effect,
)
from crossforce.boards.rules.motions import Taken
from crossforce.boards.rules.rolls import Attendance, Roll
from crossforce.boards.rules.seats import SeatRule, by_rules
from crossforce.boards.tests.agreed import (
    AT,
    GWENT,
    MEETS_ON,
    OFFICES,
    SOUTH,
    WELSH,
    agreement,
    all_for,
    always,
    everybody,
    law,
    motion,
    taken,
)
from crossforce.boards.tests.eight import (
    BODIES,
    CHIEFS,
    LIMIT,
    SEATS,
    TERMS,
    asked,
    needs,
    rolls,
    votes,
)


class TestJudge:
    def test_decides_what_the_board_may_decide(self) -> None:
        found = judge(motion(pence=LIMIT), _meeting(), law(TERMS))
        assert found.is_decided
        assert found.authority.carrying is Carrying.BOARD
        assert found.authority.why.clause == "3"
        assert found.takes_effect_on == MEETS_ON

    def test_beyond_the_board_s_limit_takes_every_party(self) -> None:
        found = judge(motion(pence=LIMIT + 1), _meeting(), law(TERMS))
        assert found.is_decided
        assert found.authority.carrying is Carrying.PERSONS
        assert len(found.agreeing) == 8

    def test_beyond_the_limit_without_one_party_is_refused_with_the_limit_and_clause(
        self,
    ) -> None:
        cast = {**all_for(SEATS), CHIEFS[0]: Vote.ABSTAIN}
        found = judge(motion(pence=LIMIT + 1), _meeting(cast), law(TERMS))
        said = " ".join(str(reason) for reason in found.reasons)
        assert (
            "£10,000.01 is beyond the £10,000 that All Wales Policing Group may decide (clause 3)"
            in said
        )
        assert (
            "8 must agree and 7 did; Chief Constable of Dyfed-Powys Police did not (clause 3)"
            in said
        )

    def test_counts_agreement_in_writing_of_one_who_was_absent(self) -> None:
        rows = {**everybody(SEATS).attendance, CHIEFS[0]: Attendance(Presence.ABSENT)}
        held = taken(
            Roll(SEATS, rows, OFFICES),
            all_for(SEATS),
            BODIES,
            consents=frozenset({"chief-constable-dyfed-powys"}),
        )
        assert judge(motion(pence=LIMIT + 1), held, law(TERMS)).is_decided

    @given(rolls, votes, st.integers(0, 2 * LIMIT), needs)
    @settings(max_examples=150)
    def test_never_decides_without_quorum_or_beyond_a_limit(
        self, roll: Roll, cast: dict[str, Vote], pence: int, named: dict[str, int]
    ) -> None:
        held = taken(roll, cast, BODIES, quorum=asked(named))
        found = judge(motion(pence=pence), held, law(TERMS))
        if not found.quorum.is_met or (pence > LIMIT and len(found.agreeing) < 8):
            assert not found.is_decided
            for day in range(0, 400, 50):
                on = MEETS_ON + timedelta(days=day)
                assert refusal_to_take_effect(outcome_of(found), on) is not None

    @given(rolls, votes)
    def test_lets_no_vote_count_of_who_is_away_or_conflicted(
        self, roll: Roll, cast: dict[str, Vote]
    ) -> None:
        may = {seat.code for seat in roll.sitting("m1")}
        kept = {code: vote for code, vote in cast.items() if code in may}
        first = judge(motion(), taken(roll, cast, BODIES), law(TERMS))
        second = judge(motion(), taken(roll, kept, BODIES), law(TERMS))
        assert first.tally == second.tally

    def test_is_not_carried_by_consents_past_the_votes(self) -> None:
        every = frozenset(seat.speaks_for for seat in SEATS)
        cast = dict.fromkeys((seat.code for seat in SEATS), Vote.AGAINST)
        held = taken(everybody(SEATS), cast, BODIES, consents=every)
        found = judge(motion(pence=LIMIT + 1), held, law(TERMS))
        assert found.agreeing == frozenset()
        assert "0 were for and 8 against: the board voted it down" in str(found.reasons[0])

    @given(rolls, votes, st.sets(st.sampled_from([seat.speaks_for for seat in SEATS])))
    def test_counts_no_consent_against_the_seat_of_the_same_person(
        self, roll: Roll, cast: dict[str, Vote], persons: set[str]
    ) -> None:
        held = taken(roll, cast, BODIES, consents=frozenset(persons))
        found = judge(motion(pence=LIMIT + 1), held, law(TERMS))
        said = {seat.speaks_for: cast.get(seat.code, Vote.FOR) for seat in SEATS}
        assert all(said[person] is Vote.FOR for person in found.agreeing)
        assert not (found.is_decided and found.tally.against > found.tally.votes_for)

    def test_is_for_the_board_that_governs_on_the_day(self) -> None:
        held = taken(everybody(SEATS), all_for(SEATS), ["pcc-gwent", "pcc-south-wales"])
        found = judge(motion(pence=LIMIT + 1), held, law(TERMS))
        assert "“Procurement” is governed by All Wales Policing Group (clause 2)" in str(
            found.reasons[0]
        )

    def test_is_for_the_board_that_the_clause_names(self) -> None:
        held = taken(everybody(SEATS), all_for(SEATS), ["another-board"])
        found = judge(motion(), held, law(TERMS))
        assert "This is for All Wales Policing Group to decide (clause 3)" in str(
            found.reasons[0]
        )

    @pytest.mark.parametrize(
        ("out", "words"),
        [
            (None, "No paper for “To buy” was sent out"),
            (AT + timedelta(minutes=1), "went out only after the vote"),
        ],
    )
    def test_waits_for_its_paper(self, out: date | None, words: str) -> None:
        found = judge(motion(paper_out_at=out), _meeting(), law(TERMS))
        assert [words in str(reason) for reason in found.reasons] == [True]

    def test_shows_a_late_paper_and_decides_on_it(self) -> None:
        late = AT - timedelta(days=1)
        found = judge(motion(paper_out_at=late), _meeting(), law(TERMS))
        assert (found.late, found.is_decided) == (True, True)
        assert not judge(motion(), _meeting(), law(TERMS)).late

    @pytest.mark.parametrize(
        ("by", "against", "decided"),
        [
            ("majority", CHIEFS[:3], True),
            ("majority", CHIEFS, False),
            ("each-policing-body", CHIEFS, True),
            ("each-chief-officer", CHIEFS[:1], False),
            ("unanimous", [], True),
            ("unanimous", CHIEFS[:1], False),
        ],
    )
    def test_takes_as_many_as_the_clause_says(
        self, by: str, against: list[str], decided: bool
    ) -> None:
        terms = agreement(always(*WELSH), approvals=[{"decision": "spending", "by": by}])
        cast = {**all_for(SEATS), **dict.fromkeys(against, Vote.AGAINST)}
        assert judge(motion(), _meeting(cast), law(terms)).is_decided is decided

    def test_takes_every_party_where_no_clause_covers_it(self) -> None:
        cast = {**all_for(SEATS), CHIEFS[0]: Vote.AGAINST}
        found = judge(motion("change-of-name"), _meeting(cast), law(TERMS))
        assert "no clause covers change-of-name" in found.authority.why.words
        assert not found.is_decided

    def test_never_acts_by_a_motion_of_the_board_s_own_business(self) -> None:
        found = judge(motion("", is_procedural=True, paper_out_at=None), _meeting(), law(TERMS))
        assert found.is_decided
        refusal = refusal_to_take_effect(outcome_of(found), MEETS_ON)
        assert refusal is not None
        assert "own business" in refusal.words

    def test_of_its_own_business_is_for_a_board_that_governs_any_of_it(self) -> None:
        noted = motion("", is_procedural=True, paper_out_at=None)
        held = taken(everybody(SEATS), all_for(SEATS), ["another-board"])
        [reason] = judge(noted, held, law(TERMS)).reasons
        assert "“Procurement” is governed by All Wales Policing Group" in str(reason)

    def test_of_its_own_business_spends_nothing(self) -> None:
        found = judge(motion("", 1, is_procedural=True), _meeting(), law(TERMS))
        assert "£0.01 is asked for by no kind of decision" in str(found.reasons[0])


class TestTie:
    TIED = dict.fromkeys(CHIEFS, Vote.AGAINST)

    @pytest.mark.parametrize(
        ("chair_casts", "casting", "decided"),
        [
            (False, None, False),
            (True, None, False),
            (True, Vote.FOR, True),
            (True, Vote.AGAINST, False),
            (False, Vote.FOR, False),
        ],
    )
    def test_is_broken_only_where_the_chair_has_a_casting_vote(
        self, chair_casts: bool, casting: Vote | None, decided: bool
    ) -> None:
        held = self._tied(casting=casting, chair=CHIEFS[0])
        found = judge(motion(), held, law(TERMS, chair_casts=chair_casts))
        assert found.is_decided is decided

    @pytest.mark.parametrize(
        ("chair", "row", "decided"),
        [
            (CHIEFS[0], Attendance(Presence.PRESENT), True),
            (CHIEFS[0], Attendance(Presence.ALTERNATE, "deputy-chief-officer"), True),
            (CHIEFS[0], Attendance(Presence.PRESENT, interests=frozenset({"m1"})), False),
            (CHIEFS[0], Attendance(Presence.ABSENT), False),
            ("", Attendance(Presence.PRESENT), False),
        ],
    )
    def test_is_broken_by_a_chair_that_takes_part(
        self, chair: str, row: Attendance, decided: bool
    ) -> None:
        bodies = [seat.code for seat in SEATS if seat.code not in CHIEFS]
        votes = {
            **dict.fromkeys(bodies[:2], Vote.FOR),
            **dict.fromkeys(bodies[2:], Vote.AGAINST),
        }
        roll = Roll(SEATS, {**everybody(SEATS).attendance, CHIEFS[0]: row}, OFFICES)
        held = taken(roll, votes, BODIES, casting=Vote.FOR, chair=chair)
        found = judge(motion(), held, law(TERMS, chair_casts=True))
        assert found.is_decided is decided
        assert decided or "the seat that chairs" in str(found.reasons[0])

    def _tied(self, **more: Any) -> Taken:
        return replace(_meeting({**all_for(SEATS), **self.TIED}), **more)


class TestRepresentatives:
    def test_bind_nobody_beside_their_principal(self) -> None:
        rules = (SeatRule("policing-body"), SeatRule("policing-body-representative"))
        seats = by_rules(rules, [GWENT, SOUTH], MEETS_ON, DIRECTORY, OFFICES)
        cast = {**all_for(seats), "policing-body:gwent": Vote.AGAINST}
        found = judge(motion(), taken(everybody(seats), cast, ["x"]), law(_bodies_only()))
        assert found.agreeing == {"pcc-south-wales"}

    def test_bind_where_the_principal_has_no_seat(self) -> None:
        rules = (SeatRule("policing-body-representative"),)
        seats = by_rules(rules, [GWENT, SOUTH], MEETS_ON, DIRECTORY, OFFICES)
        found = judge(
            motion(), taken(everybody(seats), all_for(seats), ["x"]), law(_bodies_only())
        )
        assert found.agreeing == {"pcc-gwent", "pcc-south-wales"}

    def test_do_not_bind_through_an_adviser_in_their_place(self) -> None:
        rules = (SeatRule("policing-body-representative"),)
        seats = by_rules(rules, [GWENT], MEETS_ON, DIRECTORY, OFFICES)
        row = Attendance(Presence.ALTERNATE, "policing-body-chief-executive")
        roll = Roll(seats, {seats[0].code: row}, OFFICES)
        found = judge(motion(), taken(roll, all_for(seats), ["x"]), law(_bodies_only()))
        assert found.agreeing == frozenset()
        assert found.tally.votes_for == 1


class TestEffect:
    @given(st.integers(-60, 60), st.integers(-60, 120))
    def test_is_from_its_day_and_never_before_the_decision(self, effect: int, on: int) -> None:
        effect_on, day = MEETS_ON + timedelta(days=effect), MEETS_ON + timedelta(days=on)
        found = judge(motion(effect_on=effect_on), _meeting(), law(TERMS))
        refused = refusal_to_take_effect(outcome_of(found), day) is not None
        assert refused is (day < max(MEETS_ON, effect_on))

    def test_happens_once(self) -> None:
        found = judge(motion(), _meeting(), law(TERMS))
        refusal = refusal_to_take_effect(outcome_of(found, MEETS_ON), MEETS_ON)
        assert str(refusal) == "This took effect on 10 June 2015 already."


def _meeting(cast: dict[str, Vote] | None = None) -> Taken:
    return taken(everybody(SEATS), all_for(SEATS) if cast is None else cast, BODIES)


def _bodies_only() -> CompiledTerms:
    return agreement(
        always(GWENT, SOUTH), approvals=[{"decision": "spending", "by": "each-policing-body"}]
    )
