"""Requests and shares: the asker's own, and those for what one's organisation holds."""

from uuid import UUID

from django.db.models import Q, QuerySet

from crossforce.access import api as access
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.people import api as people
from crossforce.sharing.queries.deciding import DECIDE, estate


def _mine(actor: people.Actor) -> Q:
    """What somebody asked for or was given, and what their organisation is asked for or gave."""
    own = Q(posting=actor.posting)
    return own | Q(holder__in=estate(actor.organisation)) if actor.may(DECIDE) else own


@guarded.acts
def requests(actor: people.Actor) -> QuerySet[access.Request]:
    """Requests that the actor made or may decide, newest first."""
    return access.Request.objects.filter(_mine(actor)).order_by("-asked_at", "-id")


@guarded.acts
def request(actor: people.Actor, identifier: UUID) -> access.Request:
    """One of them. Raises Missing."""
    found = access.Request.objects.filter(_mine(actor), pk=identifier).first()
    if found is None:
        raise Missing
    return found


@guarded.acts
def locked(actor: people.Actor, identifier: UUID) -> access.Request:
    """One that the actor decides, so that nobody else does meanwhile. Raises Missing."""
    rows = access.Request.objects.select_for_update()
    found = rows.filter(_mine(actor), pk=identifier).first()
    if found is None:
        raise Missing
    return found


@guarded.acts
def shares(actor: people.Actor) -> QuerySet[access.Share]:
    """Single records opened to the actor, or by the actor's organisation, newest first."""
    return access.Share.objects.filter(_mine(actor)).order_by("-given_at", "-id")


@guarded.acts
def share(actor: people.Actor, identifier: UUID) -> access.Share:
    """One of them. Raises Missing."""
    found = access.Share.objects.filter(_mine(actor), pk=identifier).first()
    if found is None:
        raise Missing
    return found
