"""Asking a view as the frame does, without the frame."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.test import RequestFactory

from crossforce.people import api as people

View = Callable[..., Any]


def ask(view: View, actor: people.Actor, *args: Any, sent: dict[str, Any] | None = None) -> Any:
    """The answer to a request as the frame hands it to a view."""
    factory = RequestFactory()
    request: HttpRequest = factory.get("/") if sent is None else factory.post("/", sent)
    request.actor = actor  # type: ignore[attr-defined]
    return view(request, *args)


def text(view: View, actor: people.Actor, *args: Any) -> str:
    page = ask(view, actor, *args).content.decode()
    return re.sub(r"\s+", " ", page)
