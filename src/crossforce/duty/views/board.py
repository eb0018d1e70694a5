"""Who is on duty, and who answers for them."""

from uuid import UUID

from django.http import HttpResponse

from crossforce.duty import queries
from crossforce.duty.choices import MARKING
from crossforce.duty.views.acting import ActingRequest
from crossforce.kernel import clock, web


def board(request: ActingRequest) -> HttpResponse:
    """Everybody on duty now whom whoever asks may see."""
    found = queries.on_duty(request.actor, clock.now(), queries.Filter())
    return web.page(request, "duty/board.html", {"board": found, "marking": MARKING})


def card(request: ActingRequest, entry: UUID) -> HttpResponse:
    """Who answers for one person on duty."""
    found = queries.card(request.actor, entry, clock.now())
    return web.page(request, "duty/card.html", {"card": found, "marking": MARKING})
