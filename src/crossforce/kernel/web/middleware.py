"""The frame's middleware. Public pages pay for a cookie and the headers, and for nothing else."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.cache import patch_vary_headers

from crossforce.kernel import clock, guarded, guarded_watch, lengthy, replica
from crossforce.kernel.live import place
from crossforce.kernel.refusals import Missing, NotUnderstood, Refusal
from crossforce.kernel.web import csp, idempotency, language, marks, refusals

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]
READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class FrameMiddleware:
    """Language in, security headers out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.form_targets = tuple(settings.FORM_TARGETS)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        code, is_new = language.chosen(request)
        language.activate(code)
        response = self.get_response(request)
        csp.add(response, csp.policy(self.form_targets, place.connect_sources()))
        response.headers.setdefault("Content-Language", language.current())
        patch_vary_headers(response, ["Cookie"])  # the language, and who reads
        if is_new:
            language.remember(response, code)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-store")
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response.content = b""  # its length is told, its bytes are not sent
        return response


class DoorMiddleware:
    """Refuse strangers, let the actor act, run each change once in one transaction, answer refusals."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return refusals.method_not_allowed(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        _speak(view)
        if refusal := _unsound(request):
            return refusals.answer(request, refusal)
        turned_away = self._turn_away(request, view)
        if turned_away or lengthy.is_taken(request):
            return turned_away
        actor = _actor_for(request, view)
        is_reading = _is_reading(request) or marks.is_repeatable(view)
        if is_reading and actor is None:
            return None
        try:
            if request.method in READING and marks.may_follow(view, is_asked=bool(request.GET)):
                return replica.answered(actor, partial(view, request, *args, **kwargs))
            with guarded.acting(actor):
                if is_reading:
                    return view(request, *args, **kwargs)
                return self._change(request, view, args, kwargs)
        except Exception as exception:
            if refusal := refusals.translated(exception):
                return refusals.answer(request, refusal)
            raise

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        refusal = refusals.translated(exception)
        return refusals.answer(request, refusal) if refusal else None

    @staticmethod
    def _turn_away(request: HttpRequest, view: View) -> HttpResponse | None:
        """The API keeps its own door: it answers with a problem, not with the sign-in page."""
        if marks.is_public(view) or request.path.startswith(refusals.API_PREFIX):
            return None
        if not request.user.is_authenticated:
            return _sent_to(settings.LOGIN_URL, request)
        if marks.needs_posting(view) and getattr(request, "actor", None) is None:
            return _sent_to(settings.POSTING_URL, request)
        return None

    @staticmethod
    def _change(request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponseBase:
        asked = _asked(request)
        with transaction.atomic():
            if asked and (before := idempotency.begin(asked, at=clock.now())):
                return before
            response = view(request, *args, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
                guarded_watch.undone()
            elif asked:
                idempotency.keep(asked, request, response)
        return response


def _speak(view: View) -> None:
    """The language of a view that has but one, also when it refuses."""
    if marks.is_in_english(view):
        language.only("en")


def _actor_for(request: HttpRequest, view: View) -> Any:
    """Who acts. Public pages, and those of one's own account, read nothing that is guarded."""
    if marks.is_public(view) or not marks.needs_posting(view):
        return None
    return getattr(request, "actor", None)


def _unsound(request: HttpRequest) -> Refusal | None:
    """What no page takes: a body that is too large, or the character NUL, which no text of ours holds and PostgreSQL refuses."""
    if "\0" in request.path_info:
        return Missing()
    try:
        in_body = request.content_type == "application/json" and b"\\u0000" in request.body
    except RequestDataTooBig as fault:
        return refusals.translated(fault)
    if in_body or "%00" in request.META.get("QUERY_STRING", ""):
        return NotUnderstood("The character NUL has no place in a text.")
    return None


def _is_reading(request: HttpRequest) -> bool:
    is_asking = request.path.startswith(refusals.API_PREFIX) and request.path.endswith(
        marks.ASKS
    )
    return request.method in READING or (request.method == "POST" and is_asking)


def _asked(request: HttpRequest) -> idempotency.Request | None:
    """A POST needs its key; PUT, PATCH and DELETE are the same when repeated."""
    if request.method == "POST" or idempotency.HEADER in request.headers:
        return idempotency.describe(request)
    return None


def _sent_to(url: str, request: HttpRequest) -> HttpResponse:
    target = resolve_url(url)
    if request.method in READING:
        target += "?" + urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(target)
