"""Who is in the room: seats filled by their office or an alternate, and who takes no part in what."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from crossforce.boards.choices import Presence
from crossforce.boards.rules.offices import Office, Offices
from crossforce.boards.rules.reasons import Reason, listed
from crossforce.boards.rules.seats import Seat, called, title
from crossforce.organisations.directory import Directory


@dataclass(frozen=True, slots=True)
class Attendance:
    """How a seat was filled; `alternate` is the office that sat in its place.

    `interests` are the items in which it has declared an interest and takes no part.
    """

    presence: Presence
    alternate: str = ""
    interests: frozenset[str] = frozenset()


ABSENT = Attendance(Presence.ABSENT)


@dataclass(frozen=True, slots=True)
class Roll:
    """The seats of a board on the day, and how each was filled; one of which nothing is said is absent."""

    seats: tuple[Seat, ...]
    attendance: Mapping[str, Attendance]
    offices: Offices = field(default_factory=lambda: Offices({}))

    def of(self, seat: Seat) -> Attendance:
        """How the seat was filled."""
        return self.attendance.get(seat.code, ABSENT)

    def filled_by(self, seat: Seat) -> Office | None:
        """The office that sits in the seat: its own, or an alternate that may; None where neither does."""
        row = self.of(seat)
        if row.presence is Presence.PRESENT:
            return seat.office
        if row.presence is Presence.ALTERNATE and row.alternate in seat.office.alternates:
            return self.offices.office(row.alternate)
        return None

    def sitting(self, item: str = "") -> tuple[Seat, ...]:
        """The seats that are filled and take part in the item."""
        return tuple(
            seat
            for seat in self.seats
            if self.filled_by(seat) is not None and item not in self.of(seat).interests
        )

    @property
    def voting(self) -> tuple[Seat, ...]:
        """The seats that vote, filled or not."""
        return tuple(seat for seat in self.seats if seat.votes)


def answering(seats: tuple[Seat, ...], answered: Collection[str], offices: Offices) -> Roll:
    """The roll of a decision in writing: a seat that has answered is there."""
    here = {code: Attendance(Presence.PRESENT) for code in answered}
    return Roll(seats, here, offices)


def refusals(roll: Roll, directory: Directory, on: date) -> Iterator[Reason]:
    """What is wrong with a roll: somebody without a seat, or an alternate that may not be one."""
    known = {seat.code: seat for seat in roll.seats}
    for code, row in sorted(roll.attendance.items()):
        seat = known.get(code)
        if seat is None:
            who = called(code, directory, roll.offices, on)
            yield Reason(f"{who} has no seat on this board on that day")
        elif row.presence is Presence.ALTERNATE and roll.filled_by(seat) is None:
            sits = (
                roll.offices.office(row.alternate).title.en if row.alternate else "Nobody named"
            )
            may = [roll.offices.office(each).title.en for each in seat.office.alternates]
            yield Reason(
                f"{sits} cannot sit for {title(seat, directory, on).en}",
                f"In its place may sit: {listed(may) or 'nobody'}.",
            )
