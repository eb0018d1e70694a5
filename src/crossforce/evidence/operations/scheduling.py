"""Unused material is scheduled, tested, looked at again, decided upon and certified: each by its own operation, each entered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from crossforce.evidence.choices import (
    CERTIFIED,
    UNUSED,
    Decision,
    Schedule,
    Test,
    Trigger,
)
from crossforce.evidence.models import Case, Certified, Unused
from crossforce.evidence.queries import disclosure as asked
from crossforce.evidence.queries.cases import case_row
from crossforce.evidence.rules import disclosure
from crossforce.kernel import guarded, statements
from crossforce.kernel.refusals import Conflict, NotUnderstood
from crossforce.people.api import Actor
from crossforce.records import api as records

UNDECIDED: dict[str, Any] = {
    "decision": "",
    "decided_at": None,
    "decided_by": "",
    "decision_reason": "",
}


class CannotDecide(Conflict):
    """It cannot be decided so; the message says why."""


class CannotCertify(Conflict):
    """The schedules cannot be certified; the message says why."""


class WhySensitive(NotUnderstood):
    """Say why it is sensitive: that stands on MG6D, and on MG6D only."""


class NoSuchExhibit(NotUnderstood):
    """The case has no exhibit of that reference that you may read."""


class NothingToLookAt(Conflict):
    """Nothing of this case was tested yet, so there is nothing to look at again."""


@dataclass(frozen=True, slots=True)
class NewUnused:
    """An item of unused material that is to be scheduled. Why it is sensitive puts it on MG6D."""

    case: UUID
    description: str
    location: str
    exhibit: str = ""
    why_sensitive: str = ""
    is_presumed: bool = False


@guarded.acts
def schedule(*, actor: Actor, new: NewUnused, at: datetime) -> Unused:
    """Put an item of unused material on the schedule where it belongs. Raises Missing, NoSuchExhibit and what `records.create` raises."""
    statements.alone(f"evidence.unused {new.case}")
    case = case_row(new.case)
    where = Schedule.SENSITIVE if new.why_sensitive.strip() else Schedule.NOT_SENSITIVE
    values = {
        "case": case.pk,
        "schedule": where.value,
        "number": _next(case, where),
        "description": new.description.strip(),
        "location": new.location.strip(),
        "exhibit": _exhibit(case, new.exhibit.strip()),
        "why_sensitive": new.why_sensitive.strip(),
        "is_presumed": new.is_presumed,
        "purposes": case.purposes,
    }
    place = records.place_of(case.scope_id)
    made = records.create(actor=actor, new=records.NewRecord(UNUSED, place, values), at=at)
    assert isinstance(made, Unused)
    return made


@guarded.acts
def move(*, actor: Actor, item: UUID, version: int, why_sensitive: str, at: datetime) -> Unused:
    """Put an item on the other schedule: on MG6D with why it is sensitive, on MG6C without. A decision falls away."""
    row = asked.unused_of(actor, item)
    statements.alone(f"evidence.unused {row.case}")
    to = Schedule.SENSITIVE if why_sensitive.strip() else Schedule.NOT_SENSITIVE
    if to == row.schedule:
        raise WhySensitive
    given = {"schedule": to.value, "number": _next(case_row(row.case), to)}
    said = {"why_sensitive": why_sensitive.strip()} | UNDECIDED
    return _edited(actor, row, version, given | said, at)


@guarded.acts
def record_test(
    *, actor: Actor, item: UUID, version: int, test: Test, officer: str, reason: str, at: datetime
) -> Unused:  # fmt: skip
    """Record how the disclosure test came out for an item, by whom and why; an earlier decision falls away."""
    row = asked.unused_of(actor, item)
    if test == Test.NONE or not (officer.strip() and reason.strip()):
        raise NotUnderstood("Say how the test came out, by whom, and why.")
    found = {
        "test": test.value,
        "tested_at": at,
        "tested_by": officer.strip(),
        "test_reason": reason.strip(),
        "reopened_for": "",
    }
    return _edited(actor, row, version, found | UNDECIDED, at)


@guarded.acts
def decide(
    *, actor: Actor, item: UUID, version: int, decision: Decision, prosecutor: str, reason: str, at: datetime
) -> Unused:  # fmt: skip
    """Write down what the prosecutor decided of an item. Raises CannotDecide."""
    row = asked.unused_of(actor, item)
    if decision == Decision.NONE or not prosecutor.strip():
        raise NotUnderstood("Say what was decided, and by which prosecutor.")
    if why := disclosure.refusal_to_decide(row.standing, decision):
        raise CannotDecide(why)
    found = {
        "decision": decision.value,
        "decided_at": at,
        "decided_by": prosecutor.strip(),
        "decision_reason": reason.strip(),
    }
    return _edited(actor, row, version, found, at)


@guarded.acts
def reopen(*, actor: Actor, case: UUID, trigger: Trigger, at: datetime) -> int:
    """Have every tested item of a case that is not disclosed looked at again, because of what came. Answers how many. Raises NothingToLookAt."""
    statements.alone(f"evidence.unused {case}")
    found = asked.schedules_of(actor, case)
    again = [each for each in found.items if each.test and each.decision != Decision.DISCLOSE]
    if not again or trigger == Trigger.NONE:
        raise NothingToLookAt
    edits = [
        records.Edit(each.pk, each.version, {"reopened_for": trigger.value} | UNDECIDED)
        for each in again
    ]
    records.edit_many(actor=actor, kind=UNUSED, edits=edits, at=at)
    return len(again)


@guarded.acts
def certify(*, actor: Actor, case: UUID, officer: str, at: datetime) -> Certified:
    """A disclosure officer certifies the schedules as they stand. Raises CannotCertify."""
    statements.alone(f"evidence.unused {case}")
    found = asked.schedules_of(actor, case)
    if not officer.strip():
        raise NotUnderstood("Say who certifies them, by office and number.")
    if found.refusal:
        raise CannotCertify(f"{found.refusal} Then certify the schedules.")
    values = {
        "case": case,
        "number": found.certificate.number + 1 if found.certificate else 1,
        "officer": officer.strip(),
        "items": len(found.items),
        "digest": asked.digest(found.items),
        "purposes": found.case.purposes,
    }
    new = records.NewRecord(CERTIFIED, found.place, values)
    made = records.create(actor=actor, new=new, at=at)
    assert isinstance(made, Certified)
    return made


def _edited(
    actor: Actor, row: Unused, version: int, given: dict[str, Any], at: datetime
) -> Unused:
    key, kind = row.pk, UNUSED
    made = records.edit(actor=actor, kind=kind, record=key, version=version, given=given, at=at)
    assert isinstance(made, Unused)
    return made


def _next(case: Case, where: Schedule) -> int:
    """Each schedule has numbers of its own: those of MG6C tell nothing of how much is on MG6D. None is given twice, also once its item moved."""
    ever = Unused.objects.filter(case=case.pk, events__schedule=where.value)
    return int(ever.aggregate(last=Max("events__number"))["last"] or 0) + 1


def _exhibit(case: Case, reference: str) -> UUID | None:
    if not reference:
        return None
    found = asked.exhibits_named(case, reference)
    if found is None:
        raise NoSuchExhibit
    return found.pk
