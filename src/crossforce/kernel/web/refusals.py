"""Refusals as pages. The one 404 says nothing of what was asked, so that it is always the same."""

from typing import Final

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from crossforce.kernel import finite, refusals, room
from crossforce.kernel.web import pages, problems

API_PREFIX: Final = "/api/"

TEMPLATES: Final = {
    400: "kernel/refusals/not-understood.html",
    403: "kernel/refusals/not-permitted.html",
    404: "kernel/refusals/missing.html",
    409: "kernel/refusals/conflict.html",
    413: "kernel/refusals/not-understood.html",
    422: "kernel/refusals/not-understood.html",
    423: "kernel/refusals/conflict.html",
    507: "kernel/refusals/conflict.html",
}


def answer(request: HttpRequest, refusal: refusals.Refusal) -> HttpResponse:
    """The page, or for the API the problem, that tells the user of the refusal."""
    if refusal.status == refusals.Missing.status:
        return missing(request)
    if request.path.startswith(API_PREFIX):
        return problems.response(refusal.status, refusal.message)
    context = {
        "message": refusal.message,
        "is_stale": isinstance(refusal, refusals.StaleVersion),
    }
    return pages.page(request, TEMPLATES[refusal.status], context, status=refusal.status)


def translated(exception: BaseException) -> refusals.Refusal | None:
    """Django's own refusals in our words; None for a fault."""
    if isinstance(exception, refusals.Refusal):
        return exception
    if isinstance(exception, Http404):
        return refusals.Missing()
    if isinstance(exception, PermissionDenied):
        return refusals.Refused(str(exception))
    if isinstance(exception, RequestDataTooBig):
        return refusals.TooLarge()
    if finite.is_refused(exception):
        return refusals.NotUnderstood(finite.WORDS)
    if room.is_out(exception):
        return room.NoRoom()
    if isinstance(exception, BadRequest | SuspiciousOperation):
        return refusals.NotUnderstood()
    return None


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one answer for what does not exist and for what may not be known to exist."""
    if request.path.startswith(API_PREFIX):
        return problems.response(404, refusals.Missing().message)
    return pages.page(request, TEMPLATES[404], {"is_missing": True}, status=404)


def not_permitted(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, refusals.Refused(str(exception or "")))


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, refusals.NotUnderstood())


def fault(request: HttpRequest) -> HttpResponse:
    """Our own mistake. Drawn without the frame, which may be what failed."""
    if request.path.startswith(API_PREFIX):
        return problems.response(500, "Something went wrong on our side. Nothing was changed.")
    return pages.page(request, "kernel/refusals/fault.html", status=500)


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token does not match: cookies off, signed in again elsewhere, or forged."""
    if request.path.startswith(API_PREFIX):
        return problems.response(403, f"The request's form token was not accepted. {reason}")
    return pages.page(request, "kernel/refusals/form-out-of-date.html", status=403)


def method_not_allowed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The API says so in a problem; the answer keeps its Allow header."""
    if not request.path.startswith(API_PREFIX):
        return response
    told = problems.response(405, "This address does not take that method.")
    told.headers["Allow"] = response.headers["Allow"]
    return told
