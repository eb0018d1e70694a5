"""A request of somebody who acts in a posting, as the frame lets it through, and its refusals."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django import forms
from django.http import HttpResponse

from crossforce.agreements.queries import agreements
from crossforce.kernel import web
from crossforce.kernel.refusals import Conflict, Missing, StaleVersion
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


DraftView = Callable[[ActingRequest, str], HttpResponse]


def of_a_draft(view: DraftView) -> DraftView:
    """Lead on to where the agreement stands when its draft was proposed meanwhile, as for whoever goes back.

    For somebody who may not know of the agreement there is nothing, as for one that never was.
    """

    @wraps(view)
    def inner(request: ActingRequest, reference: str) -> HttpResponse:
        try:
            return view(request, reference)
        except Missing:
            known = agreements.of(request.actor, reference)
            row = known.versions.select_related("agreement").order_by("-number").first()
            if row is None or agreements.draft_if_any(request.actor, reference):
                raise
            return web.page(request, "agreements/gone.html", {"row": row}, status=404)

    return inner
