"""A joint board's own rules: what is proposed, who agreed to it, and recording that a body did."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crossforce.boards.choices import MARKING
from crossforce.boards.forms.seats import agreement_form, consents_in
from crossforce.boards.operations import own_rules as operations
from crossforce.boards.queries import boards, holders, own_rules
from crossforce.boards.queries.boards import Shown, Sitting
from crossforce.boards.rules.motions import Delegation
from crossforce.boards.rules.own_rules import OwnRules
from crossforce.boards.rules.seats import SeatRule
from crossforce.boards.views import tables
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, web
from crossforce.kernel.money import in_pounds
from crossforce.kernel.web import dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest

BY_THE_AGREEMENT: Final = "By the agreement or the directory"
NONE: Final = [("Seats", BY_THE_AGREEMENT)]


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
    rules = _said(boards.rules_of(found.board), found.today)
    return {
        "rules": rules,
        "chair": dict(rules).get("Chair", "–"),
        "proposed": (_said(told.proposed.rules, found.today) or NONE) if told.proposed else [],
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
        "proposed": _said(told.proposed.rules, sitting) or NONE,
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
