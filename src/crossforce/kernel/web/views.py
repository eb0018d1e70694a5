"""The pages that belong to the service as a whole."""

from django.http import HttpRequest, HttpResponse

from crossforce.kernel.web import api_page, marks, pages


@marks.public
def home(request: HttpRequest) -> HttpResponse:
    return pages.page(request, "kernel/home.html")


@marks.public
def accessibility(request: HttpRequest) -> HttpResponse:
    return pages.page(request, "kernel/about/accessibility.html")


@marks.public
def cookies(request: HttpRequest) -> HttpResponse:
    return pages.page(request, "kernel/about/cookies.html")


@marks.public
def privacy(request: HttpRequest) -> HttpResponse:
    return pages.page(request, "kernel/about/privacy.html")


@marks.public
def licences(request: HttpRequest) -> HttpResponse:
    return pages.page(request, "kernel/about/licences.html")


@marks.public
def api_description(request: HttpRequest) -> HttpResponse:
    """The API in words, drawn from its OpenAPI description."""
    return pages.page(request, "kernel/about/api.html", {"groups": api_page.groups()})
