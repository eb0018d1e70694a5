"""Budgets: the list, one with its shares to the penny, drafting, and its way to the decision."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from crossforce.agreements.api import titles as called
from crossforce.finance import forms
from crossforce.finance.choices import (
    BUDGET,
    FIRST_YEAR,
    LAST_YEAR,
    MARKING,
    RestOfYear,
    Rhythm,
    Spread,
    State,
)
from crossforce.finance.forms.fields import pounds as typed
from crossforce.finance.operations import budgets as operations
from crossforce.finance.operations import charging
from crossforce.finance.operations.budgets import NewBudget
from crossforce.finance.queries import agreed, deciding, forecasting
from crossforce.finance.queries import budgets as reads
from crossforce.finance.queries.budgets import Shown, Wanted
from crossforce.finance.queries.forecasting import NoForecast
from crossforce.finance.rules.years import FinancialYear
from crossforce.finance.views import bearing, files, tables, worked
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import asking, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

ACTS: Final[Mapping[str, Callable[..., None]]] = {
    "propose": operations.propose_budget,
    "back": operations.take_back_to_draft,
    "share": operations.share_anew,
}
RULES: Final = {
    RestOfYear.AS_BUDGETED: "The rest as budgeted",
    RestOfYear.AS_SO_FAR: "The rest as so far",
    RestOfYear.AS_BUDGET_WENT: "The rest as the budget went",
    RestOfYear.STATED: "The rest as forecast lines state",
}
ASKED = ("agreement", "year", "state")
"""What the address of a list of budgets or invoices asks for."""


@marks.in_english
@asking.only(*ASKED, "format", *tables.STEPS)
def budgets(request: ActingRequest) -> HttpResponseBase:
    """The budgets that one may read, as a page and as a file."""
    wanted = wanted_of(request)
    if asking.one_of(request, "format", ("csv",)):
        ask = partial(reads.taken_out, request.actor, wanted)
        return records.marked_file(request.actor, "budgets", files.BUDGETS, ask)
    step, named = tables.step_of(request), tables.names()
    page, marking = records.marked(
        request.actor, partial(reads.page, request.actor, wanted, step)
    )
    agreements, years = reads.asked_of(request.actor)
    titles = called(request.actor)
    rows = [
        [
            Cell(each.row.title, _href(each.row.pk)),
            titles.get(each.row.agreement, each.row.agreement),
            named(each.row.lead),
            Cell(*_state(each.row.state)),
            tables.pounds(each.row.pence),
        ]
        for each in page.rows
    ]
    table = Table("Budgets", heads("Budget|Agreement|Spends for all|State", "Cost"), rows)
    context = {
        "table": table,
        "wanted": wanted,
        "states": [(code.value, words) for code, (words, _) in tables.STATES.items()],
        "agreements": tables.called(titles, {*agreements, wanted.agreement}),
        "years": [(each, str(FinancialYear(each))) for each in years],
        "steps": tables.steps(request, page),
        "may_draft": reads.may_draft(request.actor),
        "marking": marking,
        "query": request.GET.urlencode(),
    }
    return web.page(request, "finance/budgets.html", context)


@marks.in_english
@asking.only("agreement")
def add(request: ActingRequest) -> HttpResponse:
    """Draft a budget: first of which agreement, then of what."""
    insight.require_add(request.actor, BUDGET)
    reference = request.GET.get("agreement", "").strip()[:120]
    context: dict[str, Any] = {"title": "Draft a budget", "marking": MARKING}
    if not reference:
        context["agreements"] = list(agreed.shareable(request.actor).items())
        return web.page(request, "finance/budget-of.html", context)
    known, named = agreed.agreed(request.actor, reference, clock.now()), tables.names()
    first = {"year": civil.financial_year(civil.day_of(clock.now())), "rhythm": "quarter", "spread": "alike"}  # fmt: skip
    form = forms.BudgetGiven(request.POST or None, initial=first)
    choices = [(code, agreed.named(functions)) for code, functions in known.costs.items()]
    forms.choose(form, "function", [("", "Choose what is shared"), *choices])
    forces = sorted({force for each in known.versions for force in each.terms.chiefs})
    forms.choose(form, "lead", [("", ""), *((f, named(f)) for f in forces)])
    if form.is_valid():
        with web.said_on(form):
            given = form.cleaned_data
            new = NewBudget(
                reference, given["function"], given["year"], given["pence"],
                Rhythm(given["rhythm"]), Spread(given["spread"]), given["lead"],
            )  # fmt: skip
            key = operations.draft_budget(actor=request.actor, new=new, at=clock.now())
            return redirect("finance:budget", budget=key)
    return web.form_page(
        request,
        "finance/form.html",
        form,
        context | {"about": known.title, "cancel": "budgets"},
    )


@marks.in_english
@asking.only()
def budget(request: ActingRequest, budget: UUID) -> HttpResponse:
    """One budget: who bears it, by which clause, what was spent, and what comes next."""
    ask = partial(reads.shown, request.actor, budget, clock.now())
    (shown, marking), named = records.marked(request.actor, ask), tables.names()
    context = {
        "shown": shown,
        "row": shown.row,
        "decided": deciding.in_words(request.actor, shown.row.decision),
        "year": FinancialYear(shown.row.year),
        "state": _state(shown.row.state),
        "functions": agreed.named(shown.functions),
        "agreement": called(request.actor, [shown.row.agreement]).get(
            shown.row.agreement, shown.row.agreement
        ),
        "lead": named(shown.row.lead),
        "holder": named(shown.holder),
        "pounds": tables.pounds,
        "bearing": bearing.bearing(shown),
        "apart": bearing.apart(shown),
        "clauses": bearing.clauses(shown),
        **worked.shown(request.actor, shown.row),
        "instalments": bearing.instalments(shown),
        "sums": bearing.sums(shown),
        "forecasts": _forecasts(request, shown),
        "due": _parts(shown),
        "button": web.forms.bare(request, version=shown.row.version),
        "marking": marking,
    }
    return web.page(request, "finance/budget.html", context)


@marks.in_english
def change(request: ActingRequest, budget: UUID) -> HttpResponse:
    """Change a draft."""
    row = reads.one(request.actor, budget)
    first = {"pence": typed(row.pence), "rhythm": row.rhythm, "spread": row.spread}
    form = forms.BudgetChanged(request.POST or None, initial=first)
    if web.acted(
        form,
        lambda given: operations.change_budget(
            actor=request.actor,
            budget=budget,
            version=web.forms.version_sent(request),
            given=given,
            at=clock.now(),
        ),
    ):
        return redirect("finance:budget", budget=budget)
    insight.require_edit(request.actor, row)
    context = {
        "title": "Change the budget",
        "about": row.title,
        "marking": records.marked_alone(request.actor, row),
        "back": budget,
    }
    return web.form_page(request, "finance/form.html", form, context, version=row.version)


@marks.in_english
def open_budget(request: ActingRequest, budget: UUID) -> HttpResponse:
    """Open a budget by a decision."""
    row = reads.one(request.actor, budget)
    form = forms.DecisionGiven(request.POST or None)
    if web.acted(
        form,
        lambda given: operations.open_budget(
            actor=request.actor,
            budget=budget,
            version=web.forms.version_sent(request),
            decision=given["decision"],
            at=clock.now(),
        ),
    ):
        return redirect("finance:budget", budget=budget)
    insight.require_edit(request.actor, row)
    words = "Its shares and the figures that they come from are kept as they are on the day it opens."
    board = deciding.board_of(request.actor, budget, clock.now())
    context = {
        "title": "Open the budget", "about": f"{row.title}. {words}", "back": budget,
        "marking": records.marked_alone(request.actor, row),
        "note": deciding.must_decide(board) if board else "",
        "link": ("Write a paper for the board", board.paper) if board else None,
    }  # fmt: skip
    return web.form_page(request, "finance/form.html", form, context, version=row.version)


@require_POST
@marks.in_english
def act(request: ActingRequest, budget: UUID, act: str) -> HttpResponse:
    """Propose it, take it back to a draft, or share it anew."""
    version = web.forms.version_sent(request)
    ACTS[act](actor=request.actor, budget=budget, version=version, at=clock.now())
    return redirect("finance:budget", budget=budget)


def wanted_of(request: HttpRequest) -> Wanted:
    """Which budgets an address asks for. Raises NoSuchFilter."""
    return Wanted(
        *asked_of(request), asking.one_of(request, "state", [str(each) for each in State])
    )


def asked_of(request: HttpRequest) -> tuple[str, int | None]:
    """Of which agreement and year an address asks. Raises NoSuchFilter."""
    year = asking.one_of(request, "year", [str(y) for y in range(FIRST_YEAR, LAST_YEAR + 1)])
    return request.GET.get("agreement", "").strip()[:120], int(year) if year else None


def _state(state: str) -> tuple[str, str, str]:
    words, colour = tables.STATES[State(state)]
    return words, "", colour


def _href(budget: UUID) -> str:
    return str(redirect("finance:budget", budget=budget).url)


def _forecasts(request: ActingRequest, shown: Shown) -> Table:
    """How the year will end, by each rule that can say it."""
    rows = []
    for rule, words in RULES.items() if shown.row.state == State.OPEN else ():
        try:
            found = forecasting.forecast(
                request.actor, shown.row.pk, rule, civil.day_of(clock.now())
            )
        except NoForecast as reason:
            rows.append([f"{words}: {reason.message}", "–", "–"])
            continue
        rows.append([words, tables.pounds(found.outturn), tables.pounds(found.over_budget)])
    return Table("How the year will end", heads("Rule", "Outturn|Over the budget"), rows)


def _parts(shown: Shown) -> list[tuple[str, str]]:
    """The parts of the year of which something is still to be charged."""
    if shown.position is None or shown.row.state != State.OPEN or not shown.may_edit:
        return []
    if shown.apart is not None:
        return []
    due = charging.parts_due(
        shown.row, shown.position, shown.charged_to, civil.day_of(clock.now())
    )
    return [(part.label, f"{part.label}: {_due(pence)}") for part, pence in due]


def _due(pence: int) -> str:
    return f"{tables.pounds(-pence)} given back" if pence < 0 else tables.pounds(pence)
