"""What a party does with a version: consider, sign, refuse; and withdraw, suspend, resume."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from crossforce.agreements import forms, operations, signing
from crossforce.agreements.queries import preview, reading, signatures, standing
from crossforce.agreements.views.asking import ActingRequest, said_on
from crossforce.kernel import clock, web


def consider(request: ActingRequest, reference: str, number: int) -> HttpResponse:
    at = clock.now()
    mine = standing.own_party(request.actor, reference, number, at)
    row = mine.party.row
    initial = {name: getattr(row, name) for name in forms.Consider.base_fields}
    form = forms.Consider(
        request.POST or None, initial=initial, whole=standing.asks_interest_test(mine, at)
    )
    if form.is_valid():
        with said_on(form):
            operations.consider(
                actor=request.actor,
                reference=reference,
                number=number,
                organisation=request.actor.organisation,
                consideration=form.consideration,
                version=web.forms.version_sent(request),
                at=at,
            )
            return redirect("agreements:show", reference)
    return web.form_page(
        request, "agreements/consider.html", form, {"mine": mine}, version=row.version
    )


@web.asks_again
def sign(request: ActingRequest, reference: str, number: int) -> HttpResponse:
    at = clock.now()
    mine = standing.own_party(request.actor, reference, number, at)
    form = forms.Sign(request.POST or None)
    if form.is_valid():
        operations.sign(
            actor=request.actor,
            reference=reference,
            number=number,
            organisation=request.actor.organisation,
            at=at,
        )
        return redirect("agreements:show", reference)
    key = signatures.usable_key(request.actor.organisation, at)
    statement = signatures.statement_for(mine.version.row, request.actor.organisation)
    context = _words(request, mine, at) | {
        "key": key,
        "fingerprint": signatures.fingerprint(key) if key else "",
        "statement": signing.to_bytes(statement).decode(),
    }
    return web.form_page(request, "agreements/sign.html", form, context)


def _words(request: ActingRequest, mine: standing.OwnParty, at: datetime) -> dict[str, Any]:
    """What is signed, in words: all that stands in the version, and what it comes to in short."""
    row = mine.version.row
    return {
        "mine": mine,
        "read": reading.read_out(row),
        "short": preview.in_short(request.actor, row.agreement.reference, row.number, at),
    }


def sign_outside(request: ActingRequest, reference: str, number: int) -> HttpResponse:
    at = clock.now()
    mine = standing.own_party(request.actor, reference, number, at)
    keys = signatures.outside_keys(request.actor, at)
    form = forms.SignOutside(request.POST or None, keys=keys)
    if form.is_valid():
        with said_on(form):
            operations.sign_outside(
                actor=request.actor,
                reference=reference,
                number=number,
                organisation=request.actor.organisation,
                key=form.cleaned_data["key"],
                signature=form.signature_bytes,
                at=at,
            )
            return redirect("agreements:show", reference)
    context = _words(request, mine, at) | {"keys": keys}
    return web.form_page(request, "agreements/sign_outside.html", form, context)


def refuse(request: ActingRequest, reference: str, number: int) -> HttpResponse:
    mine = standing.own_party(request.actor, reference, number, clock.now())
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        with said_on(form):
            operations.refuse(
                actor=request.actor,
                reference=reference,
                number=number,
                organisation=request.actor.organisation,
                reason=form.cleaned_data["reason"],
                at=clock.now(),
            )
            return redirect("agreements:show", reference)
    return web.form_page(request, "agreements/refuse.html", form, {"mine": mine})


def withdraw(request: ActingRequest, reference: str, number: int) -> HttpResponse:
    found = standing.version(request.actor, reference, number, clock.now())
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        with said_on(form):
            operations.withdraw(
                actor=request.actor,
                reference=reference,
                number=number,
                reason=form.cleaned_data["reason"],
                at=clock.now(),
            )
            return redirect("agreements:show", reference)
    return web.form_page(request, "agreements/withdraw.html", form, {"mine": found})


def suspend(request: ActingRequest, reference: str) -> HttpResponse:
    shown = standing.agreement(request.actor, reference, clock.now())
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        with said_on(form):
            operations.suspend(
                actor=request.actor,
                reference=reference,
                organisation=request.actor.organisation,
                reason=form.cleaned_data["reason"],
                at=clock.now(),
            )
            return redirect("agreements:show", reference)
    return web.form_page(request, "agreements/suspend.html", form, {"shown": shown})


def resume(request: ActingRequest, reference: str) -> HttpResponse:
    shown = standing.agreement(request.actor, reference, clock.now())
    if request.method == "POST":
        operations.resume(
            actor=request.actor,
            reference=reference,
            organisation=request.actor.organisation,
            at=clock.now(),
        )
        return redirect("agreements:show", reference)
    context = {"shown": shown, "form": web.forms.bare(request)}
    return web.page(request, "agreements/resume.html", context)
