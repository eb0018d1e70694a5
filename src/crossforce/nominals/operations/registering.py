"""Loads as they are kept: begun, gone on with, and at their end."""

from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.kernel import guarded
from crossforce.nominals import models
from crossforce.nominals.choices import LOAD, MARKING, Form, State
from crossforce.nominals.mapping import Mapping
from crossforce.nominals.operations import sources
from crossforce.people.api import Actor
from crossforce.records import api as records


def begin(
    actor: Actor, of: Mapping, text: str, *, form: Form, name: str, sha: str, at: datetime
) -> UUID:
    """The load as it is kept: one of the same bytes that was interrupted goes on."""
    with guarded.acting(actor):
        running = models.Load.objects.filter(
            file_sha256=sha, source=of.name, source_system=of.system, state=State.RUNNING
        )
        if (found := running.order_by("-created_at").first()) is not None:
            key: UUID = found.pk
            return key
    values: dict[str, Any] = {
        "title": of.title,
        "source": of.name,
        "form": form.value,
        "file_name": name[:200],
        "file_sha256": sha,
        "state": State.RUNNING.value,
        "counts": {"read": 0},
        "quality": {"refused": {}},
        "mapping": sources.plain(text),
        "source_system": of.system,
        "purposes": list(of.purposes),
    }
    new = records.NewRecord(LOAD, records.Place(of.holder, "", "", MARKING), values)
    made: UUID = records.create(actor=actor, new=new, at=at).pk
    return made


def finish(actor: Actor, load: UUID, given: dict[str, Any], at: datetime) -> None:
    """Say what came of a load."""
    with guarded.acting(actor):
        version = models.Load.objects.get(pk=load).version
        records.edit(
            actor=actor,
            kind=LOAD,
            record=load,
            version=version,
            given=given,
            at=at,
        )
