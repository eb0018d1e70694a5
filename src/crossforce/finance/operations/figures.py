"""Figures that a force, or a body of it, states of itself: entered, corrected, brought in by a table."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from crossforce.agreements import api as agreements
from crossforce.finance.choices import FIGURE, PURPOSES, Confidence, Driver
from crossforce.finance.operations import alone
from crossforce.finance.operations.budgets import place_of
from crossforce.finance.operations.sheets import Brought, Sheet, brought, refuse, told, wrong
from crossforce.finance.queries import agreed
from crossforce.finance.queries import figures as reads
from crossforce.finance.rules import figures as rules
from crossforce.finance.rules import tables
from crossforce.kernel import guarded
from crossforce.kernel.refusals import NotUnderstood, Refused
from crossforce.kernel.words import Words
from crossforce.organisations import api as organisations
from crossforce.organisations.directory import Organisation
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.reading import names
from crossforce.records.reading.comparing import Comparison, compared
from crossforce.records.reading.tables import read
from crossforce.records.reading.values import Row, Value

COMPARED: Final = ("driver", "agreement", "on", "value", "source", "confidence", "note")
STAY: Final = frozenset({"driver", "agreement", "force", "title"})
"""What a correction leaves: another figure is stated anew."""


class NotOfAForce(Refused):
    """Only a force, its chief officer or its policing body states figures of itself."""


class Unsound(NotUnderstood):
    """The figure cannot be so; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class NewFigure:
    """What is counted, as at which day, and where it stands written."""

    driver: Driver
    on: date
    value: Decimal
    source: str
    confidence: Confidence = Confidence.STATED
    agreement: str = ""
    note: str = ""


@guarded.acts
def state_figure(*, actor: Actor, new: NewFigure, at: datetime) -> UUID:
    """State a figure of the actor's own force; the actor's organisation keeps it.

    Raises NotOfAForce, NoSuchAgreement, Unsound, MayNotAdd, Clashes.
    """
    force = _own(actor)
    if new.agreement:
        agreed.title(actor, new.agreement)
    made = records.NewRecord(FIGURE, place_of(actor.organisation), _values(asdict(new), force))
    row = records.create(actor=actor, new=made, at=at)
    key: UUID = row.pk
    return key


@guarded.acts
def correct_figure(
    *, actor: Actor, figure: UUID, version: int, given: Mapping[str, Any], at: datetime
) -> None:
    """Say it anew: what it was stays in its history, and shares that were kept stay as they are.

    Raises NoSuchFigure, Unsound, Clashes, NothingChanges.
    """
    edit = _corrected(reads.row_of(figure), version, given)
    records.edit(
        actor=actor, kind=FIGURE, record=figure, version=version, given=edit.given, at=at
    )


@guarded.acts
def bring_figures_in(
    *, actor: Actor, sent: Sheet, at: datetime, is_rehearsal: bool = False
) -> Brought:
    """State and correct the figures of a table, all of them or, with what is wrong cell by cell, none.

    A figure is known by what it counts, its agreement and its day: the same table twice changes nothing.
    Raises NotOfAForce, MayNotAdd.
    """
    force = _own(actor)
    alone.on_figures_of(actor.organisation)

    def stated() -> Brought:
        return _stated(actor, sent.content, force, at, is_rehearsal=is_rehearsal)

    return brought(actor, sent, tables.FIGURES, stated, at, is_rehearsal=is_rehearsal)


def _stated(
    actor: Actor, content: bytes, force: Organisation, at: datetime, *, is_rehearsal: bool
) -> Brought:
    bodies = names.bodies(organisations.directory().organisations)
    known = {"force": bodies, "driver": _drivers(), "agreement": _agreements(actor)}
    reading = read(content, tables.FIGURES, known)
    refuse([*wrong(reading), *_faults(reading.rows, force)])
    rows = [_known_by(each) for each in reading.rows]
    held = {_key(row.values()): row for row in reads.held_by(actor.organisation)}
    found = compared(rows, {key: _compared(row) for key, row in held.items()})
    if not is_rehearsal:
        _apply(actor, found, held, force, at)
    return Brought(len(found.new), len(found.changed), len(found.unchanged))


def _apply(
    actor: Actor, found: Comparison, held: Mapping[str, Any], force: Organisation, at: datetime
) -> None:
    place = place_of(actor.organisation)
    sure = {"confidence": Confidence.STATED}
    new = [
        records.NewRecord(FIGURE, place, _values(sure | dict(row.values), force))
        for row in found.new
    ]
    edits = [
        _corrected(row := held[each.row.reference], row.version, dict(each.row.values))
        for each in found.changed
    ]
    records.create_many(actor=actor, new=new, at=at)
    records.edit_many(actor=actor, kind=FIGURE, edits=edits, at=at)


def _own(actor: Actor) -> Organisation:
    """The force that the actor's organisation is, or is a body of. Raises NotOfAForce."""
    directory = organisations.directory()
    own = directory.get(actor.organisation)
    force = directory.force_of(own.code) if own else None
    if force is None:
        raise NotOfAForce
    return directory.organisation(force)


def _values(said: Mapping[str, Any], force: Organisation) -> dict[str, Any]:
    values = {"agreement": "", "note": ""} | dict(said)
    driver, on = Driver(values["driver"]), values["on"]
    if why := rules.refusal(driver, values["agreement"], values["value"], values["source"]):
        raise Unsound(why)
    name = (force.short_name or force.name).en
    return values | {
        "driver": driver.value,
        "confidence": Confidence(values["confidence"]).value,
        "force": force.code,
        "title": rules.title(driver, name, on),
        "purposes": list(PURPOSES),
    }


def _corrected(row: Any, version: int, given: Mapping[str, Any]) -> records.Edit:
    wanted = {name: value for name, value in given.items() if name not in STAY}
    force = organisations.directory().organisation(row.force)
    values = _values(row.values() | wanted, force)
    return records.Edit(row.pk, version, {name: values[name] for name in (*wanted, "title")})


def _drivers() -> dict[str, str]:
    titles = {driver.value: [Words(en=title)] for driver, title in rules.TITLES.items()}
    return names.spoken(titles)


def _agreements(actor: Actor) -> dict[str, str]:
    return names.spoken({reference: [] for reference in agreements.titles(actor)})


def _known_by(row: Row) -> Row:
    """The row by what it counts; a cell that says nothing of how sure it is leaves that as it is."""
    said = {name: value for name, value in row.values.items() if name != "force"}
    if not said.get("confidence"):
        said.pop("confidence", None)
    return row._replace(values=said, reference=_key(said))


def _key(values: Mapping[str, Any]) -> str:
    return f"{values['driver']} {values.get('agreement') or ''} {values['on']}"


def _compared(row: Any) -> dict[str, Value]:
    return {name: getattr(row, name) for name in COMPARED}


def _faults(rows: Iterable[Row], force: Organisation) -> Iterator[str]:
    seen: set[str] = set()
    for row in rows:
        whose = row.values.get("force")
        if whose and organisations.directory().force_of(str(whose)) != force.code:
            yield told(row, "force", "Your organisation states figures of its own force alone.")
        if (key := _key(row.values)) in seen:
            yield told(row, "driver", "This figure stands in the file twice.")
        seen.add(key)
