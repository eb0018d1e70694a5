"""Spreadsheets brought in: rehearsed, then kept, whole or not at all; the same file twice changes nothing."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import NotUnderstood, Refused
from crossforce.people.api import Actor
from crossforce.programme import models
from crossforce.programme.choices import (
    ENTRY,
    IMPORT,
    MILESTONE,
    PURPOSES,
)
from crossforce.programme.models.fields import parted
from crossforce.programme.operations import entries
from crossforce.programme.operations.places import one_at_a_time, place_of
from crossforce.programme.queries.known import known
from crossforce.programme.queries.owned import held_by
from crossforce.programme.reading import past, staying, waiting
from crossforce.programme.reading.layouts import LAYOUTS, MILESTONES
from crossforce.programme.rules.networks import Milestone
from crossforce.records import api as records
from crossforce.records.choices import SheetState
from crossforce.records.reading import sheets, tables
from crossforce.records.reading.comparing import Change, Comparison, compared
from crossforce.records.reading.layouts import Layout, Sort
from crossforce.records.reading.values import Finding, Reading, Row, Value

KINDS: Final = {"register": ENTRY, "milestones": MILESTONE}


class NoSuchTable(NotUnderstood):
    """A spreadsheet holds a register or milestones."""


class NoSuchProject(NotUnderstood):
    """Milestones are of a project that your organisation keeps: give its code."""


class MayNotImport(Refused):
    """No agreement or policy lets you add and change such records of your organisation."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        told = (
            f"{MayNotImport.__doc__} It begins with row {rows[0].number}, “{rows[0].reference}”: leave such rows out."
            if rows
            else ""
        )
        super().__init__(told)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was sent: which table it holds, of which project milestones are."""

    name: str
    content: bytes
    layout: str = "register"
    project: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Sound:
    """A row that is sound and brings something: the headings of what it changes, none where it is new."""

    number: int
    reference: str
    title: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file did, or would do. `record` is where that is kept, once it is no rehearsal.

    `sound` is what comes in, or waits for rows that are refused beside it: `counts` say which.
    """

    counts: Mapping[str, int]
    findings: tuple[Finding, ...]
    is_refused: bool
    sound: tuple[Sound, ...] = ()
    record: UUID | None = None

    @property
    def is_held_back(self) -> bool:
        """Whether rows that are sound stay out, because others are refused."""
        return self.counts["held_back"] > 0

    @property
    def changes_nothing(self) -> bool:
        """Whether all of it is in already, as it is."""
        return not (self.counts["new"] or self.counts["changed"])


@guarded.acts
def bring_in(
    *,
    actor: Actor,
    sent: Sheet,
    at: datetime,
    is_rehearsal: bool = False,
    is_in_part: bool = False,
) -> Outcome:
    """Bring a file in, or say what that would do. With any row refused nothing comes in.

    `is_in_part` is that whoever sends it wants the sound rows all the same. Raises NoSuchTable,
    NoSuchProject, MayNotImport.
    """
    layout = LAYOUTS.get(sent.layout)
    if layout is None:
        raise NoSuchTable
    if not is_rehearsal:
        one_at_a_time(KINDS[sent.layout], actor.organisation)
    held = _held(actor, layout, sent.project)
    reading = _read(actor, layout, sent, held, at)
    refused = [each.reference for each in reading.findings if each.row and not each.is_note]
    found = compared(
        reading.rows, {code: values for code, (_, values) in held.items()}, refused
    )
    _permit(actor, layout, found, held)
    comes_in = is_in_part or not reading.refused
    outcome = Outcome(
        _counts(reading, found, comes_in),
        reading.findings,
        reading.is_refused,
        tuple(_sound(layout, found)),
    )
    if is_rehearsal:
        return outcome
    if comes_in:
        _apply(actor, layout, sent.project, found, held, at)
    return replace(outcome, record=_keep(actor, sent, outcome, _state(outcome, comes_in), at))


def _state(outcome: Outcome, comes_in: bool) -> SheetState:
    """Refused where nothing of it is in, whether or not somebody asked for its sound rows."""
    if outcome.is_refused or not comes_in:
        return SheetState.REFUSED
    if not outcome.counts["refused"]:
        return SheetState.DONE
    is_any_in = any(outcome.counts[name] for name in ("new", "changed", "unchanged"))
    return SheetState.IN_PART if is_any_in else SheetState.REFUSED


Held = Mapping[str, tuple[Any, Mapping[str, Value]]]


def _permit(actor: Actor, layout: Layout, found: Comparison, held: Held) -> None:
    """Each row may be added or changed where it stands, and what came of the file be kept. Raises MayNotImport."""
    kind = KINDS[layout.name]
    places = {row.reference: _scope(kind, _place(actor, row)) for row in found.new}
    kept = _scope(IMPORT, place_of(actor, ""))
    is_open = guarded.open_scopes("add", {kept, *places.values()})
    if kept not in is_open:
        raise MayNotImport
    may_edit = records.allowed(kind, "edit")
    changed = ((each.row, held[each.row.reference][0]) for each in found.changed)
    wrong = [row for row in found.new if places[row.reference] not in is_open]
    wrong += [row for row, old in changed if not may_edit(old)]
    if wrong:
        raise MayNotImport(wrong)


def _place(actor: Actor, row: Row) -> records.Place:
    return place_of(actor, str(row.values.get("function") or ""))


def _scope(kind: str, place: records.Place) -> guarded.ScopeOf:
    return guarded.ScopeOf(
        place.holder, kind, place.collection, place.compartment, place.marking
    )


def _held(actor: Actor, layout: Layout, project: str) -> Held:
    """What the actor's organisation holds already, by reference."""
    mine = actor.organisation
    if layout is MILESTONES:
        if not project or not held_by(mine, models.Project.objects.filter(code=project)):
            raise NoSuchProject
        rows = held_by(mine, models.Milestone.objects.filter(project=project))
    else:
        rows = held_by(mine, models.RegisterEntry.objects.within_reach())
    return {row.code: (row, _values(layout, row)) for row in rows}


def _values(layout: Layout, row: Any) -> dict[str, Value]:
    """A row as the table has it."""
    found: dict[str, Value] = {}
    for column in layout.columns:
        value = row.code if column.sort is Sort.REFERENCE else getattr(row, column.field)
        found[column.field] = parted(value) if column.sort is Sort.SEVERAL else value
    return found


def _read(actor: Actor, layout: Layout, sent: Sheet, held: Held, at: datetime) -> Reading:
    reading = tables.read(sent.content, layout, known(actor), sent.sheet)
    if layout is not MILESTONES:
        stages = {code: row.stage for code, (row, _) in held.items()}
        return past.judged(staying.judged(reading, stages), held, civil.day_of(at))
    there = {
        code: Milestone(code, row.due_on, row.begins_on, parted(row.after), row.done_on)
        for code, (row, _) in held.items()
    }
    return waiting.judged(reading, there)


def _counts(reading: Reading, found: Comparison, comes_in: bool) -> dict[str, int]:
    new, changed = len(found.new), len(found.changed)
    return {
        "new": new if comes_in else 0,
        "changed": changed if comes_in else 0,
        "unchanged": len(found.unchanged),
        "not_in_file": len(found.gone),
        "refused": len(reading.refused),
        "held_back": 0 if comes_in else new + changed,
    }


def _sound(layout: Layout, found: Comparison) -> Iterator[Sound]:
    headings = {each.field: each.heading for each in layout.columns}
    brings: list[tuple[Row, tuple[str, ...]]] = [(row, ()) for row in found.new]
    brings += [(each.row, each.fields) for each in found.changed]
    for row, fields in sorted(brings, key=lambda each: each[0].number):
        changes = tuple(headings[field] for field in fields)
        yield Sound(row.number, row.reference, str(row.values.get("title") or ""), changes)


def _apply(
    actor: Actor, layout: Layout, project: str, found: Comparison, held: Held, at: datetime
) -> None:
    new = [_entered(layout, row, project, at) for row in found.new]
    edits = [_edited(layout, each, held) for each in found.changed]
    if layout is MILESTONES:
        place = place_of(actor, "")
        rows = [records.NewRecord(MILESTONE, place, values) for values in new]
        records.create_many(actor=actor, new=rows, at=at)
        records.edit_many(actor=actor, kind=MILESTONE, edits=edits, at=at)
    else:
        entries.enter_many(actor=actor, values=new, at=at)
        entries.put_many(actor=actor, edits=edits, at=at)


def _entered(layout: Layout, row: Row, project: str, at: datetime) -> dict[str, Any]:
    values = _as_kept(layout, row.values, project)
    if layout is not MILESTONES and past.is_past(row):
        said = {"stage": values["stage"], "on": civil.day_of(at)}
        values["reason"] = past.ELSEWHERE.format(**said)
    return values


def _edited(layout: Layout, change: Change, held: Held) -> records.Edit:
    row, _ = held[change.row.reference]
    changed = {field: change.row.values[field] for field in change.fields}
    return records.Edit(row.pk, row.version, _as_kept(layout, changed, ""))


def _as_kept(layout: Layout, values: Mapping[str, Value], project: str) -> dict[str, Any]:
    """A row of the table as the record has it."""
    found: dict[str, Any] = {
        field: "; ".join(value) if isinstance(value, tuple) else value
        for field, value in values.items()
    }
    if (known_by := layout.reference) and known_by.field in found:
        found["code"] = found.pop(known_by.field)
    if project:
        found |= {"project": project, "purposes": list(PURPOSES)}
    return found


def _keep(actor: Actor, sent: Sheet, outcome: Outcome, state: SheetState, at: datetime) -> UUID:
    kept = [each._asdict() for each in outcome.findings[: sheets.MOST_FINDINGS]]
    table, findings = LAYOUTS[sent.layout].title, json.dumps(kept, ensure_ascii=False)
    values = sheets.values(table, sent.name, sent.content, outcome.counts, findings) | {
        "layout": sent.layout,
        "project": sent.project,
        "state": str(state),
        "purposes": list(PURPOSES),
    }
    new = records.NewRecord(IMPORT, place_of(actor, ""), values)
    row = records.create(actor=actor, new=new, at=at)
    key: UUID = row.pk
    return key
