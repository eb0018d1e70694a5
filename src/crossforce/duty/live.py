"""The board as it stays current: what those who look at it see, and when the clock next changes it."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import Any, Final

from django.http import QueryDict

from crossforce.duty import queries
from crossforce.duty.choices import COVER, ENTRY
from crossforce.duty.queries import Board
from crossforce.duty.queries.running import held, next_turn
from crossforce.duty.queries.shown import Noted
from crossforce.duty.views import asking, drawing
from crossforce.duty.views.asking import CONDITIONS, Asked
from crossforce.kernel import clock, guarded_watch
from crossforce.kernel.live import Found, LivePage
from crossforce.kernel.web import language
from crossforce.people import api as people
from crossforce.people.api import Actor

HORIZON: Final = timedelta(minutes=10)
"""The hub looks again in any case by then (kernel.live.hub.LATEST)."""

READ: Final = (*CONDITIONS, "show", "page")
Query = tuple[tuple[str, str], ...]


def understood(query: QueryDict) -> Query | None:
    """What is asked of the board; None for one that does not move, such as that of another instant."""
    if any(query.get(name) for name in asking.INSTANT):
        return None
    given = tuple((name, str(query[name])) for name in READ if query.get(name))
    asked = _asked(given)
    return given if not asked.errors else None


@lru_cache(maxsize=512)
def _asked(given: Query) -> Asked:
    return asking.asked_in(dict(given), clock.now())


def look(actor: Actor, given: Query) -> Found:
    """The board as it is now; as its page, in English."""
    language.only("en")
    drawn = drawing.shown(actor, replace(_asked(given), at=clock.now()))
    draw = partial(drawing.part, drawn)
    is_own = drawn.empty is not None  # says why the actor sees none
    return Found(mark(drawn.board), draw, changes_at(drawn.board), is_own)


def mark(board: Any) -> str:
    """The same for two boards that say the same, whatever the time is."""
    said = _said_now(board) if isinstance(board, Board) else _said_through(board)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def _said_now(board: Board) -> tuple[Any, ...]:
    rows = [
        (row.entry.pk, row.entry.version, str(row.availability), *map(sorted, _able(row)))
        for row in board.rows
    ]
    return (
        rows,
        board.total,
        board.reaches,
        board.counts,
        list(_gaps(board)),
        board.forces,
        board.hidden,
        board.told_until,
    )


def _said_through(board: Any) -> tuple[Any, ...]:
    entries = [(each.pk, each.version) for lane in board.lanes for each in lane.entries]
    runs = [each[:3] for lane in board.lanes for each in lane.stretches]
    return (
        entries,
        runs,
        board.total,
        board.reaches,
        int(board.at.timestamp() // HORIZON.seconds),
    )


def _able(row: queries.OnDuty) -> tuple[frozenset[str], ...]:
    return row.able.skills, row.able.authorities, row.able.barred


def _gaps(board: Board) -> Iterator[tuple[Any, ...]]:
    """The gaps, without the ends that are the board's own."""
    for each in board.gaps:
        begins = each.starts_at if each.starts_at > board.at else None
        ends = None if each.is_open else each.ends_at
        named = each.unit, each.function, each.skill, each.authority
        yield *named, begins, ends, each.has, each.minimum


def changes_at(board: Any) -> datetime | None:
    """When, within the horizon, anything that is shown next changes by the clock.

    A duty, what somebody shown or asked for may do, cover, or who counts for it. A gap that comes into the
    next 24 hours at their end is told when the hub looks in any case.
    """
    at = board.at
    with guarded_watch.unwatched():
        staff = {*board.deciding, *(each.staff for each in _entries(board))}
        turns = [people.next_turn(staff, at), getattr(board, "counts_change_at", None)]
        with guarded_watch.watched(None):
            turns.append(next_turn(held(), at, at + HORIZON))
            guarded_watch.not_shown()
    return min((each for each in turns if each and each > at), default=None)


def _entries(board: Any) -> Iterable[Noted]:
    if isinstance(board, Board):
        return [row.entry for row in board.rows]
    return [each for lane in board.lanes for each in lane.entries]


BOARD: Final = LivePage(
    "duty.board",
    frozenset({ENTRY, COVER, "people.skill", "people.authority"}),
    understood,
    look,
)
