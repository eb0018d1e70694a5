"""One record, with everything that stands beside it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing, Refused
from crossforce.people.choices import Actor
from crossforce.records import models
from crossforce.records.choices import Place
from crossforce.records.governed import GovernedRecord
from crossforce.records.queries import naming
from crossforce.records.queries.kinds import kind_of, model_of, models_by_kind
from crossforce.records.queries.places import (
    UNKNOWN,
    describe,
    in_words,
    known_to_me,
    note,
    place_of,
)
from crossforce.records.rules import marking
from crossforce.records.rules.changes import Change, changes
from crossforce.records.rules.retention import Review

MAY: Final = """
SELECT a FROM unnest(%s::text[]) a
 WHERE %s = ANY (access_scopes(%s, a)) OR %s = ANY (access_rows(%s, a))
"""
FINDS: Final = "SELECT records_scopes('find'), records_rows('find')"
BESIDE: Final = (
    "purposes",
    "source_system",
    "source_reference",
    "review_group",
    "review_due",
    "disposal",
)


class FoundOnly(Exception):
    """The actor may know that the record exists, and no more: `found` is what may be shown."""

    def __init__(self, found: "Found") -> None:
        self.found = found
        super().__init__(str(found.pointer))


@dataclass(frozen=True, slots=True)
class Found:
    """What `find` shows: that a record exists, who holds it, the fields that its kind allows."""

    pointer: models.Pointer
    place: Place
    holder: str

    @property
    def fields(self) -> Mapping[str, Any]:
        """The allowed fields that are filled in."""
        return {name: value for name, value in self.pointer.fields.items() if value}


@dataclass(frozen=True, slots=True)
class Named:
    """A record that is spoken of elsewhere: what it is called, and how it is marked."""

    title: str
    marking: str


@dataclass(frozen=True, slots=True)
class Linked:
    """The other end of a link, as far as the actor may know it."""

    link: models.Link
    title: str
    kind: str
    id: UUID
    is_from_here: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as its reader sees it; `may` are the actions that are theirs."""

    row: GovernedRecord
    place: Place
    holder: str
    collection: str
    may: frozenset[str]
    links: Sequence[Linked]
    holds: Sequence[models.Hold]
    proposals: Sequence[models.Proposal]
    names: Mapping[naming.Act, str]


@guarded.acts
def shown(actor: Actor, kind: str, record: UUID) -> Shown:
    """One record. Raises Missing; FoundOnly where the actor may find it and not read it."""
    row = _row(kind, record)
    place = place_of(row.scope_id)
    words = in_words([place])
    holds = list(models.Hold.objects.filter(record=record).order_by("-placed_at"))
    proposals = list(models.Proposal.objects.filter(record=record).order_by("-proposed_at"))
    return Shown(
        row=row,
        place=place,
        holder=words.get(place.holder, place.holder),
        collection=words.get(place.collection, place.collection),
        may=may(kind, row),
        links=links(record),
        holds=holds,
        proposals=proposals,
        names=naming.who(
            actor, [(row.created_by, row.created_at), (row.changed_by, row.changed_at)]
        ),
    )


@guarded.acts
def changeable(actor: Actor, kind: str, record: UUID, action: str) -> Shown:
    """The same, for a page that does something to it. Raises Missing, FoundOnly; Refused."""
    found = shown(actor, kind, record)
    if action not in found.may:
        raise Refused(f"You may read this record, but not {action} it: ask its holder.")
    return found


@guarded.acts
def history(actor: Actor, kind: str, record: UUID) -> tuple[Shown, list[Change]]:
    """How a record changed, newest first, and by whom. Raises Missing."""
    found = shown(actor, kind, record)
    fields = (*kind_of(kind).fields, *BESIDE, "marking", "collection", "compartment")
    states = list(found.row.events.order_by("pgh_id").values())  # type: ignore[attr-defined]
    places = known_to_me(state["scope_id"] for state in states)
    for state in states:
        place = places.get(state["scope_id"], UNKNOWN)
        state |= {
            name: getattr(place, name) for name in ("marking", "collection", "compartment")
        }
    names = naming.who(actor, [(state["changed_by"], state["changed_at"]) for state in states])
    return replace(found, names=names), list(reversed(list(changes(states, fields))))


def reviews_of(rows: Sequence[GovernedRecord]) -> Mapping[UUID, Sequence[Review]]:
    """With which group and day of review each state left each of these records of a kind, the oldest first."""
    found = defaultdict[UUID, list[Review]](list)
    if not rows:
        return found
    history: Any = type(
        rows[0]
    )._meta  # which has its states by a decorator that no type knows of
    states = history.get_field("events").related_model.objects
    of = states.filter(pgh_obj_id__in=[row.pk for row in rows]).order_by("pgh_id")
    for key, *said in of.values_list("pgh_obj_id", "changed_by", "review_group", "review_due"):
        found[key].append(Review(*said))
    return found


def may(kind: str, row: GovernedRecord) -> frozenset[str]:
    """What the actor may do to a record that they read."""
    with connection.cursor() as cursor:
        cursor.execute(MAY, [list(kind_of(kind).actions), row.scope_id, kind, row.pk, kind])
        return frozenset(action for (action,) in cursor.fetchall())


def links(record: UUID) -> list[Linked]:
    """Links of a record whose other end the actor may at least find."""
    rows = models.Link.objects.filter(Q(one=record) | Q(other=record)).order_by("linked_at")
    ends = [
        (row, row.other_kind, row.other, True)
        if row.one == record
        else (row, row.one_kind, row.one, False)
        for row in rows
    ]
    known = titles([(kind, end) for _, kind, end, _ in ends])
    return [
        Linked(row, known.get(end) or kind_of(kind).title, kind, end, is_from_here)
        for row, kind, end, is_from_here in ends
    ]


def titles(records: Sequence[tuple[str, UUID]]) -> dict[UUID, str]:
    """What records are called that the actor may find; or read, which does not follow from it."""
    found = {row.pk: row.title for row in pointers(key for _, key in records).values()}
    for kind in {kind for kind, key in records if key not in found}:
        wanted = [key for each, key in records if each == kind and key not in found]
        found |= {row.pk: row.title for row in model_of(kind).objects.filter(pk__in=wanted)}
    return found


@guarded.acts
def named(actor: Actor, records: Sequence[tuple[str, UUID]]) -> dict[UUID, Named]:
    """Those of the records that the actor may find or read, by kind and id; a look that is written down."""
    those = [(kind, key) for kind, key in records if kind in models_by_kind()]
    found: dict[UUID, Any] = dict(pointers(key for _, key in those))
    for kind in {kind for kind, key in those if key not in found}:
        wanted = [key for each, key in those if each == kind and key not in found]
        found |= {row.pk: row for row in model_of(kind).objects.filter(pk__in=wanted)}
    places = describe(row.scope_id for row in found.values())
    return {key: _named(row.title, places[row.scope_id]) for key, row in found.items()}


def _named(title: str, place: Place) -> Named:
    return Named(title, marking.line([place.marking], [place.compartment]))


def pointers(records: Iterable[UUID]) -> dict[UUID, models.Pointer]:
    """Pointers that the actor may find; that they were looked at is written down."""
    found = {row.pk: row for row in models.Pointer.objects.filter(pk__in=list(records))}
    note(found.values())
    return found


def name_of(holder: str) -> str:
    """The name of an organisation."""
    return in_words([Place(holder)]).get(holder, holder)


def _row(kind: str, record: UUID) -> GovernedRecord:
    row: GovernedRecord | None = model_of(kind).objects.filter(pk=record).within_reach().first()
    if row is not None:
        return row
    pointer = _pointer(kind, record)
    if pointer is None:
        raise Missing
    place = place_of(pointer.scope_id)
    raise FoundOnly(Found(pointer, place, name_of(place.holder)))


@guarded.acts
def found(actor: Actor, kind: str, record: UUID) -> Found:
    """The pointer of a record that the actor may find and not read; written down. Raises Missing."""
    pointer = _pointer(kind, record)
    if pointer is None:
        raise Missing
    note([pointer])
    place = place_of(pointer.scope_id)
    return Found(pointer, place, name_of(place.holder))


def _pointer(kind: str, record: UUID) -> models.Pointer | None:
    """The pointer, by the actor's reach as literals, as rows are read here: a policy is worked out only
    where there is a row to test, and whoever times an answer would know a hidden record from none.
    """
    with connection.cursor() as cursor:
        cursor.execute(FINDS)
        scopes, rows = cursor.fetchone()
    near = Q(scope_id__in=scopes) | Q(pk__in=rows) if rows else Q(scope_id__in=scopes)
    return models.Pointer.objects.filter(near, pk=record, kind=kind).first()
