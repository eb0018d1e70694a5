"""The agreements that the reader works with."""

from django.http import HttpResponse

from crossforce.agreements.queries import mine as queries
from crossforce.agreements.views.asking import ActingRequest
from crossforce.kernel import clock, web


def mine(request: ActingRequest) -> HttpResponse:
    found = queries.mine(request.actor, clock.now())
    return web.page(request, "agreements/mine.html", {"mine": found})
