"""Unused material is scheduled, tested, looked at again, decided upon and certified: each by its own operation, each entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from crossforce.evidence.choices import (
    CERTIFIED,
    SENSITIVE,
    UNUSED,
    Decision,
    Test,
    Trigger,
)
from crossforce.evidence.models import Case, Certified, Scheduled, Sensitive, Unused
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

    about = "why_sensitive"


class NoSuchExhibit(NotUnderstood):
    """The case has no exhibit of that reference that you may read. Enter one as it stands in the case, such as JAS/1, or leave it empty."""

    about = "exhibit"


class NoOrder(NotUnderstood):
    """Give the court's order, with its reference and its day: by nothing else is sensitive material withheld."""

    about = "order_reference"


class NothingToLookAt(Conflict):
    """Nothing of this case was tested yet, so there is nothing to look at again."""


@dataclass(frozen=True, slots=True)
class Described:
    """What an item of unused material is. Why it is sensitive puts it on MG6D; material of some kinds is presumed to meet the test."""

    description: str
    location: str
    exhibit: str = ""
    why_sensitive: str = ""
    is_presumed: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What the prosecutor decided; where a court ordered that it is withheld, by which order of which day."""

    decision: Decision
    prosecutor: str
    reason: str = ""
    order_reference: str = ""
    ordered_on: date | None = None


@guarded.acts
def schedule(*, actor: Actor, case: UUID, new: Described, at: datetime) -> Scheduled:
    """Put an item of unused material on the schedule where it belongs. Raises Missing, NoSuchExhibit and what `records.create` raises."""
    statements.alone(f"evidence.unused {case}")
    row = case_row(case)
    values = _said(row, new) | {"case": row.pk, "purposes": row.purposes}
    kind = SENSITIVE if new.why_sensitive.strip() else UNUSED
    made = records.create(
        actor=actor, new=records.NewRecord(kind, records.place_of(row.scope_id), values), at=at
    )
    return asked.unused_of(actor, made.pk)


@guarded.acts
def describe(
    *, actor: Actor, item: UUID, version: int, said: Described, at: datetime
) -> Scheduled:
    """Mend what an item says of itself; it stays on its schedule, which is to be certified anew. Raises WhySensitive, NoSuchExhibit."""
    row = asked.unused_of(actor, item)
    if bool(said.why_sensitive.strip()) != (row.record_kind == SENSITIVE):
        raise WhySensitive
    return _edited(actor, row, version, _said(case_row(row.case), said), at)


@guarded.acts
def record_test(
    *, actor: Actor, item: UUID, version: int, test: Test, officer: str, reason: str, at: datetime
) -> Scheduled:  # fmt: skip
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
    return _edited(actor, row, version, found | undecided(row.record_kind), at)


@guarded.acts
def decide(
    *, actor: Actor, item: UUID, version: int, decided: Decided, at: datetime
) -> Scheduled:
    """Write down what the prosecutor decided of an item. Raises CannotDecide, NoOrder."""
    row = asked.unused_of(actor, item)
    if decided.decision == Decision.NONE or not decided.prosecutor.strip():
        raise NotUnderstood("Say what was decided, and by which prosecutor.")
    if why := disclosure.refusal_to_decide(row.standing, decided.decision):
        raise CannotDecide(why)
    found = {
        "decision": decided.decision.value,
        "decided_at": at,
        "decided_by": decided.prosecutor.strip(),
        "decision_reason": decided.reason.strip(),
    }
    return _written(actor, row, version, found | _ordered(row, decided), at)


@guarded.acts
def reopen(*, actor: Actor, case: UUID, trigger: Trigger, at: datetime) -> int:
    """Have every tested item of a case that is not disclosed looked at again, because of what came. Answers how many. Raises NothingToLookAt."""
    statements.alone(f"evidence.unused {case}")
    found = asked.schedules_of(actor, case)
    again = [each for each in found.items if each.test and each.decision != Decision.DISCLOSE]
    if not again or trigger == Trigger.NONE:
        raise NothingToLookAt
    for kind in (UNUSED, SENSITIVE):
        given = {"reopened_for": trigger.value} | undecided(kind) | _uncertified(kind)
        _edit_all(actor, [each for each in again if each.record_kind == kind], given, at)
    return len(again)


@guarded.acts
def certify(*, actor: Actor, case: UUID, officer: str, at: datetime) -> Certified:
    """A disclosure officer certifies both schedules as they stand. Raises SchedulesUnread, CannotCertify."""
    statements.alone(f"evidence.unused {case}")
    found = asked.whole_schedules_of(actor, case)
    if not officer.strip():
        raise NotUnderstood("Say who certifies them, by office and number.")
    if found.refusal:
        raise CannotCertify(f"{found.refusal} Then certify the schedules.")
    plain = asked.numbered(Unused, case)
    values = {
        "case": case,
        "number": found.certificate.number + 1 if found.certificate else 1,
        "officer": officer.strip(),
        "items": len(plain),
        "digest": asked.digest(plain),
        "purposes": found.case.purposes,
    }
    new = records.NewRecord(CERTIFIED, found.place, values)
    made = records.create(actor=actor, new=new, at=at)
    assert isinstance(made, Certified)
    _edit_all(actor, asked.numbered(Sensitive, case), {"certificate": made.pk}, at)
    return made


def undecided(kind: str) -> dict[str, Any]:
    """What the fields of a decision say where there is none."""
    ordered = {"order_reference": "", "ordered_on": None} if kind == SENSITIVE else {}
    return UNDECIDED | ordered


def _said(case: Case, said: Described) -> dict[str, Any]:
    why = said.why_sensitive.strip()
    return {
        "description": said.description.strip(),
        "location": said.location.strip(),
        "exhibit": _exhibit(case, said.exhibit.strip()),
        "is_presumed": said.is_presumed,
    } | ({"why_sensitive": why} if why else {})


def _ordered(row: Scheduled, decided: Decided) -> dict[str, Any]:
    """The court's order, where it is withheld by one. Raises NoOrder."""
    reference, on = decided.order_reference.strip(), decided.ordered_on
    is_withheld = decided.decision == Decision.WITHHELD
    if is_withheld != bool(reference) or is_withheld != bool(on):
        raise NoOrder
    if row.record_kind != SENSITIVE:
        return {}
    return {"order_reference": reference, "ordered_on": on}


def _uncertified(kind: str) -> dict[str, Any]:
    """That of an item of MG6D no certificate tells any more; of MG6C its certificate tells that itself."""
    return {"certificate": None} if kind == SENSITIVE else {}


def _edited(
    actor: Actor, row: Scheduled, version: int, given: dict[str, Any], at: datetime
) -> Scheduled:
    return _written(actor, row, version, given | _uncertified(row.record_kind), at)


def _written(
    actor: Actor, row: Scheduled, version: int, given: dict[str, Any], at: datetime
) -> Scheduled:
    key, kind = row.pk, row.record_kind
    records.edit(actor=actor, kind=kind, record=key, version=version, given=given, at=at)
    return asked.unused_of(actor, key)


def _edit_all(
    actor: Actor, rows: Sequence[Scheduled], given: dict[str, Any], at: datetime
) -> None:
    edits = [records.Edit(each.pk, each.version, given) for each in rows]
    if edits:
        records.edit_many(actor=actor, kind=rows[0].record_kind, edits=edits, at=at)


def _exhibit(case: Case, reference: str) -> UUID | None:
    if not reference:
        return None
    found = asked.exhibits_named(case, reference)
    if found is None:
        raise NoSuchExhibit
    return found.pk
