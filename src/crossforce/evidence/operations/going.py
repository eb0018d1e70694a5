"""Originals and continuity go where their exhibit goes, and before it when it is disposed of: bytes with them.

How many there are the database answers, whoever may know of them: what somebody cannot take along keeps the exhibit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import F

from crossforce.access import api as access
from crossforce.acting import api as acting
from crossforce.evidence.choices import ANNOTATION, ITEM, State
from crossforce.evidence.models import (
    Annotation,
    Copy,
    Exhibit,
    Item,
    Received,
    Share,
    Touch,
)
from crossforce.evidence.operations import certifying, copies_going, viewing
from crossforce.evidence.queries import in_place
from crossforce.kernel import guarded, statements
from crossforce.kernel.files import keeping
from crossforce.kernel.refusals import Conflict, Refused
from crossforce.people.api import Actor
from crossforce.records import api as records

PARTS: Final[tuple[Any, ...]] = (Share, Annotation, Item, Touch)
"""What is of an exhibit, and stands and goes with it."""
ALONG: Final = (*PARTS, Copy, Received)
"""What moves with an exhibit besides: who has a copy of it, and from whom it came, is known where it stands. These outlast it."""
COUNTED: Final = "SELECT kind, number FROM evidence_parts(%s, %s)"
_going: ContextVar[frozenset[UUID]] = ContextVar("exhibits that go whole", default=frozenset())


class OriginalsStay(Refused):
    """Its originals and its continuity go where an exhibit goes, and you may not change all of them, here and there. Ask its holder to do it."""


class ExhibitUnseen(Refused):
    """It is kept for as long as its exhibit, which you may not read. Ask its holder to dispose of it."""


class StandsByItsExhibit(Conflict):
    """It stands where its exhibit stands. Move the exhibit: all that is of it goes with it."""


class EntryStays(Conflict):
    """An entry of continuity goes with its exhibit, and never by itself."""


class StillArriving(Conflict):
    """A file of this exhibit is still arriving. Wait until it is whole, or give it up."""


def with_items(*, row: Exhibit, before: records.Place, to: records.Place, actor: Actor) -> None:
    """Take the originals and the continuity of an exhibit along. Raises OriginalsStay."""
    there = _counted(row.pk, ALONG)
    for model in ALONG:
        parts, number = model.objects.filter(exhibit=row.pk), there[model.record_kind]
        if not are_taken(parts, number, row=row, before=before, to=to, actor=actor):
            raise OriginalsStay


def are_taken(
    parts: Any, number: int, *, row: Any, before: records.Place, to: records.Place, actor: Actor
) -> bool:
    """Take parts of a record along, and say whether these were all: so many, which the actor may edit here and there."""
    if not number:
        return True
    kind = parts.model.record_kind
    scopes = {guarded.scope(in_place(each, kind)) for each in (before, to)}
    is_open = scopes <= set(access.scopes(kind, "edit"))
    return is_open and bool(parts.update(**_as_moved(row, to, kind, actor)) == number)


def _as_moved(row: Any, to: records.Place, kind: str, actor: Actor) -> dict[str, Any]:
    """Where its parts stand then, moved by whoever moved it."""
    told = {"changed_at": row.changed_at, "changed_by": actor.reference}
    return {"scope_id": guarded.scope(in_place(to, kind)), "version": F("version") + 1, **told}


def stay(*, row: Any, before: records.Place, to: records.Place, actor: Actor) -> None:
    """Refuse to move a part of an exhibit by itself. Raises StandsByItsExhibit."""
    raise StandsByItsExhibit


def items_first(*, row: Exhibit, actor: Actor, reason: str, at: datetime) -> None:
    """Dispose of the parts of an exhibit before it goes. Raises what keeps one of them, and then all stay."""
    there = _counted(row.pk)
    copies_going.copy_gone(actor, row.pk, at)
    with _whole(row.pk), certifying.counting(actor, row, at) as gone:
        gone.parts = there
        for model in PARTS:
            kind = model.record_kind
            keys = list(model.objects.filter(exhibit=row.pk).values_list("pk", flat=True))
            if len(keys) != there[kind]:
                raise OriginalsStay
            records.dispose_many(actor=actor, kind=kind, records=keys, reason=reason, at=at)


def with_exhibit(*, row: Any, actor: Actor, reason: str, at: datetime) -> None:
    """Keep a part for as long as its exhibit is kept: until its day, while it is held, until two people agreed.

    Raises ExhibitUnseen and what keeps the exhibit.
    """
    if row.exhibit in _going.get() or not _counted(row.exhibit):
        return
    found = Exhibit.objects.filter(pk=row.exhibit).first()
    if found is None:
        raise ExhibitUnseen
    records.judge_disposal(actor, [found], at)


def entry_with_exhibit(*, row: Any, actor: Actor, reason: str, at: datetime) -> None:
    """Keep an entry until its exhibit goes, which takes all of them: the last one would be missed by nobody. Raises EntryStays."""
    if row.exhibit not in _going.get() and _counted(row.exhibit):
        raise EntryStays


def with_bytes(*, row: Any, actor: Actor, reason: str, at: datetime) -> None:
    """Let go of an original's bytes: of those that nothing else uses the key is destroyed. Raises StillArriving."""
    with_exhibit(row=row, actor=actor, reason=reason, at=at)
    _copies_first(row, actor, reason, at)
    viewing.gone(row.pk, at)
    if row.is_kept:
        with certifying.counting(actor, row, at) as gone:
            gone.file(was_last=keeping.let_go(file=row.file, at=at))
        if row.preview is not None:
            keeping.let_go(file=row.preview, at=at)
    elif row.is_arriving(at):
        raise StillArriving


def _copies_first(row: Any, actor: Actor, reason: str, at: datetime) -> None:
    """Dispose of the redacted copies of an original, what was cut out of it, and the notes on it, before it goes by itself; of a whole exhibit all go in any case."""
    if row.exhibit in _going.get():
        return
    copies = Item.objects.filter(derived_from=row.pk)
    notes = Annotation.objects.filter(item=row.pk)
    for kind, parts in ((ITEM, copies), (ITEM, _cuts(row)), (ANNOTATION, notes)):
        if keys := list(parts.values_list("pk", flat=True)):
            records.dispose_many(actor=actor, kind=kind, records=keys, reason=reason, at=at)


def _cuts(row: Any) -> Any:
    """What was cut out of an original that goes, where no other of its exhibit has the same bytes."""
    of_exhibit = Item.objects.filter(exhibit=row.exhibit)
    same = of_exhibit.filter(sha256=row.sha256, state=State.KEPT).exclude(pk=row.pk)
    if not row.sha256 or same.exists():
        return Item.objects.none()
    return of_exhibit.filter(cut_from=row.sha256)


def _counted(exhibit: UUID, kinds: tuple[Any, ...] = PARTS) -> dict[str, int]:
    """How much there is of it of each kind, whoever may know of them; none where it is gone. It stays locked, as by who holds it."""
    content = {"exhibit": str(exhibit), "kinds": [each.record_kind for each in kinds]}
    return dict(statements.answers(COUNTED, *acting.sealed("parts", content)))


@contextmanager
def _whole(exhibit: UUID) -> Iterator[None]:
    """While an exhibit goes with all that is of it, which was judged with it."""
    before = _going.set(_going.get() | {exhibit})
    try:
        yield
    finally:
        _going.reset(before)
