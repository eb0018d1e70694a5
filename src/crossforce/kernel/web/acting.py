"""A request of somebody who acts: what a view or an endpoint is given behind the door."""

from typing import Generic, TypeVar

from django.http import HttpRequest

ActorT = TypeVar("ActorT")


class ActingRequest(HttpRequest, Generic[ActorT]):
    """A request that the frame, or the API's door, let through: somebody acts in a posting."""

    actor: ActorT
