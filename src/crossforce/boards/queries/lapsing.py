"""Meetings that lapse: on their day another board governs what their board was kept for."""

from collections.abc import Collection, Iterable
from datetime import date

from crossforce.boards import models
from crossforce.boards.queries import agreed, boards
from crossforce.boards.queries.boards import Sitting
from crossforce.boards.queries.changing import Stretch
from crossforce.kernel import guarded
from crossforce.people.api import Actor


@guarded.acts
def is_governing_nothing(actor: Actor, row: models.Board, sitting: Sitting) -> bool:
    """Whether others govern on that day whatever the board may govern.

    A board of which no agreement is in force then has nobody in its place.
    """
    return not sitting.decides and bool(
        agreed.governing(actor, sitting.on, boards.concerned(row))
    )


@guarded.acts
def lapsed(
    actor: Actor,
    row: models.Board,
    days: Collection[date],
    coming: Iterable[Stretch],
    today: date,
) -> frozenset[date]:
    """Those of the days, from today on, on which the board governs nothing, by the changes that come to it."""
    turns = sorted({today, *(each.on for each in coming)})
    since = {day: max(turn for turn in turns if turn <= day) for day in days if day >= today}
    empty = {
        turn
        for turn in set(since.values())
        if is_governing_nothing(actor, row, boards.sitting(actor, row, turn))
    }
    return frozenset(day for day, turn in since.items() if turn in empty)
