"""Draw a page."""

from collections.abc import Mapping
from typing import Any, Final

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from crossforce.kernel.web import forms

UNPROCESSABLE: Final = 422


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The template, inside the frame, as an answer to the request."""
    shown = {"is_error": status == UNPROCESSABLE, **(context or {})}
    html = render_to_string(template, shown, request=request, using="jinja2")
    return HttpResponse(html, status=status)


def form_page(
    request: HttpRequest,
    template: str,
    form: BaseForm,
    context: Mapping[str, Any] | None = None,
    *,
    version: int | None = None,
) -> HttpResponse:
    """The page of a form: `form` in the template is the drawn form. 422 when it has errors."""
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    shown = {**(context or {}), "form": forms.adapt(request, form, version=version)}
    return page(request, template, shown, status=status)
