"""Papers: written, changed, sent out, put off, taken back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.agreements.api import titles
from crossforce.boards.choices import MARKING, PAPER, PaperState
from crossforce.boards.forms.papers import PaperGiven, joined, parted
from crossforce.boards.kinds import decision_effects
from crossforce.boards.operations import papers as operations
from crossforce.boards.operations.papers import NewPaper
from crossforce.boards.queries import agreed, boards, offering, permitting
from crossforce.boards.queries import answers as queries
from crossforce.boards.queries import papers as reads
from crossforce.boards.views import answers, changing, tables
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, web
from crossforce.kernel.money import in_pounds
from crossforce.kernel.web import asking, dates, jinja, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.kernel.written import digits
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
@asking.only()
def papers(request: ActingRequest) -> HttpResponse:
    """The papers that one may see."""
    known = titles(request.actor)
    rows = []
    for each in reads.papers(request.actor):
        row, (words, colour) = each.row, tables.PAPER[each.state]
        rows.append(
            [
                Cell(row.title, reverse("boards:paper", args=[row.pk])),
                known.get(row.agreement, row.agreement),
                in_pounds(row.pence) if row.pence else "",
                dates.day(row.due_on),
                Cell(words, tag=colour),
            ]
        )
    context = {
        "table": Table("Papers", heads("Paper|Agreement|Value|Due|State"), rows),
        "marking": records.marked_so_far(request.actor),
    }
    return web.page(request, "boards/papers.html", context)


@marks.in_english
def paper(request: ActingRequest, key: UUID) -> HttpResponse:
    """One paper, and before whom it comes."""
    found = reads.shown(request.actor, key)
    row, state, fate = found.row, found.state, found.fate
    known = titles(request.actor, [row.agreement])
    functions = ", ".join(tables.function(each) for each in row.functions.split())
    today = civil.day_of(clock.now())
    before, able = changing.of_paper(request, row, today)
    is_out = state is PaperState.OUT
    mine = queries.to_give(request.actor, row, able, today) if is_out else []
    given = (
        queries.to_paper(request.actor, key)
        if state in (PaperState.OUT, PaperState.DECIDED)
        else []
    )
    context = {
        "row": row,
        "state": tables.PAPER[state],
        "agreement": known.get(row.agreement, row.agreement),
        "functions": functions or "All of the agreement",
        "value": in_pounds(row.pence) if row.pence else "–",
        "effect": tables.effect(row.effect, row.effect_of) or "–",
        "before": before,
        "mine": [
            (board, ", ".join(tables.seat(seat, today) for seat in seats))
            for board, seats in mine
        ],
        "answers": answers.table(request, given),
        "became": [("Put off by the meeting of", dates.day(on)) for on in fate.put_before]
        + ([("Decided on", dates.day(fate.decided_on))] if fate.decided_on else []),
        "boards": [
            each
            for each in boards.boards(request.actor)
            if each.pk in able and permitting.may_edit(request.actor, each)
        ],
        "is_open": state in reads.OPEN,
        "may_edit": permitting.may_edit(request.actor, row),
        "button": web.forms.bare(request, version=row.version),
        "marking": records.marked_so_far(request.actor),
    }
    return web.page(request, "boards/paper.html", context)


@marks.in_english
def write(request: ActingRequest) -> HttpResponse:
    """Write a paper."""
    insight.require_add(request.actor, PAPER)
    first = {"agreement": request.GET.get("agreement", "")}
    return _asked(
        request,
        first,
        "Write a paper",
        lambda new: operations.write(actor=request.actor, new=new, at=clock.now()),
    )


@marks.in_english
def change(request: ActingRequest, key: UUID) -> HttpResponse:
    """Change a paper that is not out yet."""
    row = reads.paper(request.actor, key)
    insight.require_edit(request.actor, row)
    names = ("title", "agreement", "functions", "heading", "body", "decision", "effect_on",
             "due_on")  # fmt: skip
    first = {name: getattr(row, name) for name in names}
    first["functions"] = row.functions.split()
    first["effect"] = joined(row.effect, row.agreement, row.effect_of)
    first["pounds"] = digits(row.pence) if row.pence else ""

    def save(new: NewPaper) -> UUID:
        version = web.forms.version_sent(request)
        operations.change(
            actor=request.actor, paper=key, version=version, new=new, at=clock.now()
        )
        return key

    return _asked(request, first, f"Change “{row.title}”", save, row.version)


@require_POST
def send_out(request: ActingRequest, key: UUID) -> HttpResponse:
    """Send the paper to the seats."""
    version = web.forms.version_sent(request)
    operations.send_out(actor=request.actor, paper=key, version=version, at=clock.now())
    return redirect("boards:paper", key)


@require_POST
def withdraw(request: ActingRequest, key: UUID) -> HttpResponse:
    """Take the paper back."""
    version = web.forms.version_sent(request)
    operations.withdraw(actor=request.actor, paper=key, version=version, at=clock.now())
    return redirect("boards:paper", key)


@require_POST
def put_off(request: ActingRequest, meeting: UUID, key: UUID) -> HttpResponse:
    """Put the paper off to the next meeting."""
    operations.put_off(actor=request.actor, paper=key, meeting=meeting, at=clock.now())
    return redirect("boards:meeting", meeting)


def _asked(
    request: ActingRequest,
    first: dict[str, Any],
    title: str,
    save: Any,
    version: int | None = None,
) -> HttpResponse:
    at = clock.now()
    headings = agreed.known_practice(civil.day_of(at)).template
    functions, kinds = agreed.named(request.actor, at)
    kept = first.get("decision") or ""
    kinds = sorted({*kinds, *(each.decision for each in decision_effects), kept} - {""})
    functions = sorted({*functions, *first.get("functions", ())})
    known = titles(request.actor)
    choices = (
        list(known.items()),
        sorted(((code, tables.function(code)) for code in functions), key=lambda each: each[1]),
        [(each.kind, jinja.in_language(each.title)) for each in headings],
        [(kind, tables.read_out(kind)) for kind in kinds],
        _effects(request, known, first.get("effect", "")),
    )
    data = request.POST if request.method == "POST" else None
    form = PaperGiven(data, initial={"heading": "decision"} | first, choices=choices)
    if form.is_valid():
        with web.said_on(form):
            return redirect("boards:paper", save(_new(form.cleaned_data)))
    context = {"title": title, "trail": [("Papers", reverse("boards:papers"))]}
    return web.form_page(
        request,
        "boards/form.html",
        form,
        context | {"marking": records.marked_so_far(request.actor, MARKING)},
        version=version,
    )


def _effects(
    request: ActingRequest, known: Mapping[str, str], kept: str
) -> list[tuple[str, str]]:
    """What a decision can do, each with its agreement; what the paper names already stays a choice."""
    found = {
        joined(each.effect.name, each.of.agreement, each.of.what): (
            f"{known.get(each.of.agreement, each.of.agreement)}. {each.effect.title}:"
            f" {each.of.title} (kind of decision: {each.effect.decision})"
        )
        for each in offering.offered(request.actor)
    }
    if kept and kept not in found:
        found[kept] = tables.effect(*parted(kept)[::2])
    return sorted(found.items(), key=lambda each: each[1])


def _new(given: dict[str, Any]) -> NewPaper:
    more = {name: given[name] for name in given if name not in ("pounds", "functions")}
    pence = given["pounds"] or 0
    return NewPaper(**more, functions=tuple(given["functions"]), pence=pence)
