"""Papers, votes on them, and decisions taking effect."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.boards import models
from crossforce.boards.choices import MARKING, How, PaperState, Vote
from crossforce.boards.forms.papers import PaperGiven
from crossforce.boards.forms.seats import CONSENT, VOTE, ballot_form, dated
from crossforce.boards.kinds import decision_effects
from crossforce.boards.operations import deciding
from crossforce.boards.operations import papers as operations
from crossforce.boards.operations.deciding import Ballot
from crossforce.boards.operations.papers import NewPaper
from crossforce.boards.queries import agreed, boards, facing, meetings, paths
from crossforce.boards.queries.boards import Sitting
from crossforce.boards.queries.facing import Facing
from crossforce.boards.rules import keeping
from crossforce.boards.rules.motions import Consent
from crossforce.boards.rules.seats import Seat
from crossforce.boards.views import changing, tables
from crossforce.kernel import civil, clock, web
from crossforce.kernel.money import in_pounds
from crossforce.kernel.web import asking, dates, jinja, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.kernel.written import digits
from crossforce.people.api import ActingRequest


@marks.in_english
@asking.only()
def papers(request: ActingRequest) -> HttpResponse:
    """The papers that one may see."""
    known = agreed.visible(request.actor)
    rows = []
    for each in meetings.papers(request.actor):
        words, colour = tables.PAPER[PaperState(each.state)]
        rows.append(
            [
                Cell(each.title, reverse("boards:paper", args=[each.pk])),
                known.get(each.agreement, each.agreement),
                in_pounds(each.pence) if each.pence else "",
                dates.day(each.due_on),
                Cell(words, tag=colour),
            ]
        )
    context = {
        "table": Table("Papers", heads("Paper|Agreement|Value|Due|State"), rows),
        "marking": MARKING,
    }
    return web.page(request, "boards/papers.html", context)


@marks.in_english
def paper(request: ActingRequest, key: UUID) -> HttpResponse:
    """One paper, and before whom it comes."""
    row = meetings.paper(request.actor, key)
    known = agreed.visible(request.actor)
    effect = decision_effects.get(row.effect)
    functions = ", ".join(tables.function(each) for each in row.functions.split())
    before, able = changing.of_paper(request, row, civil.day_of(clock.now()))
    context = {
        "row": row,
        "state": tables.PAPER[PaperState(row.state)],
        "agreement": known.get(row.agreement, row.agreement),
        "functions": functions or "All of the agreement",
        "value": in_pounds(row.pence) if row.pence else "–",
        "effect": f"{effect.title}: {row.effect_of}" if effect else "–",
        "before": before,
        "boards": [row for row in boards.boards(request.actor) if row.pk in able],
        "is_open": row.state in (PaperState.DRAFT.value, PaperState.OUT.value),
        "button": web.forms.bare(request, version=row.version),
        "marking": MARKING,
    }
    return web.page(request, "boards/paper.html", context)


@marks.in_english
def write(request: ActingRequest) -> HttpResponse:
    """Write a paper."""
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
    row = meetings.paper(request.actor, key)
    names = ("title", "agreement", "functions", "heading", "body", "decision", "effect",
             "effect_of", "effect_on", "due_on")  # fmt: skip
    first = {name: getattr(row, name) for name in names}
    first["functions"] = row.functions.split()
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
    row = meetings.paper(request.actor, key)
    operations.put_off(
        actor=request.actor, paper=key, version=row.version, meeting=meeting, at=clock.now()
    )
    return redirect("boards:meeting", meeting)


@marks.in_english
def vote(request: ActingRequest, meeting: UUID, key: UUID) -> HttpResponse:
    """Record the vote of a meeting on a paper."""
    found = meetings.shown(request.actor, meeting, civil.day_of(clock.now()))
    row = meetings.paper(request.actor, key)
    faced = facing.facing(request.actor, found, row)
    voting = faced.taking_part or faced.away
    put = Put(row, found.sitting, meeting, voting, found.board.chair_casts)
    return _ballot(request, put, _faced(faced, found.meeting.on))


@marks.in_english
def between(request: ActingRequest, board: UUID, key: UUID) -> HttpResponse:
    """Record a decision in writing, or an urgent one, between meetings."""
    row = boards.board(request.actor, board)
    sitting = boards.sitting(request.actor, row, civil.day_of(clock.now()))
    voting = tuple(seat for seat in sitting.seats if seat.votes)
    asked = meetings.paper(request.actor, key)
    return _ballot(request, Put(asked, sitting, board, voting, row.chair_casts), None)


@marks.in_english
def decision(request: ActingRequest, key: UUID) -> HttpResponse:
    """One decision: votes by seat, who agreed, by which clause, what came of it."""
    found = meetings.decision(request.actor, key)
    row = found.row
    effect = decision_effects.get(row.effect)
    named = meetings.seats_of_decision(request.actor, row)
    votes = [
        [named.get(code, tables.read_out(code.replace(":", ", "))), tables.VOTES[said]]
        for code, said in keeping.votes(row.votes).items()
    ]
    today = civil.day_of(clock.now())
    context = {
        "row": row,
        "judged": found.judged,
        "how": tables.HOW[How(row.how)],
        "agreeing": [tables.organisation(code) for code in found.judged.agreeing],
        "missing": [tables.organisation(code) for code in found.judged.missing],
        "path": paths.of_decision(request.actor, row),
        "votes": Table("Votes by seat", heads("Seat|Vote"), votes),
        "effect": f"{effect.title}: {row.effect_of}" if effect else "Nothing of itself",
        "besides": _besides(row, named),
        "is_due": row.is_decided
        and row.done_on is None
        and row.takes_effect_on is not None
        and row.takes_effect_on <= today,
        "button": web.forms.bare(request, version=row.version),
        "marking": MARKING,
    }
    return web.page(request, "boards/decision.html", context)


def _besides(row: models.Decision, named: dict[str, str]) -> list[tuple[str, str]]:
    """What was given besides the votes, as far as anything was."""
    consents = "; ".join(
        f"{tables.organisation(each.person)} ({each.document}, {dates.day(each.on)})"
        for each in keeping.consents(row.consents)
    )
    casting = tables.VOTES[Vote(row.casting)] if row.casting else ""
    said = (
        ("Agreed in writing", consents),
        ("Casting vote of the chair", casting),
        ("The seats were asked", dates.day(row.asked_on) if row.asked_on else ""),
        ("Decided alone by", named.get(row.alone, row.alone)),
        ("Why it could not wait", row.urgency),
    )
    return [each for each in said if each[1]]


@require_POST
def take_effect(request: ActingRequest, key: UUID) -> HttpResponse:
    """Do what was decided."""
    version = web.forms.version_sent(request)
    deciding.take_effect(actor=request.actor, decision=key, version=version, at=clock.now())
    return redirect("boards:decision", key)


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
    choices = (
        sorted(agreed.visible(request.actor).items(), key=lambda each: each[1]),
        sorted(((code, tables.function(code)) for code in functions), key=lambda each: each[1]),
        [(each.kind, jinja.in_language(each.title)) for each in headings],
        [(kind, tables.read_out(kind)) for kind in kinds],
        [(each.name, each.title) for each in decision_effects],
        " ".join(
            f"{each.title} (a decision of the kind {each.decision}): {each.hint}."
            for each in decision_effects
        ),
    )
    data = request.POST if request.method == "POST" else None
    form = PaperGiven(data, initial={"heading": "decision"} | first, choices=choices)
    if form.is_valid():
        with web.said_on(form):
            return redirect("boards:paper", save(_new(form.cleaned_data)))
    context = {"title": title, "trail": [("Papers", reverse("boards:papers"))]}
    return web.form_page(
        request, "boards/form.html", form, context | {"marking": MARKING}, version=version
    )


def _new(given: dict[str, Any]) -> NewPaper:
    more = {name: given[name] for name in given if name not in ("pounds", "functions")}
    pence = given["pounds"] or 0
    return NewPaper(**more, functions=tuple(given["functions"]), pence=pence)


@dataclass(frozen=True, slots=True)
class Put:
    """A paper that is put to the vote: `where` is the meeting, or the board between meetings."""

    paper: models.Paper
    sitting: Sitting
    where: UUID
    voting: tuple[Seat, ...]
    chair_casts: bool


def _faced(faced: Facing, on: date) -> dict[str, Any]:
    """Whether enough take part, who does not, and who must agree, in words."""
    said = [("Takes no part", ", ".join(tables.seat(seat, on) for seat in faced.away) or "–")]
    if faced.approval is not None:
        who = ", ".join(tables.organisation(code) for code in faced.approval.who) or "–"
        some = faced.approval.needed < len(faced.approval.who)
        of = f"{faced.approval.needed} of " if some else ""
        why = (
            str(faced.approval.why)
            .replace("each-policing-body", "each policing body")
            .replace("each-chief-officer", "each chief officer")
        )
        said += [("Must agree", of + who), ("By what", f"{why[:1].upper()}{why[1:]}")]
    return {"wanting": list(faced.quorum.reasons()), "said": said}


def _ballot(request: ActingRequest, put: Put, faced: dict[str, Any] | None) -> HttpResponse:
    seats = [(seat.code, tables.seat(seat, put.sitting.on)) for seat in put.voting]
    sitting = put.sitting
    others = facing.others(request.actor, put.paper, sitting.bodies, put.voting, sitting.on)
    form = ballot_form(
        seats,
        [(code, tables.organisation(code)) for code in others],
        request.POST if request.method == "POST" else None,
        chair_casts=put.chair_casts,
        between=faced is None,
        alone=seats,
    )
    if form.is_valid():
        ballot = _cast(form.cleaned_data, [code for code, _ in seats], put.where, put.paper.pk)
        with web.said_on(form):
            made = deciding.decide(actor=request.actor, ballot=ballot, at=clock.now())
            return redirect("boards:decision", made)
    back, word = (
        ("boards:board", "The board") if faced is None else ("boards:meeting", "The meeting")
    )
    trail = [("Boards", reverse("boards:boards")), (word, reverse(back, args=[put.where]))]
    context = {"title": f"Vote on “{put.paper.title}”", "trail": trail, "marking": MARKING}
    return web.form_page(request, "boards/vote.html", form, context | {"faced": faced})


def _cast(given: dict[str, Any], seats: list[str], where: UUID, paper: UUID) -> Ballot:
    said = {code: given[VOTE + code] for code in seats}
    casting = given.get("casting", "")
    return Ballot(
        where=where,
        paper=paper,
        how=How(given.get("how", How.MEETING.value)),
        votes={code: Vote(word) for code, word in said.items() if word},
        consents=tuple(
            Consent(name.removeprefix(CONSENT), document, given[dated(name)])
            for name, document in given.items()
            if name.startswith(CONSENT) and document
        ),
        casting=Vote(casting) if casting else None,
        asked_on=given.get("asked_on"),
        alone=given.get("alone", ""),
        urgency=given.get("urgency", ""),
    )
