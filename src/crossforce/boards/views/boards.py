"""Boards: the list, and one board with all that is known of it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from crossforce.agreements.api import titles
from crossforce.boards import models
from crossforce.boards.queries import actions as set_here
from crossforce.boards.queries import boards, lapsing, meetings, paths, permitting
from crossforce.boards.queries import changing as changes
from crossforce.boards.queries import own_rules as proposed
from crossforce.boards.queries.actions import ActionShown
from crossforce.boards.rules.seats import Seat
from crossforce.boards.views import changing, own_rules, tables
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import asking, dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
@asking.only()
def listed(request: ActingRequest) -> HttpResponse:
    """The boards that one may see, with the next meeting of each."""
    today = civil.day_of(clock.now())
    found = boards.boards(request.actor)
    known = titles(request.actor)
    ahead = lapsing.ahead(request.actor, [each.pk for each in found], today)
    rows = [
        [
            Cell(each.title, reverse("boards:board", args=[each.pk])),
            known.get(each.agreement, ""),
            tables.rhythm(boards.rhythm_of(each)),
            _next(ahead.get(each.pk)),
        ]
        for each in found
    ]
    context = {
        "table": Table("Boards", heads("Board|Agreement|Meets|Next meeting"), rows),
        "waiting": [
            (each, ", ".join(map(tables.organisation, bodies)))
            for each, bodies in proposed.waiting(request.actor, today)
        ],
        "may_keep": boards.may_keep(request.actor),
        "marking": records.marked_so_far(request.actor),
    }
    return web.page(request, "boards/boards.html", context)


@marks.in_english
@asking.only()
def board(request: ActingRequest, key: UUID) -> HttpResponse:
    """One board: who sits today, what it governs, its meetings and what it decided."""
    today = civil.day_of(clock.now())
    found = boards.shown(request.actor, key, today)
    kept = meetings.of_board(request.actor, key)
    coming = changes.of_board(request.actor, key, today)
    lapsed = lapsing.lapsed(request.actor, kept, today)
    context = {
        "found": found,
        "row": found.board,
        "rhythm": tables.rhythm(boards.rhythm_of(found.board)),
        "line": [_titled(code) for code in found.line],
        "holder": tables.organisation(found.place.holder),
        "seats": _seats(found.today),
        **own_rules.of_board(request, found),
        "governs": _governs(found.today, titles(request.actor)),
        "changes": changing.of_board(request, found.board, coming),
        "meetings": _meetings(_ordered(kept, today), lapsed),
        "pace": paths.of_board(request.actor, key),
        "decisions": _decisions(meetings.decisions(request.actor, key)),
        "actions": actions_table(set_here.actions(request.actor, today, key)),
        "today": today,
        "may_plan": permitting.may_plan(request.actor, found.board),
        "may_edit": permitting.may_edit(request.actor, found.board),
        "button": web.forms.bare(request, version=found.board.version),
        "marking": records.marked_so_far(request.actor),
    }
    return web.page(request, "boards/board.html", context)


def trail(row: models.Board) -> list[tuple[str, str]]:
    """The way to a board."""
    return [
        ("Boards", reverse("boards:boards")),
        (row.title, reverse("boards:board", args=[row.pk])),
    ]


def actions_table(found: Sequence[ActionShown]) -> Table:
    """Actions with how each stands."""
    rows = []
    for each in found:
        words, colour = tables.ACTION[each.standing]
        late = f", {each.days_late} working days" if each.days_late else ""
        rows.append(
            [
                Cell(each.row.what, reverse("boards:action", args=[each.row.pk])),
                tables.read_out(each.row.owner.replace(":", ", ")),
                dates.day(each.row.due_on),
                Cell(f"{words}{late}", tag=colour),
            ]
        )
    return Table("Actions", heads("What|By which office|By when|State"), rows)


def _next(first: models.Meeting | None) -> Any:
    if first is None:
        return "None is planned"
    return Cell(dates.day(first.on), reverse("boards:meeting", args=[first.pk]))


def _titled(code: str) -> str:
    return tables.organisation(code)


def _seats(today: boards.Sitting) -> Table:
    rows = [
        [
            tables.seat(each, today.on),
            _spoken_for(each, today.on),
            "Votes" if each.votes else "Advises",
        ]
        for each in today.seats
    ]
    return Table("Who sits today", heads("Seat|Speaks for|Vote"), rows)


def _spoken_for(seat: Seat, on: date) -> str:
    """For whom a seat speaks; nothing where that is what it is called."""
    name = tables.organisation(seat.speaks_for or seat.of)
    return "Itself" if name == tables.seat(seat, on) else name


def _governs(today: boards.Sitting, known: dict[str, str]) -> Table:
    rows = [
        [
            known.get(each.agreement, each.agreement),
            tables.function(each.function),
            str(each.answer.why),
            each.answer.undecided or "",
        ]
        for each in today.governs
    ]
    return Table("What it governs today", heads("Agreement|Function|Why|Left open"), rows)


def _ordered(kept: Sequence[models.Meeting], today: date) -> list[models.Meeting]:
    """Those to come, the next first; then those that were, the latest first."""
    ahead = [each for each in kept if each.on >= today]
    past = [each for each in kept if each.on < today]
    return sorted(ahead, key=lambda each: each.on) + past


def _meetings(kept: Sequence[models.Meeting], lapsed: Collection[UUID]) -> Table:
    rows = []
    for each in kept:
        words, colour = tables.meeting_state(each.state, is_lapsed=each.pk in lapsed)
        rows.append(
            [
                Cell(dates.day(each.on), reverse("boards:meeting", args=[each.pk])),
                dates.day(each.papers_due_on),
                each.moved,
                Cell(words, tag=colour),
            ]
        )
    return Table("Meetings", heads("Day|Papers due|Moved|State"), rows)


def _decisions(found: Sequence[meetings.Taken]) -> Table:
    rows = []
    for each in found:
        effect = dates.day(each.row.takes_effect_on) if each.row.takes_effect_on else ""
        rows.append(
            [
                Cell(each.row.title, reverse("boards:decision", args=[each.row.pk])),
                dates.instant(each.row.decided_at),
                f"Clause {each.judged.clause}" if each.judged.clause else "",
                effect,
                Cell(each.said, tag=tables.taken(each)),
            ]
        )
    return Table("Decisions", heads("What|Taken|By|With effect from|State"), rows)
