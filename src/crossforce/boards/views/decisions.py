"""Decisions: how they were taken, who has to carry them out, and what came of them."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from crossforce.boards import models
from crossforce.boards.choices import ANSWER, Vote
from crossforce.boards.operations import carrying_out
from crossforce.boards.queries import answers as given
from crossforce.boards.queries import carrying, holders, meetings, paths
from crossforce.boards.queries.carrying import Outcome
from crossforce.boards.rules import keeping
from crossforce.boards.rules.motions import Answer
from crossforce.boards.views import tables
from crossforce.kernel import civil, clock, web
from crossforce.kernel.web import dates, marks
from crossforce.kernel.web.tables import Cell, Table, heads
from crossforce.people.api import ActingRequest
from crossforce.records import api as records


@marks.in_english
def decision(request: ActingRequest, key: UUID) -> HttpResponse:
    """One decision: votes by seat, who agreed, by which clause, who carries it out, what came of it."""
    found = meetings.decision(request.actor, key)
    row, outcome = found.row, found.outcome
    named = meetings.seats_of_decision(request.actor, row)
    charge = carrying.charge(request.actor, row)
    context = {
        "row": row,
        "judged": found.judged,
        "said": (found.said, tables.taken(found)),
        "is_put_off": found.is_put_off,
        "how": tables.HOW[row.how],
        "agreeing": [tables.organisation(code) for code in found.judged.agreeing],
        "missing": [tables.organisation(code) for code in found.judged.missing],
        "path": paths.of_decision(request.actor, row),
        "votes": _votes(request, row, named),
        "effect": tables.effect(row.effect, row.effect_of) or "Nothing of itself",
        "besides": _besides(request, row, named),
        "carried": list(
            _carried(row, outcome, tables.organisation(charge.organisation) if charge else "")
        ),
        "came": _came(outcome),
        "is_due": charge is not None and charge.is_mine and _is_due(row, outcome),
        "button": web.forms.bare(request, version=row.version),
        "marking": records.marked_so_far(request.actor),
    }
    return web.page(request, "boards/decision.html", context)


@require_POST
def take_effect(request: ActingRequest, key: UUID) -> HttpResponse:
    """Do what was decided."""
    version = web.forms.version_sent(request)
    carrying_out.take_effect(actor=request.actor, decision=key, version=version, at=clock.now())
    return redirect("boards:decision", key)


def _is_due(row: models.Decision, outcome: Outcome) -> bool:
    """Whether it can be carried out today and was not."""
    if not row.is_decided or outcome.done_on is not None or row.takes_effect_on is None:
        return False
    today = civil.day_of(clock.now())
    return bool(row.takes_effect_on <= today)


def _carried(row: models.Decision, outcome: Outcome, who: str) -> Iterator[tuple[str, str]]:
    """Who has to carry it out, whether that was done, when and by whom."""
    if not row.is_decided or row.takes_effect_on is None:
        return
    if outcome.done_on is None:
        yield "To be carried out by", who or "Nobody whom you may know of"
        yield "Took effect", "Not yet, as far as you may read"
        return
    yield "Took effect", dates.day(outcome.done_on)
    if outcome.by:
        yield "Carried out by", outcome.by
    if outcome.said:
        yield "What came of it", outcome.said


def _came(outcome: Outcome) -> Table:
    """All that rests on it."""
    rows = [[each.said, dates.day(each.on), each.by or "–"] for each in outcome.came]
    return Table("What was done by it", heads("What|When|By whom"), rows)


def _votes(request: ActingRequest, row: models.Decision, named: dict[str, str]) -> Table:
    """Each seat's vote; of one that was given in writing also by whom, when and in which document."""
    answers = keeping.answers(row.votes)
    who = holders.said(request.actor, answers.values())
    titles = holders.titles(request.actor, [each.document for each in answers.values()])
    if any(each.own for each in answers.values()):
        read = given.to_paper(request.actor, row.paper)
        titles |= {str(each.pk): each.title for each in read}
    rows: list[list[Any]] = []
    for code, said in keeping.votes(row.votes).items():
        line = [named.get(code, tables.read_out(code.replace(":", ", "))), tables.VOTES[said]]
        if answers:
            line += _answer(answers.get(code), who, titles)
        rows.append(line)
    more = "|Answered by|On|In which document" if answers else ""
    return Table("Votes by seat", heads(f"Seat|Vote{more}"), rows)


def _answer(
    answer: Answer | None, who: Mapping[str, str], titles: Mapping[str, str]
) -> list[Any]:
    if answer is None:
        return ["–", "–", "–"]
    document: Any = "Recorded by themself"
    if answer.own:
        address = reverse("records:show", args=[ANSWER, answer.own])
        said = "Answered here by themself"
        document = Cell(said, address) if answer.own in titles else said
    elif answer.document:
        address = reverse("records:show", args=[holders.DOCUMENT, answer.document])
        title = titles.get(answer.document)
        document = Cell(title, address) if title else "A document that you may not know of"
    return [who.get(answer.by, "–"), dates.day(answer.on), document]


def _called(document: str, titles: Mapping[str, str]) -> str:
    """One that is kept here by its title; any other as somebody named it."""
    if not holders.is_identifier(document):
        return document
    return titles.get(document, "a document that you may not know of")


def _besides(
    request: ActingRequest, row: models.Decision, named: dict[str, str]
) -> list[tuple[str, str]]:
    """What was given besides the votes, as far as anything was."""
    given = keeping.consents(row.consents)
    titles = holders.titles(request.actor, [each.document for each in given])
    consents = "; ".join(
        f"{tables.organisation(each.person)} ({_called(each.document, titles)}, {dates.day(each.on)})"
        for each in given
    )
    casting = tables.VOTES[Vote(row.casting)] if row.casting else ""
    said = (
        ("Agreed in writing", consents),
        ("Casting vote of the chair", casting),
        ("The seats were asked", dates.day(row.asked_on) if row.asked_on else ""),
        ("Decided alone by", named.get(row.alone, row.alone)),
        ("By what it may", keeping.judged(row.judged).alone),
        ("Why it could not wait", row.urgency),
    )
    return [each for each in said if each[1]]
