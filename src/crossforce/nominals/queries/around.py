"""Who is one person with somebody: by what people decided, and by what the engine proposes where no evidence splits it.

All of it is worked out from what whoever asks reads: what they do not know of joins nothing for them, and splits nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
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
from crossforce.nominals.rules.conflicts import Clash
from crossforce.nominals.rules.hanging import Hanging, Two
from crossforce.nominals.searching.answers import Hit
from crossforce.people.api import Actor

MOST_TOGETHER: Final = 200
MOST_LINKS: Final = 20 * MOST_TOGETHER
"""So many are asked for at each step: those of as many records are far fewer, where they are of people."""
MOST_STEPS: Final = 12
"""So far is gone from link to link: what hangs together further off is hardly of one person."""
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
    nearest first. Of pairs and conflicts no more than a page is told. `is_cut`: more records hang together with this one than
    are looked at.
    """

    confirmed: Sequence[Seen] = ()
    apart: Sequence[tuple[Seen, Seen]] = ()
    waiting: Sequence[Pair] = ()
    refused: Sequence[Pair] = ()
    likely: Sequence[Seen] = ()
    conflicts: Sequence[Conflict] = ()
    has_more_waiting: bool = False
    has_more_refused: bool = False
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
    asked: list[models.Match] = []
    with guarded_watch.unwatched():
        hanging = _hanging(key, asked)
    decided, likely = hanging.decided(), hanging.likely()
    more = likely.members - decided.members
    found = hanging.against(decided, likely)
    against = found[:PAGE]
    ends = {*decided.members, *more, *(end for two in decided.apart for end in two)}
    ends |= {end for each in against for end in each.two}
    read = searching.read_anew([Hit(end, 0, None, ()) for end in ends], (PERSON,))
    seen = {each.id: each for each in read}
    apart = [(seen[one], seen[two]) for one, two in decided.apart if {one, two} <= seen.keys()]
    _shown(row for row in asked if {row.one, row.other} <= seen.keys())
    mine = Q(one=key) | Q(other=key)
    waiting = list(matching.undecided(DECIDED).filter(mine)[: PAGE + 1])
    refused, has_more_refused = _refused(actor, mine)
    mates, others = (
        [seen[each] for each in sorted(some) if each in seen]
        for some in (decided.members - {key}, more)
    )
    return Around(
        mates,
        apart,
        list(matching.pairs_of(actor, waiting[:PAGE])),
        refused,
        others,
        [
            Conflict(seen[one], seen[two], why, is_split)
            for (one, two), why, is_split in against
            if {one, two} <= seen.keys()
        ],
        len(waiting) > PAGE,
        has_more_refused,
        len(found) > PAGE,
        hanging.is_cut,
    )


def _refused(actor: Actor, mine: Q) -> tuple[list[Pair], bool]:
    """What was refused last, and whether there is more."""
    rows = models.Match.objects.filter(mine, state=Judged.REFUSED)
    with guarded_watch.unwatched():
        no = list(rows.order_by("-decided_at", "pk")[: PAGE + 1])
    pairs = list(matching.pairs_of(actor, no[:PAGE]))
    _shown(each.match for each in pairs if each.match)
    return pairs, len(no) > PAGE


def _shown(rows: Iterable[models.Match]) -> None:
    """The matches that are told are consulted: what was only worked with is not."""
    for row in rows:
        guarded_watch.saw(row)


def _hanging(key: UUID, asked: list[models.Match]) -> Hanging:
    """What hangs together with a record by confirmations and by proposals, step by step, as far as MOST_TOGETHER records.

    The matches that it is worked out from are put to those that were `asked`.
    """
    known, fresh, is_cut = {key}, {key}, False
    for _ in range(MOST_STEPS):
        if not fresh:
            break
        links = [_onward(rows, fresh, known) for rows in _linked()]
        ends = list(
            dict.fromkeys(end for two in chain(*links) for end in two if end not in known)
        )
        room = MOST_TOGETHER - len(known)
        is_cut |= len(ends) > room or MOST_LINKS in map(len, links)
        fresh = set(ends[:room])
        known |= fresh
    if len(known) == 1:
        return Hanging(key, {}, {})
    both: dict[str, Any] = {"one__in": known, "other__in": known}
    decided = models.Match.objects.filter(**both, state__in=DECIDED).order_by(
        "one", "other", "pk"
    )
    same, refused = dict[Two, float](), dict[Two, str]()
    for row in decided:
        asked.append(row)
        if row.state == Judged.CONFIRMED:
            same[row.one, row.other] = SURE + (row.weight or 0.0)
        else:
            refused[row.one, row.other] = _said(row)
    filed = models.Likeness.objects.filter(**both).values_list("one", "other", "weight", "lean")
    weights, likely = dict[Two, float](), dict[Two, float]()
    for one, other, weight, lean in filed:
        weights[one, other] = weight
        if lean == Lean.PROPOSE and (one, other) not in same and (one, other) not in refused:
            likely[one, other] = weight
    clashes, read = _evidence(known)
    return Hanging(key, same, refused, likely, weights, clashes, read, is_cut or bool(fresh))


def _linked() -> tuple[Any, Any]:
    """What holds records together: confirmations, then proposals, the strongest first."""
    confirmed = models.Match.objects.filter(state=Judged.CONFIRMED)
    proposed = matching.undecided(DECIDED).filter(lean=Lean.PROPOSE)
    return confirmed.order_by("one", "other", "pk"), proposed


def _onward(rows: Any, fresh: set[UUID], known: set[UUID]) -> list[Two]:
    """Links from these to what is not known yet."""
    near = Q(one__in=fresh) & ~Q(other__in=known) | Q(other__in=fresh) & ~Q(one__in=known)
    return list(rows.filter(near).values_list("one", "other")[:MOST_LINKS])


def _said(row: models.Match) -> str:
    day = f" on {civil.day_of(row.decided_at):%d %B %Y}" if row.decided_at else ""
    return f"said not to be one person{day}: {row.reason}"


def _evidence(known: set[UUID]) -> tuple[dict[Two, Clash], frozenset[UUID]]:
    """What the records that hang together say themselves against it, and which of them are read.

    Nobody is shown these yet: who is told of them is read again, and then it is noted.
    """
    said = {row.pk: row.statements for row in models.Person.objects.filter(pk__in=known)}
    found = conflicts.clashes(said, conflicts.unique(civil.day_of(clock.now())))
    return {(each.one, each.other): each for each in found}, frozenset(said)
