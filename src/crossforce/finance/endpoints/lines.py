"""Lines of budgets, and the journal, over HTTP. Money is in pence."""

from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from crossforce.finance.choices import FIRST_YEAR, LAST_YEAR, MOST_PENCE, Sort
from crossforce.finance.endpoints.asked import StepAsked
from crossforce.finance.operations import posting
from crossforce.finance.operations.posting import NewLine
from crossforce.finance.queries import journals
from crossforce.finance.queries import lines as reads
from crossforce.kernel import clock
from crossforce.people.api import ActingRequest

router = Router()


class LineIn(Schema):
    """An amount. `reference` is what your system calls it: sent again, it is the same line."""

    sort: Literal["actual", "forecast", "commitment", "in-kind"]
    on: date
    pence: int = Field(ge=-MOST_PENCE, le=MOST_PENCE)
    force: str = Field(max_length=120)
    words: str = Field(max_length=200)
    reference: str = Field("", max_length=120)
    system: str = Field(posting.SYSTEM, max_length=60, pattern=r"^[a-z0-9-]+$")


class Lines(Schema):
    """Lines that are posted together, or not at all."""

    lines: list[LineIn] = Field(min_length=1, max_length=posting.MOST)


class Posted(Schema):
    """What was posted, and how many were there already."""

    new: list[UUID]
    same: int


class Line(Schema):
    """A line as it was posted, and the one by which it is taken back, if it is."""

    id: UUID
    sort: str
    on: date
    pence: int
    force: str
    words: str
    system: str
    reference: str
    takes_back: UUID | None
    taken_back_by: UUID | None


class Why(Schema):
    """Why a line is taken back."""

    words: str = Field(max_length=200)


class Entered(Schema):
    """One line in the books of a body: a debit is positive, a credit negative."""

    body: str
    account: str
    other: str
    pence: int


class Entry(Schema):
    """One thing that happened, in all the books that it touches; each sums to nothing."""

    reference: str
    on: date
    words: str
    postings: list[Entered]


@router.get("/budgets/{budget}/lines", response=list[Line])
def lines(request: ActingRequest, budget: UUID, asked: Query[StepAsked]) -> list[Line]:
    """The lines of a budget by day: the first thousand, and `after` leads on from the last of them."""
    return [_line(each) for each in reads.page(request.actor, budget, asked.step).rows]


@router.post("/budgets/{budget}/lines", response={201: Posted})
def post(request: ActingRequest, budget: UUID, sent: Lines) -> Status[Posted]:
    """Post lines, all or none; those whose reference is there already are passed over."""
    new = [
        NewLine(
            Sort(each.sort), each.on, each.pence, each.force, each.words, each.reference, each.system
        )
        for each in sent.lines
    ]  # fmt: skip
    done = posting.post_lines(actor=request.actor, budget=budget, new=new, at=clock.now())
    return Status(201, Posted(new=list(done.new), same=done.same))


@router.post("/lines/{line}/taken-back", response={201: Posted})
def take_back(request: ActingRequest, line: UUID, sent: Why) -> Status[Posted]:
    """Take a line back by another."""
    key = posting.take_back(actor=request.actor, line=line, words=sent.words, at=clock.now())
    return Status(201, Posted(new=[key], same=0))


@router.get("/journals/{agreement}/{year}", response=list[Entry])
def journal(request: ActingRequest, agreement: str, year: int) -> list[Entry]:
    """The double-entry journal of an agreement's year, for finance systems."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return []
    return [
        Entry(
            reference=entry.reference,
            on=entry.on,
            words=entry.words,
            postings=[
                Entered(
                    body=each.party,
                    account=each.account.value,
                    other=each.other,
                    pence=each.pence,
                )
                for each in entry.postings
            ],
        )
        for entry in journals.journal(request.actor, agreement, year)
    ]


def _line(each: reads.Listed) -> Line:
    row = each.row
    return Line(
        id=row.pk,
        sort=row.sort,
        on=row.on,
        pence=row.pence,
        force=row.party,
        words=row.words,
        system=row.source_system,
        reference=row.source_reference,
        takes_back=row.takes_back,
        taken_back_by=each.taken_back_by,
    )
