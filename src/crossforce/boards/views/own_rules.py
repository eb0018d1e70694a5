"""A board's own rules: what is proposed, how each body answers it, and letting it count."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.boards import models
from crossforce.boards.choices import ANSWER, MARKING, Vote
from crossforce.boards.forms.seats import BodyAnswer, agreement_form, consents_in
from crossforce.boards.operations import own_consents
from crossforce.boards.operations import own_rules as operations
from crossforce.boards.queries import boards, own_rules
from crossforce.boards.queries.boards import Shown, Sitting
from crossforce.boards.queries.own_rules import Agreeing
from crossforce.boards.rules.motions import Delegation
from crossforce.boards.rules.own_rules import OwnRules
from crossforce.boards.rules.seats import SeatRule
from crossforce.boards.views import tables
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, web
from crossforce.kernel.money import in_pounds
from crossforce.kernel.web import dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest, Actor
from crossforce.records import api as records

BY_THE_AGREEMENT: Final = "By the agreement or the directory"
WAITS: Final = "Has not answered yet"
NONE: Final = [("Seats", BY_THE_AGREEMENT)]


def of_board(request: ActingRequest, found: Shown) -> dict[str, Any]:
    """What the page of a board tells of its own rules."""
    told = own_rules.agreeing(request.actor, found.board, found.today.on)
    mine = own_rules.held_by(request.actor, told.bodies, found.today.on)
    rules = _said(boards.rules_of(found.board), found.today)
    return {
        "rules": rules,
        "chair": dict(rules).get("Chair", "–"),
        "proposed": (_said(told.proposed.rules, found.today) or NONE) if told.proposed else [],
        "proposal": told.proposed,
        "told": told,
        "mine": [tables.organisation(code) for code in mine],
        "unasked": [tables.organisation(code) for code in told.unasked],
        "agreeing": _table(told),
    }


def _table(told: Agreeing) -> Table:
    """How each body stands to it, and by what that is known."""
    no = {
        each.body: Cell(
            f"Answered here, {dates.day(civil.day_of(each.at))}", _record(str(each.pk))
        )
        for each in told.against
    }
    rows: list[list[Any]] = [
        [
            tables.organisation(each.person),
            Cell("Agrees", tag="green"),
            Cell(f"Answered here, {dates.day(each.on)}", _record(each.own))
            if each.own
            else f"{told.titles.get(each.document, 'A letter')}, {dates.day(each.on)}",
        ]
        for each in told.agreed
    ]
    for code in told.missing:
        state = Cell("Does not agree", tag="red") if code in no else Cell(WAITS, tag="yellow")
        rows.append(
            [tables.organisation(code), state, no.get(code, "Answers itself, or by letter")]
        )
    return Table("Who agrees to its own rules", heads("Body|State|How it is known"), rows)


def _record(key: str) -> str:
    return reverse("records:show", args=[ANSWER, key])


@marks.in_english
def agree(request: ActingRequest, key: UUID) -> HttpResponse:
    """Let what all agree to count; before, record letters of bodies that did not answer here."""
    actor, today = request.actor, civil.day_of(clock.now())
    row = boards.board(actor, key)
    insight.require_edit(actor, row)
    told = own_rules.agreeing(actor, row, today)
    if told.proposed is None:
        raise operations.NothingProposed
    form = agreement_form(
        [(code, tables.organisation(code)) for code in told.by_letter],
        {
            code: [(str(pk), title) for pk, title in found]
            for code, found in own_rules.letters(actor, told.proposed, told.by_letter).items()
        },
        request.POST if request.method == "POST" else None,
    )
    if form.is_valid():
        with web.said_on(form):
            missing = operations.agree(
                actor=actor,
                board=key,
                version=web.forms.version_sent(request),
                consents=consents_in(form.cleaned_data),
                at=clock.now(),
            )
            words = (
                "Others have yet to agree."
                if missing
                else "All have agreed: it counts from now."
            )
            messages.success(request, words)
            return redirect("boards:board", key)
    context = _shown(actor, row, told, boards.sitting(actor, row, today))
    return web.form_page(request, "boards/agree.html", form, context, version=row.version)


@marks.in_english
def consent(request: ActingRequest, key: UUID) -> HttpResponse:
    """Answer what is proposed, for a body whose office one holds."""
    actor, at = request.actor, clock.now()
    row, today = boards.board(actor, key), civil.day_of(at)
    told = own_rules.agreeing(actor, row, today)
    if told.proposed is None:
        raise operations.NothingProposed
    mine = own_rules.held_by(actor, told.bodies, today)
    if not mine:
        raise own_consents.NotMyBody("You hold no office of a body whose board this is today.")
    form = BodyAnswer(
        request.POST if request.method == "POST" else None,
        bodies=[(code, tables.organisation(code)) for code in mine],
        initial={"proposal": told.proposed.digest},
    )
    if form.is_valid():
        given = form.cleaned_data | {"vote": Vote(form.cleaned_data["vote"])}
        with web.said_on(form):
            own_consents.answer(actor=actor, board=key, at=at, **given)
            messages.success(request, "Answered. You may change it until it counts.")
            return redirect("boards:board", key)
    context = _shown(actor, row, told, boards.sitting(actor, row, today)) | {"is_answer": True}
    return web.form_page(request, "boards/agree.html", form, context)


def _shown(actor: Actor, row: models.Board, told: Agreeing, sitting: Sitting) -> dict[str, Any]:
    assert told.proposed is not None
    return {
        "row": row,
        "told": told,
        "proposal": told.proposed,
        "proposed": _said(told.proposed.rules, sitting) or NONE,
        "standing": _said(boards.rules_of(row), sitting) or NONE,
        "agreeing": _table(told),
        "marking": records.marked_so_far(actor, MARKING),
    }


@require_POST
def take_back(request: ActingRequest, key: UUID) -> HttpResponse:
    """Take back what is proposed."""
    version = web.forms.version_sent(request)
    operations.take_back(actor=request.actor, board=key, version=version, at=clock.now())
    messages.success(request, "Taken back. All stays as it is.")
    return redirect("boards:board", key)


def _said(rules: OwnRules, sitting: Sitting) -> list[tuple[str, str]]:
    """The rules in words; nothing where there are none."""
    if rules == OwnRules():
        return []
    named = {seat.code: tables.seat(seat, sitting.on) for seat in sitting.seats}
    casts = ", with a casting vote" if rules.chair_casts else ""
    alone = "; ".join(_alone(each, named) for each in rules.delegations)
    return [
        ("Seats", "; ".join(map(_seat, rules.seats)) or BY_THE_AGREEMENT),
        ("Chair", f"{seat_named(rules.chair, named)}{casts}" if rules.chair else "–"),
        ("Decides alone", alone or "Nobody"),
    ]


def seat_named(code: str, named: Mapping[str, str]) -> str:
    """What a seat is called; one that nobody sits in today is read out."""
    return named.get(code) or tables.read_out(code.replace(":", ", "))


def _seat(rule: SeatRule) -> str:
    of = ", ".join(map(tables.organisation, rule.of)) or "each force that takes part"
    return f"{tables.read_out(rule.office)} of {of}{'' if rule.votes else ', who advises'}"


def _alone(given: Delegation, named: Mapping[str, str]) -> str:
    limit = "as much as practice gives"
    if given.up_to_pence is not None:
        limit = f"up to {in_pounds(given.up_to_pence)}"
    kinds = ", ".join(given.decisions) or "any kind"
    return f"{seat_named(given.seat, named)}: {kinds}, {limit}"
