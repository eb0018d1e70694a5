"""Mappings: begun from an example, tried on a sample of the export, kept, changed."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from crossforce.duty import forms
from crossforce.duty.choices import MARKING
from crossforce.duty.mapping import in_order, starters
from crossforce.duty.mapping.wording import MEANINGS
from crossforce.duty.operations import mappings, trying
from crossforce.duty.operations.importing import MayNotImport
from crossforce.duty.operations.trying import Tried
from crossforce.duty.queries import entries
from crossforce.duty.queries import importing as reads
from crossforce.duty.views import naming
from crossforce.intake.api import BadMapping
from crossforce.kernel import civil, clock, web
from crossforce.people.api import ActingRequest

FIRST: Final = 200
STARTERS: Final = [(shape, each.title) for shape, each in starters.STARTERS.items()]


def mapping(request: ActingRequest, key: UUID | None = None) -> HttpResponse:
    """Write a mapping, or change one; try it on a sample."""
    row = None if key is None else reads.one_mapping(request.actor, key)
    begun = starters.starter(request.GET.get("start", ""), request.actor.organisation)
    first = {"text": row.text if row else begun}
    form = forms.MappingGiven(request.POST or None, request.FILES or None, initial=first)
    tried: Tried | None = None
    if form.is_valid():
        text = form.cleaned_data["text"]
        sent: Any = form.data
        form.data = {**sent.dict(), "text": text}
        try:
            if "try" not in request.POST:
                return _kept(request, row, text)
            tried = _tried(request, form, text)
        except BadMapping as wrong:
            for each in wrong.findings:
                form.add_error("text", str(each))
        except MayNotImport as refused:
            form.add_error("text", refused.message)
    return _page(request, form, row, tried)


def _page(
    request: ActingRequest, form: forms.MappingGiven, row: Any, tried: Tried | None
) -> HttpResponse:
    context = {
        "row": row,
        "tried": tried,
        "findings": in_order(tried.outcome.findings)[:FIRST] if tried else [],
        "starters": [] if row else STARTERS,
        "meanings": MEANINGS,
        "catalogues": _catalogues(request),
        "marking": MARKING,
        "title": "Change a mapping" if row else "Write a mapping",
    }
    version = row.version if row else None
    return web.form_page(request, "duty/import-mapping.html", form, context, version=version)


def _kept(request: ActingRequest, row: Any, text: str) -> HttpResponse:
    if row is None:
        mappings.keep(actor=request.actor, text=text, at=clock.now())
    else:
        mappings.change(
            actor=request.actor,
            mapping=row.pk,
            version=web.forms.version_sent(request),
            text=text,
            at=clock.now(),
        )
    return redirect("duty:imports")


def _tried(request: ActingRequest, form: forms.MappingGiven, text: str) -> Tried | None:
    of = mappings.understood(text)
    sample = form.sample_in(of.file.encoding)
    if sample is None:
        return None
    return trying.tried(actor=request.actor, mapping=text, sample=sample, at=clock.now())


def _catalogues(request: ActingRequest) -> list[tuple[str, list[tuple[str, str]]]]:
    """The platform's codes, by the field that they are for."""
    names = naming.names((), (), civil.day_of(clock.now()))
    return [
        ("unit", entries.units_for_entries(request.actor)),
        ("function", sorted(names.functions.items())),
        ("role", sorted(names.roles.items())),
        ("status", list(names.statuses.items())),
        ("absence", [(code.value, words) for code, words in naming.ABSENCE.items()]),
    ]
