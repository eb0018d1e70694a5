"""Saying on a form why an operation refused, so that what was typed stays in it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django import forms
from django.db import transaction

from crossforce.kernel.refusals import Conflict, NotUnderstood, StaleVersion


@contextmanager
def said_on(form: forms.BaseForm) -> Iterator[None]:
    """Say on the form why an act cannot be done, beside the field that it is about; nothing of the act stays.

    What somebody else changed meanwhile keeps its own page, because the form is out of date; so
    does what one may not do, or may not know of.
    """
    try:
        with transaction.atomic():
            yield
    except StaleVersion:
        raise
    except (Conflict, NotUnderstood) as refusal:
        form.add_error(refusal.about if refusal.about in form.fields else None, refusal.message)


def acted(form: forms.BaseForm, act: Callable[[Mapping[str, Any]], object]) -> bool:
    """Do the act with what the form says: whether it was done. A refusal is said on the form."""
    if form.is_valid():
        with said_on(form):
            act(form.cleaned_data)
            return True
    return False
