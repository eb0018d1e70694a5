"""Meetings that lapse: on their day another board governs what their board was kept for."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from crossforce.boards import models
from crossforce.boards.choices import MeetingState
from crossforce.boards.queries import agreed, boards, concerning
from crossforce.boards.queries import ahead as ahead_of
from crossforce.boards.queries.agreed import Governing
from crossforce.boards.queries.ahead import Ahead
from crossforce.boards.queries.boards import Sitting
from crossforce.boards.queries.kept import Lines
from crossforce.kernel import civil, guarded
from crossforce.organisations import api as organisations
from crossforce.organisations.directory import Directory
from crossforce.people.api import Actor


@guarded.acts
def is_governing_nothing(actor: Actor, row: models.Board, sitting: Sitting) -> bool:
    """Whether others govern on that day whatever the board may govern.

    A board of which no agreement is in force then has nobody in its place, nor has one to which those who govern report.
    """
    if sitting.decides:
        return False
    concerned = concerning.concerned([row], organisations.directory())
    governing = agreed.governing(actor, sitting.on, concerned[row.pk])
    return _is_replaced(row, governing, Lines.known())


@guarded.acts
def lapsed(actor: Actor, kept: Iterable[models.Meeting], today: date) -> frozenset[UUID]:
    """Those of these meetings that are planned, from today on, and lapse, as far as their boards may be read."""
    waiting = [each for each in kept if _is_planned(each, today)]
    rows = models.Board.objects.in_bulk({each.board for each in waiting})
    waiting = [each for each in waiting if each.board in rows]
    if not waiting:
        return frozenset()
    directory = organisations.directory()
    concerned = concerning.concerned(rows.values(), directory)
    references = sorted({each for of in concerned.values() for each in of})
    until = civil.next_day(max(each.on for each in waiting))
    known = ahead_of.ahead(actor, references, today, until)
    found, lines = set(), Lines.known()
    for key, row in rows.items():
        of = [known[each] for each in concerned[key] if each in known]
        turns = [today, *ahead_of.turns_of(of, until)]
        gone: dict[date, bool] = {}
        for each in waiting:
            if each.board == key:
                since = turns[bisect_right(turns, each.on) - 1]
                if since not in gone:
                    gone[since] = _is_elsewhere(row, of, since, directory, lines)
                if gone[since]:
                    found.add(each.pk)
    return frozenset(found)


@guarded.acts
def first_coming(
    actor: Actor, kept: Sequence[models.Meeting], today: date, most: int
) -> list[models.Meeting]:
    """The first so many of these meetings that are planned, from today on, and do not lapse."""
    waiting = [each for each in kept if _is_planned(each, today)]
    found: list[models.Meeting] = []
    while waiting and len(found) < most:
        asked, waiting = waiting[:most], waiting[most:]
        gone = lapsed(actor, asked, today)
        found += [each for each in asked if each.pk not in gone]
    return found[:most]


@guarded.acts
def ahead(actor: Actor, of: Collection[UUID], today: date) -> dict[UUID, models.Meeting]:
    """The next meeting of each of these boards that takes place, by board."""
    rows = models.Meeting.objects.within_reach().filter(
        board__in=of, on__gte=today, state=MeetingState.PLANNED.value
    )
    waiting = list(rows.order_by("-on", "-pk"))
    gone = lapsed(actor, waiting, today)
    return {row.board: row for row in waiting if row.pk not in gone}


def _is_planned(row: models.Meeting, today: date) -> bool:
    return bool(row.state == MeetingState.PLANNED.value and row.on >= today)


def _is_elsewhere(
    row: models.Board,
    of: Sequence[Ahead],
    on: date,
    directory: Directory,
    lines: Lines,
) -> bool:
    """Whether others govern in the board's place on the day."""
    now = [one for each in of for one in each.governing(on)]
    soon = [one for each in of for one in each.beginning(on)]
    bodies = boards.bodies_of(row, on, now + soon, directory)
    is_theirs = bool(boards.governed_by(bodies, now + soon))
    return not is_theirs and _is_replaced(row, now, lines)


def _is_replaced(row: models.Board, governing: Collection[Governing], lines: Lines) -> bool:
    """Whether somebody governs, and nobody of those reports to the board: beside one who does it meets."""
    return bool(governing) and not any(lines.is_below(each, row.code) for each in governing)
