"""What the pages of records share: who asks, the record in question, and where to go afterwards."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from crossforce.kernel import registry, web
from crossforce.kernel.refusals import Missing
from crossforce.people.api import ActingRequest as ActingRequest
from crossforce.records import queries
from crossforce.records.rules import marking

NOBODY: Final = "00000000-0000-0000-0000-000000000000"


def address(kind: str, record: UUID) -> str:
    """The page of a record."""
    before, after = around(kind)
    return f"{before}{record}{after}"


@lru_cache(maxsize=256)
def around(kind: str) -> tuple[str, str]:
    """What stands around the identifier: lists name many records, and only that differs."""
    before, _, after = reverse("records:show", args=[kind, UUID(NOBODY)]).partition(NOBODY)
    return before, after


def back_to(kind: str, record: UUID) -> HttpResponse:
    """To the page of the record that was changed."""
    return HttpResponseRedirect(address(kind, record))


def to_list(kind: str) -> HttpResponse:
    """To the list of a kind, where there is no record left, or none that may be read."""
    return HttpResponseRedirect(reverse("records:of-kind", args=[kind]))


def changeable(request: ActingRequest, kind: str, record: UUID, action: str) -> queries.Shown:
    """The record, for a page that does something to it. Raises Missing below `read`; Refused."""
    try:
        return queries.changeable(request.actor, kind, record, action)
    except queries.FoundOnly:
        raise Missing from None


def asked(
    request: ActingRequest,
    form: forms.Form,
    save: Callable[[], Any],
    *,
    shown: queries.Shown,
    words: tuple[str, str, str],
    is_versioned: bool = False,
) -> HttpResponse:
    """The page of a form about a record, or what it saves. `words`: title, button, what was done."""
    row = shown.row
    if form.is_valid():
        save()
        messages.success(request, words[2])
        return back_to(row.record_kind, row.pk)
    version = row.version if is_versioned else None
    context = {**beside(shown), "title": words[0], "button": words[1]}
    return web.form_page(request, "records/form.html", form, context, version=version)


def beside(shown: queries.Shown) -> Mapping[str, Any]:
    """What every page about a record draws."""
    return {
        "shown": shown,
        "row": shown.row,
        "kind": shown.row.kind,
        "marking": marking.line([shown.place.marking], [shown.place.compartment]),
    }


def pages_for(needs: str) -> list[registry.RecordPage]:
    """Pages that upper apps offer about a record."""
    offered = [page for page in registry.record_pages if page.needs == needs]
    return sorted(offered, key=lambda page: page.order)
