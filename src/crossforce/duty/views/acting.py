"""What the pages of duty share."""

from django.http import HttpRequest

from crossforce.people.api import Actor


class ActingRequest(HttpRequest):
    """A request that the frame let through: somebody acts in a posting."""

    actor: Actor
