"""Leaving, ending, and the handover list."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from crossforce.agreements import forms, operations
from crossforce.agreements.queries import calling, standing
from crossforce.agreements.queries import leaving as queries
from crossforce.agreements.views.asking import ActingRequest, said_on
from crossforce.kernel import clock, money, web


def leave(request: ActingRequest, reference: str) -> HttpResponse:
    at, me = clock.now(), request.actor.organisation
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        with said_on(form):
            notice = operations.give_notice(
                actor=request.actor,
                reference=reference,
                organisation=me,
                reason=form.cleaned_data["reason"],
                at=at,
            )
            return redirect("agreements:notice", reference, notice.pk)
    shown = standing.agreement(request.actor, reference, at)
    side, outlook = queries.outlook(request.actor, reference, me, at)
    context = {
        "shown": shown,
        "side": side,
        "needed": queries.needed(request.actor, reference, me, at),
        "outlook": outlook,
        "pounds": money.in_pounds,
        "part": queries.part,
        "names": calling.names_of(),
    }
    return web.form_page(request, "agreements/leave.html", form, context)


def end(request: ActingRequest, reference: str) -> HttpResponse:
    at = clock.now()
    form = forms.Ending(request.POST or None)
    if form.is_valid():
        with said_on(form):
            notice = operations.propose_ending(
                actor=request.actor,
                reference=reference,
                organisation=request.actor.organisation,
                wanted_on=form.cleaned_data["wanted_on"],
                reason=form.cleaned_data["reason"],
                at=at,
            )
            return redirect("agreements:notice", reference, notice.pk)
    shown = standing.agreement(request.actor, reference, at)
    return web.form_page(request, "agreements/end.html", form, {"shown": shown})


def notice(request: ActingRequest, reference: str, notice: UUID) -> HttpResponse:
    at = clock.now()
    shown = standing.agreement(request.actor, reference, at)
    found = queries.notice_shown(shown, notice)
    context = {
        "shown": shown,
        "notice": found,
        "outlook": queries.would_follow(request.actor, found.row, at),
        "last_day": queries.last_day(found.row),
        "items": queries.items(shown.row, notice),
        "duties": found.row.residual_duties.all(),
        "form": web.forms.bare(request),
        "pounds": money.in_pounds,
        "part": queries.part,
        "names": calling.names_of(),
    }
    return web.page(request, "agreements/notice.html", context)


def join(request: ActingRequest, reference: str, notice: UUID) -> HttpResponse:
    if request.method == "POST":
        operations.join_notice(
            actor=request.actor,
            reference=reference,
            notice=notice,
            organisation=request.actor.organisation,
            at=clock.now(),
        )
    return redirect("agreements:notice", reference, notice)


def settle(request: ActingRequest, reference: str, item: UUID) -> HttpResponse:
    shown = standing.agreement(request.actor, reference, clock.now())
    row = queries.item(shown.row, item)
    form = forms.Settle(request.POST or None)
    if form.is_valid():
        with said_on(form):
            operations.settle_item(
                actor=request.actor,
                reference=reference,
                item=item,
                outcome=form.cleaned_data["outcome"],
                version=web.forms.version_sent(request),
                at=clock.now(),
            )
            return redirect("agreements:notice", reference, row.notice_id)
    context = {"shown": shown, "item": row, "names": calling.names_of()}
    return web.form_page(request, "agreements/settle.html", form, context, version=row.version)
