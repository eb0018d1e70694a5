"""What goes with a record that is disposed of."""

from datetime import datetime
from typing import Any, Final

from django.db.models import Q

from crossforce.acting import api as acting
from crossforce.kernel import civil, guarded, statements
from crossforce.ledger import api as ledger
from crossforce.nominals import models
from crossforce.nominals.choices import INTEREST, TIE
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.choices import ALTERED

EMPTIED: Final = "SELECT interest, place, body, state FROM nominals_emptied(%s, %s)"
SHED: Final = ("identifier", "marks")


def with_what_speaks_of_it(*, row: Any, actor: Actor, reason: str, at: datetime) -> None:
    """Dispose of the ties of a record before it goes, and empty interests that were taken from it, whoever's they are.

    Raises what keeps one of the ties, and then all stay.
    """
    ties = models.Tie.objects.filter(Q(one=row.pk) | Q(other=row.pk)).order_by("pk")
    keys = list(ties.values_list("pk", flat=True))
    records.dispose_many(actor=actor, kind=TIE, records=keys, reason=reason, at=at)
    _empty_interests(row, at)


def _empty_interests(row: Any, at: datetime) -> None:
    """As the platform's own act: whoever disposes of a record, and who audits them, learn of no interest in it."""
    worker = people.system_actor("disposal", on=civil.day_of(at))
    content = {"kind": row.record_kind, "record": str(row.pk)}
    content |= {"at": at.isoformat(), "by": worker.reference}
    with guarded.acting(worker):
        found = statements.answers(EMPTIED, *acting.sealed("emptied", content))
        if found:
            acts = [emptied(*each) for each in found]
            ledger.append_many(actor=worker, acts=acts, at=at)


def emptied(interest: Any, scope: int, holder: str, version: int) -> ledger.Act:
    """That an interest says no more of a record that is gone, told to its own holder."""
    key, said = str(interest), {"erased": list(SHED), "record_is_gone": True}
    return ledger.Act(
        ALTERED,
        f"{INTEREST}:{key}",
        {"rows": [key], "count": 1, "version": version, **said},
        ledger.About([holder], [], [scope]),
    )
