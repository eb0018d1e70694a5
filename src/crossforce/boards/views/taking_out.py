"""What leaves the platform as a file: agenda or minutes as tagged PDF; boards, meetings, decisions, actions as CSV."""

from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from crossforce.boards.queries import files
from crossforce.boards.queries import taking_out as queries
from crossforce.boards.queries.meetings import Shown
from crossforce.boards.rules.agendas import Section
from crossforce.boards.views import tables
from crossforce.kernel import civil, clock, pdf, web
from crossforce.kernel.web import dates
from crossforce.kernel.web.lists import column
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

TEMPLATE: Final = Path(__file__).resolve().parent.parent / "papers" / "meeting.typ"


def meeting_pdf(request: ActingRequest, key: UUID) -> HttpResponse:
    """The agenda of a meeting with its papers, or its minutes once it is over."""
    at = clock.now()
    found, marking = records.marked(
        request.actor, lambda: queries.meeting(request.actor, key, civil.day_of(at))
    )
    data = (_minutes(found) if found.is_held else _agenda(found)) | {"marking": marking}
    what = "minutes" if found.is_held else "agenda"
    day, named = found.meeting.on, records.in_a_name(marking)
    name = f"{what}-{found.board.code}-{day}-{named}.pdf"
    return web.downloads.file(name, pdf.render(TEMPLATE, data, at=at), pdf.MEDIA_TYPE)


def boards(request: ActingRequest) -> HttpResponse:
    """The list of boards."""
    found = files.kept(request.actor, civil.day_of(clock.now()))
    return web.downloads.file(found.name, found.content, files.MEDIA_TYPE)


def meetings(request: ActingRequest, key: UUID) -> HttpResponse:
    """The meetings of a board."""
    found = files.meetings_of(request.actor, key, civil.day_of(clock.now()))
    return web.downloads.file(found.name, found.content, files.MEDIA_TYPE)


def decisions(request: ActingRequest, key: UUID) -> HttpResponseBase:
    """The decisions of a board."""
    columns = [
        column("Decision", lambda each: each.row.title),
        column("Agreement", lambda each: each.row.agreement),
        column("How", lambda each: each.row.how),
        column("Taken", lambda each: each.row.decided_at.astimezone(civil.LONDON)),
        column("Decided", lambda each: "yes" if each.row.is_decided else "no"),
        column("Clause", lambda each: each.judged.clause),
        column("Agreed", lambda each: " ".join(each.judged.agreeing)),
        column("Why not", lambda each: " ".join(each.judged.reasons)),
        column("With effect from", lambda each: each.row.takes_effect_on),
        column("Took effect on", lambda each: each.outcome.done_on),
        column("What came of it", lambda each: each.outcome.said),
    ]
    return records.marked_file(
        request.actor,
        f"decisions-{key}",
        columns,
        lambda: queries.decisions(request.actor, key),
    )


def papers(request: ActingRequest) -> HttpResponseBase:
    """The papers that one may see."""
    columns = [
        column("Paper", lambda each: each.row.title),
        column("Agreement", lambda each: each.row.agreement),
        column("Functions", lambda each: each.row.functions),
        column("Decision that it asks for", lambda each: each.row.decision),
        column("Value in pence", lambda each: each.row.pence),
        column("Due", lambda each: each.row.due_on),
        column("State", lambda each: each.state.value),
        column("What the decision does", lambda each: each.row.effect),
    ]
    today = civil.day_of(clock.now())
    return records.marked_file(
        request.actor, f"papers-{today}", columns, lambda: queries.papers(request.actor)
    )


def actions(request: ActingRequest) -> HttpResponseBase:
    """The actions that one may see."""
    today = civil.day_of(clock.now())
    columns = [
        column("Action", lambda each: each.row.what),
        column("Office", lambda each: each.row.owner),
        column("Set", lambda each: each.row.set_on),
        column("Due", lambda each: each.row.due_on),
        column("State", lambda each: each.standing.value),
        column("Working days overdue", lambda each: each.days_late),
        column("What was done", lambda each: each.row.said),
    ]
    return records.marked_file(
        request.actor,
        f"actions-{today}",
        columns,
        lambda: queries.actions(request.actor, today),
    )


def _agenda(found: Shown) -> dict[str, Any]:
    return _head(found, "Agenda") | {
        "paragraphs": [line for each in found.agenda for line in _section(each, found)]
    }


def _section(section: Section, found: Shown) -> list[dict[str, Any]]:
    heading = {"level": 2, "title": f"{section.number} {section.title.en}", "lines": []}
    return [heading, *(_item(item, found) for item in section.items)]


def _item(item: Any, found: Shown) -> dict[str, Any]:
    lines = [f"Due {dates.day(item.due.due_on)}; {item.due.why}."]
    row = found.papers.get(item.due.reference)
    if row is not None:
        lines += [line for line in row.body.splitlines() if line.strip()]
    return {"level": 3, "title": f"{item.number} {item.due.title}", "lines": lines}


def _minutes(found: Shown) -> dict[str, Any]:
    parts = [part.split("\n") for part in found.meeting.minutes.split("\n\n")]
    return _head(found, "Minutes") | {
        "paragraphs": [
            {"level": 2, "title": first, "lines": rest} for first, *rest in parts if first
        ]
    }


def _head(found: Shown, what: str) -> dict[str, Any]:
    row = found.meeting
    seats = [tables.seat(seat, row.on) for seat in found.sitting.seats]
    return {
        "title": f"{what}: {found.board.title}",
        "day": f"{dates.day(row.on)}, {row.begins:%H:%M}"
        + (f", {row.place}" if row.place else ""),
        "papers": f"Papers due {dates.day(row.papers_due_on)}",
        "seats": seats,
    }
