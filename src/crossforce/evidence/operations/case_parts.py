"""Schedules of unused material and their certificates stand and go with their case, all or none.

How many there are the database answers, whoever may know of them, and how many exhibits name the case.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from crossforce.acting import api as acting
from crossforce.evidence.choices import EXHIBIT
from crossforce.evidence.models import Case, Certified, Exhibit, Sensitive, Unused
from crossforce.evidence.operations import going
from crossforce.evidence.operations.going import StandsByItsExhibit
from crossforce.evidence.queries import cases
from crossforce.kernel import statements
from crossforce.kernel.refusals import Conflict, Refused
from crossforce.people.api import Actor
from crossforce.records import api as records

PARTS: Final[tuple[Any, ...]] = (Certified, Sensitive, Unused)
"""What is of a case, and stands and goes with it."""
COUNTED: Final = "SELECT kind, number FROM evidence_case_parts(%s, %s)"
_going: ContextVar[frozenset[UUID]] = ContextVar("cases that go whole", default=frozenset())


class SchedulesStay(Refused):
    """Its unused material goes where a case goes, and you may not change all of it, here and there. Ask its holder to do it."""


class ExhibitNotOpen(Refused):
    """An exhibit of it is not open to you. Ask its holder to do it."""


class GoesWithItsCase(Conflict):
    """It goes with its case, and never by itself."""


def with_schedules(
    *, row: Case, before: records.Place, to: records.Place, actor: Actor
) -> None:
    """Take the schedules of a case and their certificates along. Raises SchedulesStay."""
    there = _counted(row.pk)
    for model in PARTS:
        parts = model.objects.filter(case=row.pk)
        number = there[model.record_kind]
        if not going.are_taken(parts, number, row=row, before=before, to=to, actor=actor):
            raise SchedulesStay


def stay(*, row: Any, before: records.Place, to: records.Place, actor: Actor) -> None:
    """Refuse to move a schedule without its case. Raises StandsByItsExhibit."""
    raise StandsByItsExhibit("It stands where its case stands.")


def with_case(*, row: Any, actor: Actor, reason: str, at: datetime) -> None:
    """Keep it until its case goes, which takes all of them. Raises GoesWithItsCase."""
    if row.case not in _going.get() and _counted(row.case):
        raise GoesWithItsCase


def schedules_first(*, row: Case, actor: Actor, reason: str, at: datetime) -> None:
    """Dispose of the schedules of a case and their certificates before it goes. Raises SchedulesStay and what keeps one of them."""
    statements.alone(f"evidence.unused {row.pk}")
    there = _counted(row.pk)
    with _whole(row.pk):
        for model in PARTS:
            keys = list(model.objects.filter(case=row.pk).values_list("pk", flat=True))
            kind = model.record_kind
            if len(keys) != there.get(kind, 0):
                raise SchedulesStay
            records.dispose_many(actor=actor, kind=kind, records=keys, reason=reason, at=at)


def exhibits_of(row: Case) -> list[Exhibit]:
    """The exhibits that name a case, of its own holder, all of them. Raises ExhibitNotOpen."""
    found = cases.named_by(row)
    if len(found) != _counted(row.pk).get(EXHIBIT, 0):
        raise ExhibitNotOpen
    return found


def _counted(case: UUID) -> dict[str, int]:
    """How much it has of each kind, whoever may know of it; nothing where it is gone. It stays locked, as by who holds it."""
    content = {"case": str(case), "kinds": [each.record_kind for each in PARTS]}
    return dict(statements.answers(COUNTED, *acting.sealed("case-parts", content)))


@contextmanager
def _whole(case: UUID) -> Iterator[None]:
    """While a case goes with all that is of it."""
    before = _going.set(_going.get() | {case})
    try:
        yield
    finally:
        _going.reset(before)
