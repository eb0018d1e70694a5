"""Papers and decisions over HTTP."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from crossforce.boards.choices import How, Vote
from crossforce.boards.operations import carrying_out, deciding, papers
from crossforce.boards.operations.balloting import Ballot
from crossforce.boards.operations.papers import NewPaper
from crossforce.boards.queries import meetings, offering
from crossforce.boards.queries import papers as reads
from crossforce.boards.queries.papers import Standing
from crossforce.boards.rules import keeping
from crossforce.boards.rules.motions import Answer, Consent
from crossforce.kernel import clock
from crossforce.kernel.web import api
from crossforce.people.api import ActingRequest

router = Router()


class PaperIn(Schema):
    """What is asked of whoever governs these functions; none means all of the agreement."""

    title: str = Field(max_length=200)
    agreement: str = Field(max_length=100)
    due_on: date
    functions: list[str] = Field(default=[], max_length=40)
    heading: str = Field("decision", max_length=40)
    body: str = Field("", max_length=60_000)
    decision: str = Field("", max_length=100)
    pence: int = Field(0, ge=0, le=10**14)
    effect: str = Field("", max_length=40)
    effect_of: str = Field("", max_length=160)
    effect_on: date | None = None

    @property
    def new(self) -> NewPaper:
        """As the operation takes it."""
        return NewPaper(
            **self.model_dump(exclude={"functions"}), functions=tuple(self.functions)
        )


class ChoiceOut(Schema):
    """What a paper can name: an effect, the kind of decision that it follows from, and to what."""

    effect: str
    title: str
    decision: str
    agreement: str
    effect_of: str
    of: str


class PaperOut(Schema):
    """A paper as it is kept."""

    id: UUID
    version: int
    title: str
    agreement: str
    functions: str
    heading: str
    body: str
    decision: str
    pence: int
    effect: str
    effect_of: str
    effect_on: date | None
    due_on: date
    state: str
    out_at: datetime | None


class ConsentGiven(Schema):
    """That a legal person agreed in writing: in which document, of which day."""

    person: str = Field(max_length=120)
    document: str = Field(max_length=200)
    on: date


class ConsentKept(ConsentGiven):
    """The same as it is kept; `own` is the record of an answer that was given here, in the place of a document."""

    own: str = ""


class AnswerGiven(Schema):
    """Who gave the vote of a seat in writing (`staff:…`; empty is the one who holds it), when, in which document."""

    by: str = Field("", max_length=60)
    on: date
    document: str = Field("", max_length=60)


class BallotIn(Schema):
    """How a board took a paper: at a meeting `where` is the meeting, else the board."""

    where: UUID
    paper: UUID
    how: How = How.MEETING
    votes: dict[str, Vote] = {}
    answers: dict[str, AnswerGiven] = {}
    consents: list[ConsentGiven] = Field(default=[], max_length=100)
    casting: Vote | None = None
    asked_on: date | None = None
    alone: str = Field("", max_length=120)
    urgency: str = Field("", max_length=500)

    @property
    def ballot(self) -> Ballot:
        """As the operation takes it."""
        plain = self.model_dump(exclude={"answers", "consents"})
        return Ballot(
            **plain,
            answers={seat: Answer(**each.model_dump()) for seat, each in self.answers.items()},
            consents=tuple(Consent(**each.model_dump()) for each in self.consents),
        )


class CameOut(Schema):
    """Something that was done by a decision: what, when, and by whom."""

    said: str
    on: date
    by: str


class DecisionOut(Schema):
    """A decision as it was judged, with every reason that stood in its way."""

    id: UUID
    version: int
    title: str
    paper: UUID
    board: UUID
    meeting: UUID | None
    agreement: str
    how: str
    decided_at: datetime
    votes: dict[str, Vote]
    answers: dict[str, AnswerGiven]
    consents: list[ConsentGiven]
    casting: Vote | None
    asked_on: date | None
    alone: str
    urgency: str
    is_decided: bool
    clause: str
    reasons: list[str]
    agreeing: list[str]
    missing: list[str]
    takes_effect_on: date | None
    done_on: date | None
    done_by: str
    outcome: str
    came: list[CameOut]


class PutOffIn(Schema):
    """The meeting that puts a paper off."""

    meeting: UUID


@router.get("/effects", response=list[ChoiceOut])
def effects(request: ActingRequest, agreement: str = "") -> Any:
    """What a decision can do by itself, and to what, as far as one may know of it."""
    return [
        {
            "effect": each.effect.name,
            "title": each.effect.title,
            "decision": each.effect.decision,
            "agreement": each.of.agreement,
            "effect_of": each.of.what,
            "of": each.of.title,
        }
        for each in offering.offered(request.actor, agreement)
    ]


@router.get("/papers", response=list[PaperOut])
def listed(request: ActingRequest) -> Any:
    """The papers that one may see."""
    return [_paper(each) for each in reads.papers(request.actor)]


@router.post("/papers", response={201: PaperOut})
def write(request: ActingRequest, sent: PaperIn) -> Any:
    """Write a paper."""
    key = papers.write(actor=request.actor, new=sent.new, at=clock.now())
    return Status(201, _shown(request, key))


@router.get("/papers/{uuid:key}", response=PaperOut)
def show(request: ActingRequest, response: HttpResponse, key: UUID) -> Any:
    """One paper, with the ETag that a change carries."""
    found = reads.shown(request.actor, key)
    api.tagged(response, found.row)
    return _paper(found)


@router.put("/papers/{uuid:key}", response=PaperOut)
def change(request: ActingRequest, key: UUID, sent: PaperIn) -> Any:
    """Change a paper that is not out yet, with If-Match."""
    version = _version(request, key)
    papers.change(actor=request.actor, paper=key, version=version, new=sent.new, at=clock.now())
    return _shown(request, key)


@router.post("/papers/{uuid:key}/send-out", response=PaperOut)
def send_out(request: ActingRequest, key: UUID) -> Any:
    """Send it to the seats, with If-Match."""
    version = _version(request, key)
    papers.send_out(actor=request.actor, paper=key, version=version, at=clock.now())
    return _shown(request, key)


@router.post("/papers/{uuid:key}/withdraw", response=PaperOut)
def withdraw(request: ActingRequest, key: UUID) -> Any:
    """Take it back, with If-Match."""
    version = _version(request, key)
    papers.withdraw(actor=request.actor, paper=key, version=version, at=clock.now())
    return _shown(request, key)


@router.post("/papers/{uuid:key}/put-off", response=PaperOut)
def put_off(request: ActingRequest, key: UUID, sent: PutOffIn) -> Any:
    """Put it off to the next meeting; whoever may change this one may."""
    papers.put_off(actor=request.actor, paper=key, meeting=sent.meeting, at=clock.now())
    return _shown(request, key)


@router.post("/decisions", response={201: DecisionOut})
def decide(request: ActingRequest, sent: BallotIn) -> Any:
    """Record how a board took a paper; what was not validly decided is kept with its reasons."""
    key = deciding.decide(actor=request.actor, ballot=sent.ballot, at=clock.now())
    return Status(201, _decision(meetings.decision(request.actor, key)))


@router.get("/decisions/{uuid:key}", response=DecisionOut)
def decision(request: ActingRequest, response: HttpResponse, key: UUID) -> Any:
    """One decision, with the ETag that carrying it out needs."""
    found = meetings.decision(request.actor, key)
    api.tagged(response, found.row)
    return _decision(found)


@router.post("/decisions/{uuid:key}/take-effect", response=DecisionOut)
def take_effect(request: ActingRequest, key: UUID) -> Any:
    """Do what was decided, once, with If-Match."""
    version = api.version_of(request, meetings.decision(request.actor, key).row)
    carrying_out.take_effect(actor=request.actor, decision=key, version=version, at=clock.now())
    return _decision(meetings.decision(request.actor, key))


@router.get("/{uuid:board}/decisions", response=list[DecisionOut])
def decisions(request: ActingRequest, board: UUID) -> Any:
    """The decisions of a board, the latest first."""
    return [_decision(each) for each in meetings.decisions(request.actor, board)]


def _version(request: ActingRequest, key: UUID) -> int:
    return api.version_of(request, reads.paper(request.actor, key))


def _shown(request: ActingRequest, key: UUID) -> dict[str, Any]:
    return _paper(reads.shown(request.actor, key))


def _paper(found: Standing) -> dict[str, Any]:
    plain = ("id", "version", "title", "agreement", "functions", "heading", "body", "decision", "pence", "effect",
             "effect_of", "effect_on", "due_on", "out_at")  # fmt: skip
    return {name: getattr(found.row, name) for name in plain} | {"state": found.state.value}


def _decision(found: meetings.Taken) -> dict[str, Any]:
    row, judged = found.row, found.judged
    plain = ("version", "title", "paper", "board", "meeting", "agreement", "how", "decided_at",
             "asked_on", "alone", "urgency", "is_decided", "takes_effect_on")  # fmt: skip
    return {name: getattr(row, name) for name in plain} | {
        "id": row.pk,
        "votes": keeping.votes(row.votes),
        "answers": {seat: asdict(each) for seat, each in keeping.answers(row.votes).items()},
        "consents": [asdict(each) for each in keeping.consents(row.consents)],
        "casting": row.casting or None,
        "clause": judged.clause,
        "reasons": list(judged.reasons),
        "agreeing": list(judged.agreeing),
        "missing": list(judged.missing),
        "done_on": found.outcome.done_on,
        "done_by": found.outcome.by,
        "outcome": found.outcome.said,
        "came": [{"said": e.said, "on": e.on, "by": e.by} for e in found.outcome.came],
    }
