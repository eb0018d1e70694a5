"""Single duties: somebody picked by number or name, then what they do and when."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from crossforce.agreements import catalogues
from crossforce.duty import forms
from crossforce.duty.choices import MARKING
from crossforce.duty.operations import entries as operations
from crossforce.duty.operations.entries import NewEntry, Unsound
from crossforce.duty.queries import entries as reads
from crossforce.duty.rules import clocks, statuses
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import jinja
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

LONGEST = 80
SHOWN = ("what", "function", "call_sign", "location", "status", "absence")
PLACE = operations.PLACE


def add(request: ActingRequest) -> HttpResponse:
    """Find the person, then say what they do."""
    words = request.GET.get("q", "")[:LONGEST]
    number = request.GET.get("number", "")[:LONGEST]
    if not number:
        context = {
            "words": words,
            "people": reads.people_like(request.actor, words),
            "marking": MARKING,
        }
        return web.page(request, "duty/entry-person.html", context)
    found = dict(reads.people_like(request.actor, number))
    form = _form(request, {"start_day": civil.day_of(clock.now())})
    forms.choose(form, "unit", [("", "No unit"), *reads.units_for_entries(request.actor)])

    def save(given: dict[str, Any]) -> None:
        operations.add_entry(
            actor=request.actor, new=NewEntry(number=number, **given), at=clock.now()
        )
        messages.success(request, "Duty added.")

    title = f"Add a duty of {found.get(number, number)}"
    return _asked(request, form, title, save)


def change(request: ActingRequest, key: UUID) -> HttpResponse:
    """Change what a duty says."""
    row = reads.one_entry(request.actor, key)
    begins, ends = (each.astimezone(civil.LONDON) for each in (row.starts_at, row.ends_at))
    first = {name: getattr(row, name) for name in (*SHOWN, *PLACE)} | {
        "start_day": begins.date(),
        "start_time": f"{begins:%H:%M}",
        "start_which": clocks.SECOND if begins.fold else clocks.FIRST,
        "end_day": ends.date(),
        "end_time": f"{ends:%H:%M}",
        "end_which": clocks.SECOND if ends.fold else clocks.FIRST,
    }
    form = _form(request, first)
    del form.fields["unit"]

    def save(given: dict[str, Any]) -> None:
        operations.change_entry(
            actor=request.actor,
            entry=key,
            version=web.forms.version_sent(request),
            given=given,
            at=clock.now(),
        )
        messages.success(request, "Duty changed.")

    return _asked(request, form, f"Change a duty of {row.name}", save, row)


def status(request: ActingRequest, key: UUID) -> HttpResponse:
    """Set the status of somebody on duty."""
    row = reads.one_entry(request.actor, key)
    form = forms.StatusGiven(request.POST or None, initial={"status": row.status})
    forms.choose(form, "status", _statuses())

    def save() -> None:
        operations.set_status(
            actor=request.actor,
            entry=key,
            version=web.forms.version_sent(request),
            status=form.cleaned_data["status"],
            at=clock.now(),
        )

    if form.is_valid() and _saved(form, save):
        return redirect("duty:board")
    context = {"title": f"Set the status of {row.name}", "row": row, "marking": MARKING}
    return web.form_page(request, "duty/entry-form.html", form, context, version=row.version)


def cancel(request: ActingRequest, key: UUID) -> HttpResponse:
    """Cancel a duty, once somebody has said that they mean it."""
    row = reads.one_entry(request.actor, key)
    if request.method == "POST":
        version = web.forms.version_sent(request)
        operations.cancel_entry(actor=request.actor, entry=key, version=version, at=clock.now())
        messages.success(request, "Duty cancelled.")
        return redirect("duty:board")
    context = {
        "row": row,
        "marking": MARKING,
        "form": web.forms.bare(request, version=row.version),
    }
    return web.page(request, "duty/entry-cancel.html", context)


def _form(request: ActingRequest, first: dict[str, Any]) -> forms.EntryGiven:
    form = forms.EntryGiven(request.POST or None, initial=first)
    words = sorted(
        (jinja.in_language(title), code) for code, title in catalogues.functions().items()
    )
    forms.choose(form, "function", [("", "None"), *((code, title) for title, code in words)])
    forms.choose(form, "status", [("", "None"), *_statuses()])
    return form


def _statuses() -> list[tuple[str, str]]:
    known = statuses.statuses(civil.day_of(clock.now()))
    return [(code, f"{code}: {jinja.in_language(each.title)}") for code, each in known.items()]


def _asked(
    request: ActingRequest,
    form: forms.EntryGiven,
    title: str,
    save: Callable[[dict[str, Any]], None],
    row: Any = None,
) -> HttpResponse:
    if form.is_valid() and _saved(form, lambda: save(_given(form))):
        return redirect("duty:board")
    context = {"title": title, "row": row, "marking": MARKING}
    version = row.version if row else None
    return web.form_page(request, "duty/entry-form.html", form, context, version=version)


def _saved(form: Any, save: Callable[[], None]) -> bool:
    try:
        save()
    except (Unsound, records.Clashes, operations.NoSuchPerson) as refused:
        form.add_error(None, refused.message)
        return False
    return True


def _given(form: forms.EntryGiven) -> dict[str, Any]:
    """What is said; coordinates only where they were changed: those of another place do not stay."""
    cleaned = form.cleaned_data
    values = {name: cleaned[name] for name in (*SHOWN, "unit") if name in cleaned}
    if set(PLACE) & set(form.changed_data):
        values |= {name: cleaned[name] for name in PLACE}
    return values | {name: cleaned[name] for name in ("starts_at", "ends_at")}
