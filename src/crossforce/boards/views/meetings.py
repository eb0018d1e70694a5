"""A meeting: its agenda, who is there, what was said, what was set to be done, its minutes."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from crossforce.boards.choices import MARKING, ActionState, MeetingState, Presence
from crossforce.boards.forms.boards import ActionEnded, ActionSet, MinutesGiven, Reasoned
from crossforce.boards.forms.seats import INTEREST, NOTE, SEAT, attendance_form, notes_form
from crossforce.boards.operations import keeping as planning
from crossforce.boards.operations import meetings as operations
from crossforce.boards.queries import (
    actions,
    agreed,
    lapsing,
    meetings,
    minutes,
    papers,
    permitting,
)
from crossforce.boards.queries.meetings import Shown
from crossforce.boards.rules import keeping
from crossforce.boards.rules.rolls import Attendance
from crossforce.boards.views import boards, changing, tables
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import jinja, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
def meeting(request: ActingRequest, key: UUID) -> HttpResponse:
    """One meeting, before, during and after."""
    found = _found(request, key)
    row = found.meeting
    is_planned = row.state == MeetingState.PLANNED.value
    has_begun = meetings.has_begun(row, clock.now())
    may_edit = permitting.may_edit(request.actor, row)
    is_lapsed = is_planned and lapsing.is_governing_nothing(
        request.actor, found.board, found.sitting
    )
    context = {
        "found": found,
        "row": row,
        "trail": boards.trail(found.board),
        "state": tables.meeting_state(row.state, is_lapsed=is_lapsed),
        "roll": _roll(found),
        "instead": changing.instead(request, found),
        "needs": list(found.quorum.reasons()),
        "notes": keeping.notes(row.notes),
        "titled": jinja.in_language,
        "decided": {str(each.row.paper): each for each in found.decisions},
        "actions": boards.actions_table(found.actions),
        "may_record": is_planned and has_begun and not is_lapsed and may_edit,
        "votable": papers.open_among(request.actor, found.papers.values()),
        "is_ahead": is_planned and not has_begun and not is_lapsed,
        "is_lapsed": is_lapsed,
        "is_planned": is_planned,
        "may_cancel": is_planned and may_edit,
        "button": web.forms.bare(request),
        "paragraphs": [p.split("\n") for p in row.minutes.split("\n\n")] if row.minutes else [],
        "marking": records.marked_so_far(request.actor),
    }
    return web.page(request, "boards/meeting.html", context)


@marks.in_english
def attend(request: ActingRequest, key: UUID) -> HttpResponse:
    """Record who is there."""
    found = _found(request, key)
    form = _attendance(request, found)
    if form.is_valid():
        codes = [seat.code for seat in found.sitting.seats]
        rows = {code: _attendance_of(form.cleaned_data, code) for code in codes}
        with web.said_on(form):
            operations.attend(
                actor=request.actor,
                meeting=key,
                version=web.forms.version_sent(request),
                rows=rows,
                at=clock.now(),
            )
            return redirect("boards:meeting", key)
    return _form_page(request, form, "Who is there", found)


@marks.in_english
def note(request: ActingRequest, key: UUID) -> HttpResponse:
    """Record what was said on the items."""
    found = _found(request, key)
    items = _items(found)
    kept = keeping.notes(found.meeting.notes)
    first = {NOTE + code: kept.get(code, "") for code, _ in items}
    form = notes_form(items, request.POST if request.method == "POST" else None, first)
    if form.is_valid():
        said = {code: form.cleaned_data[NOTE + code] for code, _ in items}
        with web.said_on(form):
            operations.note(
                actor=request.actor,
                meeting=key,
                version=web.forms.version_sent(request),
                notes=said,
                at=clock.now(),
            )
            return redirect("boards:meeting", key)
    return _form_page(request, form, "What was said", found)


@marks.in_english
def close(request: ActingRequest, key: UUID) -> HttpResponse:
    """Close the meeting with its minutes."""
    found = _found(request, key)
    data = request.POST if request.method == "POST" else None
    first = None if data else {"minutes": minutes.minutes_text(request.actor, found)}
    form = MinutesGiven(data, initial=first)
    if form.is_valid():
        with web.said_on(form):
            operations.hold(
                actor=request.actor,
                meeting=key,
                version=web.forms.version_sent(request),
                minutes=form.cleaned_data["minutes"].replace("\r\n", "\n"),
                at=clock.now(),
            )
            return redirect("boards:meeting", key)
    return _form_page(request, form, "Close the meeting", found)


@marks.in_english
def cancel(request: ActingRequest, key: UUID) -> HttpResponse:
    """Cancel a meeting."""
    found = _found(request, key)
    form = Reasoned(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with web.said_on(form):
            planning.cancel_meeting(
                actor=request.actor,
                meeting=key,
                version=web.forms.version_sent(request),
                why=form.cleaned_data["why"],
                at=clock.now(),
            )
            return redirect("boards:meeting", key)
    return _form_page(request, form, "Cancel the meeting", found)


@marks.in_english
def set_action(request: ActingRequest, key: UUID) -> HttpResponse:
    """Set an office something to do."""
    found = _found(request, key)
    owners = [(seat.code, tables.seat(seat, found.meeting.on)) for seat in found.sitting.seats]
    data = request.POST if request.method == "POST" else None
    form = ActionSet(data, choices=(owners, _items(found)))
    if form.is_valid():
        given = form.cleaned_data
        with web.said_on(form):
            operations.set_action(
                actor=request.actor,
                meeting=key,
                what=given["what"],
                owner=given["owner"],
                due_on=given["due_on"],
                item=given["item"],
                at=clock.now(),
            )
            return redirect("boards:meeting", key)
    return _form_page(request, form, "Set an action", found)


@marks.in_english
def action(request: ActingRequest, key: UUID) -> HttpResponse:
    """One action, and ending it."""
    row = actions.action(request.actor, key)
    form = ActionEnded(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        with web.said_on(form):
            operations.end_action(
                actor=request.actor,
                action=key,
                version=web.forms.version_sent(request),
                state=ActionState(given["state"]),
                said=given["said"],
                at=clock.now(),
            )
            return redirect("boards:meeting", row.meeting)
    if form.is_bound:
        insight.require_edit(request.actor, row)
    context = {
        "row": row,
        "may_end": not row.ended_on and permitting.may_edit(request.actor, row),
        "marking": records.marked_so_far(request.actor),
        "trail": [("Boards", reverse("boards:boards"))],
    }
    return web.form_page(request, "boards/action.html", form, context, version=row.version)


def _found(request: ActingRequest, key: UUID) -> Shown:
    return meetings.shown(request.actor, key, civil.day_of(clock.now()))


def _items(found: Shown) -> list[tuple[str, str]]:
    return [
        (item.due.reference, f"{item.number} {item.due.title}")
        for section in found.agenda
        for item in section.items
    ]


def _roll(found: Shown) -> Table:
    rows = []
    for seat in found.roll.seats:
        kept = found.roll.attendance.get(seat.code)
        office = found.roll.filled_by(seat)
        said = Cell("Not recorded", tag="grey")
        if kept is not None and office is None:
            said = Cell("Absent", tag="yellow")
        elif office is not None:
            alternate = "" if office == seat.office else jinja.in_language(office.title)
            said = Cell(f"By {alternate.lower()}" if alternate else "Present", tag="green")
        away = ", ".join(n for n in _interests(found, kept)) if kept else ""
        rows.append([tables.seat(seat, found.meeting.on), said, away])
    return Table("Who is there", heads("Seat|There|Takes no part in"), rows)


def _interests(found: Shown, kept: Attendance) -> list[str]:
    return [title for code, title in _items(found) if code in kept.interests]


def _attendance(request: ActingRequest, found: Shown) -> Any:
    on = found.meeting.on
    offices = agreed.known_offices(on)
    seats = [(seat.code, tables.seat(seat, on)) for seat in found.sitting.seats]
    alternates: dict[str, Any] = {
        seat.code: [
            (code, jinja.in_language(offices.office(code).title))
            for code in seat.office.alternates
        ]
        for seat in found.sitting.seats
    }
    first: dict[str, Any] = {}
    for seat in found.sitting.seats:
        row = found.roll.of(seat)
        of = f":{row.alternate}" if row.presence is Presence.ALTERNATE else ""
        first[SEAT + seat.code] = f"{row.presence.value}{of}"
        first[INTEREST + seat.code] = sorted(row.interests)
    items = [each for each in _items(found) if each[0] in found.papers]
    data = request.POST if request.method == "POST" else None
    return attendance_form(seats, alternates, items, data, first)


def _attendance_of(given: dict[str, Any], code: str) -> Attendance:
    presence, _, alternate = given[SEAT + code].partition(":")
    interests = frozenset(given.get(INTEREST + code, ()))
    return Attendance(Presence(presence), alternate, interests)


def _form_page(request: ActingRequest, form: Any, title: str, found: Shown) -> HttpResponse:
    """The form; none for a meeting that its reader may not change. Raises Refused, which says whom to ask."""
    row = found.meeting
    insight.require_edit(request.actor, row)
    trail = [*boards.trail(found.board), (row.title, reverse("boards:meeting", args=[row.pk]))]
    context = {
        "title": title,
        "trail": trail,
        "marking": records.marked_so_far(request.actor, MARKING),
    }
    return web.form_page(request, "boards/form.html", form, context, version=row.version)
