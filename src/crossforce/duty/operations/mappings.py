"""Mappings that a force keeps: written down, and changed."""

from collections.abc import Mapping as Table
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import tomlkit

from crossforce.duty import mapping as exports
from crossforce.duty import models
from crossforce.duty.choices import MAPPING, MARKING, PURPOSES
from crossforce.duty.mapping import Mapping
from crossforce.intake import api as intake
from crossforce.kernel import guarded
from crossforce.people.api import Actor
from crossforce.records import api as records

WHAT: Final = "mapping"


def understood(text: str) -> Mapping:
    """The mapping that the text describes. Raises BadMapping."""
    return intake.mappings.understood(exports.read, text)


def accepting(text: str) -> str:
    """A mapping that is understood, so that its file may cancel whatever it no longer has."""
    document: Any = tomlkit.parse(intake.mappings.plain(text))
    document["file"]["most_cancelled"] = 1
    return tomlkit.dumps(document).strip()


def keep(*, actor: Actor, text: str, at: datetime) -> UUID:
    """Keep a mapping for its force. Raises BadMapping, MayNotAdd."""
    of = understood(text)
    place = records.Place(of.holder, "", "", MARKING)
    values = {**intake.mappings.values(of, text), "purposes": list(PURPOSES)}
    new = records.NewRecord(MAPPING, place, values)
    with intake.mappings.named(of, WHAT):
        row = records.create(actor=actor, new=new, at=at)
    key: UUID = row.pk
    return key


def change(*, actor: Actor, mapping: UUID, version: int, text: str, at: datetime) -> Any:
    """Change a mapping. Imports of before keep the copy by which they were read. Raises BadMapping."""
    of = understood(text)
    with guarded.acting(actor):
        for _, scope in models.Mapping.objects.filter(pk=mapping).values_list("pk", "scope_id"):
            intake.mappings.stays(of, scope, WHAT)
    given = intake.mappings.values(of, text)
    with intake.mappings.named(of, WHAT):
        return records.edit(
            actor=actor, kind=MAPPING, record=mapping, version=version, given=given, at=at
        )


def correct(
    *, actor: Actor, record: UUID, version: int, given: Table[str, Any], at: datetime
) -> Any:
    """Make a correction that somebody proposed of the text. Raises BadMapping, NotUnderstood."""
    text = intake.mappings.corrected(given, WHAT)
    return change(actor=actor, mapping=record, version=version, text=text, at=at)
