"""Saved searches: what answers one now, that its owner has not seen; asked anew at the instant of looking."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.nominals import models
from crossforce.nominals.queries import searching
from crossforce.nominals.queries.searching import Seen
from crossforce.nominals.searching.asking import Wanted
from crossforce.people.api import Actor

MOST: Final = 50
"""Saved searches that one posting may have on."""


@dataclass(frozen=True, slots=True)
class Alerted:
    """A saved search, and what is new in it."""

    row: models.Alert
    new: Sequence[Seen]


@guarded.acts
def mine(actor: Actor) -> list[models.Alert]:
    """The saved searches of whoever acts that are on, newest first."""
    rows = models.Alert.objects.filter(posting=actor.posting, is_on=True)
    return list(rows.order_by("-created_at")[:MOST])


@guarded.acts
def one(actor: Actor, key: UUID) -> models.Alert:
    """A saved search of whoever acts. Raises Missing, also for one of somebody else."""
    for row in models.Alert.objects.filter(pk=key, posting=actor.posting, is_on=True):
        found: models.Alert = row
        return found
    raise Missing


@guarded.acts
def alerted(actor: Actor, row: models.Alert, wanted: Wanted) -> Alerted:
    """What answers it now and did not when its owner last looked; no more than may be seen at this instant."""
    known = set(row.known)
    fresh = [hit for hit in hits(wanted) if str(hit.key) not in known]
    return Alerted(row, searching.read_anew(fresh[: searching.PAGE]))


@guarded.acts
def is_fresh(actor: Actor, row: models.Alert, wanted: Wanted) -> bool:
    """Whether anything answers it that its owner has not seen; nothing is read for that."""
    known = set(row.known)
    return any(str(hit.key) not in known for hit in hits(wanted))


def hits(wanted: Wanted) -> list[Any]:
    """What answers now, as far as clauses reach whoever acts."""
    return searching.keys(wanted, searching.reached())
