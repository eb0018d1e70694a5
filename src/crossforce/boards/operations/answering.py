"""Answers in writing: every vote between meetings is somebody's, of a day, in a document."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from crossforce.boards import models
from crossforce.boards.queries import holders, meetings
from crossforce.boards.queries.boards import Sitting
from crossforce.boards.queries.holders import Holder
from crossforce.boards.rules.motions import Answer
from crossforce.boards.rules.seats import Seat
from crossforce.kernel import civil
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people.api import Actor


class NoAnswer(NotUnderstood):
    """A vote in writing is given by who holds the seat, on a day, in a document; the message says of which seat."""


def answered(
    actor: Actor,
    sitting: Sitting,
    paper: models.Paper,
    voted: Iterable[str],
    given: Mapping[str, Answer],
    today: date,
) -> dict[str, Answer]:
    """The answer of every seat that voted, each with its person. Raises NoAnswer."""
    seats = {seat.code: seat for seat in sitting.seats}
    named = meetings.titles(actor, sitting.seats, sitting.on)
    found = {}
    for code in sorted(voted):
        answer = given.get(code)
        if answer is None:
            raise NoAnswer(
                f"{named[code]}: say who answered in writing, on which day and in which document."
            )
        _refuse_day(named[code], answer, paper, today)
        by = _person(actor, seats[code], named[code], answer)
        if not answer.own:
            _refuse_document(actor, named[code], by, answer)
        found[code] = replace(answer, by=by)
    return found


def _refuse_day(seat: str, answer: Answer, paper: models.Paper, today: date) -> None:
    out_on = civil.day_of(paper.out_at) if paper.out_at else None
    if answer.on > today or (out_on and answer.on < out_on):
        raise NoAnswer(
            f"{seat}: an answer is given after the paper went out and not later than today:"
            f" {answer.on:%-d %B %Y} cannot be."
        )


def _person(actor: Actor, seat: Seat, named: str, answer: Answer) -> str:
    known = holders.holders(actor, [seat], answer.on)[seat.code]
    if answer.by in {each.by for each in known}:
        return answer.by
    if not known:
        raise NoAnswer(
            f"{named}: nobody is known here to hold this seat on {answer.on:%-d %B %Y}. Have who does posted here,"
            " or leave the seat without a vote."
        )
    if not answer.by and len(known) == 1:
        return known[0].by
    raise NoAnswer(f"{named}: say which of those who held the seat answered: {_listed(known)}.")


def _refuse_document(actor: Actor, seat: str, by: str, answer: Answer) -> None:
    """Of somebody else's answer there is a document; one's own is recorded by oneself."""
    if not answer.document.strip() and by == actor.reference:
        return
    if not holders.may_read(answer.document.strip()):
        raise NoAnswer(
            f"{seat}: name the document in which it answered: a document among the records of this platform that"
            " you may read."
        )


def _listed(known: Iterable[Holder]) -> str:
    return ", ".join(f"{each.by} ({each.said or each.office})" for each in known)
