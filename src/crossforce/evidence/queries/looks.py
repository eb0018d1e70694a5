"""Unused material that is to be looked at again: in which cases, since when, and whose it is to do so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from crossforce.evidence.choices import SENSITIVE, TRIGGERS, UNUSED
from crossforce.evidence.models import Case, Certified, Scheduled, Sensitive, Unused
from crossforce.kernel import civil, guarded, rulepacks
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.records import api as records

PACK: Final = "evidence-disclosure"


@dataclass(frozen=True, slots=True)
class Again:
    """A case with items that are to be looked at again: how many, because of what, since when, and who certified its schedules last.

    It `is_own` to its disclosure officer: whoever certified them, or scheduled an item of it while nobody did. What waits for
    long is everybody's who may do it.
    """

    case: Case
    items: int
    triggers: tuple[str, ...]
    since: datetime
    officer: str
    is_own: bool

    @property
    def why(self) -> str:
        """What came."""
        return "; ".join(TRIGGERS[each] for each in self.triggers)


@guarded.acts
def again(actor: Actor, at: datetime) -> list[Again]:
    """The cases whose unused material whoever acts has to look at, or may look at, again: one's own first, then the oldest."""
    found = dict[UUID, list[Scheduled]]()
    for kind, model in ((UNUSED, Unused), (SENSITIVE, Sensitive)):
        may_change = records.allowed(kind, "edit")
        for row in model.objects.exclude(reopened_for=""):
            if may_change(row):
                found.setdefault(row.case, []).append(row)
    if not found:
        return []
    cases, mine = Case.objects.in_bulk(list(found)), people.one_human(actor)
    newest = _newest(cases)
    made = [
        _of(cases[key], rows, newest.get(key), mine, at)
        for key, rows in found.items()
        if key in cases
    ]
    return sorted(made, key=lambda each: (not each.is_own, each.since))


def waiting(actor: Actor, at: datetime) -> int:
    """How many items whoever acts has to look at again, told at home."""
    return sum(each.items for each in again(actor, at) if each.is_own)


def days(at: datetime) -> int:
    """After how many days everybody who may test it is told what waits to be looked at again."""
    return int(rulepacks.load(PACK).value("look-again-days", civil.day_of(at)))


def _newest(cases: Iterable[UUID]) -> dict[UUID, Certified]:
    """The newest certificate of each case."""
    rows = Certified.objects.filter(case__in=list(cases)).order_by("case", "-number")
    return {row.case: row for row in rows.distinct("case")}


def _of(
    case: Case,
    rows: list[Scheduled],
    certificate: Certified | None,
    mine: frozenset[str],
    at: datetime,
) -> Again:
    since = min(row.changed_at for row in rows)
    by = {certificate.created_by} if certificate else {row.created_by for row in rows}
    return Again(
        case,
        len(rows),
        tuple(sorted({row.reopened_for for row in rows})),
        since,
        certificate.officer if certificate else "",
        bool(by & mine) or at - since >= timedelta(days=days(at)),
    )
