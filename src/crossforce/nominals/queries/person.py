"""One person as forces hold them: what may be read, said fact by fact; with whom and what they are tied; through time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Missing
from crossforce.nominals import models
from crossforce.nominals.choices import EVENT, LOCATION, PERSON, POLE
from crossforce.nominals.queries import searching
from crossforce.nominals.queries.around import Around, around
from crossforce.nominals.queries.searching import MODELS, Seen
from crossforce.nominals.searching import written
from crossforce.nominals.searching.answers import DAYS, Hit
from crossforce.nominals.searching.asking import SORTS, Wanted, advanced
from crossforce.nominals.searching.entries import entry
from crossforce.nominals.searching.levels import Day
from crossforce.people.api import Actor
from crossforce.records import api as records

OWN: Final = frozenset({"pnc", "cro", "nino", "driving-licence", "passport"})
"""Numbers that one person has for themself."""
WHOLE: Final = len("1980-05-12")
MOST_TIES: Final = 200
MOST_OTHERS: Final = 10
FIRST: Final = ("warning", "category", "name", "birth", "sex")
"""What is said first of a person: warnings before anything else."""
TOLD: Final = ("asserted", "as_of", "source", "confidence", "verified_by")
HELD: Final[Mapping[str, Any]] = {**MODELS, EVENT: models.Event}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a holder says, from where and how sure."""

    about: str
    value: Mapping[str, Any]
    asserted: str
    as_of: str
    since: str
    until: str
    source: str
    confidence: str
    holder: str
    verified_by: str
    record: UUID
    number: str


@dataclass(frozen=True, slots=True)
class Tied:
    """With whom or what the person is tied by the record `of`, as far as whoever asks may at least know of it."""

    role: str
    is_from: bool
    since: str
    until: str
    kind: str
    key: UUID
    seen: Seen
    of: Seen


@dataclass(frozen=True, slots=True)
class Moment:
    """Something at a time, as far as the time is known, by the record `of`."""

    at: str
    until: str
    what: str
    words: str
    of: Seen
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person's record with all that bears on it, and on `mates`: those confirmed to be of the same person.

    Records are never merged: each fact, tie and moment says of which it is. `others` may be the same person, and nobody
    has said otherwise.
    """

    seen: Seen
    mates: Sequence[Seen]
    around: Around
    facts: Sequence[Fact]
    ties: Sequence[Tied]
    others: Sequence[Seen]
    moments: Sequence[Moment]
    marking: str
    is_cut: bool = False
    """Whether there are more ties than are told: the newest are."""

    @property
    def warned(self) -> list[Seen]:
        """The records with warnings, that which was asked for first."""
        return [each for each in (self.seen, *self.mates) if each.warnings]

    @property
    def places(self) -> list[Tied]:
        """Places that are on a map."""
        return [
            tie
            for tie in self.ties
            if tie.kind == LOCATION
            and tie.seen.row is not None
            and tie.seen.row.latitude is not None
        ]


class KnownOnly(Exception):
    """Whoever asks may know that the person is held, and by whom, and no more: that is `seen`."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        super().__init__()


@guarded.acts
def person(actor: Actor, key: UUID, *, on: date) -> Person:
    """The person, and what bears on them. Raises Missing; KnownOnly where one may only know of them."""
    found = searching.read_anew([Hit(key, 0, None, ())], (PERSON,))
    if not found or found[0].kind != PERSON:
        raise Missing
    seen = found[0]
    if not seen.is_readable:
        raise KnownOnly(seen)
    matched = around(actor, key)
    mates = [each for each in matched.confirmed if each.is_readable]
    every = [seen, *mates]
    ties, is_cut = _ties(every)
    told = {each.id: facts(each.row, each.holder) for each in every}
    known = {each.id for each in (*matched.confirmed, *matched.likely)}
    known |= {each.id for pair in matched.refused for each in (pair.one, pair.other)}
    apart = (each.ends for each in matched.conflicts if each.is_split)
    known |= {end for ends in apart if seen.id in ends for end in ends}
    others = [each for each in _others(seen.row, on) if each.id not in known]
    return Person(
        seen,
        mates,
        matched,
        together([fact for each in every for fact in told[each.id]]),
        ties,
        others,
        sorted(_moments(every, told, ties), key=lambda each: each.at, reverse=True),
        searching.marking_of([seen, *others, *(tie.seen for tie in ties), *matched.seen]),
        is_cut,
    )


def facts(row: Any, holder: str) -> list[Fact]:
    """What a record says, warnings first, then in the order in which it says it."""
    told = [_fact(each, row, holder) for each in row.statements if isinstance(each, dict)]
    return sorted(told, key=lambda each: FIRST.index(each.about) if each.about in FIRST else 9)


def together(told: Sequence[Fact]) -> list[Fact]:
    """What several records say: warnings first, then what they say of one thing side by side."""
    order = [*FIRST, *dict.fromkeys(each.about for each in told if each.about not in FIRST)]
    return sorted(told, key=lambda each: order.index(each.about))


def _fact(said: Mapping[str, Any], row: Any, holder: str) -> Fact:
    value = said.get("value")
    told = {name: str(said.get(name, "")) for name in TOLD}
    return Fact(
        about=str(said.get("about", "")),
        value=value if isinstance(value, dict) else {"": value},
        since=str(said.get("from", "")),
        until=str(said.get("to", "")),
        holder=holder,
        record=row.pk,
        number=row.number,
        **told,
    )


def _ties(every: Sequence[Seen]) -> tuple[list[Tied], bool]:
    """Those whose other end one may know of: a role and its days would tell of what is hidden. And whether they are cut."""
    of = {each.id: each for each in every}
    between = Q(one__in=list(of)) | Q(other__in=list(of))
    rows = list(
        models.Tie.objects.filter(between).order_by("-created_at", "pk")[: MOST_TIES + 1]
    )
    rows, is_cut = rows[:MOST_TIES], len(rows) > MOST_TIES
    ends = [
        (tie, *((tie.other_kind, tie.other) if tie.one in of else (tie.one_kind, tie.one)))
        for tie in rows
    ]
    seen = read_ends((kind, end) for _, kind, end in ends)
    tied = [
        Tied(
            tie.role,
            tie.one in of,
            tie.since,
            tie.until,
            kind,
            end,
            seen[end],
            of[tie.one if tie.one in of else tie.other],
        )
        for tie, kind, end in ends
        if end in seen
    ]
    return tied, is_cut


def read_ends(ends: Iterable[tuple[str, UUID]]) -> dict[UUID, Seen]:
    """The other ends of ties, each as far as whoever asks may read it or know of it."""
    wanted = list(ends)
    rows: dict[UUID, Any] = {}
    for kind in POLE:
        if keys := {key for each, key in wanted if each == kind}:
            rows |= {row.pk: row for row in HELD[kind].objects.filter(pk__in=keys)}
    rest = [key for _, key in wanted if key not in rows]
    pointers = {row.pk: row for row in records.pointers(rest)} if rest else {}
    found: dict[UUID, Any] = {**pointers, **rows}
    places = records.places_of({each.scope_id for each in found.values()})
    words = records.names_of_places(places.values())
    return {
        key: Seen(
            each.record_kind if key in rows else each.kind,
            key,
            searching.title(each),
            (place := places[each.scope_id]),
            words.get(place.holder, place.holder),
            (),
            rows.get(key),
        )
        for key, each in found.items()
    }


def _others(row: Any, on: date) -> list[Seen]:
    """Records that may be of the same person, by a number of their own, or by name and whole date of birth.

    Nothing is merged by that: each stays its holder's, with the reason beside it.
    """
    reach, found = searching.reached((PERSON,)), dict[UUID, Hit]()
    for number in entry(row.pk, 0, row.values()).numbers:
        if number.scheme in OWN:
            found |= {hit.key: hit for hit in searching.keys(Wanted(number=number), reach)}
    if row.family_name and row.given_names and len(row.born) == WHOLE:
        born = "/".join(str(int(part)) for part in reversed(row.born.split("-")))
        wanted = advanced(family=row.family_name, given=row.given_names, born=born, at=on)
        alike = (
            hit for hit in searching.keys(wanted, reach) if DAYS[Day.EXACT] in _reasons(hit)
        )
        found |= {hit.key: hit for hit in alike if hit.key not in found}
    found.pop(row.pk, None)
    return searching.read_anew(list(found.values())[:MOST_OTHERS], (PERSON,))


def _reasons(hit: Hit) -> str:
    return "; ".join(hit.reasons).lower()


def _moments(
    every: Sequence[Seen], told: Mapping[UUID, Sequence[Fact]], ties: Sequence[Tied]
) -> Iterator[Moment]:
    for tie in ties:
        event = tie.seen.row if tie.kind == EVENT else None
        if event is not None and event.happened_from:
            at = event.happened_from.astimezone(civil.LONDON).date().isoformat()
            words = event.summary or tie.seen.title
            yield Moment(at, "", tie.role, words, tie.of, tie.seen)
        elif tie.since:
            yield Moment(tie.since, tie.until, tie.role, tie.seen.title, tie.of, tie.seen)
    for each in every:
        for fact in told[each.id]:
            if when := fact.since or _born(fact):
                yield Moment(when, fact.until, fact.about, in_words(fact), each)


def _born(fact: Fact) -> str:
    """The day of a birth. Of what else says no day of its own, as of when it was said is none of theirs."""
    said = fact.value.get("on") or fact.value.get("date") if fact.about == "birth" else ""
    return str(said or "")


def in_words(fact: Fact) -> str:
    """What a fact says, in a line; of a number first what it is."""
    sort = fact.value.get("type")
    said = {**fact.value, "type": SORTS.get(str(sort), sort)} if sort else dict(fact.value)
    if fact.about == "birth" and (day := said.get("date")):
        said["date"] = written.text(str(day))
    return ", ".join(filter(None, map(_plain, said.values())))


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(_plain, value))
    return "" if value is None else str(value)
