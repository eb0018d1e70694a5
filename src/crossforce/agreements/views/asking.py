"""A request of somebody who acts in a posting, as the frame lets it through, and its refusals."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from crossforce.kernel.refusals import Conflict, StaleVersion
from crossforce.people.api import ActingRequest as ActingRequest


@contextmanager
def said_on(form: forms.Form) -> Iterator[None]:
    """Say on the form why an act cannot be done, so that what was typed stays in it.

    What somebody else changed meanwhile keeps its own page: the form is out of date.
    """
    try:
        yield
    except StaleVersion:
        raise
    except Conflict as refusal:
        form.add_error(None, refusal.message)
