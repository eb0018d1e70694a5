"""Pages of the ledger, for auditors and information managers."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.kernel import clock, web
from crossforce.kernel.web import dates, downloads, lists
from crossforce.ledger import forms, models, operations, queries
from crossforce.ledger.choices import Acts, Part, in_words

ERASE = "ledger.erase-private"


class ActingRequest(HttpRequest):
    """A request that the frame let through: somebody acts in a posting."""

    actor: Acts


def address_of(row: models.Entry) -> str:
    return reverse("ledger:entry", args=[row.pk])


LISTING = lists.Listing(
    name="ledger",
    columns=[
        lists.Column("at", "When", lambda r: dates.instant(r.at), address_of, sortable=True),
        lists.Column("words", "What was done", lambda r: in_words(r.operation)),
        lists.Column("operation", "Operation", lambda r: r.operation),
        lists.Column("subject", "To what", lambda r: r.subject),
        lists.Column("organisation", "By", lambda r: r.organisation),
        lists.Column("instant", "Instant", lambda r: r.at, export_only=True),
        lists.Column("concerns", "Concerns", lambda r: " ".join(r.concerns), export_only=True),
        lists.Column("id", "Identifier", lambda r: r.pk, export_only=True),
        lists.Column("leaf", "Leaf hash", lambda r: bytes(r.leaf_hash).hex(), export_only=True),
    ],
    filters=[
        lists.Filter("operation", "Operation", hint="Its beginning, for example people."),
        lists.Filter("subject", "To what", hint="Its beginning, for example agreement:"),
        lists.Filter("since", "From", hint="For example 2026-03-27"),
        lists.Filter("until", "To", hint="For example 2026-03-31"),
    ],
    sort="-at",
)


def entries(request: ActingRequest) -> HttpResponseBase:
    query = partial(queries.listed, request.actor)
    return LISTING.answer(request, query, "ledger/list.html", {"counted": queries.COUNTED})


def entry(request: ActingRequest, entry: UUID) -> HttpResponse:
    shown = queries.entry(request.actor, entry)
    may_erase = request.actor.may(ERASE, shown.entry.organisation)
    context = {"shown": shown, "may_erase": may_erase, "titles": forms.PARTS}
    context["heading"] = in_words(shown.entry.operation)
    return web.page(request, "ledger/entry.html", context)


def export(request: ActingRequest, entry: UUID) -> HttpResponse:
    text = queries.export(request.actor, entry)
    return downloads.file(f"ledger-entry-{entry}.json", text.encode(), "application/json")


def receipt(request: ActingRequest, entry: UUID) -> HttpResponse:
    text = queries.receipt(request.actor, entry).to_text()
    return downloads.file(f"ledger-receipt-{entry}.json", text.encode(), "application/json")


@web.public
def checkpoint(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(queries.latest()), content_type="text/plain; charset=utf-8")


def erase(request: ActingRequest, entry: UUID) -> HttpResponse:
    shown = queries.entry(request.actor, entry)
    operations.require_erasing(request.actor, shown.entry.organisation)
    form = forms.Erase(request.POST or None)
    if form.is_valid():
        operations.erase_private(
            actor=request.actor,
            entry=entry,
            part=Part(form.cleaned_data["part"]),
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        )
        return redirect("ledger:entry", entry)
    return web.form_page(request, "ledger/erase.html", form, {"shown": shown})
