"""A note is put on a moment, area or page of an original, beside it, and its words changed; the original stays as it is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from crossforce.evidence.choices import ANNOTATION
from crossforce.evidence.models import Annotation
from crossforce.evidence.operations.opening import NotWhole
from crossforce.evidence.queries import item_of
from crossforce.evidence.queries.annotations import annotation_of
from crossforce.evidence.rules import annotating
from crossforce.kernel import guarded
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people.api import Actor
from crossforce.records import api as records


class NotSaid(NotUnderstood):
    """Write what there is to note."""


class NotThere(NotUnderstood):
    """There is no such place in it; the message says how a place is named."""


@dataclass(frozen=True, slots=True)
class NewAnnotation:
    """A note on an original: where in it, in numbers (nothing: all of it), and what is noted."""

    item: UUID
    place: str
    text: str


@guarded.acts
def annotate(*, actor: Actor, new: NewAnnotation, at: datetime) -> Annotation:
    """Put a note on an original, where the original stands. Raises Missing, NotWhole, NotSaid, NotThere and what `records.create` raises."""
    row = item_of(actor, new.item)
    if not row.is_kept:
        raise NotWhole
    text = _said(new.text)
    try:
        spot = annotating.spot(annotating.form_of(row.media_type), new.place)
    except annotating.NotAPlace as fault:
        raise NotThere(str(fault)) from fault
    values = {
        "exhibit": row.exhibit,
        "item": row.pk,
        "media_type": row.media_type,
        "place": spot.numbers,
        "text": text,
        "purposes": row.purposes,
    }
    place = records.place_of(row.scope_id)
    made = records.create(actor=actor, new=records.NewRecord(ANNOTATION, place, values), at=at)
    assert isinstance(made, Annotation)
    return made


@guarded.acts
def reword(
    *, actor: Actor, annotation: UUID, version: int, text: str, at: datetime
) -> Annotation:
    """Say it in other words; what it said stays in its history. Raises Missing, NotSaid and what `records.edit` raises."""
    row = annotation_of(actor, annotation)
    given = {"text": _said(text)}
    changed = records.edit(
        actor=actor, kind=ANNOTATION, record=row.pk, version=version, given=given, at=at
    )
    assert isinstance(changed, Annotation)
    return changed


def _said(text: str) -> str:
    said = text.strip()
    if not said:
        raise NotSaid
    return said
