"""Records are tied together, and made of one another."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from crossforce.access import api as access
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Conflict, Missing, NotUnderstood, Refused
from crossforce.people.choices import Actor
from crossforce.records import models, queries
from crossforce.records.choices import ALTERED, COMBINED, Place, Reference, Relation
from crossforce.records.governed import GovernedRecord
from crossforce.records.operations import beats, watch
from crossforce.records.operations.creating import NewRecord, create
from crossforce.records.rules import marking

TIES: Final = tuple(each for each in Relation if each is not Relation.COMBINES)
"""As what people tie records. That one is made of others is told by making it, which holds it to their marking."""
NEITHER: Final = "You may see this link, but change neither of the records it ties."


class AlreadyLinked(Conflict):
    """These two are linked like that already."""


class NoSuchLink(Missing):
    """There is no such link, or none that you may know of."""


class CannotCombine(Conflict):
    """These records may not be combined like this; the message says why."""


@guarded.acts
def link(
    *, actor: Actor, one: Reference, other: Reference, relation: str, at: datetime
) -> models.Link:
    """Tie a record that one may edit to another that one may read. Raises NoSuchRecord, Refused."""
    if relation not in TIES:
        raise NotUnderstood("Two records are linked as " + ", ".join(TIES) + ".")
    if one.id == other.id:
        raise NotUnderstood("A record is not linked to itself.")
    first = beats.permitted(one.kind, one.id, "edit")
    second = beats.permitted(other.kind, other.id, "read")
    made = _write(actor, first, second, relation, at)
    _combined(actor, [first, second], {"relation": relation, "link": str(made.pk)}, at)
    return made


@guarded.acts
def unlink(*, actor: Actor, link: UUID, at: datetime) -> Reference:
    """Cut a tie; whoever may edit either end may, and what a record needs whoever may edit that. Answers the end that is theirs."""
    found = models.Link.objects.filter(pk=link).first()
    if found is None:
        raise NoSuchLink
    ends = [(found.one_kind, found.one), (found.other_kind, found.other)]
    if found.relation == Relation.NEEDS:
        del ends[1]
    kind, end = next((each for each in ends if access.may(*each, "edit")), ("", None))
    if end is None:
        raise Refused(
            NEITHER if len(ends) > 1 else "You may not change what needs this record."
        )
    row = beats.permitted(kind, end, "edit")
    detail = {"link": str(link), "is_cut": True, "relation": found.relation}
    models.Link.objects.filter(pk=link).delete()
    beats.record(
        actor=actor, operation=ALTERED, rows=[row], action="edit", detail=detail, at=at
    )
    return row.reference


@guarded.acts
def combine(
    *, actor: Actor, parts: Sequence[Reference], into: NewRecord, at: datetime
) -> GovernedRecord:
    """Make a record out of others: it bears the highest marking of its parts, and is linked to each.

    Raises CannotCombine, NotByHand.
    """
    queries.by_hand(into.kind)
    if len({part.id for part in parts}) < 2:
        raise CannotCombine("Choose two records or more.")
    rows = [beats.permitted(part.kind, part.id, "read") for part in parts]
    places = queries.describe(row.scope_id for row in rows)
    refusal = marking.refusal_to_combine((places[row.scope_id] for row in rows), into.place)
    if refusal:
        raise CannotCombine(refusal)
    made = create(actor=actor, new=into, at=at)
    for row in rows:
        _write(actor, made, row, Relation.COMBINES, at)
    _combined(actor, [made, *rows], {"relation": Relation.COMBINES.value}, at)
    return made


def _place(row: GovernedRecord) -> Place:
    return queries.place_of(row.scope_id)


def _write(
    actor: Actor, one: GovernedRecord, other: GovernedRecord, relation: str, at: datetime
) -> models.Link:
    try:
        with transaction.atomic():
            return models.Link.objects.create(
                one=one.pk,
                one_kind=one.record_kind,
                other=other.pk,
                other_kind=other.record_kind,
                relation=relation,
                linked_at=at,
                linked_by=actor.reference,
            )
    except IntegrityError as fault:
        raise AlreadyLinked from fault


def _combined(
    actor: Actor, rows: Sequence[GovernedRecord], detail: dict[str, str], at: datetime
) -> None:
    """One entry for each kind and circle, naming the records; those of others only if they are in no compartment."""
    apart = watch.circles(row.scope_id for row in rows if row.scope_id)
    open_ = [row for row in rows if len(apart) == 1 or not _place(row).compartment]
    together = {**detail, "together": sorted(str(row.reference.subject) for row in open_)}
    for kind in sorted({row.record_kind for row in rows}):
        beats.record(
            actor=actor,
            operation=COMBINED,
            rows=[row for row in rows if row.record_kind == kind],
            action="read",
            detail=together,
            at=at,
        )
