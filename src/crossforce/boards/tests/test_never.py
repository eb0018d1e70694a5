"""Whatever is voted, said and consented in whatever manner: without quorum or beyond a limit nothing takes effect.

What is expected is counted here by hand from seats and votes, and not asked of the rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from crossforce.boards.choices import ANY_SEAT, How, Presence, Vote
from crossforce.boards.rules.decisions import judge
from crossforce.boards.rules.effects import outcome_of, refusal_to_take_effect
from crossforce.boards.rules.motions import Delegation, Taken
from crossforce.boards.rules.rolls import Roll, answering
from crossforce.boards.rules.seats import Seat
from crossforce.boards.tests.agreed import AT, MEETS_ON, OFFICES, law, motion
from crossforce.boards.tests.eight import (
    BODIES,
    LIMIT,
    SEATS,
    TERMS,
    asked,
    needs,
    rolls,
    votes,
)

ASKED_ON = date(2015, 6, 1)
"""Long enough before for every seat to answer."""

CODES = [seat.code for seat in SEATS]
PERSONS = [seat.speaks_for for seat in SEATS]
MAY_SIT = {"chief-officer": "deputy-chief-officer", "policing-body": "deputy-policing-body"}
persons = st.sets(st.sampled_from(PERSONS)) | st.just(set(PERSONS))
everybody_for = st.just(dict.fromkeys(CODES, Vote.FOR))
delegations = st.none() | st.builds(
    Delegation,
    st.sampled_from(CODES),
    st.sampled_from([(), ("spending",), ("naming",)]),
    st.none() | st.integers(0, 3 * LIMIT),
)
pences = st.integers(0, 3 * LIMIT) | st.sampled_from([0, LIMIT, LIMIT + 1])


@dataclass(frozen=True)
class Case:
    """A vote, and all that was said beside it."""

    how: How
    roll: Roll
    votes: Mapping[str, Vote]
    needs: dict[str, int]
    consents: set[str]
    casting: Vote | None
    chair: str
    chair_casts: bool
    delegation: Delegation | None
    pence: int

    def taken(self) -> Taken:
        """As the rules take it."""
        is_written = self.how is How.WRITTEN
        roll = answering(SEATS, list(self.votes), OFFICES) if is_written else self.roll
        return Taken(
            self.how, AT, frozenset(BODIES), roll, self.votes, asked(self.needs),
            casting=self.casting, chair=self.chair, consents=frozenset(self.consents),
            asked_on=ASKED_ON, delegation=self.delegation, urgency="A flood",
        )  # fmt: skip

    def here(self, seat: Seat) -> bool:
        """Whether somebody who may fills the seat and has no interest in the item."""
        if self.how is How.WRITTEN:
            return seat.code in self.votes
        row = self.roll.of(seat)
        sits = row.presence is Presence.PRESENT or (
            row.presence is Presence.ALTERNATE and row.alternate == MAY_SIT[seat.office.code]
        )
        return sits and "m1" not in row.interests

    @property
    def is_quorate(self) -> bool:
        """Enough seats of every office that is named; by practice more than half of the eight."""
        here = [seat for seat in SEATS if self.here(seat)]
        wanted = self.needs or {ANY_SEAT: 5}
        counts = {
            office: sum(office in (ANY_SEAT, seat.office.code) for seat in here)
            for office in wanted
        }
        return any(counts.values()) and all(counts[each] >= wanted[each] for each in wanted)

    def has_agreed(self, seat: Seat) -> bool:
        """By its vote, or in writing while its seat says nothing else."""
        said = self.votes.get(seat.code)
        if self.here(seat) and said is Vote.FOR:
            return True
        return seat.speaks_for in self.consents and said in (None, Vote.FOR)

    @property
    def may_be_alone(self) -> bool:
        """Whether so much, of such a kind, is delegated to one seat; by practice nothing is."""
        given = self.delegation
        return (
            given is not None
            and given.decisions in ((), ("spending",))
            and self.pence <= (given.up_to_pence or 0)
            and self.votes.get(given.seat) is Vote.FOR
        )


cases = st.builds(
    Case,
    st.sampled_from(How),
    rolls,
    votes | everybody_for,
    needs,
    persons,
    st.none() | st.sampled_from(Vote),
    st.sampled_from(["", *CODES]),
    st.booleans(),
    delegations,
    pences,
)


@given(cases, st.integers(0, 400))
@settings(max_examples=400)
def test_without_quorum_or_beyond_a_limit_nothing_takes_effect(case: Case, later: int) -> None:
    found = judge(
        motion(pence=case.pence), case.taken(), law(TERMS, chair_casts=case.chair_casts)
    )
    may = case.may_be_alone if case.how is How.URGENT else case.is_quorate
    if case.pence > LIMIT:
        may = may and all(map(case.has_agreed, SEATS))
    if not may:
        assert not found.is_decided
    on = MEETS_ON + timedelta(days=later)
    refused = refusal_to_take_effect(outcome_of(found), on) is not None
    assert refused is not found.is_decided
    assert refusal_to_take_effect(replace(outcome_of(found), done_on=MEETS_ON), on) is not None


@given(cases)
@settings(max_examples=200)
def test_nothing_is_carried_that_the_board_voted_down(case: Case) -> None:
    found = judge(
        motion(pence=case.pence), case.taken(), law(TERMS, chair_casts=case.chair_casts)
    )
    cast = [
        case.votes[seat.code] for seat in SEATS if seat.code in case.votes and case.here(seat)
    ]
    if cast.count(Vote.AGAINST) > cast.count(Vote.FOR) and case.how is not How.URGENT:
        assert not found.is_decided
