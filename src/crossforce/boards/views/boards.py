"""Boards: the list, one board, setting up, planning its meetings."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.agreements.api import titles
from crossforce.boards import models
from crossforce.boards.choices import BOARD, MARKING, Cycle
from crossforce.boards.forms.boards import BoardGiven, MeetingAdded, delegation_words
from crossforce.boards.operations import keeping as operations
from crossforce.boards.operations.keeping import NewBoard
from crossforce.boards.queries import actions as set_here
from crossforce.boards.queries import boards, lapsing, meetings, paths, permitting
from crossforce.boards.queries import changing as changes
from crossforce.boards.queries.actions import ActionShown
from crossforce.boards.rules import keeping
from crossforce.boards.rules.seats import Seat, SeatRule
from crossforce.boards.views import changing, tables
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import asking, dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest

MONTHS_AHEAD: Final = 12


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
        "may_keep": boards.may_keep(request.actor),
        "marking": MARKING,
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
        "governs": _governs(found.today, titles(request.actor)),
        "changes": changing.of_board(request, found.board, coming),
        "meetings": _meetings(_ordered(kept, today), lapsed),
        "pace": paths.of_board(request.actor, key),
        "decisions": _decisions(meetings.decisions(request.actor, key)),
        "actions": actions_table(set_here.actions(request.actor, today, key)),
        "today": today,
        "may_plan": permitting.may_plan(request.actor, found.board),
        "may_edit": permitting.may_edit(request.actor, found.board),
        "button": web.forms.bare(request),
        "marking": MARKING,
    }
    return web.page(request, "boards/board.html", context)


@marks.in_english
def set_up(request: ActingRequest) -> HttpResponse:
    """Set up a board."""
    insight.require_add(request.actor, BOARD)
    form = _form(request, {})
    return _asked(
        request,
        form,
        "Set up a board",
        lambda new: operations.set_up(actor=request.actor, new=new, at=clock.now()),
    )


@marks.in_english
def change(request: ActingRequest, key: UUID) -> HttpResponse:
    """Change a board."""
    row = boards.board(request.actor, key)
    insight.require_edit(request.actor, row)

    def save(new: NewBoard) -> UUID:
        version = web.forms.version_sent(request)
        operations.change(
            actor=request.actor, board=key, version=version, new=new, at=clock.now()
        )
        return key

    return _asked(
        request, _form(request, _given(row)), f"Change {row.title}", save, row.version
    )


@require_POST
def plan(request: ActingRequest, key: UUID) -> HttpResponse:
    """Plan the meetings of the next twelve months."""
    operations.plan_meetings(
        actor=request.actor, board=key, months=MONTHS_AHEAD, at=clock.now()
    )
    return redirect("boards:board", key)


@marks.in_english
def add_meeting(request: ActingRequest, key: UUID) -> HttpResponse:
    """Add a meeting on a day, at the board's own hour unless another is chosen."""
    row = boards.board(request.actor, key)
    permitting.require_plan(request.actor, row)
    first = {"begins": f"{row.begins:%H:%M}"}
    form = MeetingAdded(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid():
        with web.said_on(form):
            made = operations.add_meeting(
                actor=request.actor, board=key, at=clock.now(), **form.cleaned_data
            )
            return redirect("boards:meeting", made)
    context = {"title": "Add a meeting", "trail": trail(row), "marking": MARKING}
    return web.form_page(request, "boards/form.html", form, context)


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


def _form(request: ActingRequest, first: dict[str, Any]) -> BoardGiven:
    choices = (
        list(titles(request.actor).items()),
        [(cycle.value, words) for cycle, words in tables.CYCLES.items()],
        [(number, words) for number, words in enumerate(tables.WEEKS, start=1)],
        list(enumerate(tables.WEEKDAYS)),
    )
    data = request.POST if request.method == "POST" else None
    return BoardGiven(data, initial=first, choices=choices)


def _given(row: models.Board) -> dict[str, Any]:
    seats = [
        ("" if rule.votes else "advises ")
        + rule.office
        + (f": {', '.join(rule.of)}" if rule.of else "")
        for rule in keeping.seats(row.seats)
    ]
    alone = [delegation_words(each) for each in keeping.delegations(row.delegations)]
    closed = [f"{day} {why}" for day, why in keeping.closed(row.closed).items()]
    plain = ("title", "code", "agreement", "reports_to", "cycle", "week", "weekday", "month")
    return {
        **{name: getattr(row, name) for name in (*plain, "chair", "chair_casts")},
        "begins": f"{row.begins:%H:%M}",
        "seats": "\n".join(seats),
        "delegations": "\n".join(alone),
        "closed": "\n".join(closed),
    }


def _new(given: dict[str, Any]) -> NewBoard:
    return NewBoard(
        title=given["title"],
        code=given["code"],
        agreement=given["agreement"],
        reports_to=given["reports_to"],
        cycle=Cycle(given["cycle"]),
        weekday=int(given["weekday"]),
        week=int(given["week"]),
        month=given["month"],
        begins=given["begins"],
        seats=tuple(SeatRule(*each) for each in given["seats"]),
        chair=given["chair"],
        chair_casts=given["chair_casts"],
        delegations=tuple(given["delegations"]),
        closed=given["closed"],
    )


def _asked(
    request: ActingRequest, form: BoardGiven, title: str, save: Any, version: int | None = None
) -> HttpResponse:
    if form.is_valid():
        with web.said_on(form):
            return redirect("boards:board", save(_new(form.cleaned_data)))
    context = {"title": title, "trail": [("Boards", reverse("boards:boards"))]}
    return web.form_page(
        request, "boards/form.html", form, context | {"marking": MARKING}, version=version
    )
