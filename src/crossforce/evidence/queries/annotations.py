"""Notes on originals, of those that one may read."""

from dataclasses import dataclass
from uuid import UUID

from crossforce.evidence.choices import ANNOTATION
from crossforce.evidence.models import Annotation
from crossforce.evidence.queries.exhibits import item_of
from crossforce.evidence.queries.places import in_place
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.people.api import Actor
from crossforce.records import api as records

MOST = 500


@dataclass(frozen=True, slots=True)
class Annotated:
    """The notes on an original in the order of their places; which of them the actor may reword, and whether they may add one."""

    rows: list[Annotation]
    may_reword: set[UUID]
    may_add: bool
    is_whole: bool


@guarded.acts
def annotations_of(actor: Actor, item: UUID) -> Annotated:
    """The notes on an original that one may read. Raises Missing."""
    row = item_of(actor, item)
    found = list(Annotation.objects.filter(item=item).order_by("created_at", "pk")[: MOST + 1])
    rows = sorted(found[:MOST], key=_order)
    may = records.allowed(ANNOTATION, "edit")
    may_reword = {each.pk for each in rows if may(each)}
    there = {in_place(records.place_of(row.scope_id), ANNOTATION)}
    may_add = row.is_kept and guarded.open_scopes("add", there) == there
    return Annotated(rows, may_reword, may_add, len(found) <= MOST)


@guarded.acts
def annotation_of(actor: Actor, annotation: UUID) -> Annotation:
    """One note. Raises Missing."""
    row: Annotation | None = Annotation.objects.filter(pk=annotation).first()
    if row is None:
        raise Missing
    return row


def _order(row: Annotation) -> tuple[int, float]:
    return row.spot.page or 0, row.spot.start or 0.0
