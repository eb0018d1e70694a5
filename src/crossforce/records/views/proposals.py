"""Pages of proposed corrections."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.kernel import clock, web
from crossforce.kernel.refusals import Refused
from crossforce.records import forms, operations, queries
from crossforce.records.choices import Place
from crossforce.records.rules import marking
from crossforce.records.views.acting import ActingRequest, asked, back_to, changeable


def proposals(request: ActingRequest) -> HttpResponse:
    """Corrections to answer, and one's own."""
    to_answer, mine = queries.proposals(request.actor)
    kinds = {kind.name: kind.title for kind in queries.kinds_of()}
    rows = [*to_answer, *mine]
    named = queries.named(request.actor, [(row.kind, row.record) for row in rows])
    context = {
        "to_answer": to_answer,
        "mine": mine,
        "kinds": kinds,
        "named": named,
        "bodies": queries.in_words(Place(row.organisation) for row in rows),
        "states": forms.STATES,
        "marking": marking.highest(each.marking.split(" [")[0] for each in named.values()),
    }
    return web.page(request, "records/proposals.html", context)


def proposal(request: ActingRequest, proposal: UUID) -> HttpResponse:
    """One proposed correction, beside what the record says."""
    found = queries.proposal(request.actor, proposal)
    accept = web.forms.bare(request) if found.is_to_answer else None
    context = {**_beside(found), "accept": accept}
    form = forms.Refusing()
    return web.form_page(request, "records/proposal.html", form, context)


def propose(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """Propose a correction of a record that one may read and not change."""
    shown = changeable(request, kind, record, "read")
    declared = queries.correctable(kind)
    if "edit" in shown.may:
        raise Refused("You may change this record yourself, so there is nothing to propose.")
    form = forms.Proposing(request.POST or None, kind=declared, initial=shown.row.values())

    def save() -> None:
        operations.propose(
            actor=request.actor,
            kind=kind,
            record=record,
            given=form.proposed,
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        )

    words = ("Propose a correction", "Propose", "Proposed. The holder answers it.")
    return asked(request, form, save, shown=shown, words=words)


@require_POST
def accept(request: ActingRequest, proposal: UUID) -> HttpResponse:
    """Make the proposed correction."""
    row = operations.accept(actor=request.actor, proposal=proposal, at=clock.now())
    messages.success(request, "Accepted: the record now says so.")
    return back_to(row.record_kind, row.pk)


def refuse(request: ActingRequest, proposal: UUID) -> HttpResponse:
    """Leave the record as it is, and say why."""
    found = queries.proposal(request.actor, proposal)
    form = forms.Refusing(request.POST or None)
    if form.is_valid():
        operations.refuse(
            actor=request.actor,
            proposal=proposal,
            answer=form.cleaned_data["answer"],
            at=clock.now(),
        )
        messages.success(request, "Refused. The proposer is told why.")
        return HttpResponseRedirect(reverse("records:proposals"))
    accept = web.forms.bare(request) if found.is_to_answer else None
    context = {**_beside(found), "accept": accept}
    return web.form_page(request, "records/proposal.html", form, context)


def _beside(found: queries.Proposed) -> dict[str, object]:
    place = found.place
    line = marking.line([place.marking], [place.compartment])
    labels = queries.labels_of(found.row.record_kind)
    return {
        "found": found,
        "kind": found.row.kind,
        "labels": labels,
        "marking": line,
        "states": forms.STATES,
    }
