"""Pages of one record: read it, add, change, move, link, disclose."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.access import api as access
from crossforce.insight import api as insight
from crossforce.kernel import clock, web
from crossforce.kernel.web import dates, marks, sealed
from crossforce.records import forms, operations, queries
from crossforce.records.choices import NOT_KNOWN, Place, Reference
from crossforce.records.governed import GovernedRecord
from crossforce.records.views import files, staying
from crossforce.records.views.acting import (
    ActingRequest,
    asked,
    back_to,
    beside,
    changeable,
    pages_for,
    to_list,
)

SUGGESTED = 50


@marks.only_reads
def show(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """A record, or the pointer of one that may only be found."""
    try:
        shown = queries.shown(request.actor, kind, record)
    except queries.FoundOnly:
        return _pointer(request, kind, record)
    due = shown.row.review_due
    context = {
        **beside(shown),
        "fields": fields_of(shown.row),
        "purposes": forms.PURPOSES,
        "relations": forms.RELATIONS,
        "states": forms.STATES,
        "group": forms.group_said(shown.row.review_group),
        "due": forms.UNKNOWN if due == NOT_KNOWN else dates.day(due) if due else "Not set",
        "bodies": queries.in_words(Place(each.organisation) for each in shown.proposals),
        "stays": staying.refusal(shown, request.actor),
        "stays_for_all": staying.refusal_to_all(shown),
        "pages": pages_for("read"),
        "actor": request.actor,
        "cut": {each.link.pk: web.forms.bare(request) for each in shown.links},
    }
    return web.page(request, "records/show.html", context)


def _pointer(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    found = queries.found(request.actor, kind, record)
    context = {
        "found": found,
        "kind": queries.kind_of(kind),
        "labels": queries.labels_of(kind),
        "pages": pages_for("find"),
    }
    return web.page(request, "records/pointer.html", context)


def fields_of(row: GovernedRecord) -> list[tuple[str, object]]:
    """What a record says, field by field, with the names that people know."""
    labels = queries.labels_of(row.record_kind)
    return [(labels[name], value) for name, value in row.values().items()]


def in_words(fields: Iterable[tuple[str, Any, Any]]) -> tuple[tuple[str, Any, Any], ...]:
    """What changed, with names in place of codes."""
    listed = list(fields)
    collections = {
        text for name, *both in listed for text in both if name == "collection" and text
    }
    known = queries.in_words(Place("", each) for each in collections)
    return tuple(
        (name, *(forms.said(name, value, known) for value in both)) for name, *both in listed
    )


@marks.only_reads
def history(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """How a record changed."""
    try:
        shown, changes = queries.history(request.actor, kind, record)
    except queries.FoundOnly:
        return _pointer(request, kind, record)
    labels = queries.labels_of(kind)
    said = [replace(each, fields=in_words(each.fields)) for each in changes]
    context = {**beside(shown), "changes": said, "labels": {**labels, **forms.LABELS}}
    return web.page(request, "records/history.html", context)


def add(request: ActingRequest, kind: str) -> HttpResponse:
    """A new record, in its place from the first instant. The address may say what it begins with."""
    declared = queries.by_hand(kind)
    insight.require_add(request.actor, kind)
    first = {name: request.GET[name] for name in declared.fields if name in request.GET}
    form = forms.Adding(request.POST or None, kind=declared, initial=first)
    if form.is_valid():
        row = operations.create(
            actor=request.actor, new=form.new(request.actor.organisation), at=clock.now()
        )
        messages.success(request, f"{declared.title} added.")
        is_readable = access.may(kind, row.pk, "read")
        return back_to(kind, row.pk) if is_readable else to_list(kind)
    context = {"kind": declared, "title": f"Add a {declared.title.lower()}", "button": "Add"}
    return web.form_page(request, "records/form.html", form, context)


def edit(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """Change what a record says."""
    queries.by_hand(kind)
    shown = changeable(request, kind, record, "edit")
    row, declared = shown.row, shown.row.kind
    initial = {
        name: getattr(row, name) for name in (*declared.fields, *forms.Writing.base_fields)
    }
    form = forms.Writing(request.POST or None, kind=declared, initial=initial)

    def save() -> None:
        operations.edit(
            actor=request.actor,
            kind=kind,
            record=record,
            version=web.forms.version_sent(request),
            given=form.values(declared),
            at=clock.now(),
        )

    words = (f"Change {row.title}", "Save", "Changed.")
    return asked(request, form, save, shown=shown, words=words, is_versioned=True)


def move(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """Mark a record anew, or move it."""
    shown = changeable(request, kind, record, "edit")
    place = shown.place
    form = forms.Moving(request.POST or None, before=place)

    def save() -> None:
        operations.move(
            actor=request.actor,
            kind=kind,
            record=record,
            version=web.forms.version_sent(request),
            to=form.place(place.holder),
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        )

    words = ("Marking and place", "Save", "Moved.")
    return asked(request, form, save, shown=shown, words=words, is_versioned=True)


@require_POST
@marks.repeatable
def find_other(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """What is looked for to tie a record to is sent, and led to the address of its answer."""
    changeable(request, kind, record, "edit")
    of = sealed.sealed(_whose(request), {"q": request.POST.get("q", "")}, clock.now())
    return redirect(f"{reverse('records:link', args=[kind, record])}?{sealed.OF}={of}")


def _whose(request: ActingRequest) -> str:
    return f"link|{request.actor.posting}"


def link(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """Tie a record to another, found by its words, which its address does not say."""
    shown = changeable(request, kind, record, "edit")
    of = request.GET.get(sealed.OF)
    words = sealed.opened(_whose(request), of, clock.now()).get("q", "") if of else ""
    hits = queries.search(request.actor, words, (), SUGGESTED)
    others = [
        (f"{hit.kind}:{hit.id}", f"{queries.kind_of(hit.kind).title}: {hit.title}")
        for hit in hits.rows
        if hit.is_readable and hit.id != record
    ]
    form = forms.Linking(request.POST or None, others=others)

    def save() -> None:
        other_kind, _, key = form.cleaned_data["other"].partition(":")
        operations.link(
            actor=request.actor,
            one=Reference(kind, record),
            other=Reference(other_kind, UUID(key)),
            relation=form.cleaned_data["relation"],
            at=clock.now(),
        )

    if form.is_valid():
        save()
        messages.success(request, "Linked.")
        return back_to(kind, record)
    context = {**beside(shown), "words": words, "others": others}
    return web.form_page(request, "records/link.html", form, context)


@require_POST
def unlink(request: ActingRequest, link: UUID) -> HttpResponse:
    """Cut a link."""
    end = operations.unlink(actor=request.actor, link=link, at=clock.now())
    messages.success(request, "The link is cut.")
    return back_to(end.kind, end.id)


def disclose(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """Hand a record to somebody named, as a file that bears its marking."""
    shown = changeable(request, kind, record, "disclose")
    form = forms.Disclosing(request.POST or None)
    if form.is_valid():
        done = operations.disclose(
            actor=request.actor,
            kind=kind,
            records=[record],
            recipient=form.cleaned_data["recipient"],
            reason=form.cleaned_data["reason"],
            at=clock.now(),
        )
        draw = files.json if form.cleaned_data["form_of"] == "json" else files.csv
        return draw(kind, done)
    context = {**beside(shown), "title": "Disclose", "button": "Disclose"}
    return web.form_page(request, "records/form.html", form, context)


def combine(request: ActingRequest, kind: str, record: UUID) -> HttpResponse:
    """Make a document out of a record and those it is linked to."""
    declared = queries.by_hand(kind)
    shown = changeable(request, kind, record, "read")
    insight.require_add(request.actor, kind)
    others = [(f"{kind}:{record}", shown.row.title)]
    others += [(f"{each.kind}:{each.id}", each.title) for each in shown.links]
    form = forms.Combining(
        request.POST or None,
        kind=declared,
        others=others,
        initial={"marking": shown.place.marking},
    )
    if form.is_valid():
        parts = [each.partition(":") for each in form.cleaned_data["parts"]]
        made = operations.combine(
            actor=request.actor,
            parts=[Reference(of, UUID(key)) for of, _, key in parts],
            into=form.new(request.actor.organisation),
            at=clock.now(),
        )
        messages.success(request, "Combined.")
        return back_to(kind, made.pk)
    context = {**beside(shown), "title": "Combine", "button": "Combine"}
    return web.form_page(request, "records/form.html", form, context)
