"""The pages that belong to the service as a whole."""

from django.http import HttpRequest, HttpResponse

from crossforce.kernel.web import marks, pages


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
