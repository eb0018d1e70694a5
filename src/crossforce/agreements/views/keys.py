"""The signing keys of the reader's own organisation."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from crossforce.agreements import forms, operations
from crossforce.agreements.queries import calling, signatures
from crossforce.agreements.views.asking import ActingRequest, said_on
from crossforce.kernel import clock, web


def keys(request: ActingRequest) -> HttpResponse:
    organisation = request.actor.organisation
    context = {
        "organisation": organisation,
        "names": calling.names_of(),
        "keys": signatures.keys_shown(request.actor, organisation, clock.now()),
        "may_change": request.actor.may("signing-key.administer", organisation),
    }
    return web.page(request, "agreements/keys.html", context)


def issue(request: ActingRequest) -> HttpResponse:
    form = forms.Key(request.POST or None)
    if form.is_valid():
        with said_on(form):
            operations.issue_key(
                actor=request.actor,
                organisation=request.actor.organisation,
                key=form.new_key,
                at=clock.now(),
            )
            return redirect("agreements:keys")
    context = {"title": "Issue a signing key", "button": "Issue the key"}
    return web.form_page(request, "agreements/key.html", form, context)


def rotate(request: ActingRequest, key: UUID) -> HttpResponse:
    form = forms.Key(request.POST or None)
    if form.is_valid():
        with said_on(form):
            operations.rotate_key(
                actor=request.actor, key=key, new=form.new_key, at=clock.now()
            )
            return redirect("agreements:keys")
    context = {"title": "Replace a signing key", "button": "Replace the key"}
    return web.form_page(request, "agreements/key.html", form, context)


def revoke(request: ActingRequest, key: UUID) -> HttpResponse:
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        with said_on(form):
            operations.revoke_key(
                actor=request.actor, key=key, reason=form.cleaned_data["reason"], at=clock.now()
            )
            return redirect("agreements:keys")
    context = {"title": "Revoke a signing key", "button": "Revoke the key"}
    return web.form_page(request, "agreements/key.html", form, context)
