"""Search as whoever asks: the index finds within their scopes, and what it found is read anew under row security."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from crossforce.kernel import guarded, statements
from crossforce.kernel.refusals import Refused
from crossforce.nominals import models
from crossforce.nominals.choices import LOCATION, OBJECT, PERSON, SEARCHED
from crossforce.nominals.queries import indexed
from crossforce.nominals.searching import asking, numbers, places
from crossforce.nominals.searching.answers import Answer, Hit
from crossforce.nominals.searching.asking import Wanted
from crossforce.nominals.searching.finding import MOST, Searcher
from crossforce.nominals.searching.index import Index, Opened
from crossforce.nominals.searching.weighing import Question
from crossforce.people.api import Actor
from crossforce.records import api as records

PAGE: Final = 20
PAGES: Final = 2 * MOST // PAGE
"""Of what may be read, and of pointers after it."""
SUGGESTED: Final = 8
REACH: Final = "SELECT * FROM nominals_reach(%s)"
MODELS: Final[Mapping[str, Any]] = {
    PERSON: models.Person,
    OBJECT: models.Object,
    LOCATION: models.Location,
}


class MayNotTakeOut(Refused):
    """Nothing was found that you may take out. Ask the holder of what you may read."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A record that answers: `row` is read, or None where one may only know that there is one, and whom to ask."""

    kind: str
    id: UUID
    title: str
    place: records.Place
    holder: str
    reasons: Sequence[str]
    row: Any = None

    @property
    def is_readable(self) -> bool:
        return self.row is not None

    @property
    def warnings(self) -> Sequence[str]:
        """What to know before anything else."""
        return getattr(self.row, "warnings", ())


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what answers, best first; how many there are in all, of those that may be read and of pointers."""

    seen: Sequence[Seen] = ()
    readable: int = 0
    pointers: int = 0
    page: int = 1
    pages: int = 1
    marking: str = "OFFICIAL"
    words: Sequence[str] = ()
    is_ready: bool = True

    @property
    def total(self) -> int:
        return self.readable + self.pointers


@dataclass(frozen=True, slots=True)
class Reach:
    """How far whoever acts reaches: their scopes, and single records that were opened to them."""

    searcher: Searcher
    opened: Opened


@dataclass(slots=True)
class Together:
    """Answers of several indexes as one: what agrees in more of them comes first."""

    hits: dict[UUID, Hit] = field(default_factory=dict)
    times: Counter[UUID] = field(default_factory=Counter)
    readable: int = 0
    pointers: int = 0

    def take(self, answer: Answer) -> None:
        """One more."""
        self.readable += answer.readable or 0
        self.pointers += answer.pointers or 0
        for hit in answer.hits:
            self.times[hit.key] += 1
            before = self.hits.get(hit.key)
            if before is not None:
                is_read = before.readable and hit.readable
                self.readable -= is_read
                self.pointers -= not is_read
            self.hits[hit.key] = hit if before is None else _both(before, hit)

    @property
    def ranked(self) -> list[Hit]:
        """What may be read, the best first, as each index has them; then pointers, in an order that says nothing."""
        read = [hit for hit in self.hits.values() if hit.readable]
        pointers = [hit for hit in self.hits.values() if not hit.readable]
        read.sort(key=lambda hit: -self.times[hit.key])
        return [*read, *sorted(pointers, key=lambda hit: hit.key)]


@guarded.acts
def find(
    actor: Actor, wanted: Wanted, *, page: int = 1, kinds: Sequence[str] = SEARCHED
) -> Found:
    """One page of who or what answers, across all forces, as far as clauses reach."""
    reach = reached(kinds)
    found = Together()
    for answer in _answers(wanted, reach):
        found.take(answer)
    ranked = found.ranked
    shown = ranked[(page - 1) * PAGE : page * PAGE]
    seen = read_anew(shown, kinds)
    return Found(
        seen,
        found.readable,
        found.pointers,
        page,
        max(-(-len(ranked) // PAGE), 1),
        marking_of(seen),
        asking.in_words(wanted),
        is_ready=bool(ranked) or indexed.is_whole(),
    )


@guarded.acts
def suggest(actor: Actor, wanted: Wanted) -> Found:
    """Who or what may be meant by a line that is still being written: of what may be read, uncounted."""
    reach, held = reached(SEARCHED), indexed.catalogue()
    found = Together()
    if wanted.person:
        found.take(held.people.suggest(wanted.person, reach.searcher, SUGGESTED))
    if wanted.number:
        found.take(
            held.numbers.suggest(numbers.begins(wanted.number), reach.searcher, SUGGESTED)
        )
    if wanted.address:
        found.take(held.places.suggest(places.ask(wanted.address), reach.searcher, SUGGESTED))
    seen = [each for each in read_anew(found.ranked[:SUGGESTED]) if each.is_readable]
    return Found(seen, len(seen), marking=marking_of(seen), words=asking.in_words(wanted))


def reached(kinds: Sequence[str] = SEARCHED) -> Reach:
    """How far whoever acts reaches in these kinds."""
    return reach_from(statements.answers(REACH, list(kinds)))


def reach_from(rows: Iterable[tuple[Any, ...]]) -> Reach:
    """What the database answers about somebody's reach, for an index to search within."""
    found = {action: (scopes, single) for action, scopes, single in rows}
    (read, opened), (find, pointed) = found["read"], found["find"]
    return Reach(Searcher.of(read, find), Opened(frozenset(opened), frozenset(pointed)))


def keys(wanted: Wanted, reach: Reach) -> list[Hit]:
    """The best that answer, not read yet."""
    found = Together()
    for answer in _answers(wanted, reach):
        found.take(answer)
    return found.ranked


def _answers(wanted: Wanted, reach: Reach) -> Iterator[Answer]:
    """What each index answers: as it was asked among what may be read, then by `_pointed`."""
    held, read = indexed.catalogue(), reach.searcher.reading
    opened = Opened(reach.opened.read)
    if wanted.number:
        yield held.numbers.find(numbers.near(wanted.number), read, MOST, opened)
    if wanted.person:
        yield held.people.find(wanted.person, read, MOST, opened)
    if wanted.address:
        yield held.places.find(places.ask(wanted.address), read, MOST, opened)
    if not wanted.is_pattern:
        yield from _pointed(wanted, reach)


def _pointed(wanted: Wanted, reach: Reach) -> Iterator[Answer]:
    """Of what may only be known of: who is called so and what has this very number, both whole and to the letter.

    By dates, addresses, initials, parts and slips one would find out, guess by guess, what one may not read.
    """
    held = indexed.catalogue()
    asked: list[tuple[Index, Question]] = []
    if wanted.number and not wanted.number.is_place:
        asked.append((held.numbers, numbers.exactly(wanted.number)))
    if wanted.person and (named := wanted.person.wholly):
        asked.append((held.people, named))
    for index, question in asked:
        found = index.find(question, reach.searcher, MOST, reach.opened)
        pointers = tuple(hit for hit in found.hits if not hit.readable)
        yield Answer(pointers, 0, found.pointers)


def read_anew(hits: Sequence[Hit], kinds: Iterable[str] = SEARCHED) -> list[Seen]:
    """What was found, as it may be seen at this instant; what may no longer be known of is not there."""
    rows: dict[UUID, Any] = {}
    wanted = [hit.key for hit in hits]
    for kind in kinds if wanted else ():
        rows |= {row.pk: row for row in MODELS[kind].objects.filter(pk__in=wanted)}
    rest = [key for key in wanted if key not in rows]
    pointers = {row.pk: row for row in records.pointers(rest)} if rest else {}
    found: dict[UUID, Any] = {**pointers, **rows}
    places_ = records.places_of({each.scope_id for each in found.values()})
    words = records.names_of_places(places_.values())
    seen = []
    for hit in hits:
        if (each := found.get(hit.key)) is None:
            continue
        place, row = places_[each.scope_id], rows.get(hit.key)
        holder = words.get(place.holder, place.holder)
        kind, reasons = (each.kind, ()) if row is None else (row.record_kind, hit.reasons)
        seen.append(Seen(kind, hit.key, title(each), place, holder, reasons, row))
    return seen


def disclosable(seen: Sequence[Seen]) -> list[Seen]:
    """Those that whoever acts may disclose. Raises MayNotTakeOut, where there are none."""
    open_ = may_take_out(seen)
    found = [each for each in seen if each.id in open_]
    if not found:
        raise MayNotTakeOut
    return found


def may_take_out(seen: Iterable[Seen]) -> set[UUID]:
    """Which of these whoever acts may disclose: a file is offered where there is one."""
    read = [each for each in seen if each.is_readable]
    may = {kind: records.allowed(kind, "disclose") for kind in {each.kind for each in read}}
    return {each.id for each in read if may[each.kind](each.row)}


def title(row: Any) -> str:
    """What a record is called where it may be read; a pointer bears its number."""
    if row.__class__ is models.Person:
        name = f"{row.family_name.upper()}, {row.given_names}".strip(", ")
        return name or row.title
    if row.__class__ is models.Object:
        return f"{row.identifier or row.number} ({row.what})"
    if row.__class__ is models.Location:
        return ", ".join(filter(None, (row.address, row.postcode))) or row.title
    return str(row.title)


def _both(one: Hit, other: Hit) -> Hit:
    """A record that answers in two ways."""
    if one.weight is None or other.weight is None:
        return other if one.weight is None else one
    return Hit(one.key, one.scope, one.weight + other.weight, (*one.reasons, *other.reasons))


def marking_of(seen: Sequence[Seen]) -> str:
    """The marking of an answer: the highest of what is in it."""
    return records.marking_line(
        (each.place.marking for each in seen), (each.place.compartment for each in seen)
    )
