"""Corrections of which one's organisation was told."""

from django.http import HttpResponse

from crossforce.kernel import web
from crossforce.nominals.choices import MARKING
from crossforce.nominals.queries import corrections as reads
from crossforce.people.api import ActingRequest


def corrections(request: ActingRequest) -> HttpResponse:
    """Records that were received, and corrected since."""
    context = {"told": reads.corrections(request.actor), "marking": MARKING}
    return web.page(request, "nominals/corrections.html", context)
