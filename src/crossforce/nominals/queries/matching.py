"""Pairs that may be one person, as far as whoever asks may read both; and what people decided of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from crossforce.kernel import guarded, guarded_rows, guarded_watch
from crossforce.kernel.guarded_newest import among
from crossforce.kernel.refusals import Missing
from crossforce.nominals import models
from crossforce.nominals.choices import MATCH, PERSON, Judged
from crossforce.nominals.queries import searching, weighed
from crossforce.nominals.queries.searching import Seen
from crossforce.nominals.searching.answers import Hit
from crossforce.people.api import Actor
from crossforce.records import api as records

PAGE: Final = 50
COUNTED: Final = 1_000
"""So far are pairs counted that wait: then it is “more than”."""
DECIDED: Final = (Judged.CONFIRMED, Judged.REFUSED)
WAITING, LEFT, SECOND = "waiting", "left", "second"
STATES: Final = (WAITING, LEFT, SECOND, *(each.value for each in Judged))
"""How pairs may be asked for: what is proposed was left for later, or waits for a second person."""


class NoSuchPair(Missing):
    """There are no such two records, or none that you may both read."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, what the engine found, and what was decided; each as far as there is any."""

    one: Seen
    other: Seen
    likeness: models.Likeness | None
    match: models.Match | None
    weighed: Sequence[models.Weighed] = ()
    """What they weighed each time that somebody decided, the last first."""

    @property
    def state(self) -> str:
        """How it stands: what nobody decided waits."""
        return self.match.state if self.match else WAITING

    @property
    def is_half(self) -> bool:
        """Whether one person has confirmed them, and another has to."""
        return bool(self.match and self.state == Judged.PROPOSED and self.match.first_by)

    @property
    def weight(self) -> float | None:
        said = self.likeness or self.match
        return said.weight if said else None

    @property
    def lean(self) -> str:
        said = self.likeness or self.match
        return said.lean if said else ""

    @property
    def is_across(self) -> bool:
        """Whether two holders' records."""
        return self.one.place.holder != self.other.place.holder


@dataclass(frozen=True, slots=True)
class Found:
    """A page of pairs, and how many there are; `is_more`: or more, which nobody counted."""

    pairs: Sequence[Pair]
    total: int
    page: int
    is_more: bool
    marking: str

    @property
    def pages(self) -> int:
        return max(-(-self.total // PAGE), 1)


def ordered(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """The lesser first, as pairs are held. Raises NoSuchPair for one record twice."""
    if one == other:
        raise NoSuchPair
    return (one, other) if one < other else (other, one)


@guarded.acts
def pair(actor: Actor, one: UUID, other: UUID) -> Pair:
    """Two records that whoever acts reads. Raises NoSuchPair."""
    keys = ordered(one, other)
    read = _read(keys)
    if not all(key in read for key in keys):
        raise NoSuchPair
    likeness = models.Likeness.objects.filter(one=keys[0], other=keys[1]).first()
    match = match_of(actor, *keys)
    kept = weighed.of([match])[match.pk] if match else ()
    return Pair(read[keys[0]], read[keys[1]], likeness, match, kept)


@guarded.acts
def match_of(actor: Actor, one: UUID, other: UUID) -> models.Match | None:
    """What was decided of two: by one's own force, or else by another that lets one see it."""
    found = list(models.Match.objects.filter(one=one, other=other).order_by("created_at", "pk"))
    places = records.places_of({each.scope_id for each in found})
    found.sort(key=lambda each: places[each.scope_id].holder != actor.organisation)
    return found[0] if found else None


@guarded.acts
def listed(actor: Actor, *, state: str = WAITING, lean: str = "", page: int = 1) -> Found:
    """A page of pairs in a state, by weight; of what was decided the last first."""
    begin = (page - 1) * PAGE
    rows = _standing(state)
    rows = rows.filter(lean=lean) if lean else rows
    found: list[Any] = list(rows[begin : begin + PAGE])
    is_part = begin or len(found) == PAGE
    total = _counted(rows, begin + COUNTED + 1) if is_part else len(found)
    pairs = list(pairs_of(actor, found))
    marking = searching.marking_of([side for each in pairs for side in (each.one, each.other)])
    return Found(pairs, min(total, begin + COUNTED), page, total > begin + COUNTED, marking)


@guarded.acts
def taken_out(actor: Actor, *, state: str = WAITING, lean: str = "", page: int = 1) -> Found:
    """Those of the page of which both records may be disclosed, for a file. Raises MayNotTakeOut."""
    guarded_watch.takes_out("matches")
    found = listed(actor, state=state, lean=lean, page=page)
    if not found.pairs:
        return found
    pairs = _disclosable(found.pairs)
    if not pairs:
        raise searching.MayNotTakeOut
    _leave_out(found.pairs, pairs)
    return replace(found, pairs=pairs, marking=searching.marking_of(list(_sides(pairs))))


@guarded.acts
def may_take_out(actor: Actor, found: Found) -> bool:
    """Whether a file of this page would have a line."""
    return bool(_disclosable(found.pairs))


def _disclosable(pairs: Sequence[Pair]) -> list[Pair]:
    """Those of which both records may be disclosed."""
    open_ = searching.may_take_out(_sides(pairs))
    return [each for each in pairs if {each.one.id, each.other.id} <= open_]


def _sides(pairs: Iterable[Pair]) -> Iterator[Seen]:
    for each in pairs:
        yield from (each.one, each.other)


def _leave_out(found: Iterable[Pair], pairs: Sequence[Pair]) -> None:
    """What is in no line of the file has not left with it."""
    stays = {each.id for each in _sides(found)} - {each.id for each in _sides(pairs)}
    ours = {each.match.pk for each in pairs if each.match}
    undone = {each.match.pk for each in found if each.match} - ours
    guarded_watch.not_shown({PERSON: frozenset(stays), MATCH: frozenset(undone)})


def _counted(rows: Any, most: int) -> int:
    """How many there are, counted no further. Likenesses are no records: nothing of their number is told elsewhere."""
    if rows.model is models.Likeness:
        return int(rows.order_by()[:most].count())
    return int(rows.counted_to(most))


def _standing(state: str) -> Any:
    """Pairs that stand so."""
    if state == WAITING:
        return undecided([*DECIDED, Judged.PROPOSED])
    rows = models.Match.objects.order_by("-changed_at", "pk")
    if state in (LEFT, SECOND):
        return rows.filter(state=Judged.PROPOSED, first_at__isnull=state == LEFT)
    return rows.filter(state=state)


def undecided(states: Iterable[str]) -> Any:
    """Likenesses of which nobody whom one sees has decided so, by weight."""
    decided = models.Match.objects.filter(
        one=OuterRef("one"), other=OuterRef("other"), state__in=list(states)
    )
    rows = models.Likeness.objects.filter(_reached("one"), _reached("other"), ~Exists(decided))
    return rows.order_by("-weight", "pk")


def _reached(side: str) -> Q:
    """That one reaches a side, as literals: of a million pairs the planner else walks all, to find the few that one reads."""
    far = guarded_rows.reach(PERSON)
    near = Q(among(far.scopes, f"{side}_scope"))
    return near | Q(among(far.rows, side, "uuid")) if far.rows else near


def pairs_of(actor: Actor, rows: Sequence[Any]) -> Iterator[Pair]:
    """Rows of either kind as pairs, of those whose records whoever acts may both read."""
    keys = [(row.one, row.other) for row in rows]
    read = _read([key for both in keys for key in both])
    wanted = Q()
    for one, other in keys:
        wanted |= Q(one=one, other=other)
    is_match = bool(rows) and isinstance(rows[0], models.Match)
    beside: Mapping[Any, Any] = {}
    if rows:
        held = models.Likeness.objects if is_match else models.Match.objects
        beside = {(row.one, row.other): row for row in held.filter(wanted)}
    kept = weighed.of(rows if is_match else beside.values())
    for row, (one, other) in zip(rows, keys, strict=True):
        if one in read and other in read:
            found = beside.get((one, other))
            likeness, match = (found, row) if is_match else (row, found)
            yield Pair(read[one], read[other], likeness, match, kept[match.pk] if match else ())


def _read(keys: Iterable[UUID]) -> dict[UUID, Seen]:
    """Those of the records that may be read."""
    seen = searching.read_anew([Hit(key, 0, None, ()) for key in keys], (PERSON,))
    return {each.id: each for each in seen if each.is_readable}
