"""What waits for whoever acts, told at home: own rules of boards, proposed to a body whose office they hold."""

from datetime import datetime

from crossforce.boards.queries import own_rules as queries
from crossforce.kernel import civil
from crossforce.people.api import Actor


def own_rules(actor: Actor, at: datetime) -> int:
    """For how many boards the actor has yet to answer."""
    return len(queries.waiting(actor, civil.day_of(at)))
