"""Reviews of contributions: the list, one, and its way to the decision."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from crossforce.boards import api as boards
from crossforce.insight import api as insight
from crossforce.kernel import clock, web
from crossforce.kernel.refusals import Missing
from crossforce.kernel.web import asking, marks
from crossforce.people.api import ActingRequest
from crossforce.programme import models
from crossforce.programme.choices import REVIEW, ReviewOutcome, ReviewState
from crossforce.programme.forms.acts import ReviewDecided
from crossforce.programme.forms.given import Given, choose, typed
from crossforce.programme.operations import reviews as operations
from crossforce.programme.queries import reviews as reads
from crossforce.programme.queries.known import agreements_named
from crossforce.programme.views import taking_out, words
from crossforce.programme.views.asked import asked
from crossforce.records import api as records

FIELDS: Final = (
    "title", "agreement", "force", "due_on", "share", "value", "method", "other_benefits", "proposal",
)  # fmt: skip


@marks.in_english
@asking.only("format")
def reviews(request: ActingRequest) -> HttpResponseBase:
    """The reviews that one may read, and their way out as CSV."""
    if asking.one_of(request, "format", ("csv",)):
        return taking_out.reviews(request)
    found, marking = records.marked(request.actor, lambda: reads.reviews(request.actor))
    context = {
        "found": found,
        "agreements": agreements_named(request.actor, (each.agreement for each in found.rows)),
        "words": words.Names(),
        "marking": marking,
    }
    return web.page(request, "programme/reviews.html", context)


@marks.in_english
def add(request: ActingRequest) -> HttpResponse:
    """Plan a review."""
    insight.require_add(request.actor, REVIEW)
    form = _form(request, {"force": request.actor.organisation})
    if form.is_valid():
        with web.said_on(form):
            key = operations.add_review(
                actor=request.actor, given=form.cleaned_data, at=clock.now()
            )
            return redirect("programme:review", key=key)
    return asked(request, form, "Plan a review of a contribution", "review")


@marks.in_english
def review(request: ActingRequest, key: UUID) -> HttpResponse:
    """One review: what is given, what is got, what the figures alone speak for."""
    shown, marking = records.marked(
        request.actor, lambda: reads.shown(request.actor, key, clock.now())
    )
    context = {
        "shown": shown,
        "row": shown.row,
        "agreements": agreements_named(request.actor, [shown.row.agreement]),
        "decided": boards.decision_in_words(request.actor, shown.row.decision),
        "words": words.Names(),
        "marking": marking,
    }
    return web.page(request, "programme/review.html", context)


@marks.in_english
def change(request: ActingRequest, key: UUID) -> HttpResponse:
    """Fill a review in."""
    row = reads.one(request.actor, key)
    form = _form(request, typed(row, FIELDS))
    if web.acted(
        form,
        lambda given: operations.change_review(
            actor=request.actor,
            review=key,
            version=web.forms.version_sent(request),
            given=given,
            at=clock.now(),
        ),
    ):
        return redirect("programme:review", key=key)
    return asked(request, form, f"Change {row.title}", "review", row)


@marks.in_english
def move(request: ActingRequest, key: UUID, to: str) -> HttpResponse:
    """Take a review on, or decide it."""
    if to not in set(ReviewState):
        raise Missing
    row, state = reads.one(request.actor, key), ReviewState(to)
    form = ReviewDecided(request.POST or None)
    if state is not ReviewState.DECIDED:
        form.fields.clear()
    if web.acted(
        form,
        lambda given: operations.move_review(
            actor=request.actor,
            review=key,
            version=web.forms.version_sent(request),
            to=state,
            outcome=ReviewOutcome(given["outcome"]) if given.get("outcome") else None,
            decision=given.get("decision", ""),
            at=clock.now(),
        ),
    ):
        return redirect("programme:review", key=key)
    return asked(request, form, words.way(state), "review", row)


def _form(request: ActingRequest, first: dict[str, Any]) -> Given:
    form = Given(
        request.POST or None, model=models.ContributionReview, names=FIELDS, initial=first
    )
    choose(form, "force", words.Names().forces())
    return form
