"""What pages that filter by their address share: what was typed, what is wrong with it, and links."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django import forms as django_forms
from django.http import HttpRequest

from crossforce.duty import forms
from crossforce.duty.queries import Filter

WHOM = ("force", "unit", "function", "skill", "authority")


def wanted(form: django_forms.Form) -> Filter:
    """The conditions of a form that was asked whether it is sound."""
    given = form.cleaned_data
    return Filter(**{name: given.get(name) or "" for name in WHOM})


def said(request: HttpRequest, names: Iterable[str], **instead: object) -> dict[str, str]:
    """What was typed in these fields; where nothing was, what is taken instead."""
    typed = {name: request.GET.get(name, "").strip()[: forms.LONGEST] for name in names}
    return {name: text or str(instead.get(name, "")) for name, text in typed.items()}


def errors(form: django_forms.Form) -> dict[str, str]:
    """What is wrong, by field."""
    return {name: str(texts[0]) for name, texts in form.errors.items()}


def file_link(given: Mapping[str, str], form: str = "csv") -> str:
    """The same question, answered with a file."""
    kept = {name: value for name, value in given.items() if value}
    return "?" + urlencode({**kept, "format": form})


def is_file(request: HttpRequest, form: django_forms.Form) -> bool:
    """Whether a file is asked for, and can be given."""
    return request.GET.get("format") == "csv" and not form.errors
