"""Lists of records of one kind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from crossforce.kernel import guarded, guarded_rows
from crossforce.kernel.web.lists import Asked, Found
from crossforce.people.choices import Actor
from crossforce.records.choices import Place
from crossforce.records.governed import GovernedRecord
from crossforce.records.queries.kinds import kind_of, model_of
from crossforce.records.queries.places import describe, in_words
from crossforce.records.queries.resting import Counting, begin_counting, counted
from crossforce.records.rules import marking

COUNTED: Final = 1_000
"""Counting stops so far beyond a page: its list says “more than”, and is filtered rather than paged to its end."""
NEWEST: Final = "created_at"


@dataclass(frozen=True, slots=True)
class Listed:
    """A record in a list, and where it is."""

    row: GovernedRecord
    place: Place
    holder: str
    collection: str


class Line(NamedTuple):
    """A record as a list shows it: no more is read of it."""

    id: UUID
    kind: str
    title: str
    place: Place
    holder: str
    collection: str
    review_due: date | None
    created_at: datetime


@guarded.acts
def lines(actor: Actor, kind: str, asked: Asked) -> Found:
    """One page of the same records as a list shows them. Raises NoSuchKind."""
    rows = filtered(kind, asked.filters)
    is_whole = asked.limit is not None and not rows.query.where
    begun = begin_counting(kind, asked.offset + COUNTED + 1) if is_whole else None
    page = _read(kind, rows, asked)
    places = describe({scope for _, scope, *_ in page})
    total, is_more = _total(rows, asked, len(page), places, begun)
    words = in_words(places.values())
    declared = kind_of(kind)
    found = [
        Line(
            key,
            kind,
            declared.title_of(named[0] if named else "", key),
            (place := places[scope]),
            words.get(place.holder, place.holder),
            words.get(place.collection, place.collection),
            due,
            created_at,
        )
        for key, scope, created_at, due, *named in page
    ]
    return Found(found, total, is_more)


def _read(kind: str, rows: Any, asked: Asked) -> list[tuple[Any, ...]]:
    """Of the rows of the page what a line needs."""
    named = kind_of(kind).title_field
    shown = ("review_due", *([named] if named else ()))
    if asked.sort == NEWEST and asked.descending and asked.limit is not None:
        found: list[tuple[Any, ...]] = rows.newest_values(asked.offset + asked.limit, *shown)
        return found[asked.offset :]
    return [
        (row.pk, row.scope_id, row.created_at, *(getattr(row, name) for name in shown))
        for row in _page(kind, rows, asked)
    ]


@guarded.acts
def listed(actor: Actor, kind: str, asked: Asked) -> Found:
    """One page of the records of a kind that the actor may read. Raises NoSuchKind."""
    rows = filtered(kind, asked.filters)
    page = _page(kind, rows, asked)
    places = describe(row.scope_id for row in page)
    words = in_words(places.values())
    found = [_listed(row, places[row.scope_id], words) for row in page]
    return Found(found, *_total(rows, asked, len(found), places))


@guarded.acts
def disclosable(actor: Actor, kind: str, asked: Asked) -> tuple[list[UUID], int]:
    """Records of a list that the actor may disclose, in its order; and how many others are in it.

    The file goes to others: of what is left out in compartments it says nothing.
    """
    rows = _page(kind, filtered(kind, asked.filters), asked)
    far = guarded_rows.reach(kind, "disclose")
    scopes, single = set(far.scopes), set(far.rows)
    left = [row for row in rows if row.scope_id not in scopes and row.pk not in single]
    places, gone = describe(row.scope_id for row in left), {row.pk for row in left}
    open_ = [row for row in left if not places[row.scope_id].compartment]
    return [row.pk for row in rows if row.pk not in gone], len(open_)


def _listed(row: GovernedRecord, place: Place, words: Mapping[str, str]) -> Listed:
    holder = words.get(place.holder, place.holder)
    return Listed(row, place, holder, words.get(place.collection, place.collection))


def filtered(kind: str, filters: Any) -> Any:
    """Rows of a kind that match; row security leaves those that may be read."""
    declared, rows = kind_of(kind), model_of(kind).objects.all()
    if words := filters.get("q"):
        wanted = Q()
        for name in declared.search_fields:
            wanted |= Q(**{f"{name}__icontains": words})
        rows = rows.filter(wanted)
    if group := filters.get("group"):
        rows = rows.filter(review_group=group)
    if purpose := filters.get("purpose"):
        rows = rows.filter(purposes__contains=[purpose])
    where = {name: filters[name] for name in ("marking", "holder") if filters.get(name)}
    return rows.filter(scope_id__in=_scopes(kind, where)) if where else rows


def _scopes(kind: str, where: dict[str, str]) -> list[int]:
    """Scopes within reach of which all that is asked holds."""
    reached = guarded_rows.reach(kind).scopes
    return [
        number
        for number, place in describe(reached).items()
        if all(getattr(place, name) == value for name, value in where.items())
    ]


def _page(kind: str, rows: Any, asked: Asked) -> list[GovernedRecord]:
    if asked.sort == NEWEST and asked.descending and asked.limit is not None:
        return list(rows.newest(asked.offset + asked.limit)[asked.offset :])
    named = kind_of(kind).title_field if asked.sort == "title" else asked.sort
    order = f"{'-' if asked.descending else ''}{named or NEWEST}"
    found = rows.within_reach().order_by(order, "-pk")
    return list(
        found if asked.limit is None else found[asked.offset : asked.offset + asked.limit]
    )


def _total(
    rows: Any,
    asked: Asked,
    shown: int,
    scopes: Iterable[int],
    begun: Counting | None = None,
) -> tuple[int, bool]:
    """How many there are, and whether there are more; not counted where the page itself tells."""
    if asked.limit is None or (shown < asked.limit and (shown or not asked.offset)):
        return asked.offset + shown, False
    most = asked.offset + COUNTED
    if rows.query.where:
        found = int(rows.counted_to(most + 1))
    else:
        found = counted(rows.model, scopes, most + 1, begun)
    return min(found, most), found > most


def marking_of(found: Sequence[Listed | Line]) -> str:
    """The marking of a list: the highest of its rows."""
    return marking.line(
        (each.place.marking for each in found), (each.place.compartment for each in found)
    )
