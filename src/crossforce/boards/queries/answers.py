"""Answers that holders of seats gave themselves, and which seats somebody holds."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.choices import ANSWER
from crossforce.boards.queries import boards, due, holders, meetings
from crossforce.boards.queries.boards import Sitting
from crossforce.boards.rules.seats import Seat
from crossforce.kernel import civil, guarded
from crossforce.people.api import Actor
from crossforce.records import api as records


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as whoever closes must know of it, also where its record is not open to them."""

    board: UUID
    pk: UUID
    seat: str
    vote: str
    said_by: str
    said_at: datetime


@guarded.acts
def given(actor: Actor, board: UUID, paper: UUID) -> dict[str, Given]:
    """The answer of each seat of the board to the paper, for who may change the board: the last one counts."""
    return of_board(board, paper)


def of_board(board: UUID, paper: UUID) -> dict[str, Given]:
    """The same, while somebody acts."""
    rows = [Given(*row) for row in records.told(ANSWER, "given", [paper])]
    mine = (each for each in rows if each.board == board)
    return {each.seat: each for each in sorted(mine, key=lambda each: (each.said_at, each.pk))}


@guarded.acts
def to_paper(actor: Actor, paper: UUID) -> list[models.SeatAnswer]:
    """All answers to the paper that the actor may read, by board and seat."""
    rows = models.SeatAnswer.objects.within_reach().filter(paper=paper)
    return list(rows.order_by("board", "seat", "said_at"))


@guarded.acts
def called(actor: Actor, found: Iterable[models.SeatAnswer | Given]) -> dict[str, str]:
    """What the seats of these answers are called, by code, as far as their boards may be read."""
    known = {row.pk: row for row in boards.boards(actor)}
    days: dict[date, dict[UUID, models.Board]] = {}
    for each in found:
        if each.board in known:
            of = days.setdefault(civil.day_of(each.said_at), {})
            of[each.board] = known[each.board]
    named: dict[str, str] = {}
    for on in sorted(days):
        for sitting in boards.sittings(actor, days[on].values(), on).values():
            named |= meetings.titles(actor, sitting.seats, on)
    return named


def held_by(actor: Actor, sitting: Sitting) -> tuple[Seat, ...]:
    """The seats that vote and that the actor holds on that day, or may sit in."""
    mine = holders.own(actor, sitting.voting, sitting.on)
    return tuple(seat for seat in sitting.voting if seat.code in mine)


@guarded.acts
def to_give(
    actor: Actor, row: models.Paper, among: Collection[UUID], on: date
) -> list[tuple[models.Board, tuple[Seat, ...]]]:
    """Of these boards those before which the paper comes on the day and on which the actor holds a seat, and which."""
    asked = [board for board in boards.boards(actor) if board.pk in among]
    sittings = boards.sittings(actor, asked, on)
    before = [
        (board, sittings[board.pk]) for board in asked if is_before(row, sittings[board.pk])
    ]
    mine = holders.own(actor, [seat for _, each in before for seat in each.voting], on)
    held = [
        (board, tuple(seat for seat in each.voting if seat.code in mine))
        for board, each in before
    ]
    return [(board, seats) for board, seats in held if seats]


def is_before(row: models.Paper, sitting: Sitting) -> bool:
    """Whether the paper comes before the board that sits so."""
    governed = {(each.agreement, each.function) for each in sitting.decides}
    wanted = due.functions_of(row)
    if not wanted:
        return row.agreement in {agreement for agreement, _ in governed}
    return any((row.agreement, each) in governed for each in wanted)
