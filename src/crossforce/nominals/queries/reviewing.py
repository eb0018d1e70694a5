"""What to look at next: what waits for a second person, as it came; then what nobody decided, by weight."""

from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any, Final, Self
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from crossforce.kernel import guarded
from crossforce.kernel.refusals import NotUnderstood
from crossforce.nominals import models
from crossforce.nominals.choices import Judged
from crossforce.nominals.queries.matching import DECIDED, Pair, pair, undecided
from crossforce.people import api as people
from crossforce.people.api import Actor

BETWEEN: Final = "_"


class NoSuchPosition(NotUnderstood):
    """The queue has no such position: send `after` as it was given, or without it begin at the top."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where somebody is in the queue: at a match that waits `since` then, or at a likeness of a weight.

    It says so itself: what is decided meanwhile leaves the queue, and nobody loses their place by that.
    """

    key: UUID
    since: datetime | None = None
    weight: float = 0.0

    def __str__(self) -> str:
        return f"{self.since.isoformat() if self.since else self.weight}{BETWEEN}{self.key}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """A position as it was given out; None of an empty text. Raises NoSuchPosition."""
        if not text:
            return None
        at, _, key = text.rpartition(BETWEEN)
        try:
            if "T" not in at:
                found = cls(UUID(key), weight=float(at))
                is_sound = isfinite(found.weight)
            else:
                found = cls(UUID(key), since=datetime.fromisoformat(at))
                is_sound = found.since is not None and found.since.tzinfo is not None
        except ValueError:
            raise NoSuchPosition from None
        if not is_sound:
            raise NoSuchPosition
        return found


@dataclass(frozen=True, slots=True)
class Turn:
    """Two records whose turn it is, and where in the queue that is."""

    one: UUID
    other: UUID
    at: Position


@guarded.acts
def following(actor: Actor, after: Position | None = None) -> Turn | None:
    """The next two after a position, and from the top again after the last; never the same two at once.

    Not what was left for later, nor what whoever acts has confirmed.
    """
    for rows in _parts(actor, after):
        for row in rows[:1]:
            return Turn(row.one, row.other, _at(row))
    return None


@guarded.acts
def upcoming(actor: Actor, after: Position | None = None) -> tuple[Pair, Position] | None:
    """The same two, read, with where in the queue they are."""
    found = following(actor, after)
    return (pair(actor, found.one, found.other), found.at) if found else None


@guarded.acts
def position(actor: Actor, of: Pair) -> Position | None:
    """Where two records stand in the queue of whoever acts; None where they never were in it."""
    if of.match:
        for row in _half(actor).filter(one=of.one.id, other=of.other.id)[:1]:
            return _at(row)
    return _at(of.likeness) if of.likeness else None


def _parts(actor: Actor, after: Position | None) -> tuple[Any, ...]:
    """The queue from a position on: parts of it, in turn."""
    half, rest = _half(actor), undecided([*DECIDED, Judged.PROPOSED])
    if after is None:
        return half, rest
    key = after.key
    if after.since:
        later = Q(first_at__gt=after.since) | Q(first_at=after.since, pk__gt=key)
        return half.filter(later), rest, half.exclude(pk=key)
    lighter = Q(weight__lt=after.weight) | Q(weight=after.weight, pk__gt=key)
    return rest.filter(lighter), half, rest.exclude(pk=key)


def _half(actor: Actor) -> Any:
    """What somebody else has confirmed, between records of which one may read both."""
    rows = models.Match.objects.filter(
        Exists(models.Person.objects.filter(pk=OuterRef("one"))),
        Exists(models.Person.objects.filter(pk=OuterRef("other"))),
        state=Judged.PROPOSED,
        first_at__isnull=False,
    )
    return rows.exclude(first_by__in=people.one_human(actor)).order_by("first_at", "pk")


def _at(row: Any) -> Position:
    if isinstance(row, models.Match):
        return Position(row.pk, since=row.first_at)
    return Position(row.pk, weight=row.weight)
