"""Votes by seat: what the board says as a whole, and which legal persons have agreed by them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from crossforce.boards.choices import Vote
from crossforce.boards.rules.rolls import Roll
from crossforce.boards.rules.seats import Seat

PRINCIPAL = ("chief-officer", "policing-body")
"""Offices that are the legal person itself; beside them a representative's vote binds nobody."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many votes were cast each way, of how many seats that vote."""

    votes_for: int
    against: int
    abstained: int
    seats: int

    @property
    def is_tie(self) -> bool:
        """Whether as many are for as against, and somebody voted."""
        return self.votes_for == self.against > 0

    @property
    def is_majority_of_cast(self) -> bool:
        """Whether more are for than against."""
        return self.votes_for > self.against

    @property
    def is_majority_of_seats(self) -> bool:
        """Whether more than half of all seats that vote are for."""
        return 2 * self.votes_for > self.seats


def counting(roll: Roll, item: str, votes: Mapping[str, Vote]) -> dict[str, Vote]:
    """The votes that count: of seats that vote, are filled, and take part in the item."""
    may = {seat.code for seat in roll.sitting(item) if seat.votes}
    return {code: vote for code, vote in votes.items() if code in may}


def tally(roll: Roll, item: str, votes: Mapping[str, Vote]) -> Tally:
    """The count of the votes that count."""
    cast = list(counting(roll, item, votes).values())
    return Tally(
        cast.count(Vote.FOR),
        cast.count(Vote.AGAINST),
        cast.count(Vote.ABSTAIN),
        len(roll.voting),
    )


def agreed(
    roll: Roll,
    item: str,
    votes: Mapping[str, Vote],
    persons: Collection[str],
    consents: frozenset[str],
) -> frozenset[str]:
    """The legal persons that have agreed: in writing, or by the vote of a seat that binds them.

    Where the person itself has a seat, only that seat binds it; else each of its representatives
    must be for. An abstention is no agreement, and no consent stands against what its own seat said.
    """
    cast = counting(roll, item, votes)
    sound = consents - contradicted(roll, votes, consents)
    return frozenset(
        person
        for person in persons
        if person in sound or _by_vote(_binding(roll, person), roll, cast)
    )


def contradicted(
    roll: Roll, votes: Mapping[str, Vote], consents: Collection[str]
) -> frozenset[str]:
    """The legal persons that are said to have agreed, while a seat that binds them was not for it."""
    return frozenset(
        person
        for person in consents
        if any(
            votes.get(seat.code, Vote.FOR) is not Vote.FOR for seat in _binding(roll, person)
        )
    )


def _by_vote(seats: list[Seat], roll: Roll, cast: Mapping[str, Vote]) -> bool:
    return bool(seats) and all(
        cast.get(seat.code) is Vote.FOR and _binds(roll, seat) for seat in seats
    )


def _binding(roll: Roll, person: str) -> list[Seat]:
    seats = [
        seat for seat in roll.voting if seat.speaks_for == person and seat.office.is_binding
    ]
    return [seat for seat in seats if seat.office.code in PRINCIPAL] or seats


def _binds(roll: Roll, seat: Seat) -> bool:
    """Whether who fills the seat can bind: an alternate that only advises cannot."""
    office = roll.filled_by(seat)
    return office is not None and office.is_binding
