"""Sources of a force: its connectors, each a mapping that an analyst wrote, kept and changed."""

from collections.abc import Mapping as Table
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crossforce.intake import api as intake
from crossforce.kernel import guarded
from crossforce.nominals import mapping as documents
from crossforce.nominals import models
from crossforce.nominals.choices import MARKING, PURPOSES, SOURCE
from crossforce.nominals.mapping import Mapping
from crossforce.people.api import Actor
from crossforce.records import api as records

WHAT: Final = "source"


def understood(text: str) -> Mapping:
    """The mapping that the text describes. Raises BadMapping."""
    return intake.mappings.understood(documents.read, text)


def keep(*, actor: Actor, text: str, at: datetime) -> UUID:
    """Keep a source for its force. Raises BadMapping, MayNotAdd."""
    of = understood(text)
    place = records.Place(of.holder, "", "", MARKING)
    values = {**intake.mappings.values(of, text), "purposes": list(PURPOSES)}
    new = records.NewRecord(SOURCE, place, values)
    with intake.mappings.named(of, WHAT):
        row = records.create(actor=actor, new=new, at=at)
    key: UUID = row.pk
    return key


def change(*, actor: Actor, source: UUID, version: int, text: str, at: datetime) -> Any:
    """Change a source. What was loaded before keeps the copy by which it was read. Raises BadMapping."""
    of = understood(text)
    with guarded.acting(actor):
        for _, scope in models.Source.objects.filter(pk=source).values_list("pk", "scope_id"):
            intake.mappings.stays(of, scope, WHAT)
    with intake.mappings.named(of, WHAT):
        return records.edit(
            actor=actor,
            kind=SOURCE,
            record=source,
            version=version,
            given=intake.mappings.values(of, text),
            at=at,
        )


def put(*, actor: Actor, text: str, at: datetime) -> UUID:
    """Keep a source for its force, or change the one of its name there. Raises BadMapping, MayNotAdd."""
    of = understood(text)
    with guarded.acting(actor):
        named = list(models.Source.objects.filter(name=of.name))
    places = records.places_of(row.scope_id for row in named)
    for row in named:
        if places[row.scope_id].holder == of.holder:
            change(actor=actor, source=row.pk, version=row.version, text=text, at=at)
            key: UUID = row.pk
            return key
    return keep(actor=actor, text=text, at=at)


def correct(
    *, actor: Actor, record: UUID, version: int, given: Table[str, Any], at: datetime
) -> Any:
    """Make a correction that somebody proposed of the text. Raises BadMapping, NotUnderstood."""
    text = intake.mappings.corrected(given, WHAT)
    return change(actor=actor, source=record, version=version, text=text, at=at)
