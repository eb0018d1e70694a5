"""Search over HTTP: the same question, the same answer."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from crossforce.kernel import civil, clock
from crossforce.kernel.refusals import NotKnown, NotUnderstood
from crossforce.nominals.forms import searching as questions
from crossforce.nominals.queries import searching
from crossforce.people.api import ActingRequest

router = Router()
Text = Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")]


class Asked(Schema):
    """One line as an officer writes it, or fields. `kind` narrows it; a page has twenty."""

    q: Text = ""
    family: Text = ""
    given: Text = ""
    born: Text = ""
    number: Text = ""
    address: Text = ""
    kind: Literal["", "person", "object", "location"] = ""
    page: int = Field(1, ge=1, le=searching.PAGES)


class Hit(Schema):
    """A record that answers, and why. Of one that the sender may only know of: its number, and whom to ask."""

    id: UUID
    kind: str
    title: str
    holder: str
    marking: str
    may_read: bool
    reasons: list[str]
    warnings: list[str]
    number: str
    born: str
    sex: str
    categories: list[str]


class Found(Schema):
    """One page, best first. `readable` and `pointers` are counted over all; `understood` says what was asked.

    Without `is_ready` the search is being made, and finds nothing yet.
    """

    marking: str
    understood: list[str]
    readable: int
    pointers: int
    page: int
    pages: int
    is_ready: bool
    items: list[Hit]


@router.get("/search", response=Found)
def search(request: ActingRequest, asked: Query[Asked]) -> Found:
    """People, things and places across forces, as far as clauses reach the sender.

    An address stands in logs: send names in the body of a POST.
    """
    return _found(request, asked)


@router.post("/search", response=Found)
def search_for(request: ActingRequest, asked: Asked) -> Found:
    """The same with what is asked in the body. It changes nothing, and takes no Idempotency-Key."""
    return _found(request, asked)


def _found(request: ActingRequest, asked: Asked) -> Found:
    read = questions.read({**asked.dict(), "page": str(asked.page)}, at=today())
    if read.error:
        raise NotUnderstood(read.error)
    if not read.is_any:
        raise NotKnown(f"{questions.NOTHING}.")
    found = searching.find(request.actor, read.wanted, page=read.page, kinds=read.kinds)
    return Found(
        marking=found.marking,
        understood=list(found.words),
        readable=found.readable,
        pointers=found.pointers,
        page=found.page,
        pages=found.pages,
        is_ready=found.is_ready,
        items=[hit_of(each) for each in found.seen],
    )


def today() -> date:
    return civil.day_of(clock.now())


def hit_of(seen: searching.Seen) -> Hit:
    row = seen.row
    return Hit(
        id=seen.id,
        kind=seen.kind,
        title=seen.title,
        holder=seen.place.holder,
        marking=seen.place.marking,
        may_read=seen.is_readable,
        reasons=list(seen.reasons),
        warnings=list(seen.warnings),
        number=getattr(row, "number", seen.title),
        born=getattr(row, "born", ""),
        sex=getattr(row, "sex", ""),
        categories=list(getattr(row, "categories", ())),
    )
