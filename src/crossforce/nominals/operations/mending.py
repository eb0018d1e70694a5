"""Refused rows: mended and replayed, or given up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.kernel import guarded
from crossforce.kernel.refusals import Conflict, Missing, StaleVersion
from crossforce.nominals import models
from crossforce.nominals.choices import QUARANTINE, Row
from crossforce.nominals.operations import loading, quarantining
from crossforce.nominals.operations.loading import Outcome
from crossforce.people.api import Actor
from crossforce.records import api as records


class NoSuchRow(Missing):
    """There is no such refused row, or none that you may know of."""


class AtRest(Conflict):
    """This row was mended or given up already."""


def replay(
    *, actor: Actor, row: UUID, version: int, cells: Mapping[str, Any], at: datetime
) -> Outcome:
    """Load a row with corrected cells, by its source as it is now. Raises NoSuchRow, AtRest, StaleVersion, MayNotLoad.

    Refused again, it waits on with the new cells and the new reasons; what somebody else made of it meanwhile stands.
    """
    held = _waiting(actor, row, version)
    mapping = mapping_of(actor, held)
    outcome = loading.replay(
        actor=actor, mapping=mapping, cells=dict(cells), name=f"row {held.row} mended", at=at
    )
    if outcome.refused or outcome.findings:
        given: dict[str, Any] = {"cells": dict(cells)}
        given["reasons"] = [
            each._asdict() for one in outcome.refused for each in one.reasons
        ] or [
            {"rule": e.rule, "column": e.column, "message": e.message, "remedy": e.remedy}
            for e in outcome.findings
        ]
        _say(actor, held, given, at)
    elif not _is_mended(actor, row):
        _say(actor, held, quarantining.rested(Row.MENDED), at)
    return outcome


def give_up(*, actor: Actor, row: UUID, version: int, at: datetime) -> None:
    """Leave a row away for good: its source is right without it. Raises NoSuchRow, AtRest, StaleVersion."""
    held = _waiting(actor, row, version)
    _say(actor, held, quarantining.rested(Row.GIVEN_UP), at)


def mapping_of(actor: Actor, held: models.Quarantine) -> str:
    """The mapping by which the row would be read now: its source's, or else that of its load."""
    with guarded.acting(actor):
        load = models.Load.objects.filter(pk=held.load).first()
        if load is None:
            raise NoSuchRow
        source = models.Source.objects.filter(name=held.source)
        here = records.places_of([held.scope_id])[held.scope_id].holder
        for each in source:
            if records.places_of([each.scope_id])[each.scope_id].holder == here:
                return str(each.text)
        return str(load.mapping)


def _waiting(actor: Actor, row: UUID, version: int) -> models.Quarantine:
    with guarded.acting(actor):
        held: models.Quarantine | None = models.Quarantine.objects.filter(pk=row).first()
    if held is None:
        raise NoSuchRow
    if held.state != Row.WAITING:
        raise AtRest
    if held.version != version:
        raise StaleVersion
    return held


def _is_mended(actor: Actor, row: UUID) -> bool:
    """Whether the load has said so itself."""
    with guarded.acting(actor):
        rows: Any = models.Quarantine.objects.filter(pk=row, state=Row.MENDED)
        return bool(rows.exists())


def _say(actor: Actor, held: models.Quarantine, given: dict[str, Any], at: datetime) -> None:
    """Of the row as it was when it was found waiting. Raises StaleVersion."""
    told = {name: value for name, value in given.items() if getattr(held, name) != value}
    if told:
        records.edit(
            actor=actor,
            kind=QUARANTINE,
            record=held.pk,
            version=held.version,
            given=told,
            at=at,
        )
