"""Who is one person with somebody: by what people decided, and by what the engine proposes where no evidence splits it.

All of it is worked out from what whoever asks reads: what they do not know of joins nothing for them, and splits nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from crossforce.kernel import civil, clock, guarded
from crossforce.nominals import models
from crossforce.nominals.choices import PERSON, Judged, Lean
from crossforce.nominals.queries import matching, searching
from crossforce.nominals.queries.matching import DECIDED, PAGE, Pair
from crossforce.nominals.queries.searching import Seen
from crossforce.nominals.rules import conflicts, together
from crossforce.nominals.rules.together import Group
from crossforce.nominals.searching.answers import Hit
from crossforce.people.api import Actor

MOST_TOGETHER: Final = 200
SURE: Final = 1e6
"""Bits by which what people confirmed goes before what the engine proposes."""
AGAINST: Final = -6.0
"""Bits by which two that are read, and that the engine does not link, speak against one group of both: as in the library."""
ADDED_UP: Final = "the engine proposes them; most records that hang together with one do not go with the other"
Two = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two records that links hold together and evidence does not, and why; `is_split`: they are kept apart."""

    one: Seen
    other: Seen
    why: str
    is_split: bool = True


@dataclass(frozen=True, slots=True)
class Around:
    """What is matched with a record: who is confirmed, which of them are said to differ, which pairs wait for a look.

    `refused` are pairs that somebody said are two people. `likely` are records that the engine's proposals hold together with
    this one, where no decision and no evidence splits them; `conflicts` are what splits them, or what confirmations outweigh.
    """

    confirmed: Sequence[Seen] = ()
    apart: Sequence[tuple[Seen, Seen]] = ()
    waiting: Sequence[Pair] = ()
    refused: Sequence[Pair] = ()
    likely: Sequence[Seen] = ()
    conflicts: Sequence[Conflict] = ()

    @property
    def seen(self) -> list[Seen]:
        """Every record that is spoken of."""
        two: list[Pair | Conflict] = [*self.waiting, *self.refused, *self.conflicts]
        pairs = [*self.apart, *((each.one, each.other) for each in two)]
        return [*self.confirmed, *self.likely, *(each for pair in pairs for each in pair)]


@dataclass(frozen=True, slots=True)
class Hanging:
    """Everything that links hold together with a record, as far as whoever asks sees it."""

    key: UUID
    confirmed: Mapping[Two, float]
    refused: Mapping[Two, str]
    proposed: Mapping[Two, float] = field(default_factory=dict)
    weights: Mapping[Two, float] = field(default_factory=dict)
    clashes: Mapping[Two, str] = field(default_factory=dict)
    read: frozenset[UUID] = frozenset()

    def decided(self) -> Group:
        """Those that decisions hold together."""
        return together.group(self.key, _edges(self.confirmed), self.refused)

    def likely(self) -> Group:
        """Those that proposals hold together as well: people's decisions outweigh any evidence."""
        sure = together.parts(together.ranked(_edges(self.confirmed)), self.refused)
        split = {two for two in self.clashes if two[1] not in sure.get(two[0], ())}
        edges = [*_edges(self.proposed), *_edges(self.confirmed)]
        return together.group(self.key, edges, split | self.refused.keys(), self._felt)

    def _felt(self, one: UUID, other: UUID) -> float:
        two = (one, other) if one < other else (other, one)
        if two in self.confirmed:
            return self.confirmed[two]
        return self.weights.get(two, AGAINST if {one, other} <= self.read else 0.0)


def _edges(of: Mapping[Two, float]) -> list[tuple[UUID, UUID, float]]:
    return [(*two, weight) for two, weight in of.items()]


@guarded.acts
def around(actor: Actor, key: UUID) -> Around:
    """What is matched with a record, as far as whoever acts may know of both ends of each match."""
    hanging = _hanging(key)
    decided, likely = hanging.decided(), hanging.likely()
    more = likely.members - decided.members
    against = list(islice(_against(hanging, decided, likely), PAGE))
    ends = {*decided.members, *more, *(end for two in decided.apart for end in two)}
    ends |= {end for two, _, _ in against for end in two}
    read = searching.read_anew([Hit(end, 0, None, ()) for end in ends], (PERSON,))
    seen = {each.id: each for each in read}
    apart = [(seen[one], seen[two]) for one, two in decided.apart if {one, two} <= seen.keys()]
    mine = Q(one=key) | Q(other=key)
    waiting = matching.undecided(DECIDED).filter(mine)[:PAGE]
    no = models.Match.objects.filter(mine, state=Judged.REFUSED).order_by("-decided_at", "pk")
    mates, others = (
        [seen[each] for each in sorted(some) if each in seen]
        for some in (decided.members - {key}, more)
    )
    return Around(
        mates,
        apart,
        list(matching.pairs_of(actor, list(waiting))),
        list(matching.pairs_of(actor, list(no[:PAGE]))),
        others,
        [
            Conflict(seen[one], seen[two], why, is_split)
            for (one, two), why, is_split in against
            if {one, two} <= seen.keys()
        ],
    )


def _against(
    hanging: Hanging, decided: Group, likely: Group
) -> Iterator[tuple[Two, str, bool]]:
    """What speaks against that all that hangs together is one person, but for what is told as decided."""
    for two in sorted(hanging.clashes):
        if two in likely.apart:
            yield two, hanging.clashes[two], True
        elif set(two) <= decided.members:
            yield two, hanging.clashes[two], False
    for two in likely.apart:
        is_told = hanging.key in two or two in decided.apart
        if two in hanging.refused and set(two) <= hanging.read and not is_told:
            yield two, hanging.refused[two], True
    for two in likely.cut:
        yield two, ADDED_UP, True


def _hanging(key: UUID) -> Hanging:
    """Everything that hangs together with a record by confirmations and by proposals."""
    same, likely = dict[Two, float](), dict[Two, float]()
    known, fresh = {key}, {key}
    while fresh and len(known) < MOST_TOGETHER:
        near = Q(one__in=fresh) | Q(other__in=fresh)
        found = models.Match.objects.filter(near, state=Judged.CONFIRMED)[:MOST_TOGETHER]
        same |= {(row.one, row.other): SURE + (row.weight or 0.0) for row in found}
        proposed = matching.undecided(DECIDED).filter(near, lean=Lean.PROPOSE)
        likely |= {(row.one, row.other): row.weight for row in proposed[:MOST_TOGETHER]}
        fresh = {end for two in (*same, *likely) for end in two} - known
        known |= fresh
    if len(known) == 1:
        return Hanging(key, {}, {})
    both: dict[str, Any] = {"one__in": known, "other__in": known}
    no = models.Match.objects.filter(**both, state=Judged.REFUSED)
    refused = {(row.one, row.other): _said(row) for row in no}
    return Hanging(key, same, refused, likely, **_evidence(known, both))


def _said(row: models.Match) -> str:
    day = f" on {civil.day_of(row.decided_at):%d %B %Y}" if row.decided_at else ""
    return f"said not to be one person{day}: {row.reason}"


def _evidence(known: set[UUID], both: Mapping[str, Any]) -> dict[str, Any]:
    """What the engine filed of those that hang together, and what their records themselves say against it."""
    filed = models.Likeness.objects.filter(**both)
    said = {row.pk: row.statements for row in models.Person.objects.filter(pk__in=known)}
    sorts = conflicts.unique(civil.day_of(clock.now()))
    return {
        "weights": {(row.one, row.other): row.weight for row in filed},
        "clashes": {
            (each.one, each.other): each.words for each in conflicts.clashes(said, sorts)
        },
        "read": frozenset(said),
    }
