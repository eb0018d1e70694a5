"""A case goes with its exhibits, whole or not at all; only what something else still needs stays behind."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from crossforce.evidence.choices import CASE, EXHIBIT
from crossforce.evidence.models import Case
from crossforce.evidence.operations import case_parts, certifying
from crossforce.evidence.queries import cases
from crossforce.kernel import guarded
from crossforce.people.api import Actor
from crossforce.records import api as records


def all_first(*, row: Case, actor: Actor, reason: str, at: datetime) -> None:
    """Dispose of the schedules of a case, and of the exhibits that name it, before it goes; those that something else needs stay. Raises what keeps any other, and where one is not open to the actor."""
    exhibits = case_parts.exhibits_of(row)
    case_parts.schedules_first(row=row, actor=actor, reason=reason, at=at)
    with certifying.counting(actor, row, at) as gone:
        for exhibit in exhibits:
            version, key = exhibit.version, exhibit.pk
            try:
                with transaction.atomic():
                    records.dispose(
                        actor=actor, kind=EXHIBIT, record=key, version=version, reason=reason, at=at
                    )  # fmt: skip
            except records.StillNeeded:
                gone.left += 1
            except records.MayNotGo as kept:
                told = f"Exhibit {exhibit.exhibit_reference} keeps it. {kept}"
                raise records.MayNotGo(told) from kept
            else:
                gone.exhibits += 1


@guarded.acts
def propose(*, actor: Actor, case: UUID, at: datetime) -> int:
    """Propose that a case and its exhibits go, so that somebody else decides about all of them. Answers how many exhibits.

    Raises Missing, ExhibitNotOpen and what `records.propose_disposal` raises.
    """
    found = cases.case_row(case)
    exhibits = case_parts.exhibits_of(found)
    for row in (*exhibits, found):
        kind = CASE if row is found else EXHIBIT
        if row.disposal != "proposed":
            records.propose_disposal(
                actor=actor, kind=kind, record=row.pk, version=row.version, at=at
            )
    return len(exhibits)
