"""Who is one person with somebody: by what people decided, and by what the engine proposes where no evidence splits it.

All of it is worked out from what whoever asks reads: what they do not know of joins nothing for them, and splits nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from crossforce.kernel import civil, clock, guarded, guarded_watch
from crossforce.nominals import models
from crossforce.nominals.choices import PERSON, Judged, Lean
from crossforce.nominals.queries import matching, searching
from crossforce.nominals.queries.matching import DECIDED, PAGE, Pair
from crossforce.nominals.queries.searching import Seen
from crossforce.nominals.rules import conflicts
from crossforce.nominals.rules.hanging import Hanging, Two
from crossforce.nominals.searching.answers import Hit
from crossforce.people.api import Actor

MOST_TOGETHER: Final = 200
MOST_LINKS: Final = 20 * MOST_TOGETHER
"""So many are asked for at each step: those of as many records are far fewer, where they are of people."""
SURE: Final = 1e6
"""Bits by which what people confirmed goes before what the engine proposes."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two records that links hold together and evidence does not, and why; `is_split`: they are kept apart."""

    one: Seen
    other: Seen
    why: str
    is_split: bool = True

    @property
    def ends(self) -> set[UUID]:
        return {self.one.id, self.other.id}


@dataclass(frozen=True, slots=True)
class Around:
    """What is matched with a record: who is confirmed, which of them are said to differ, which pairs wait for a look.

    `refused` are pairs that somebody said are two people. `likely` are records that the engine's proposals hold together with
    this one, where no decision and no evidence splits them; `conflicts` are what splits them, or what is outweighed, the
    nearest first. `is_cut`: more records hang together with this one than are looked at.
    """

    confirmed: Sequence[Seen] = ()
    apart: Sequence[tuple[Seen, Seen]] = ()
    waiting: Sequence[Pair] = ()
    refused: Sequence[Pair] = ()
    likely: Sequence[Seen] = ()
    conflicts: Sequence[Conflict] = ()
    has_more_conflicts: bool = False
    is_cut: bool = False

    @property
    def seen(self) -> list[Seen]:
        """Every record that is spoken of."""
        two: list[Pair | Conflict] = [*self.waiting, *self.refused, *self.conflicts]
        pairs = [*self.apart, *((each.one, each.other) for each in two)]
        return [*self.confirmed, *self.likely, *(each for pair in pairs for each in pair)]


@guarded.acts
def around(actor: Actor, key: UUID) -> Around:
    """What is matched with a record, as far as whoever acts may know of both ends of each match."""
    hanging = _hanging(key)
    decided, likely = hanging.decided(), hanging.likely()
    more = likely.members - decided.members
    found = hanging.against(decided, likely)
    against = found[:PAGE]
    ends = {*decided.members, *more, *(end for two in decided.apart for end in two)}
    ends |= {end for each in against for end in each.two}
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
        len(found) > PAGE,
        hanging.is_cut,
    )


def _hanging(key: UUID) -> Hanging:
    """What hangs together with a record by confirmations and by proposals, step by step, as far as MOST_TOGETHER records."""
    same, likely = dict[Two, float](), dict[Two, float]()
    known, fresh, is_cut = {key}, {key}, False
    while fresh:
        near = Q(one__in=fresh) | Q(other__in=fresh)
        found = _confirmed(near)
        proposed = list(
            matching.undecided(DECIDED).filter(near, lean=Lean.PROPOSE)[:MOST_LINKS]
        )
        same |= {(row.one, row.other): SURE + (row.weight or 0.0) for row in found}
        likely |= {(row.one, row.other): row.weight for row in proposed}
        links = (*same, *likely)
        ends = list(dict.fromkeys(end for two in links for end in two if end not in known))
        room = MOST_TOGETHER - len(known)
        is_cut |= len(ends) > room or MOST_LINKS in (len(found), len(proposed))
        fresh = set(ends[:room])
        known |= fresh
    if len(known) == 1:
        return Hanging(key, {}, {})
    both: dict[str, Any] = {"one__in": known, "other__in": known}
    no = models.Match.objects.filter(**both, state=Judged.REFUSED)
    refused = {(row.one, row.other): _said(row) for row in no}
    same, likely = (
        {two: weight for two, weight in links.items() if known.issuperset(two)}
        for links in (same, likely)
    )
    return Hanging(key, same, refused, likely, **_evidence(known, both), is_cut=is_cut)


def _confirmed(near: Q) -> list[models.Match]:
    """Confirmations, always in one order."""
    rows = models.Match.objects.filter(near, state=Judged.CONFIRMED)
    return list(rows.order_by("one", "other", "pk")[:MOST_LINKS])


def _said(row: models.Match) -> str:
    day = f" on {civil.day_of(row.decided_at):%d %B %Y}" if row.decided_at else ""
    return f"said not to be one person{day}: {row.reason}"


def _evidence(known: set[UUID], both: Mapping[str, Any]) -> dict[str, Any]:
    """What the engine filed of those that hang together, and what their records themselves say against it.

    Nobody is shown these records yet: who is told of them is read again, and then it is noted.
    """
    filed = models.Likeness.objects.filter(**both)
    with guarded_watch.unwatched():
        rows = models.Person.objects.filter(pk__in=known)
        said = {row.pk: row.statements for row in rows}
    sorts = conflicts.unique(civil.day_of(clock.now()))
    found = conflicts.clashes(said, sorts)
    return {
        "weights": {(row.one, row.other): row.weight for row in filed},
        "clashes": {(each.one, each.other): each for each in found},
        "read": frozenset(said),
    }
