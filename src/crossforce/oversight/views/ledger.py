"""Pages of the ledger, for auditors and information managers."""

from functools import partial
from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.kernel import clock, subjects, web
from crossforce.kernel.web import dates, downloads, lists
from crossforce.ledger import api as mechanism
from crossforce.ledger.choices import Acts, Part, in_words
from crossforce.oversight import forms, operations
from crossforce.oversight import queries as reads
from crossforce.oversight.queries import ledger as queries
from crossforce.oversight.views import asking, lines, said
from crossforce.people.api import ActingRequest
from crossforce.transparency.entry import Entry, from_bytes

ERASE = "ledger.erase-private"


def address_of(line: "Line") -> str:
    return reverse("ledger:entry", args=[line.entry.pk])


class Line(NamedTuple):
    """An entry in the list, with the names of what it is about and of who acted."""

    entry: mechanism.StoredEntry
    what: str
    by: str
    words: str


LISTING = lists.Listing(
    name="ledger",
    columns=[
        lists.Column(
            "at", "When", lambda r: dates.instant(r.entry.at), address_of, sortable=True
        ),
        lists.Column("words", "What was done", lambda r: r.words),
        lists.Column("what", "To what", lambda r: r.what),
        lists.Column("by", "By", lambda r: r.by),
        lists.Column("operation", "Operation", lambda r: r.entry.operation, export_only=True),
        lists.Column("subject", "Subject", lambda r: r.entry.subject, export_only=True),
        lists.Column(
            "organisation", "Organisation", lambda r: r.entry.organisation, export_only=True
        ),
        lists.Column("instant", "Instant", lambda r: r.entry.at, export_only=True),
        lists.Column(
            "concerns", "Concerns", lambda r: " ".join(r.entry.concerns), export_only=True
        ),
        lists.Column("id", "Identifier", lambda r: r.entry.pk, export_only=True),
        lists.Column(
            "leaf", "Leaf hash", lambda r: bytes(r.entry.leaf_hash).hex(), export_only=True
        ),
    ],
    filters=[
        lists.Filter("operation", "Operation", hint="Its beginning, for example people."),
        lists.Filter("subject", "To what", hint="Its beginning, for example agreement:"),
        lists.Filter("since", "From", hint="For example 2026-03-27"),
        lists.Filter("until", "To", hint="For example 2026-03-31"),
    ],
    sort="-at",
)


def _named(actor: Acts, asked: lists.Asked) -> lists.Found:
    found = queries.listed(actor, asked)
    by = [f"organisation:{row.organisation}" for row in found.rows]
    names = subjects.names_of([*by, *(row.subject for row in found.rows)])
    named = [
        Line(row, names[row.subject], names[organisation], _words(from_bytes(bytes(row.body))))
        for row, organisation in zip(found.rows, by, strict=True)
    ]
    return lists.Found(named, found.total)


def _words(entry: Entry) -> str:
    """What was done, and how much of records was shown."""
    return lines.did_what(in_words(entry.operation), reads.shown_of(entry))


def entries(request: ActingRequest) -> HttpResponseBase:
    asking.require(request.GET, LISTING.filters)
    query = partial(_named, request.actor)
    return LISTING.answer(
        request, query, "oversight/ledger/list.html", {"counted": queries.COUNTED}
    )


def entry(request: ActingRequest, entry: UUID) -> HttpResponse:
    shown = operations.open_entry(actor=request.actor, entry=entry, at=clock.now())
    may_erase = request.actor.may(ERASE, shown.entry.organisation)
    context = {"shown": shown, "may_erase": may_erase, "titles": forms.PARTS}
    context["heading"] = _words(shown.entry)
    context["details"] = said.detail(shown.entry)
    opened = shown.opened
    context["private"] = {part: said.private(shown.entry, opened[part]) for part in opened}
    context["names"] = subjects.names_of(_named_in(shown.entry))
    return web.page(request, "oversight/ledger/entry.html", context)


def _named_in(entry: Entry) -> list[str]:
    bodies = (entry.organisation, *entry.concerns)
    return [entry.subject, *(f"organisation:{code}" for code in bodies)]


def export(request: ActingRequest, entry: UUID) -> HttpResponse:
    shown = operations.open_entry(actor=request.actor, entry=entry, at=clock.now())
    return downloads.file(
        f"ledger-entry-{entry}.json", shown.to_text().encode(), "application/json"
    )


def receipt(request: ActingRequest, entry: UUID) -> HttpResponse:
    found = operations.take_receipt(actor=request.actor, entry=entry, at=clock.now())
    text = found.to_text()
    return downloads.file(f"ledger-receipt-{entry}.json", text.encode(), "application/json")


@web.public
def checkpoint(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(mechanism.latest()), content_type="text/plain; charset=utf-8")


@web.public
def keys(request: HttpRequest) -> HttpResponse:
    """The verifier keys of the log and of its witnesses, one a line: whoever has a receipt or proof pack verifies it with these."""
    known = (*mechanism.public_keys(), *mechanism.witness_keys().values())
    told = "".join(f"{key}\n" for key in known)
    return HttpResponse(told, content_type="text/plain; charset=utf-8")


def erase(request: ActingRequest, entry: UUID) -> HttpResponse:
    shown = queries.entry(request.actor, entry)
    mechanism.require_erasing(request.actor, shown.entry.organisation)
    form = forms.Erase(request.POST or None)
    if form.is_valid():
        mechanism.erase_private(
            actor=request.actor,
            entry=entry,
            part=Part(form.cleaned_data["part"]),
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        )
        return redirect("ledger:entry", entry)
    return web.form_page(request, "oversight/ledger/erase.html", form, {"shown": shown})
