"""Sets `request.actor`. A reader without a session cookie costs nothing."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from crossforce.kernel import clock
from crossforce.people.signin import acting


class ActingMiddleware:
    """Who acts, in which posting, for which purpose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = None  # type: ignore[attr-defined]
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            at = clock.now()
            acting.keep_alive(request, at=at)
            request.actor = acting.resume(request, at=at)  # type: ignore[attr-defined]
        return self.get_response(request)
