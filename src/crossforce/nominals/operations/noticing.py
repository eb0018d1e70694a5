"""What changed is held against saved searches and interests while nobody looks: that there is something new, and entries.

Nobody is shown anything here. What is killed and whenever, what was not told is told by the next turn.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID

from django.db import transaction

from crossforce.acting import api as acting
from crossforce.intake.api import PASSING
from crossforce.kernel import statements
from crossforce.nominals.choices import ALERTS, INTERESTS, SEARCH
from crossforce.nominals.operations import alerting, meeting
from crossforce.nominals.queries import feeding, news, searching
from crossforce.nominals.queries.searching import Reach

NOTICED: Final = "SELECT nominals_noticed(%s, %s)"
log = logging.getLogger(__name__)


def turn(at: datetime) -> int:
    """Tell owners of saved searches that something new answers; answers how many changes were looked at.

    The index comes first: what it has not taken in yet is looked at by a later turn.
    """
    waiting = feeding.fed(ALERTS)
    if not waiting or feeding.following(SEARCH).waiting:
        return 0
    changed = frozenset(each.record for each in waiting if each.said is not None)
    if changed:
        notice(answered(changed, at))
    feeding.fed_in(ALERTS, waiting)
    return len(waiting)


def answered(changed: frozenset[UUID], at: datetime) -> list[UUID]:
    """The saved searches that one of these answers. One that fails is passed over, and holds up no other."""
    reach_of, found = cache(news.reach_of), []
    for each in news.standing():
        try:
            if is_answered(each, reach_of(each.posting, each.purpose), changed, at):
                found.append(each.alert)
        except PASSING:
            raise
        except Exception:
            log.exception("The saved search %s is not told what is new.", each.alert)
    return found


def is_answered(
    each: news.Standing, reach: Reach, changed: frozenset[UUID], at: datetime
) -> bool:
    """Whether one of these answers a search, as far as its owner reaches, and is not known yet."""
    try:
        wanted = alerting.asked(each.question, at)
    except alerting.NothingAsked:
        return False
    hits = searching.keys(wanted, reach)
    return any(hit.key in changed and str(hit.key) not in each.known for hit in hits)


@transaction.atomic
def notice(alerts: Sequence[UUID]) -> None:
    """That something new answers these stands until their owner looks."""
    content = {"alerts": [str(each) for each in alerts]}
    statements.answers(NOTICED, *acting.sealed("noticed", content))


@transaction.atomic
def compare(at: datetime) -> int:
    """Enter what interests met that were written since: two who wrote at once did not see each other's."""
    waiting = feeding.fed(INTERESTS)
    if waiting:
        meeting.enter((each.record for each in waiting), at)
        feeding.fed_in(INTERESTS, waiting)
    return len(waiting)
