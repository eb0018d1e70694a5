"""That interests meet stands with the holders of both sides before anybody is told of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from crossforce.acting import api as acting
from crossforce.kernel import civil, statements
from crossforce.nominals.choices import INTEREST
from crossforce.people import api as people
from crossforce.records import api as records

ENTERING: Final = "what interests meet is entered"
SIDES: Final = "SELECT interest, place, body FROM nominals_sides(%s, %s)"


@transaction.atomic
def enter(interests: Iterable[UUID], at: datetime) -> None:
    """Enter with the holders of both sides what these interests meet: one entry a side, which names no other.

    A side that has one of this day gets none: how often others try and decide is nobody's to count. Of two who look at one
    instant the later waits for the entries of the first, and finds them.
    """
    today = civil.day_of(at)
    content = {
        "interests": [str(each) for each in interests],
        "since": civil.instant(today).isoformat(),
    }
    if not statements.answers(SIDES, *acting.sealed("sides", content)):
        return
    statements.alone(ENTERING)
    rows = statements.answers(SIDES, *acting.sealed("sides", content))
    sides = [records.Side(INTEREST, key, scope, holder) for key, scope, holder in rows]
    worker = people.system_actor("deconfliction", on=today)
    records.met(actor=worker, sides=sides, at=at)
