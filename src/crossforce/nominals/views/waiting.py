"""What waits for whoever acts, told at home: something new in saved searches, and in interests."""

from datetime import datetime

from crossforce.nominals.operations import alerting, deconflicting
from crossforce.nominals.queries import alerts, news
from crossforce.people.api import Actor


def searches(actor: Actor, at: datetime) -> int:
    """How many of one's saved searches have something new, as far as one may know of it now."""
    flagged = news.of(actor)
    rows = [row for row in alerts.mine(actor) if row.pk in flagged] if flagged else []
    return sum(alerts.is_fresh(actor, row, alerting.asked(row.question, at)) for row in rows)


def interests(actor: Actor, at: datetime) -> int:
    """How many of one's interests somebody else shares, or were taken from a record that is gone."""
    found = deconflicting.look(actor=actor, at=at)
    return sum(each.met is not None or each.row.is_gone for each in found)
