"""Sets `request.actor`, and asks for proof anew before an act that binds. A reader without a session
cookie costs nothing."""

import base64
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from crossforce.kernel import clock
from crossforce.kernel.web import marks
from crossforce.kernel.web.api import CALENDAR
from crossforce.kernel.web.refusals import API_PREFIX
from crossforce.people.choices import Actor
from crossforce.people.signin import acting, recognising, tokens


class ActingMiddleware:
    """Who acts, in which posting, for which purpose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.actor = _of_token(request)  # type: ignore[attr-defined]
        if "Authorization" in request.headers:
            return self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            at = clock.now()
            posting = recognising.recognise(request, acting.POSTING, at=at)
            if request.user.is_authenticated:
                acting.keep_alive(request, at=at)
                request.actor = acting.resume(request, posting, at=at)  # type: ignore[attr-defined]
                if posting is None:
                    recognising.remember(request, acting.POSTING)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not marks.needs_proof(view) or not acting.is_to_prove(request):
            return None
        target = {"next": request.get_full_path()}
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode(target)}")


def _of_token(request: HttpRequest) -> Actor | None:
    """Who acts by the bearer token of a call to the API, if it carries a good one."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if not request.path.startswith(API_PREFIX):
        return None
    if scheme.lower() == "basic" and request.path.endswith(CALENDAR):
        return tokens.actor_of(_password(given.strip()), at=clock.now())
    if scheme.lower() != "bearer":
        return None
    return tokens.actor_of(given.strip(), at=clock.now())


def _password(given: str) -> str:
    """The password of a calendar's subscription, which is a token; its user name says nothing."""
    try:
        _, _, found = base64.b64decode(given, validate=True).decode().partition(":")
    except ValueError:
        return ""
    return found
