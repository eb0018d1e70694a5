"""The price of leaving: for everybody, one settlement as a document, and what is held together."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.finance import forms
from crossforce.finance.choices import ITEM, MARKING, ExitShare, ItemSort
from crossforce.finance.forms.fields import pounds as typed
from crossforce.finance.models import Holding
from crossforce.finance.operations import items as operations
from crossforce.finance.operations import pricing
from crossforce.finance.operations.items import NewItem
from crossforce.finance.queries import agreed, exits, joining
from crossforce.finance.queries import items as reads
from crossforce.finance.queries.exits import Leaving, NotInForce
from crossforce.finance.queries.items import Item
from crossforce.finance.views import files, settled, tables
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, pdf, web
from crossforce.kernel.web import asking, dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records

BORNE = {
    ExitShare.COST_SHARE.value: "By cost share",
    ExitShare.EQUAL.value: "All alike",
    ExitShare.WHOLE.value: "The leaver",
}
WHOLE, BY_PART, OF_ITEMS = FILES = ("csv", "csv-by-part", "csv-of-items")
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2150, 12, 31)
SUMS = {
    ItemSort.CONTRACT: "{} a year",
    ItemSort.ASSET: "{} when bought",
    ItemSort.POST: "{} to end it",
}


@marks.in_english
@asking.only(*tables.STEPS)
def agreements(request: ActingRequest) -> HttpResponse:
    """The agreements that one might leave."""
    found = agreed.page(request.actor, tables.step_of(request))
    rows = [
        [Cell(row.title_en, reverse("finance:leaving", args=[row.reference])), row.reference]
        for row in found.rows
    ]
    context = {
        "table": Table("Agreements", heads("Agreement|Reference"), rows),
        "steps": tables.steps(request, found),
        "marking": records.marked_so_far(request.actor),
    }
    return web.page(request, "finance/leaving-of.html", context)


@marks.in_english
@asking.only("on", "format", *tables.STEPS)
def leaving(request: ActingRequest, agreement: str) -> HttpResponseBase:
    """What leaving costs everybody who takes part, if notice is given on a day."""
    on = _day(request)
    if form := asking.one_of(request, "format", FILES):
        return _file(request, agreement, on, form)
    try:
        found, why_not = exits.leaving(request.actor, agreement, on, clock.now()), ""
    except NotInForce as refused:
        found, why_not = exits.untold(request.actor, agreement, on), refused.message
    held = reads.item_page(request.actor, agreement, tables.step_of(request))
    context = {
        "found": found,
        "on": on,
        "why_not": settled.dated(why_not),
        "table": _prices(found),
        "joining": settled.joining(
            joining.buying_in(request.actor, agreement, on, clock.now())
        ),
        "items": _items(held.rows),
        "steps": tables.steps(request, held),
        "unknown": sorted(
            {
                settled.dated(word)
                for each in found.prices.known.values()
                for word in each.unknown
            }
        ),
        "button": web.forms.bare(request),
        "marking": records.marked_so_far(request.actor),
    }
    return web.page(request, "finance/leaving.html", context)


def _file(request: ActingRequest, agreement: str, on: date, form: str) -> HttpResponseBase:
    if form == OF_ITEMS:
        return files.held(request.actor, agreement)
    return files.prices(request.actor, agreement, on, clock.now(), by_part=form == BY_PART)


@require_POST
@marks.in_english
def keep(request: ActingRequest, agreement: str) -> HttpResponse:
    """Work the prices out now and keep them."""
    done = pricing.keep_prices(actor=request.actor, agreement=agreement, at=clock.now())
    messages.success(request, f"Prices kept: {len(done)}.")
    return redirect("finance:leaving", agreement=agreement)


@marks.in_english
@asking.only("on")
def settlement(request: ActingRequest, agreement: str, force: str) -> HttpResponse:
    """The settlement of one force's leave."""
    on = _day(request)
    ask = partial(exits.settlement, request.actor, agreement, force, on, clock.now())
    found, marking = records.marked(request.actor, ask)
    context = {
        "found": found,
        "on": on,
        "table": settled.items(found),
        "aside": settled.set_aside(found),
        "about_aside": settled.ABOUT[settled.ASIDE],
        "assumed": settled.assumed(found),
        "duties": settled.duties(found),
        "fallback": settled.fallback(found),
        "why": settled.why(found),
        "pounds": tables.pounds,
        "name": tables.names()(force),
        "marking": marking,
    }
    return web.page(request, "finance/settlement.html", context)


@asking.only("on")
def settlement_pdf(request: ActingRequest, agreement: str, force: str) -> HttpResponse:
    """The same as a tagged PDF."""
    at, on = clock.now(), _day(request)
    ask = partial(exits.settlement_taken_out, request.actor, agreement, force, on, at)
    found, marking = records.marked(request.actor, ask)
    name = f"settlement-{agreement}-{force}-{on}-{records.in_a_name(marking)}.pdf"
    return web.downloads.file(name, settled.paper(found, marking, on, at), pdf.MEDIA_TYPE)


@marks.in_english
def add_item(request: ActingRequest, agreement: str) -> HttpResponse:
    """Enter what is held together."""
    insight.require_add(request.actor, ITEM)
    known = agreed.agreed(request.actor, agreement, clock.now())
    form = forms.ItemGiven(request.POST or None, initial={"share": ExitShare.COST_SHARE.value})
    if web.acted(
        form,
        lambda given: operations.add_item(
            actor=request.actor, new=_new(agreement, given), at=clock.now()
        ),
    ):
        return redirect("finance:leaving", agreement=agreement)
    context = {
        "title": "Add an item",
        "about": known.title,
        "marking": records.marked_so_far(request.actor, MARKING),
        "leaving": agreement,
    }
    return web.form_page(request, "finance/form.html", form, context)


def _new(agreement: str, given: Mapping[str, Any]) -> NewItem:
    sort, share = ItemSort(given["sort"]), ExitShare(given["share"])
    return NewItem(agreement=agreement, **{**given, "sort": sort, "share": share})


@marks.in_english
def change_item(request: ActingRequest, item: UUID) -> HttpResponse:
    """Change what is held together."""
    row = reads.one_item(request.actor, item)
    first = row.values() | {"pence": typed(row.pence), "break_pence": typed(row.break_pence)}
    form = forms.ItemGiven(request.POST or None, initial=first)
    forms.choose(form, "sort", [(row.sort, tables.HELD[ItemSort(row.sort)])])
    if web.acted(
        form,
        lambda given: operations.change_item(
            actor=request.actor,
            item=item,
            version=web.forms.version_sent(request),
            given=given,
            at=clock.now(),
        ),
    ):
        return redirect("finance:leaving", agreement=row.agreement)
    insight.require_edit(request.actor, row)
    context = {
        "title": "Change the item", "about": row.words, "marking": records.marked_so_far(request.actor), "leaving": row.agreement,
    }  # fmt: skip
    return web.form_page(request, "finance/form.html", form, context, version=row.version)


@marks.in_english
def end_item(request: ActingRequest, item: UUID) -> HttpResponse:
    """Let it be held until before a day."""
    row = reads.one_item(request.actor, item)
    form = forms.EndGiven(request.POST or None, initial={"ends_on": row.ends_on})
    if web.acted(
        form,
        lambda given: operations.end_item(
            actor=request.actor,
            item=item,
            version=web.forms.version_sent(request),
            on=given["ends_on"],
            at=clock.now(),
        ),
    ):
        return redirect("finance:leaving", agreement=row.agreement)
    insight.require_edit(request.actor, row)
    context = {
        "title": "End the item", "about": row.words, "marking": records.marked_so_far(request.actor), "leaving": row.agreement,
    }  # fmt: skip
    return web.form_page(request, "finance/form.html", form, context, version=row.version)


def _day(request: ActingRequest) -> date:
    """The day of notice that the address names, else today. Raises NoSuchFilter."""
    return asking.day(request, "on", FIRST_DAY, LAST_DAY) or civil.day_of(clock.now())


def _prices(found: Leaving) -> Table:
    named = tables.names()
    rows: list[list[Cell | str]] = []
    for each in found.told:
        force, price, kept = each.force, each.price, each.kept
        where = reverse("finance:settlement", args=[found.reference, force])
        name = named(force)
        rows.append(
            [
                Cell(name, f"{where}?on={found.notice_on}") if price else name,
                tables.day(price.leave.last_day) if price else settled.dated(each.why_not),
                dates.instant(kept.row.changed_at) if kept else "–",
                tables.pounds(kept.row.pence) if kept else "–",
                tables.pounds(price.pence if price else None),
            ]
        )
    return Table(
        "The price of leaving",
        heads("Force|Last day|Kept since", "As it was kept|Worked out now"),
        rows,
    )


def _items(found: Iterable[Item]) -> Table:
    rows: list[list[Cell | str]] = []
    for each in found:
        row, href = each.row, reverse("finance:item-change", args=[each.row.pk])
        end = Cell("End it", reverse("finance:item-end", args=[row.pk]), more=f": {row.words}")
        rows.append(
            [
                Cell(row.words, href) if each.may_edit else row.words,
                tables.HELD[ItemSort(row.sort)],
                tables.day(row.starts_on),
                _until(row),
                BORNE[row.share],
                end if each.may_edit else "–",
                _sum(row),
            ]
        )
    return Table(
        "What is held together",
        heads("What|Sort|From|Until before|Borne by|Not held any more", "Sum"),
        rows,
    )


def _until(row: Holding) -> str:
    """When it ends: on its day, or with the life of an asset."""
    if row.ends_on or not row.life_years:
        return tables.day(row.ends_on)
    return f"{row.life_years} years later"


def _sum(row: Holding) -> str:
    """What the sum of an item is: of a year, of buying it, or of ending it."""
    told = SUMS[ItemSort(row.sort)].format(tables.pounds(row.pence))
    return told if row.break_pence is None else f"{told}; {tables.pounds(row.break_pence)} to break it"  # fmt: skip
