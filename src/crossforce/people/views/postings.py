"""Pages of postings."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crossforce.kernel import civil, clock, web
from crossforce.people import forms, operations, queries
from crossforce.people.rules import catalogue
from crossforce.people.rules.powers import require
from crossforce.people.views.acting import ActingRequest, asked

ADMINISTER = "people.administer"


def offered(request: ActingRequest) -> HttpResponse:
    """People whom other organisations offer."""
    waiting = queries.offered(request.actor)
    may = request.actor.may(ADMINISTER)
    buttons = {
        posting.pk: [web.forms.bare(request, version=posting.version) for _ in range(2)]
        for posting in waiting
        if may
    }
    known = catalogue.roles(civil.day_of(clock.now()))
    context = {"buttons": buttons, "postings": waiting, "roles": known}
    return web.page(request, "people/offered.html", context)


def post(request: ActingRequest, staff: UUID) -> HttpResponse:
    """Post someone."""
    row = queries.changeable(request.actor, staff, ADMINISTER)
    on = civil.day_of(clock.now())
    form = forms.Post(
        request.POST or None,
        initial={"organisation": row.organisation_id, "first_day": on},
        organisations=queries.organisations_to_post_to(request.actor, on),
        roles=catalogue.roles(on),
        units=queries.units_to_post_in(request.actor, on),
    )

    def save() -> None:
        operations.post(actor=request.actor, staff=staff, wanted=form.wanted, at=clock.now())

    return asked(request, form, save, staff=row, words=(f"Post {row.name}", "Post"))


def end_posting(request: ActingRequest, posting: UUID) -> HttpResponse:
    """End a posting."""
    row = queries.posting(request.actor, posting)
    require(request.actor, ADMINISTER)
    form = forms.Ending(request.POST or None)

    def save() -> None:
        operations.end_posting(
            actor=request.actor,
            posting=posting,
            version=web.forms.version_sent(request),
            ends_at=form.ends_at,
            at=clock.now(),
        )

    words = (f"End a posting of {row.staff.name}", "Record the last day")
    return asked(request, form, save, staff=row.staff, words=words, version=row.version)


@require_POST
def accept(request: ActingRequest, posting: UUID) -> HttpResponse:
    """Take someone whom another organisation offers."""
    operations.accept_posting(
        actor=request.actor,
        posting=posting,
        version=web.forms.version_sent(request),
        at=clock.now(),
    )
    return redirect("people:offered")


@require_POST
def decline(request: ActingRequest, posting: UUID) -> HttpResponse:
    """Turn down someone whom another organisation offers."""
    operations.decline_posting(
        actor=request.actor,
        posting=posting,
        version=web.forms.version_sent(request),
        at=clock.now(),
    )
    return redirect("people:offered")
