"""Pages of how long a record is kept."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse

from crossforce.kernel import clock, web
from crossforce.kernel.refusals import Missing
from crossforce.records import forms, operations, queries
from crossforce.records.views import staying
from crossforce.records.views.acting import (
    ActingRequest,
    asked,
    back_to,
    beside,
    changeable,
    to_list,
)


def review(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """Put a record into a review group."""
    shown = changeable(request, kind, record, "edit")
    form = forms.Reviewing(request.POST or None, initial={"group": shown.row.review_group})

    def save() -> None:
        operations.review(
            actor=request.actor,
            kind=kind,
            record=record,
            version=web.forms.version_sent(request),
            group=form.cleaned_data["group"],
            last_notice=form.cleaned_data["last_notice"],
            at=clock.now(),
        )

    words = ("Review", "Save", "Reviewed.")
    return asked(request, form, save, shown=shown, words=words, is_versioned=True)


def hold(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """Forbid the disposal of a record."""
    shown = changeable(request, kind, record, "edit")
    form = forms.Because(request.POST or None)

    def save() -> None:
        reason = form.cleaned_data["reason"]
        operations.hold(
            actor=request.actor, kind=kind, record=record, reason=reason, at=clock.now()
        )

    words = ("Hold this record", "Hold", "It is held until the hold is lifted.")
    return asked(request, form, save, shown=shown, words=words)


def lift(request: ActingRequest, kind: str, record: UUID, hold: UUID) -> HttpResponse:
    """Lift a hold."""
    shown = changeable(request, kind, record, "edit")
    if not any(each.pk == hold and each.lifted_at is None for each in shown.holds):
        raise Missing
    form = forms.Because(request.POST or None)

    def save() -> None:
        reason = form.cleaned_data["reason"]
        operations.lift(actor=request.actor, hold=hold, reason=reason, at=clock.now())

    words = ("Lift the hold", "Lift", "The hold is lifted.")
    return asked(request, form, save, shown=shown, words=words)


def propose_disposal(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """Propose that a record goes."""
    shown = changeable(request, kind, record, "edit")
    if stays := staying.refusal_to_all(shown):
        return _stays(request, shown, "Propose disposal", stays)
    if request.method == "POST":
        operations.propose_disposal(
            actor=request.actor,
            kind=kind,
            record=record,
            version=web.forms.version_sent(request),
            at=clock.now(),
        )
        messages.success(request, "Its disposal is proposed. Somebody else decides.")
        return back_to(kind, record)
    drawn = web.forms.bare(request, version=shown.row.version)
    context = {**beside(shown), "drawn": drawn}
    return web.page(request, "records/propose-disposal.html", context)


def _stays(
    request: ActingRequest, shown: queries.Shown, title: str, stays: str
) -> HttpResponse:
    """In place of a form that could not work: why. 409 for what was sent all the same."""
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    context = {**beside(shown), "title": title, "stays": stays}
    return web.page(request, "records/stays.html", context, status=status)


def dispose(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """Destroy a record."""
    shown = changeable(request, kind, record, "dispose")
    if stays := staying.refusal(shown, request.actor):
        return _stays(request, shown, "Dispose of this record", stays)
    form = forms.Because(request.POST or None)
    if form.is_valid():
        operations.dispose(
            actor=request.actor,
            kind=kind,
            record=record,
            version=web.forms.version_sent(request),
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        )
        messages.success(request, "The record is disposed of. The ledger says so.")
        return to_list(kind)
    context = {**beside(shown), "title": "Dispose of this record", "button": "Dispose of it"}
    version = shown.row.version
    return web.form_page(request, "records/dispose.html", form, context, version=version)
