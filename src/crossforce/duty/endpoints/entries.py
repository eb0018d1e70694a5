"""Single duties over HTTP. People are named by their number in the sender's organisation."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Schema
from ninja.responses import Status

from crossforce.duty.operations import entries as operations
from crossforce.duty.queries import entries as reads
from crossforce.duty.rules import clocks
from crossforce.kernel import clock
from crossforce.kernel.web import api
from crossforce.people.api import ActingRequest

router = Router()
TIMES: Final = frozenset({"starts_at", "ends_at"})


class New(Schema):
    """One person's duty, on-call or absence; an instant without its offset is London's clock."""

    number: str
    what: str = "duty"
    starts_at: datetime
    ends_at: datetime
    unit: str = ""
    function: str = ""
    call_sign: str = ""
    role: str = ""
    location: str = ""
    status: str = ""
    absence: str = ""
    latitude: float | None = None
    longitude: float | None = None


class Change(Schema):
    """What is to be said otherwise; what is left out stays. Person and unit always stay.

    A `location` that is another empties the coordinates, unless they are given with it.
    """

    what: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    function: str | None = None
    call_sign: str | None = None
    role: str | None = None
    location: str | None = None
    status: str | None = None
    absence: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Entry(Schema):
    """A duty as it stands."""

    id: UUID
    version: int
    number: str
    name: str
    what: str
    starts_at: datetime
    ends_at: datetime
    unit: str
    function: str
    call_sign: str
    role: str
    location: str
    status: str
    absence: str
    latitude: float | None
    longitude: float | None
    cancelled_at: datetime | None


@router.post("/entries", response={201: Entry})
def add(request: ActingRequest, response: HttpResponse, new: New) -> Status[Entry]:
    """Add a duty."""
    key = operations.add_entry(
        actor=request.actor, new=operations.NewEntry(**_placed(new.dict())), at=clock.now()
    )
    return Status(201, _shown(request, response, key))


@router.get("/entries/{uuid:key}", response=Entry)
def one(request: ActingRequest, response: HttpResponse, key: UUID) -> Entry:
    """A duty."""
    return _shown(request, response, key)


@router.patch("/entries/{uuid:key}", response=Entry)
def change(request: ActingRequest, response: HttpResponse, key: UUID, given: Change) -> Entry:
    """Change what a duty says."""
    operations.change_entry(
        actor=request.actor,
        entry=key,
        version=_version(request, key),
        given=_placed(_said(given)),
        at=clock.now(),
    )
    return _shown(request, response, key)


@router.post("/entries/{uuid:key}/cancel", response=Entry)
def cancel(request: ActingRequest, response: HttpResponse, key: UUID) -> Entry:
    """Cancel a duty: it stays, and is on no board."""
    version = _version(request, key)
    operations.cancel_entry(actor=request.actor, entry=key, version=version, at=clock.now())
    return _shown(request, response, key)


def _said(given: Change) -> dict[str, Any]:
    """What is said; of what is null only coordinates, which it empties."""
    said = given.dict(exclude_unset=True)
    return {
        name: value
        for name, value in said.items()
        if value is not None or name in operations.PLACE
    }


def _placed(given: dict[str, Any]) -> dict[str, Any]:
    """What is given, its times as instants. Raises NoSuchTime."""
    placed = dict(given)
    for name in TIMES & given.keys():
        try:
            placed[name] = clocks.instant(given[name])
        except clocks.NoSuchTime as wrong:
            raise clocks.NoSuchTime(f"{name}: {wrong.message}") from None
    return placed


def _version(request: ActingRequest, key: UUID) -> int:
    return api.version_of(request, reads.one_entry(request.actor, key))


def _shown(request: ActingRequest, response: HttpResponse, key: UUID) -> Entry:
    row: Any = reads.one_entry(request.actor, key)
    api.tagged(response, row)
    return Entry(id=row.pk, **{n: getattr(row, n) for n in Entry.model_fields if n != "id"})
