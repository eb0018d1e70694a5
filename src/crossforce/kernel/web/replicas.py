"""Which requests a standby may answer: those of somebody signed in that only read, after their own writing."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from crossforce.kernel import replica

WRITTEN: Final = "written_to"
READING: Final = frozenset({"GET", "HEAD"})


class ReplicaMiddleware:
    """Lets the reading requests of a session go to the standby, and notes how far the log was after it wrote.

    Calls by a bearer token have no session to note it in: the primary answers them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        if not settings.REPLICA_DATABASE or not is_signed_in:
            return self.get_response(request)
        if request.method in READING:
            with replica.wanted(request.session.get(WRITTEN, replica.BEGINNING)):
                return self.get_response(request)
        response = self.get_response(request)
        if not request.session.is_empty():
            request.session[WRITTEN] = replica.position()
        return response
