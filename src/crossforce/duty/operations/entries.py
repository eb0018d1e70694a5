"""Single duties: added, changed, cancelled, and their status set, by hand."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from crossforce.access import api as access
from crossforce.duty import models
from crossforce.duty.choices import ENTRY, MARKING, PURPOSES, SHORT, Absence, What
from crossforce.duty.kinds import STAY
from crossforce.duty.mapping import Wrong
from crossforce.duty.mapping.values import plain
from crossforce.duty.operations.importing import known
from crossforce.duty.queries.entries import NoSuchEntry
from crossforce.kernel import events, guarded
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.events import RecordChanged

LONGEST: Final = timedelta(days=31)
PLACE: Final = ("latitude", "longitude")
TEXTS: Final = ("call_sign", "location")
CODES: Final = {"unit": "units", "function": "functions", "role": "roles", "status": "statuses"}


class NoSuchPerson(NotUnderstood):
    """Nobody whom you may see has that number in your organisation and serves at that time."""


class Unsound(NotUnderstood):
    """The duty cannot be so; the message says what is wrong."""


class IsCancelled(Conflict):
    """This duty is cancelled. Add another one instead."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One person's duty, on-call or absence, of the actor's own organisation. `number` is the person's."""

    number: str
    what: str
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


def add_entry(*, actor: Actor, new: NewEntry, at: datetime) -> UUID:
    """Add a duty. Raises NoSuchPerson, Unsound, Clashes, MayNotAdd."""
    values = asdict(new)
    _require_sound(values, actor.organisation, at)
    person = _person(actor, new.number, new.starts_at)
    values |= {
        "staff": person.pk,
        "name": person.name,
        "purposes": list(PURPOSES),
    }
    collection = f"unit:{new.unit}" if new.unit else ""
    place = records.Place(actor.organisation, collection, "", MARKING)
    row = records.create(actor=actor, new=records.NewRecord(ENTRY, place, values), at=at)
    key: UUID = row.pk
    return key


def change_entry(
    *, actor: Actor, entry: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> Any:
    """Change what a duty says, but not whose it is nor its unit. Raises NoSuchEntry, Unsound, Clashes.

    Whoever says that it is elsewhere and gives no coordinates empties those that it had.
    """
    with guarded.acting(actor):
        row = _standing(entry)
        values = _unplaced(row, given) | {
            name: value for name, value in given.items() if name not in STAY
        }
        stays = ("starts_at", "ends_at", "what", *PLACE)
        whole = {name: getattr(row, name) for name in stays} | values
        _require_sound(
            whole | {"absence": whole.get("absence", row.absence)}, actor.organisation, at
        )
        with transaction.atomic():
            if not row.is_long and whole["ends_at"] - whole["starts_at"] > SHORT:
                rows = models.Entry.objects.filter(pk=entry)
                rows.update(is_long=True, changed_by=actor.reference)
            return records.edit(
                actor=actor, kind=ENTRY, record=entry, version=version, given=values, at=at
            )


def correct(
    *, actor: Actor, record: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> Any:
    """Make a correction that somebody proposed: a change like any other. Raises as `change_entry` does."""
    if given.keys() & set(STAY):
        raise Unsound(
            "A duty stays with its person and in its unit. Refuse this, cancel the duty and add another."
        )
    return change_entry(actor=actor, entry=record, version=version, given=given, at=at)


def set_status(*, actor: Actor, entry: UUID, version: int, status: str, at: datetime) -> None:
    """Say where somebody on duty is in their work, by the national codes. Raises NoSuchEntry, Unsound."""
    change_entry(actor=actor, entry=entry, version=version, given={"status": status}, at=at)


@guarded.acts
def cancel_entry(*, actor: Actor, entry: UUID, version: int, at: datetime) -> None:
    """Cancel a duty: it stays, and is on no board. Raises NoSuchEntry, IsCancelled, StaleVersion."""
    access.require(ENTRY, entry, "edit")
    by = actor.reference
    _standing(entry).change(
        expected=version, cancelled_at=at, cancelled_by=by, changed_at=at, changed_by=by
    )
    events.publish(RecordChanged(ENTRY, entry, at))


def _standing(entry: UUID) -> Any:
    row = models.Entry.objects.filter(pk=entry).first()
    if row is None:
        raise NoSuchEntry
    if row.cancelled_at is not None:
        raise IsCancelled
    return row


@guarded.acts
def _person(actor: Actor, number: str, at: datetime) -> Any:
    staff = people.Staff.objects.filter(organisation=actor.organisation, number=number)
    found = [row for row in staff if row.starts_at <= at and row.is_serving(at)]
    if not found:
        raise NoSuchPerson
    return found[0]


def _require_sound(values: Mapping[str, Any], holder: str, at: datetime) -> None:
    codes = known(holder, at)
    for field, catalogue in CODES.items():
        code = values.get(field, "")
        if code and code not in getattr(codes, catalogue):
            raise Unsound(f"{code!r} is no known {field}.")
    _require_sort(values)
    _require_place(values)
    for field in TEXTS:
        _require_plain(values.get(field, ""), field.replace("_", " "))
    if not timedelta() < values["ends_at"] - values["starts_at"] <= LONGEST:
        raise Unsound(f"It ends after it begins, and within {LONGEST.days} days.")


def _require_plain(text: str, name: str) -> None:
    """By hand as by file: what an import would refuse of a cell is refused."""
    try:
        plain(text, what=name)
    except Wrong as wrong:
        raise Unsound(wrong.message) from None


def _unplaced(row: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """No coordinates, for what is said to be elsewhere: those that it had are of another place."""
    is_moved = given.get("location", row.location) != row.location
    return dict.fromkeys(PLACE) if is_moved else {}


def _require_place(values: Mapping[str, Any]) -> None:
    latitude, longitude = (values.get(name) for name in PLACE)
    if (latitude is None) != (longitude is None):
        raise Unsound("Give both the latitude and the longitude, or neither.")
    if latitude is not None and not (
        -90 <= latitude <= 90 and -180 <= values["longitude"] <= 180
    ):
        raise Unsound("A latitude is from -90 to 90 degrees, a longitude from -180 to 180.")


def _require_sort(values: Mapping[str, Any]) -> None:
    if values["what"] not in set(What):
        raise Unsound("Say whether it is a duty, an on-call or an absence.")
    if (values["what"] == What.ABSENCE) != bool(values.get("absence")):
        raise Unsound("An absence says why, and nothing else does.")
    if values.get("absence") and values["absence"] not in set(Absence):
        raise Unsound("Somebody is away for leave, training or court, or simply away.")
