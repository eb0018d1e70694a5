"""Interests are registered, decided about and withdrawn, each by its owner; that one meets another's is told to both alike.

Nothing of what meets is kept: it is compared anew at every look, and gone with the next once either has ended.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from crossforce.kernel import civil, guarded, statements
from crossforce.kernel.refusals import NotUnderstood, Refused
from crossforce.nominals import models
from crossforce.nominals.choices import INTEREST, MARKING, POLE, PURPOSES, Decision
from crossforce.nominals.operations import meeting
from crossforce.nominals.queries import interests, person
from crossforce.nominals.queries.interests import Met
from crossforce.nominals.rules import interests as rules
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.mapping.findings import Wrong


class CannotRegister(NotUnderstood):
    """An interest may not be registered like this; the message says why."""


class NoSuchNumber(CannotRegister):
    """That is no number or address of its kind; the message says why."""


class TooMany(Refused):
    """More may not be registered now; the message says why."""


@dataclass(frozen=True, slots=True)
class NewInterest:
    """What an investigation is interested in: a number or address by its scheme, or a record that one may know of."""

    name: str
    reason: str
    contact: str
    until: date
    scheme: str = ""
    said: str = ""
    record: UUID | None = None
    decision: Decision = Decision.WAITING


@dataclass(frozen=True, slots=True)
class Looked:
    """An interest of one's own; `met` where somebody else is interested too. Once it `is_past` it is not compared."""

    row: models.Interest
    met: Met | None
    is_past: bool = False


@guarded.acts
def register(*, actor: Actor, new: NewInterest, at: datetime) -> models.Interest:
    """Register an interest of one's own posting. Raises CannotRegister, TooMany, MayNotAdd.

    Whoever else is interested is told in the same instant as its owner; what it meets is entered on both sides with it.
    """
    statements.alone(f"{INTEREST} {actor.posting}")
    _refuse(actor, new, at)
    identifier, marks = _compared(new)
    values = {
        "name": new.name.strip(),
        "scheme": new.scheme or rules.RECORD,
        "identifier": identifier,
        "marks": marks,
        "reason": new.reason.strip(),
        "purpose": actor.purpose,
        "contact": new.contact.strip(),
        "decision": new.decision.value,
        "until": new.until,
        "is_on": True,
        "purposes": list(PURPOSES),
    }
    place = records.Place(actor.organisation, "", "", MARKING)
    row: Any = records.create(
        actor=actor, new=records.NewRecord(INTEREST, place, values), at=at
    )
    meeting.enter([row.pk], at)
    registered: models.Interest = row
    return registered


@guarded.acts
def decide(
    *, actor: Actor, interest: UUID, decision: Decision, contact: str = "", at: datetime
) -> Any:
    """What another who has the same interest may know of its owner, from this instant. Raises Missing."""
    row = interests.one(actor, interest)
    given = {"decision": decision.value, "contact": contact.strip() or row.contact}
    return _edited(actor, row, given, at)


@guarded.acts
def move_day(*, actor: Actor, interest: UUID, until: date, at: datetime) -> Any:
    """Have an interest count to another day, also one whose day is past. Raises Missing, CannotRegister, TooMany.

    It may be as far ahead as that of a new one; what was past counts anew among those that are on.
    """
    statements.alone(f"{INTEREST} {actor.posting}")
    row, today = interests.one(actor, interest), civil.day_of(at)
    if refusal := rules.refusal_of_day(until, today=today):
        raise CannotRegister(refusal)
    if row.until < today:
        on = interests.counted(actor, at).on
        if refusal := rules.refusal_of_number(on=on, lately=0, today=today):
            raise TooMany(refusal)
    return _edited(actor, row, {"until": until}, at)


@guarded.acts
def withdraw(*, actor: Actor, interest: UUID, at: datetime) -> Any:
    """Be interested no longer: nobody is told of it from this instant. Raises Missing."""
    given = {"is_on": False, "decision": Decision.SILENT.value}
    return _edited(actor, interests.one(actor, interest), given, at)


@guarded.acts
def look(*, actor: Actor, at: datetime) -> list[Looked]:
    """One's interests, and which of them somebody else shares: a combination, as the law has it logged."""
    return _looked(actor, interests.mine(actor, at), at)


@guarded.acts
def look_at(*, actor: Actor, interest: UUID, at: datetime) -> Looked:
    """One of them alone, looked at alike. Raises Missing."""
    (looked,) = _looked(actor, [interests.one(actor, interest)], at)
    return looked


def _looked(actor: Actor, rows: Sequence[models.Interest], at: datetime) -> list[Looked]:
    """What is told is entered on both sides first, whatever made it meet: a link, a match or a clause as well."""
    met, today = interests.met(row.pk for row in rows) if rows else {}, civil.day_of(at)
    if met:
        meeting.enter(met, at)
    records.compared(actor=actor, rows=[row for row in rows if row.pk in met], at=at)
    return [Looked(row, met.get(row.pk), row.until < today) for row in rows]


def _edited(actor: Actor, row: models.Interest, given: dict[str, Any], at: datetime) -> Any:
    """As it is from now on. What it says already is said again without another version."""
    told = {name: value for name, value in given.items() if getattr(row, name) != value}
    if not told:
        return row
    return records.edit(
        actor=actor, kind=INTEREST, record=row.pk, version=row.version, given=told, at=at
    )


def _refuse(actor: Actor, new: NewInterest, at: datetime) -> None:
    if not new.name.strip() or not new.contact.strip():
        raise CannotRegister("Name the operation or case, and whom another may contact.")
    used, today = interests.counted(actor, at), civil.day_of(at)
    if refusal := rules.refusal_of_number(on=used.on, lately=used.lately, today=today):
        raise TooMany(refusal)
    if refusal := rules.refusal(reason=new.reason, until=new.until, today=today):
        raise CannotRegister(refusal)


def _compared(new: NewInterest) -> tuple[str, list[str]]:
    """How it is shown, and what it is compared by. Raises CannotRegister."""
    if new.record is not None:
        return _record(new.record)
    if new.scheme not in rules.schemes():
        raise CannotRegister("Say what it is known by: " + ", ".join(rules.schemes()) + ".")
    try:
        number = rules.normal(new.scheme, new.said)
    except Wrong as wrong:
        raise NoSuchNumber(wrong.message) from None
    return number, [rules.mark(new.scheme, number)]


def _record(key: UUID) -> tuple[str, list[str]]:
    """A record is compared by itself, and by its own numbers where they may be read. Raises CannotRegister."""
    seen = person.read_ends((kind, key) for kind in POLE).get(key)
    if seen is None:
        raise CannotRegister("There is no such record, or none that you may know of.")
    more: Iterable[str] = rules.marks_of(seen.kind, seen.row.values()) if seen.row else ()
    marks = [rules.mark(rules.RECORD, str(key)), *more]
    return seen.title[:200], list(dict.fromkeys(marks))
