"""Sources: a mapping begun from an example, tried on a sample, kept, changed."""

import io
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from crossforce.intake.api import BadMapping
from crossforce.kernel import clock, web
from crossforce.nominals.choices import MARKING
from crossforce.nominals.forms import loading as forms
from crossforce.nominals.mapping import starters
from crossforce.nominals.operations import loading, sources
from crossforce.nominals.operations.loading import Outcome, Sent
from crossforce.nominals.operations.permitting import MayNotLoad
from crossforce.nominals.queries import loads as reads
from crossforce.nominals.views.loads import counted
from crossforce.people.api import ActingRequest

FIRST: Final = 100


def source(request: ActingRequest, key: UUID | None = None) -> HttpResponse:
    """Write a source, or change one; try it on a sample."""
    row = None if key is None else reads.source(request.actor, key)
    begun = starters.starter(request.GET.get("start", ""), request.actor.organisation)
    form = forms.SourceGiven(
        request.POST or None,
        request.FILES or None,
        initial={"text": row.text if row else begun},
    )
    tried: Outcome | None = None
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            if "try" not in request.POST:
                return _kept(request, row, text)
            tried = _tried(request, form, text)
        except BadMapping as wrong:
            for each in wrong.findings:
                form.add_error("text", str(each))
        except MayNotLoad as refused:
            form.add_error("text", refused.message)
    return _page(request, form, row, tried)


def _page(
    request: ActingRequest, form: forms.SourceGiven, row: Any, tried: Outcome | None
) -> HttpResponse:
    context = {
        "row": row,
        "tried": tried,
        "counts": counted(tried.counts) if tried else [],
        "refused": tried.refused[:FIRST] if tried else [],
        "starters": [] if row else starters.TITLES,
        "marking": MARKING,
        "title": "Change a source" if row else "Write a source",
    }
    version = row.version if row else None
    return web.form_page(request, "nominals/source.html", form, context, version=version)


def _kept(request: ActingRequest, row: Any, text: str) -> HttpResponse:
    if row is None:
        sources.keep(actor=request.actor, text=text, at=clock.now())
    else:
        version = web.forms.version_sent(request)
        sources.change(
            actor=request.actor, source=row.pk, version=version, text=text, at=clock.now()
        )
    return redirect("nominals:loads")


def _tried(request: ActingRequest, form: forms.SourceGiven, text: str) -> Outcome | None:
    sample = form.sample_in(sources.understood(text).file.encoding)
    if sample is None:
        return None
    sent = Sent(text, io.BytesIO(sample), "sample")
    return loading.load(actor=request.actor, sent=sent, at=clock.now(), is_rehearsal=True)
