"""A joint board's own rules: what is proposed, who agreed to it, and recording that a body did."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crossforce.boards.choices import MARKING
from crossforce.boards.forms.boards import delegation_words, seat_words
from crossforce.boards.forms.seats import agreement_form, consents_in
from crossforce.boards.operations import own_rules as operations
from crossforce.boards.queries import boards, holders, own_rules
from crossforce.boards.queries.boards import Shown
from crossforce.boards.rules.own_rules import OwnRules
from crossforce.boards.views import tables
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest


def of_board(request: ActingRequest, found: Shown) -> dict[str, Any]:
    """What the page of a board tells of its own rules."""
    told = own_rules.agreeing(request.actor, found.board, found.today.bodies)
    rows: list[list[Any]] = [
        [
            tables.organisation(each.person),
            Cell("Agreed", tag="green"),
            f"{told.titles.get(each.document, 'A document')}, {dates.day(each.on)}",
        ]
        for each in told.agreed
    ]
    rows += [
        [tables.organisation(code), Cell("Has not agreed yet", tag="yellow"), "–"]
        for code in told.missing
    ]
    return {
        "rules": _said(boards.rules_of(found.board)),
        "proposed": _said(told.proposed.rules) if told.proposed else [],
        "proposed_on": told.proposed.on if told.proposed else None,
        "agreeing": Table(
            "Who agrees to its own rules", heads("Body|State|In which document"), rows
        ),
    }


@marks.in_english
def agree(request: ActingRequest, key: UUID) -> HttpResponse:
    """Record that bodies agreed to what is proposed."""
    row = boards.board(request.actor, key)
    insight.require_edit(request.actor, row)
    sitting = boards.sitting(request.actor, row, civil.day_of(clock.now()))
    told = own_rules.agreeing(request.actor, row, sitting.bodies)
    if told.proposed is None:
        raise operations.NothingProposed
    form = agreement_form(
        [(code, tables.organisation(code)) for code in told.missing],
        [(str(pk), title) for pk, title in holders.documents(request.actor)],
        request.POST if request.method == "POST" else None,
    )
    if form.is_valid():
        with web.said_on(form):
            missing = operations.agree(
                actor=request.actor,
                board=key,
                version=web.forms.version_sent(request),
                consents=consents_in(form.cleaned_data),
                at=clock.now(),
            )
            words = (
                "Kept. Others have yet to agree."
                if missing
                else "All have agreed: it counts from now."
            )
            messages.success(request, words)
            return redirect("boards:board", key)
    context = {
        "row": row,
        "proposed": _said(told.proposed.rules),
        "proposed_on": told.proposed.on,
        "marking": MARKING,
    }
    return web.form_page(request, "boards/agree.html", form, context, version=row.version)


@require_POST
def take_back(request: ActingRequest, key: UUID) -> HttpResponse:
    """Take back what is proposed."""
    version = web.forms.version_sent(request)
    operations.take_back(actor=request.actor, board=key, version=version, at=clock.now())
    messages.success(request, "Taken back. All stays as it is.")
    return redirect("boards:board", key)


def _said(rules: OwnRules) -> list[tuple[str, str]]:
    """The rules in words, as they are written; nothing where there are none."""
    if rules == OwnRules():
        return []
    casts = " (has a casting vote)" if rules.chair_casts else ""
    return [
        (
            "Seats",
            "; ".join(map(seat_words, rules.seats)) or "By the agreement or the directory",
        ),
        ("Chair", f"{rules.chair}{casts}" if rules.chair else "–"),
        ("Decides alone", "; ".join(map(delegation_words, rules.delegations)) or "Nobody"),
    ]
