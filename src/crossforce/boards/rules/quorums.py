"""Whether enough offices of each kind sit to decide an item."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from crossforce.agreements.resolve import Citation
from crossforce.boards.choices import ANY_SEAT
from crossforce.boards.rules.charters import Required
from crossforce.boards.rules.reasons import Reason, counted
from crossforce.boards.rules.rolls import Roll
from crossforce.boards.rules.seats import Seat


@dataclass(frozen=True, slots=True)
class Need:
    """How many seats of an office a quorum needs, how many sit, and how many there are."""

    office: str
    needed: int
    sitting: int
    seats: int

    @property
    def is_met(self) -> bool:
        """Whether enough of them sit."""
        return self.sitting >= self.needed


@dataclass(frozen=True, slots=True)
class Quorum:
    """Every need of the quorum, and the clause it rests on; None where practice fills in."""

    needs: tuple[Need, ...]
    why: Citation | None = None

    @property
    def is_met(self) -> bool:
        """Whether every need is met. A board on which nobody sits is never quorate."""
        return all(need.is_met for need in self.needs) and any(
            need.sitting for need in self.needs
        )

    def reasons(self) -> Iterator[Reason]:
        """What is missing, in plain words."""
        for need in self.needs:
            if not need.is_met:
                yield Reason(_missing(need), "Adjourn, or decide in writing.", self.why)
        if not self.is_met and all(need.is_met for need in self.needs):
            yield Reason("Nobody sits who counts", "Adjourn, or decide in writing.", self.why)


def quorum(
    roll: Roll,
    item: str,
    required: Required,
    more_than: Fraction,
) -> Quorum:
    """The quorum for an item: those who sit and have no interest in it, counted by office.

    A clause names an office, a type of office, or `member` for any seat that votes. By practice more
    than that part of the voting seats must sit.
    """
    needs = dict(required.needs)
    if required.by_practice:
        usual = int(len(roll.voting) * more_than) + 1
        needs[ANY_SEAT] = max(usual, needs.get(ANY_SEAT, 0))
    found = (_need(roll, item, office, count) for office, count in needs.items())
    return Quorum(tuple(found), required.why)


def _need(roll: Roll, item: str, office: str, needed: int) -> Need:
    seats = [seat for seat in roll.seats if _counts(seat, office)]
    sitting = [seat for seat in roll.sitting(item) if _counts(seat, office)]
    return Need(office, needed, len(sitting), len(seats))


def _counts(seat: Seat, office: str) -> bool:
    return seat.office.counts_as(office) and (seat.votes or office != ANY_SEAT)


def _missing(need: Need) -> str:
    seats = counted(need.needed, "seat") if need.office == ANY_SEAT else f"{need.needed}"
    of = "" if need.office == ANY_SEAT else f" of {need.office.replace('-', ' ')}"
    words = f"The quorum needs {seats}{of} and {need.sitting} can take part"
    if need.seats < need.needed:
        return f"{words}; the board has only {need.seats}"
    return words
