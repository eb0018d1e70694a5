"""What waits for whoever acts, told at home: entries of the register that nobody has looked at for too long."""

from datetime import datetime

from crossforce.people.api import Actor
from crossforce.programme.queries import looking


def entries(actor: Actor, at: datetime) -> int:
    """How many the actor is asked to look at."""
    return looking.waiting(actor, at)
