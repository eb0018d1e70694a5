"""Originals go where their exhibit goes, and before it when it is disposed of: their bytes with them."""

from datetime import datetime
from typing import Any

from django.db.models import F

from crossforce.access import api as access
from crossforce.evidence.choices import ITEM
from crossforce.evidence.models import Exhibit, Item
from crossforce.evidence.queries import in_place
from crossforce.kernel import guarded
from crossforce.kernel.files import keeping
from crossforce.kernel.refusals import Conflict, Refused
from crossforce.people.api import Actor
from crossforce.records import api as records


class OriginalsStay(Refused):
    """Its originals go where an exhibit goes, and you may not change all of them, here and there. Ask its holder to move it."""


class StandsByItsExhibit(Conflict):
    """An original stands where its exhibit stands. Move the exhibit: all of its originals go with it."""


class StillArriving(Conflict):
    """A file of this exhibit is still arriving. Wait until it is whole, or give it up."""


def with_items(*, row: Exhibit, before: records.Place, to: records.Place, actor: Actor) -> None:
    """Take the originals of an exhibit along. Raises OriginalsStay."""
    scopes = {guarded.scope(in_place(each)) for each in (before, to)}
    items = Item.objects.filter(exhibit=row.pk)
    if not (number := items.count()):
        return
    if not scopes <= set(access.scopes(ITEM, "edit")):
        raise OriginalsStay
    if items.update(**_as_moved(row, to, actor)) != number:
        raise OriginalsStay


def _as_moved(row: Exhibit, to: records.Place, actor: Actor) -> dict[str, Any]:
    """Where its originals stand then, moved by whoever moved it."""
    told = {"changed_at": row.changed_at, "changed_by": actor.reference}
    return {"scope_id": guarded.scope(in_place(to)), "version": F("version") + 1, **told}


def stay(*, row: Item, before: records.Place, to: records.Place, actor: Actor) -> None:
    """Refuse to move an original by itself. Raises StandsByItsExhibit."""
    raise StandsByItsExhibit


def items_first(*, row: Exhibit, actor: Actor, reason: str, at: datetime) -> None:
    """Dispose of the originals of an exhibit before it goes. Raises what keeps one of them, and then all stay."""
    for item in Item.objects.filter(exhibit=row.pk).order_by("pk"):
        records.dispose(
            actor=actor, kind=ITEM, record=item.pk, version=item.version, reason=reason, at=at
        )


def with_bytes(*, row: Any, actor: Actor, reason: str, at: datetime) -> None:
    """Let go of an original's bytes: of those that nothing else uses the key is destroyed. Raises StillArriving."""
    if row.is_kept:
        keeping.let_go(file=row.file, at=at)
    elif row.is_arriving(at):
        raise StillArriving
