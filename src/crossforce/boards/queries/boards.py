"""Boards: which there are, who sits on them on a day, what they govern, when they meet."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from crossforce.agreements import resolve
from crossforce.agreements.resolve import GoverningAnswer
from crossforce.boards import models
from crossforce.boards.choices import BOARD, Cycle
from crossforce.boards.queries import agreed, concerning
from crossforce.boards.queries.kept import Lines
from crossforce.boards.rules import cycles, keeping, own_rules, reporting, seats
from crossforce.boards.rules.charters import Charter, charter
from crossforce.boards.rules.cycles import Planned, Rhythm
from crossforce.boards.rules.days import WorkingDays
from crossforce.boards.rules.own_rules import OwnRules
from crossforce.boards.rules.seats import Seat
from crossforce.insight import api as insight
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Missing
from crossforce.organisations import api as organisations
from crossforce.organisations.directory import Directory
from crossforce.people.api import Actor
from crossforce.records import api as records


class Coded(Protocol):
    """A board, as far as one tells by it whose it is."""

    @property
    def code(self) -> str:
        """Its own."""

    @property
    def agreement(self) -> str:
        """Of which it is kept."""


CodedT = TypeVar("CodedT", bound=Coded)


class NoSuchBoard(Missing):
    """There is no such board, or none that you may know of."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who a board is on a day, and what it governs then.

    `bodies` are its own code, or the bodies that govern its agreement jointly; empty on a day on which
    somebody else governs. `beginning` is what it governs from the first day of agreements that all have signed:
    before that day it decides on what is to begin.
    """

    on: date
    bodies: tuple[str, ...]
    seats: tuple[Seat, ...]
    governs: tuple[agreed.Governing, ...]
    beginning: tuple[agreed.Governing, ...] = ()

    @property
    def agreements(self) -> tuple[str, ...]:
        """The agreements of which it governs something."""
        return tuple(dict.fromkeys(each.agreement for each in self.governs))

    @property
    def voting(self) -> tuple[Seat, ...]:
        """The seats that vote."""
        return tuple(seat for seat in self.seats if seat.votes)

    @property
    def decides(self) -> tuple[agreed.Governing, ...]:
        """What papers can ask it about."""
        return self.governs + self.beginning


@dataclass(frozen=True, slots=True)
class Shown:
    """A board with who sits today, its reporting line and its next meetings."""

    board: models.Board
    place: records.Place
    today: Sitting
    line: tuple[str, ...]
    circle: str
    planned: tuple[Planned, ...]
    charter: Charter


@guarded.acts
def boards(actor: Actor) -> list[models.Board]:
    """The boards that the actor may read, by title."""
    return list(models.Board.objects.within_reach().order_by("title", "pk"))


@guarded.acts
def board(actor: Actor, key: UUID) -> models.Board:
    """One board. Raises NoSuchBoard."""
    return row_of(key)


@guarded.acts
def shown(actor: Actor, key: UUID, on: date, *, ahead: int = 12) -> Shown:
    """A board as its page shows it on the day. Raises NoSuchBoard."""
    row = row_of(key)
    today = sitting(actor, row, on)
    line, circle = _line(row)
    return Shown(
        board=row,
        place=records.place_of(row.scope_id),
        today=today,
        line=line,
        circle=circle,
        planned=planned(row, on, civil.add_months(on, ahead)),
        charter=charter_of(row, today),
    )


@guarded.acts
def sitting(actor: Actor, row: models.Board, on: date) -> Sitting:
    """Who the board is on the day: from who takes part in what it governs, and from nothing else."""
    return sittings(actor, [row], on)[row.pk]


@guarded.acts
def sittings(actor: Actor, rows: Collection[models.Board], on: date) -> dict[UUID, Sitting]:
    """The same of many boards, asked as often as of one."""
    directory = organisations.directory()
    of = concerning.concerned(rows, directory)
    references = {each for found in of.values() for each in found}
    governing, beginning = agreed.governing_and_beginning(actor, on, references, directory)
    return {
        row.pk: _sitting(
            row,
            on,
            [each for each in governing if each.agreement in of[row.pk]],
            [each for each in beginning if each.agreement in of[row.pk]],
            directory,
        )
        for row in rows
    }


def _sitting(
    row: models.Board,
    on: date,
    governing: list[agreed.Governing],
    beginning: list[agreed.Governing],
    directory: Directory,
) -> Sitting:
    offices, every = agreed.known_offices(on), governing + beginning
    bodies = bodies_of(row, on, every, directory)
    rules = keeping.seats(row.seats)
    if rules:
        forces = _taking_part(row, every)
        found = seats.by_rules(rules, forces, on, directory, offices)
    else:
        found = seats.of_bodies(bodies, on, directory, offices)
    governs, begins = governed_by(bodies, governing), governed_by(bodies, beginning)
    return Sitting(on, bodies, found, governs, begins)


def governed_by(
    bodies: Collection[str], governing: Iterable[agreed.Governing]
) -> tuple[agreed.Governing, ...]:
    """What of this is governed by these bodies and no others."""
    return tuple(
        each for each in governing if bodies and set(each.answer.bodies) == set(bodies)
    )


def bodies_of(
    row: models.Board, on: date, governing: list[agreed.Governing], directory: Directory
) -> tuple[str, ...]:
    """What the board is on the day: the organisation of its code, or who governs its agreement jointly."""
    if directory.get(row.code) is not None:
        return directory.heirs(row.code, on)
    for each in governing:
        if each.agreement == row.agreement and each.answer.jointly:
            return each.answer.bodies
    return ()


@guarded.acts
def governing_board(
    actor: Actor, agreement: str, function: str, on: date
) -> tuple[agreed.Governing, models.Board | None]:
    """Who governs a function on the day, and the board that the actor may read of them, if any.

    Raises NoSuchAgreement, NotStanding.
    """
    agreed.standing(actor, agreement, agreed.moment(on))
    for each in agreed.governing(actor, on, [agreement]):
        if each.function == function:
            return each, board_among(by_age(actor), each.answer, agreement, on)
    raise agreed.NoSuchAgreement("That agreement has no such function.")


def by_age(actor: Actor) -> list[models.Board]:
    """The boards that the actor may read: of several of those who govern the one that was kept first is theirs."""
    return sorted(boards(actor), key=lambda row: (row.created_at, row.pk))


def board_among(
    rows: Sequence[CodedT], answer: GoverningAnswer, agreement: str, on: date
) -> CodedT | None:
    """The board of whoever governs: their own, one that they followed, or the one that is kept for the agreement.

    Of several of one organisation it is the first of the rows.
    """
    directory, bodies = organisations.directory(), answer.bodies
    own: dict[str, CodedT] = {}
    for row in rows:
        if directory.get(row.code) is not None:
            own.setdefault(row.code, row)
    for row in [own[code] for code in bodies if (code,) == bodies and code in own]:
        return row
    for code, row in own.items():
        if bodies and set(directory.heirs(code, on)) == set(bodies):
            return row
    joint = (row for row in rows if row.code not in own and row.agreement == agreement)
    return next(joint, None) if answer.jointly else None


def row_of(key: UUID) -> models.Board:
    """The row itself, as whoever acts may read it. Raises NoSuchBoard."""
    found: models.Board | None = models.Board.objects.filter(pk=key).first()
    if found is None:
        raise NoSuchBoard
    return found


def rules_of(row: models.Board) -> OwnRules:
    """Its own rules, as they count."""
    return own_rules.read(row.seats, row.chair, row.chair_casts, row.delegations)


def rhythm_of(row: models.Board) -> Rhythm:
    """When the board meets."""
    return Rhythm(Cycle(row.cycle), row.weekday, row.week, row.month)


def days_of(row: models.Board) -> WorkingDays:
    """On which days the board can meet."""
    return WorkingDays(keeping.closed(row.closed))


def planned(row: models.Board, starts_on: date, ends_on: date) -> tuple[Planned, ...]:
    """The meetings that its cycle gives the board in the days."""
    papers = agreed.known_practice(starts_on).papers_working_days
    return cycles.meetings(rhythm_of(row), starts_on, ends_on, days_of(row), papers)


def charter_of(row: models.Board, today: Sitting) -> Charter:
    """The governance clause of what the board governs: of its own agreement, else of the first."""
    return next(iter(charters_of(row, today)), Charter())


def charters_of(row: models.Board, today: Sitting) -> list[Charter]:
    """The governance clauses of all that it governs of its own agreement, else of everything."""
    mine = [each for each in today.decides if each.agreement == row.agreement]
    found = mine or today.governs or today.beginning
    return [charter(each.terms, each.function, each.at) for each in found]


@guarded.acts
def may_keep(actor: Actor) -> bool:
    """Whether some clause lets the actor keep boards."""
    return insight.may_add(actor, BOARD)


def _line(row: models.Board) -> tuple[tuple[str, ...], str]:
    try:
        return reporting.line(
            row.code, {**Lines.known().reports_to, row.code: row.reports_to}
        ), ""
    except reporting.ReportsInACircle as circle:
        return (row.code,), str(circle)


def _taking_part(row: models.Board, governing: Iterable[agreed.Governing]) -> tuple[str, ...]:
    """The forces that take part in the board's own agreement, as it stands or as it begins."""
    own = (each for each in governing if row.agreement and each.agreement == row.agreement)
    found = next(own, None)
    return resolve.taking_part(found.terms, (), found.at) if found else ()
