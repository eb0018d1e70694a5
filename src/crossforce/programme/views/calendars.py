"""What comes, as a page, as a table and as a calendar file."""

from typing import Final

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from crossforce.kernel import clock, web
from crossforce.kernel.web import asking, downloads, marks
from crossforce.people.api import ActingRequest
from crossforce.programme.queries import calendars
from crossforce.programme.rules.calendars import MEDIA_TYPE, feed
from crossforce.programme.views import taking_out
from crossforce.records import api as records

MOST_SHOWN: Final = 200


@marks.in_english
@asking.only("format")
def coming(request: ActingRequest) -> HttpResponseBase:
    """Meetings, actions, milestones, phases and ends of trials, the earliest first; and their way out as CSV."""
    if asking.one_of(request, "format", ("csv",)):
        return taking_out.coming(request)
    (found, more), marking = records.marked(
        request.actor, lambda: calendars.coming(request.actor, clock.now(), MOST_SHOWN)
    )
    context = {
        "coming": found,
        "more": more,
        "feed": request.build_absolute_uri("/api/v1/programme/calendar.ics"),
        "marking": marking,
    }
    return web.page(request, "programme/calendar.html", context)


def file(request: ActingRequest) -> HttpResponse:
    """The same as a file that any calendar opens."""
    found = calendars.taken_out(request.actor, clock.now())
    base = request.build_absolute_uri("/").rstrip("/")
    return downloads.file("crossforce.ics", feed("Crossforce", found, base), MEDIA_TYPE)
