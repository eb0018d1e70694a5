"""A request of somebody who acts in a posting."""

from django.http import HttpRequest

from crossforce.kernel.refusals import Refused
from crossforce.people import api as people


def actor(request: HttpRequest) -> people.Actor:
    """Who asks. Raises Refused for nobody."""
    found: people.Actor | None = getattr(request, "actor", None)
    if found is None:
        raise Refused("Sign in, or send a token: nothing is shown to somebody unknown.")
    return found
