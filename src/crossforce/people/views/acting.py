"""What the views of people share: a request with an actor, and the page of a form."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect

from crossforce.kernel import web
from crossforce.people import models
from crossforce.people.api import ActingRequest as ActingRequest


def asked(
    request: ActingRequest,
    form: forms.Form,
    save: Callable[[], Any],
    *,
    staff: models.Staff,
    words: tuple[str, str],
    version: int | None = None,
) -> HttpResponse:
    """Save a sound form and go back to the person; else draw it. `words`: title and button."""
    if form.is_valid():
        save()
        return back_to(staff.pk)
    title, button = words
    context = {"button": button, "staff": staff, "title": title}
    return web.form_page(request, "people/form.html", form, context, version=version)


def back_to(staff: UUID) -> HttpResponse:
    """The page of the person."""
    return redirect("people:show", staff)
