"""A request of somebody who acts in a posting, as the frame lets it through."""

from django.http import HttpRequest

from crossforce.people import api as people


class ActingRequest(HttpRequest):
    """A request with somebody who acts."""

    actor: people.Actor
