"""Corrections of records that were received."""

from django.http import HttpResponse

from crossforce.kernel import web
from crossforce.records.queries import corrections as reads
from crossforce.records.rules import marking
from crossforce.records.views.acting import ActingRequest


def corrections(request: ActingRequest) -> HttpResponse:
    """What one's own organisation received, or handed to others, and was corrected since."""
    told = reads.corrections(request.actor)
    marks = [each.marking.split(" [")[0] for each in told if each.marking]
    context = {"told": told, "marking": marking.highest(marks)}
    return web.page(request, "records/corrections.html", context)
