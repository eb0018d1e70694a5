"""An item of unused material goes to the other schedule: made there, erased here with all its states, in one transaction."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.evidence.choices import SENSITIVE, UNUSED
from crossforce.evidence.models import Scheduled
from crossforce.evidence.operations.scheduling import WhySensitive
from crossforce.evidence.queries import disclosure as asked
from crossforce.kernel import events, guarded, statements
from crossforce.kernel.refusals import StaleVersion
from crossforce.ledger import api as ledger
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.choices import ERASED, SAYING
from crossforce.records.events import RecordDisposed

CARRIED: Final = ("case", "description", "location", "exhibit", "is_presumed", "purposes")
TESTED: Final = ("test", "tested_at", "tested_by", "test_reason", "reopened_for")


@guarded.acts
def move(
    *, actor: Actor, item: UUID, version: int, why_sensitive: str, at: datetime
) -> Scheduled:
    """Put an item on the other schedule: on MG6D with why it is sensitive, on MG6C without. A decision falls away.

    Holds and links go along. Of the test nothing comes from MG6D: why it came out so may tell what is sensitive. Raises Missing,
    WhySensitive, StaleVersion, and what `records.create` raises.
    """
    row = asked.unused_of(actor, item)
    statements.alone(f"evidence.unused {row.case}")
    why = why_sensitive.strip()
    to = SENSITIVE if why else UNUSED
    if to == row.record_kind:
        raise WhySensitive
    access.require(row.record_kind, item, "edit")
    said = {name: getattr(row, name) for name in (*CARRIED, *(TESTED if why else ()))}
    given = said | ({"why_sensitive": why} if why else {})
    place = records.place_of(row.scope_id)
    new = records.NewRecord(to, place, given, row.review_group)
    made = records.create(actor=actor, new=new, at=at)
    _erase(actor, row, version, made.pk, at)
    return asked.unused_of(actor, made.pk)


def _erase(actor: Actor, row: Scheduled, version: int, to: UUID, at: datetime) -> None:
    """It goes as it is told that it goes on elsewhere (sql/3_schedules.sql): row, states, and what the log kept of its words."""
    told: dict[str, Any] = {"changed_at": at, "changed_by": actor.reference}
    if not type(row).objects.filter(pk=row.pk, version=version).update(moved_to=to, **told):
        raise StaleVersion
    detail = {"version": version}
    records.enter(
        actor=actor, operation=ERASED, rows=[row], action="edit", detail=detail, at=at
    )
    subjects = [row.reference.subject]
    ledger.erase_said(actor=actor, subjects=subjects, operations=SAYING, at=at)
    events.publish(RecordDisposed(row.record_kind, row.pk, at))
