"""What a partner without an account sees of an original, by the link that somebody gave them. Open to whoever has the link."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from crossforce.evidence.answering import part
from crossforce.evidence.operations import showing
from crossforce.evidence.rules import sending
from crossforce.kernel import clock, web
from crossforce.kernel.web import asking, csp

TRIES: Final = "shared_link"
"""The limit of sign-in's settings that links which open nothing count against."""
Page = Callable[[HttpRequest, str], HttpResponseBase]


def limited(page: Page) -> Page:
    """Say that a link opens nothing without saying why; who tried too many such is told to wait. One that opens something always does."""

    @wraps(page)
    def inner(request: HttpRequest, link: str) -> HttpResponseBase:
        try:
            answer = page(request, link)
        except showing.NotOpen:
            answer = _closed(request, 404 if _may_try(request) else 429)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return inner


@web.public
@require_safe
@asking.only()
@limited
def shared(request: HttpRequest, link: str) -> HttpResponseBase:
    """The original with what is known of it, under a line that says to whom it is shown and when."""
    at = clock.now()
    found = showing.show(link=link, at=at)
    shown_as = sending.shown_as(found.item.media_type)
    context = {
        "share": found.share,
        "row": found.item,
        "text": found.text,
        "shown_as": shown_as,
        "address": reverse(
            f"evidence:shared-{'picture' if shown_as == 'image' else 'content'}", args=[link]
        ),
        "at": at,
        "marking": found.marking,
    }
    return web.page(request, "evidence/shared.html", context)


@web.public
@require_safe
@asking.only()
@limited
def content(request: HttpRequest, link: str) -> HttpResponseBase:
    """The film or sound, for the page of the link alone: opened by itself it would bear no line."""
    if request.headers.get("Sec-Fetch-Dest") == "document":
        return redirect("evidence:shared", link)
    return part(request, partial(showing.read, link=link))


@web.public
@require_safe
@asking.only()
@limited
def picture(request: HttpRequest, link: str) -> HttpResponseBase:
    """The image, bearing the line."""
    response = HttpResponse(
        showing.picture(link=link, at=clock.now()), content_type="image/jpeg"
    )
    csp.contain(response)
    return response


def _closed(request: HttpRequest, status: int) -> HttpResponse:
    return web.page(request, "evidence/not-shared.html", {"status": status}, status=status)


def _may_try(request: HttpRequest) -> bool:
    """Whether the address may try yet; this try is counted."""
    return bool(ratelimit.consume(request, app="allauth.account", action=TRIES, limit_get=True))
