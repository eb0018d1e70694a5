"""Gaps ahead, past the instants at which sight ends: nobody is counted on who may not be seen by then."""

from collections.abc import Container, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final, NamedTuple

from crossforce.duty.choices import COVER, ENTRY
from crossforce.duty.queries import counting, running, whole
from crossforce.duty.queries.asked import Filter
from crossforce.duty.rules import board
from crossforce.duty.rules.board import Gap, Wanted
from crossforce.insight import api as insight
from crossforce.kernel import guarded
from crossforce.kernel.periods import Period
from crossforce.people.api import Actor

KINDS: Final = frozenset({ENTRY, COVER, "people.skill", "people.authority"})
MOST_PARTS: Final = 24
"""Each is looked at by itself; where sight ends oftener, the rest is not told."""


class Told(NamedTuple):
    """Gaps, and of which units they are told no further than until an instant, as not all may be seen from then."""

    gaps: list[Gap]
    until: dict[str, datetime]


def parts(starts_at: datetime, ends_at: datetime) -> list[Period]:
    """A period, cut where a grant ends by which whoever acts reads what is counted: when a force leaves, say."""
    cuts = [starts_at, *insight.endings(KINDS, starts_at, ends_at), ends_at]
    return [Period(*pair) for pair in pairwise(cuts)]


def through(
    actor: Actor,
    wanted: Filter,
    first: Sequence[Gap],
    later: Sequence[Period],
    silent: Container[str],
    then: datetime | None = None,
) -> Told:
    """The gaps of a first part and of those that follow it, each by what may be seen in it.

    A unit that other forces take part in, and that may not be seen whole by then, is told of until then. Of units
    that are `silent` nothing was told in the first part.
    """
    gaps, until = list(first), dict[str, datetime]()
    for part in later[:MOST_PARTS]:
        found, told, rest = _of(actor, wanted, part, then)
        gaps = board.following(gaps, found, told)
        until = dict.fromkeys(rest, part.starts_at) | until
    for part in later[MOST_PARTS : MOST_PARTS + 1]:
        with guarded.acting(actor, part.starts_at):
            rest = {each.unit for each in _cover(wanted, then)}
        until = dict.fromkeys(rest, part.starts_at) | until
    return Told(gaps, {unit: at for unit, at in until.items() if unit not in silent})


def _of(
    actor: Actor, wanted: Filter, part: Period, then: datetime | None
) -> tuple[list[Gap], set[str], set[str]]:
    """The gaps of one part, of which units that have cover they are told, and of which they are not."""
    begins, ends = part.starts_at, part.ends_at
    assert ends is not None
    with guarded.acting(actor, begins):
        cover = _cover(wanted, then)
        shared = whole.shared({each.unit for each in cover}, begins)
        hidden = whole.in_part(shared, wanted.force)
        counted = [each for each in cover if each.unit not in hidden]
        within = running.held(wanted.force, then)
        gaps, untold = counting.gaps_ahead(actor, within, counted, begins, ends)
        units, rest = {each.unit for each in cover}, {*hidden, *untold}
        return gaps, units - rest, units & rest


def _cover(wanted: Filter, then: datetime | None) -> list[Wanted]:
    return counting.cover_of(wanted.unit, wanted.function, then)
