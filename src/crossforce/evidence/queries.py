"""Reads of digital evidence. The first argument is who reads."""

from dataclasses import dataclass
from uuid import UUID

from crossforce.evidence.choices import EXHIBIT, ITEM
from crossforce.evidence.models import Exhibit, Item
from crossforce.kernel import guarded
from crossforce.kernel.guarded import ScopeOf
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web.lists import Asked
from crossforce.people.api import Actor
from crossforce.records import api as records

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Opened:
    """An exhibit with its originals, and whether the actor may add one."""

    exhibit: Exhibit
    place: records.Place
    items: list[Item]
    may_add: bool


def exhibits(actor: Actor) -> list[Exhibit]:
    """The newest exhibits that one may read."""
    found = records.listed(actor, EXHIBIT, Asked({}, "created_at", True, 0, SHOWN))
    return [each.row for each in found.rows if isinstance(each.row, Exhibit)]


@guarded.acts
def opened(actor: Actor, exhibit: UUID) -> Opened:
    """One exhibit and what came of it. Raises Missing."""
    row = _exhibit(exhibit)
    place = records.place_of(row.scope_id)
    items = list(Item.objects.filter(exhibit=exhibit).order_by("created_at", "pk"))
    may_add = bool(guarded.open_scopes("add", {in_place(place)}))
    return Opened(row, place, items, may_add)


@guarded.acts
def exhibit_to_fill(actor: Actor, exhibit: UUID) -> tuple[Exhibit, records.Place]:
    """The exhibit that an original is of, and where both stand. Raises Missing."""
    row = _exhibit(exhibit)
    return row, records.place_of(row.scope_id)


@guarded.acts
def item_of(actor: Actor, item: UUID) -> Item:
    """One original. Raises Missing."""
    row: Item | None = Item.objects.filter(pk=item).first()
    if row is None:
        raise Missing
    return row


def in_place(place: records.Place) -> ScopeOf:
    """What an original's scope is described by, where its exhibit stands."""
    return ScopeOf(place.holder, ITEM, place.collection, place.compartment, place.marking)


def _exhibit(exhibit: UUID) -> Exhibit:
    row: Exhibit | None = Exhibit.objects.filter(pk=exhibit).first()
    if row is None:
        raise Missing
    return row
