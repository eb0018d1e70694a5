"""Records over HTTP: list, read, search, add, change, disclose, dispose."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status

from crossforce.kernel import clock
from crossforce.kernel.refusals import NotKnown
from crossforce.kernel.web import api, lists
from crossforce.records import operations, queries
from crossforce.records.choices import Place, Purpose
from crossforce.records.endpoints import shapes
from crossforce.records.endpoints.shapes import ActingRequest
from crossforce.records.views import files

router = Router()


@router.get("/kinds", response=list[shapes.Kind])
def list_kinds(request: ActingRequest) -> list[shapes.Kind]:
    """The kinds of record that there are."""
    return [
        shapes.Kind(
            name=kind.name,
            title=kind.title,
            fields=list(kind.fields),
            pointer_fields=list(kind.pointer_fields),
        )
        for kind in queries.kinds_of()
    ]


@router.get("/search", response=shapes.Hits)
def search(request: ActingRequest, q: shapes.Text, kind: shapes.Code = "") -> shapes.Hits:
    """Records of any kind by their words; those that may only be found say no more than that.

    An address stands in logs: send words that name people in the body of a POST.
    """
    return _found(request, q, kind)


@router.post("/search", response=shapes.Hits)
def search_for(request: ActingRequest, asked: shapes.Sought) -> shapes.Hits:
    """The same with what is asked in the body. It changes nothing, and takes no Idempotency-Key."""
    return _found(request, asked.q, asked.kind)


def _found(request: ActingRequest, q: str, kind: str) -> shapes.Hits:
    known = [each.name for each in queries.kinds_of()]
    if kind and kind not in known:
        told = f"There is no kind “{kind}”. There are: {', '.join(known)}."
        raise NotKnown(told, ("query", "kind"))
    hits = queries.search(request.actor, q, [kind] if kind else [])
    items = [
        shapes.Pointer(
            id=hit.id,
            kind=hit.kind,
            title=hit.title,
            holder=hit.place.holder,
            marking=hit.place.marking,
            fields={},
            may_read=hit.is_readable,
        )
        for hit in hits.rows
    ]
    return shapes.Hits(marking=hits.marking, items=items)


@router.get("/{kind}", response=shapes.Page)
def list_records(request: ActingRequest, kind: str, asked: Query[shapes.Asked]) -> shapes.Page:
    """The records of a kind that the sender may read, newest first."""
    if asked.purpose and asked.purpose not in set(Purpose):
        told = f"There is no purpose “{asked.purpose}”. There are: {', '.join(Purpose)}."
        raise NotKnown(told, ("query", "purpose"))
    if asked.holder and not queries.in_words([Place(asked.holder)]):
        told = f"There is no organisation “{asked.holder}”. /api/v1/organisations lists them."
        raise NotKnown(told, ("query", "holder"))
    names = ("q", "marking", "holder", "purpose")
    filters = {name: value for name in names if (value := getattr(asked, name))}
    wanted = lists.Asked(filters, "created_at", True, asked.offset, asked.limit)
    found = queries.listed(request.actor, kind, wanted)
    return shapes.Page(
        total=found.total,
        marking=queries.marking_of(found.rows),
        items=[shapes.Record(**shapes.record_of(each.row, each.place)) for each in found.rows],
    )


@router.post("/{kind}", response={201: shapes.Record})
def add_record(
    request: ActingRequest, kind: str, new: shapes.NewRecord
) -> Status[shapes.Record]:
    """Add a record, in its place from the first instant."""
    queries.by_hand(kind)
    made = shapes.new_of(kind, new, request.actor.organisation)
    row = operations.create(actor=request.actor, new=made, at=clock.now())
    return Status(201, shapes.Record(**shapes.record_of(row, made.place)))


@router.post("/{kind}/disclose", response=dict[str, Any])
def disclose(request: ActingRequest, kind: str, given: shapes.Disclosure) -> dict[str, Any]:
    """Hand records to a recipient: marked, and written down by name."""
    done = operations.disclose(
        actor=request.actor,
        kind=kind,
        records=given.records,
        recipient=given.recipient,
        reason=given.reason,
        at=clock.now(),
    )
    return files.content(kind, done)


@router.post("/{kind}/combine", response={201: shapes.Record})
def combine(
    request: ActingRequest, kind: str, given: shapes.Combination
) -> Status[shapes.Record]:
    """Make a record out of others; it bears the highest marking of its parts."""
    into = shapes.new_of(kind, given, request.actor.organisation)
    parts = [part.reference for part in given.parts]
    row = operations.combine(actor=request.actor, parts=parts, into=into, at=clock.now())
    return Status(201, shapes.Record(**shapes.record_of(row, into.place)))


@router.get("/{kind}/{uuid:record}", response=shapes.Shown | shapes.Pointer)
def show_record(
    request: ActingRequest, response: HttpResponse, kind: str, record: UUID
) -> shapes.Shown | shapes.Pointer:
    """A record; or, where the sender may only find it, that it exists and whom to ask."""
    try:
        found = queries.shown(request.actor, kind, record)
    except queries.FoundOnly:
        return _pointer(queries.found(request.actor, kind, record))
    api.tagged(response, found.row)
    return shapes.shown_of(found)


def _pointer(found: queries.Found) -> shapes.Pointer:
    return shapes.Pointer(
        id=found.pointer.pk,
        kind=found.pointer.kind,
        title=found.pointer.title,
        holder=found.place.holder,
        marking=found.place.marking,
        fields=dict(found.fields),
    )


@router.patch("/{kind}/{uuid:record}", response=shapes.Record)
def edit_record(
    request: ActingRequest, response: HttpResponse, kind: str, record: UUID, edit: shapes.Edit
) -> dict[str, Any]:
    """Change what a record says."""
    queries.by_hand(kind)
    seen = changeable(request, kind, record, "edit")
    row = operations.edit(
        actor=request.actor,
        kind=kind,
        record=record,
        version=api.version_of(request, seen.row),
        given=edit.fields,
        at=clock.now(),
    )
    api.tagged(response, row)
    return shapes.record_of(row, seen.place)


@router.post("/{kind}/{uuid:record}/move", response=shapes.Record)
def move_record(
    request: ActingRequest, kind: str, record: UUID, move: shapes.Move
) -> dict[str, Any]:
    """Mark a record anew, or put it elsewhere."""
    seen = changeable(request, kind, record, "edit")
    to = move.place(seen.place.holder)
    row = operations.move(
        actor=request.actor,
        kind=kind,
        record=record,
        version=api.version_of(request, seen.row),
        to=to,
        reason=move.reason,
        at=clock.now(),
    )
    return shapes.record_of(row, to)


@router.get("/{kind}/{uuid:record}/history", response=list[shapes.Change])
def show_history(request: ActingRequest, kind: str, record: UUID) -> list[shapes.Change]:
    """How a record changed, newest first."""
    seen = changeable(request, kind, record, "read")
    _, found = queries.history(request.actor, kind, seen.row.pk)
    return [shapes.change_of(each) for each in found]


def changeable(request: ActingRequest, kind: str, record: UUID, action: str) -> queries.Shown:
    """The record, for an act on it. Raises Missing below `read`; Refused."""
    try:
        return queries.changeable(request.actor, kind, record, action)
    except queries.FoundOnly:
        raise queries.NoSuchKind from None
