"""Records come to be: in their place, marked and purposed, before anyone else can read them."""

import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction

from crossforce.agreements import catalogues
from crossforce.kernel import civil, events, guarded, rulepacks
from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import Conflict, NotKnown, NotUnderstood, Refused
from crossforce.kernel.registry import RecordKind
from crossforce.people.choices import Actor
from crossforce.records import queries
from crossforce.records.choices import COLLECTED, MARKINGS, OWNED, Group, Place
from crossforce.records.events import RecordAdded
from crossforce.records.governed import GovernedRecord
from crossforce.records.operations import beats, between, values, writing
from crossforce.records.rules import retention

COLLECTION: Final = re.compile(r"(unit|function|case):[a-z0-9][a-z0-9.-]{0,99}")
CODE: Final = re.compile(r"[a-z0-9-]{1,80}")
COMPARTMENT: Final = re.compile(rf"{CODE.pattern}|{OWNED}[0-9a-f-]{{36}}")
PACK: Final = "retention-schedules"
MOST_NAMED: Final = 30
"""So many units or functions are named to whoever wrote another."""


class NoSuchPlace(NotUnderstood):
    """A collection is `unit:`, `function:` or `case:` and a code; compartment and marking are known words."""


class NoSuchCollection(NotKnown):
    """No unit or function has that code; the message says which have one like it."""

    def __init__(self, collection: str, known: Iterable[str]) -> None:
        listed = sorted(known)
        close = get_close_matches(collection, listed, n=MOST_NAMED, cutoff=0.4)
        named = ", ".join(listed if len(listed) <= MOST_NAMED else close)
        what, _, which = collection.partition(":")
        told = f"No {what} has the code “{which}”."
        super().__init__(
            f"{told} There are: {named}." if named else told, ("body", "place", "collection")
        )


class MayNotAdd(Refused):
    """No agreement or policy lets you add a record like this, with this marking, in this place."""


class Taken(Conflict):
    """This identifier is taken. Send another, or none: then the record is given one."""


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record to be. `values` are the fields of its kind, `source_*` and `purposes`."""

    kind: str
    place: Place
    values: Mapping[str, Any]
    group: str = ""
    id: UUID = field(default_factory=new_id)


@guarded.acts
def create(*, actor: Actor, new: NewRecord, at: datetime) -> GovernedRecord:
    """Add a record. Its scope is set in the insert. Raises MayNotAdd, Unsound, NoSuchPlace, Taken, Clashes."""
    kind = queries.kind_of(new.kind)
    scope = permit(kind, placed(actor, kind, new.place))
    checked = values.checked(kind, new.values, is_whole=True)
    ends = between.ends(kind, checked)
    row = _built(actor, new, scope, checked, at)
    with _free_identifier(kind):
        row.save(force_insert=True)
    beats.record(
        actor=actor,
        operation=COLLECTED,
        rows=[row],
        action="add",
        detail=_public(row),
        private=_private(checked),
        at=at,
    )
    between.tell(actor, kind, ends, at)
    events.publish(RecordAdded(new.kind, row.pk, at))
    return row


@guarded.acts
def create_many(
    *, actor: Actor, new: Sequence[NewRecord], at: datetime
) -> Sequence[GovernedRecord]:
    """Add records of one kind, all or none: as `create` one after the other, in a few statements.

    Raises what `create` raises.
    """
    if not new:
        return ()
    kind = queries.kind_of(new[0].kind)
    if {each.kind for each in new} != {kind.name}:
        raise ValueError("Records that are added together are of one kind.")
    asked = {each.place for each in new}
    scopes = {place: permit(kind, placed(actor, kind, place)) for place in asked}
    checked = [values.checked(kind, each.values, is_whole=True) for each in new]
    ends = [between.ends(kind, said) for said in checked]
    rows = [
        _built(actor, each, scopes[each.place], said, at)
        for each, said in zip(new, checked, strict=True)
    ]
    with _free_identifier(kind):
        writing.insert(rows)
    told = [
        beats.Told(row, _public(row), _private(said))
        for row, said in zip(rows, checked, strict=True)
    ]
    beats.record_each(actor=actor, operation=COLLECTED, told=told, action="add", at=at)
    for both in ends:
        between.tell(actor, kind, both, at)
    for row in rows:
        events.publish(RecordAdded(kind.name, row.pk, at))
    return rows


def _built(
    actor: Actor, new: NewRecord, scope: int, checked: Mapping[str, Any], at: datetime
) -> GovernedRecord:
    """The row as it will be inserted: placed, due for review, by whom and when."""
    row: GovernedRecord = queries.model_of(new.kind)(
        id=new.id,
        scope_id=scope,
        review_group=new.group,
        created_at=at,
        created_by=actor.reference,
        changed_at=at,
        changed_by=actor.reference,
        **checked,
    )
    row.review_due = due_of(row, new.group, None)
    return row


def _public(row: GovernedRecord) -> dict[str, Any]:
    return {"version": row.version, "purposes": row.purposes}


def _private(checked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: beats.plain(value) for name, value in checked.items()}


@contextmanager
def _free_identifier(kind: RecordKind) -> Iterator[None]:
    """Raises Taken, in the same words whoever may know of the record that has it; Clashes."""
    table = queries.model_of(kind.name)._meta.db_table
    keys = {f"{each}_pkey" for each in (table, "records_pointer", "records_searched")}
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        if beats.constraint_of(fault) in keys:
            raise Taken from None
        beats.refuse_clash(kind, fault)
        raise


def placed(actor: Actor, kind: RecordKind, place: Place) -> Place:
    """Where a record goes that somebody makes: of a kind that is owned, where only their posting reaches."""
    return replace(place, compartment=f"{OWNED}{actor.posting}") if kind.is_owned else place


def permit(kind: RecordKind, place: Place) -> int:
    """The scope of a place in which whoever acts may add. Raises MayNotAdd, NoSuchPlace."""
    scope = scope_of(kind.name, place)
    if not queries.permits(queries.model_of(kind.name), "add", scope):
        raise MayNotAdd
    return scope


def scope_of(kind: str, place: Place) -> int:
    """The number of the scope that a place is. Raises NoSuchPlace."""
    is_sound = (
        place.marking in MARKINGS
        and (not place.collection or COLLECTION.fullmatch(place.collection))
        and (not place.compartment or COMPARTMENT.fullmatch(place.compartment))
        and CODE.fullmatch(place.holder)
    )
    if not is_sound:
        raise NoSuchPlace
    _refuse_unknown(place.collection)
    return guarded.scope(
        guarded.ScopeOf(place.holder, kind, place.collection, place.compartment, place.marking)
    )


def _refuse_unknown(collection: str) -> None:
    """A unit or function that nobody knows is a slip of the pen: what stands there would be seen by nobody."""
    if collection.startswith("unit:") and not queries.in_words([Place("", collection)]):
        raise NoSuchCollection(collection, queries.units_known())
    known = {f"function:{code}" for code in catalogues.functions()}
    if collection.startswith("function:") and collection not in known:
        raise NoSuchCollection(collection, known)


def due(
    kind: RecordKind, group: str, created_on: date, last_notice: date | None
) -> date | None:
    """When a record is due for review, by its group or else by the schedule of its kind."""
    if group and group not in set(Group):
        raise NotUnderstood("The review group is 1, 2, 3 or 4, or none.")
    key = f"police-information-group-{group}" if group else kind.retention
    if not key:
        return None
    rule = rulepacks.load(PACK).value(key, created_on)
    return retention.review_due(rule, created_on, last_notice)


def due_of(row: GovernedRecord, group: str, last_notice: date | None) -> date | None:
    """When a record is due for review, in that group, by its schedule and by what its kind says of its day."""
    kind = queries.kind_of(row.record_kind)
    by_schedule = due(kind, group, civil.day_of(row.created_at), last_notice)
    return retention.later(by_schedule, _own_day(kind, row), is_grouped=bool(group))


def due_anew(
    row: GovernedRecord, changed: Mapping[str, Any], on: date
) -> dict[str, date | None]:
    """The day of review, where what changes moves the day that its kind says: a clear period begins again then."""
    kind = queries.kind_of(row.record_kind)
    after = copy(row)
    for name, value in changed.items():
        setattr(after, name, value)
    if _own_day(kind, row) == _own_day(kind, after):
        return {}
    return {"review_due": due_of(after, row.review_group, on)}


def _own_day(kind: RecordKind, row: GovernedRecord) -> date | None:
    return pkgutil.resolve_name(kind.due_by)(row=row) if kind.due_by else None
