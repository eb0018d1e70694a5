"""Saved searches: what is new in each, and stopping one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crossforce.kernel import clock, web
from crossforce.kernel.web import asking, marks
from crossforce.nominals.operations import alerting
from crossforce.nominals.queries import alerts as queries
from crossforce.nominals.queries import searching
from crossforce.nominals.views import addressing, naming
from crossforce.people.api import ActingRequest


@marks.in_english
@asking.only()
def alerts(request: ActingRequest) -> HttpResponse:
    """One's saved searches, each with what answers it that one has not seen."""
    at = clock.now()
    found = [
        queries.alerted(request.actor, row, alerting.asked(row.question, at))
        for row in queries.mine(request.actor)
    ]
    marking = searching.marking_of([seen for each in found for seen in each.new])
    context = {"alerts": found, "named": naming, "marking": marking}
    context["links"] = {
        each.row.pk: addressing.link(request.actor, {"q": each.row.question}, at)
        for each in found
    }
    context |= {"button": web.forms.bare(request), "most": searching.PAGE}
    return web.page(request, "nominals/alerts.html", context)


@require_POST
def save(request: ActingRequest) -> HttpResponse:
    """Save the search that is shown."""
    alerting.save(actor=request.actor, question=request.POST.get("q", ""), at=clock.now())
    return redirect("nominals:alerts")


@require_POST
def looked(request: ActingRequest, key: UUID) -> HttpResponse:
    """What is new has been seen."""
    alerting.looked(actor=request.actor, alert=key, at=clock.now())
    return redirect("nominals:alerts")


@require_POST
def stop(request: ActingRequest, key: UUID) -> HttpResponse:
    """Ask it no longer."""
    alerting.stop(actor=request.actor, alert=key, at=clock.now())
    return redirect("nominals:alerts")
