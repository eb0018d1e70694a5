"""Records leave the platform, marked, to somebody named."""

import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from crossforce.kernel import guarded
from crossforce.kernel.refusals import NotUnderstood, Refused
from crossforce.people.choices import Actor
from crossforce.records import queries
from crossforce.records.choices import DISCLOSED
from crossforce.records.governed import GovernedRecord
from crossforce.records.operations import beats, telling
from crossforce.records.rules import marking


class MayNotDisclose(Refused):
    """No agreement or policy lets you take these records out. Ask their holder."""


@dataclass(frozen=True, slots=True)
class Disclosed:
    """Records on their way out. `marking` is the highest of any of them, and stands on the file."""

    rows: Sequence[GovernedRecord]
    marking: str
    recipient: str
    at: datetime


@guarded.acts
def disclose(
    *,
    actor: Actor,
    kind: str,
    records: Sequence[UUID],
    recipient: str,
    reason: str,
    at: datetime,
) -> Disclosed:
    """Hand records of one kind to a recipient: one entry that names every one of them.

    Raises MayNotDisclose when any may be read but not disclosed, NoSuchRecord when any is not there, and what the kind's own rule raises.
    """
    if not recipient.strip():
        raise NotUnderstood("Say who receives the records.")
    wanted = list(dict.fromkeys(records))
    telling.begin_disclosing(wanted)
    rows = require(kind, wanted)
    if judge := queries.kind_of(kind).leaves_by:
        pkgutil.resolve_name(judge)(rows=rows, actor=actor, at=at)
    places = queries.describe(row.scope_id for row in rows)
    marks = [places[row.scope_id].marking for row in rows]
    line = marking.line(marks, (places[row.scope_id].compartment for row in rows))
    code = queries.body_of(recipient.strip())  # anything else may name a person
    beats.record(
        actor=actor,
        operation=DISCLOSED,
        rows=rows,
        action="disclose",
        detail={"marking": marking.highest(marks), **({"recipient": code} if code else {})},
        private={"recipient": recipient.strip(), "reason": reason.strip()},
        at=at,
    )
    return Disclosed(rows, line, recipient.strip(), at)


def require(kind: str, records: Sequence[UUID]) -> list[GovernedRecord]:
    """The records, all of them to be disclosed by whoever acts. Raises NoSuchRecord, MayNotDisclose."""
    found = {row.pk: row for row in queries.model_of(kind).objects.filter(pk__in=records)}
    if not records or len(found) != len(records):
        raise beats.NoSuchRecord
    if not all(map(queries.allowed(kind, "disclose"), found.values())):
        raise MayNotDisclose
    return [found[record] for record in records]
