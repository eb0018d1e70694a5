"""Loads as they are kept: begun, gone on with, and at their end."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from crossforce.intake import api as intake
from crossforce.kernel import guarded
from crossforce.kernel.ids import new_id
from crossforce.nominals import models
from crossforce.nominals.choices import LOAD, MARKING, Form, State
from crossforce.nominals.mapping import Mapping
from crossforce.nominals.operations.bringing import Outcome
from crossforce.people.api import Actor
from crossforce.records import api as records


class Came(NamedTuple):
    """How rows came: in which form, under which name, and what their bytes add up to."""

    form: Form
    name: str
    sha: str


def stopped(actor: Actor, of: Mapping, text: str, sha: str) -> Any:
    """The load of the same bytes by the same mapping that is not at its end, if there is one."""
    with guarded.acting(actor):
        running = models.Load.objects.filter(
            file_sha256=sha,
            source=of.name,
            source_system=of.system,
            mapping=intake.mappings.plain(text),
            state=State.RUNNING,
        )
        return running.order_by("-created_at").first()


def pushed(actor: Actor, of: Mapping, text: str, *, name: str, sha: str, at: datetime) -> UUID:
    """The load of rows that were pushed: one of the same that was interrupted goes on."""
    if (found := stopped(actor, of, text, sha)) is not None:
        known: UUID = found.pk
        return known
    return begin(actor, of, text, Came(Form.PUSH, name, sha), at=at, key=new_id())


def begin(actor: Actor, of: Mapping, text: str, came: Came, *, at: datetime, key: UUID) -> UUID:
    """A load that begins."""
    values: dict[str, Any] = {
        "title": of.title,
        "source": of.name,
        "form": came.form.value,
        "file_name": came.name[:200],
        "file_sha256": came.sha,
        "state": State.RUNNING.value,
        "counts": {"read": 0},
        "quality": {"refused": {}},
        "mapping": intake.mappings.plain(text),
        "source_system": of.system,
        "purposes": list(of.purposes),
    }
    place = records.Place(of.holder, "", "", MARKING)
    records.create(actor=actor, new=records.NewRecord(LOAD, place, values, id=key), at=at)
    return key


def said(outcome: Outcome) -> dict[str, Any]:
    """What came of a load, as it is kept."""
    return {
        "counts": outcome.counts or {"read": 0},
        "quality": {"refused": outcome.quality},
        "findings": "\n".join(map(str, outcome.findings)),
    }


def finish(actor: Actor, load: UUID, outcome: Outcome, at: datetime) -> None:
    """Say what came of a load."""
    given = {"state": outcome.state.value, **said(outcome)}
    with guarded.acting(actor):
        version = models.Load.objects.get(pk=load).version
        records.edit(actor=actor, kind=LOAD, record=load, version=version, given=given, at=at)
