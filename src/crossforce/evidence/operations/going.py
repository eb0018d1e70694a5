"""Originals and continuity go where their exhibit goes, and before it when it is disposed of: bytes with them."""

from datetime import datetime
from typing import Any, Final

from django.db.models import F

from crossforce.access import api as access
from crossforce.evidence.models import Exhibit, Item, Touch
from crossforce.evidence.queries import in_place
from crossforce.kernel import guarded
from crossforce.kernel.files import keeping
from crossforce.kernel.refusals import Conflict, Refused
from crossforce.people.api import Actor
from crossforce.records import api as records

PARTS: Final[tuple[Any, ...]] = (Item, Touch)
"""What is of an exhibit, and stands and goes with it."""


class OriginalsStay(Refused):
    """Its originals and its continuity go where an exhibit goes, and you may not change them, here and there. Ask its holder to move it."""


class StandsByItsExhibit(Conflict):
    """It stands where its exhibit stands. Move the exhibit: all that is of it goes with it."""


class StillArriving(Conflict):
    """A file of this exhibit is still arriving. Wait until it is whole, or give it up."""


def with_items(*, row: Exhibit, before: records.Place, to: records.Place, actor: Actor) -> None:
    """Take the originals and the continuity of an exhibit along. Raises OriginalsStay."""
    for model in PARTS:
        parts, kind = model.objects.filter(exhibit=row.pk), model.record_kind
        if not (number := parts.count()):
            continue
        scopes = {guarded.scope(in_place(each, kind)) for each in (before, to)}
        if not scopes <= set(access.scopes(kind, "edit")):
            raise OriginalsStay
        if parts.update(**_as_moved(row, to, kind, actor)) != number:
            raise OriginalsStay


def _as_moved(row: Exhibit, to: records.Place, kind: str, actor: Actor) -> dict[str, Any]:
    """Where its parts stand then, moved by whoever moved it."""
    told = {"changed_at": row.changed_at, "changed_by": actor.reference}
    return {"scope_id": guarded.scope(in_place(to, kind)), "version": F("version") + 1, **told}


def stay(*, row: Any, before: records.Place, to: records.Place, actor: Actor) -> None:
    """Refuse to move a part of an exhibit by itself. Raises StandsByItsExhibit."""
    raise StandsByItsExhibit


def items_first(*, row: Exhibit, actor: Actor, reason: str, at: datetime) -> None:
    """Dispose of the parts of an exhibit before it goes. Raises what keeps one of them, and then all stay."""
    for model in PARTS:
        keys = list(model.objects.filter(exhibit=row.pk).values_list("pk", flat=True))
        records.dispose_many(
            actor=actor, kind=model.record_kind, records=keys, reason=reason, at=at
        )


def with_exhibit(*, row: Any, actor: Actor, reason: str, at: datetime) -> None:
    """Keep a part for as long as its exhibit is kept: until its day, while it is held, until two people agreed."""
    records.judge_disposal(actor, list(Exhibit.objects.filter(pk=row.exhibit)), at)


def with_bytes(*, row: Any, actor: Actor, reason: str, at: datetime) -> None:
    """Let go of an original's bytes: of those that nothing else uses the key is destroyed. Raises StillArriving."""
    with_exhibit(row=row, actor=actor, reason=reason, at=at)
    if row.is_kept:
        keeping.let_go(file=row.file, at=at)
    elif row.is_arriving(at):
        raise StillArriving
