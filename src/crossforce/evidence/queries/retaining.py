"""The days of review that evidence has of its own, and the words of the rules by which it has them.

They are the frame's days (RecordKind.due_by), reckoned anew whenever a record changes.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from crossforce.evidence.choices import KeptAs, OnRecall, State
from crossforce.evidence.models import Case, Exhibit, Received
from crossforce.evidence.rules import retention
from crossforce.kernel import civil, rulepacks
from crossforce.records.choices import NOT_KNOWN

PACK: Final = "evidence-retention"


@dataclass(frozen=True, slots=True)
class Why:
    """A rule in words, where it stands, and how sure that is."""

    words: str
    source: str
    confidence: str


def day_of_case(*, row: Case) -> date:
    """Until when a case and its material are kept by the code of practice."""
    return reckoned(row).until or NOT_KNOWN


def day_of_exhibit(*, row: Exhibit) -> date | None:
    """Until when video is kept that is no evidence, and a copy that is let go; other exhibits are kept by their schedule and their cases."""
    if row.kept_as == KeptAs.LET_GO:
        let_go = Received.objects.filter(exhibit=row.pk, answer=OnRecall.LETS_GO).first()
        return civil.day_of(let_go.answered_at) if let_go else None
    if row.kept_as != KeptAs.BODY_WORN:
        return None
    days = _figures("body-worn", row)["days"]
    return retention.not_evidential(civil.day_of(row.seized_at), days)


def day_of_part(*, row: Any) -> date | None:
    """Of a part of an exhibit that is let go the day of that; every other is kept by its schedule. None is let go as it comes."""
    if row._state.adding or getattr(row, "state", "") == State.ARRIVING:
        return None
    exhibit = Exhibit.objects.filter(pk=row.exhibit, kept_as=KeptAs.LET_GO).first()
    return day_of_exhibit(row=exhibit) if exhibit else None


def reckoned(row: Case) -> retention.Reckoned:
    """Until when the code of practice keeps a case, and by which rule."""
    return retention.reckoned(row.facts, _figures("conviction", row)["months"])


def why(rule: str, row: Case | Exhibit) -> Why:
    """The rule as the pack says it."""
    found = rulepacks.load(PACK).rule_for(rule, civil.day_of(row.created_at))
    return Why(found.value["words"], found.source, found.confidence)


def _figures(rule: str, row: Case | Exhibit) -> Any:
    return rulepacks.load(PACK).value(rule, civil.day_of(row.created_at))
