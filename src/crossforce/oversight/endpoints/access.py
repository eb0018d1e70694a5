"""Access over HTTP: why, who can, the explorer; requests, broken glasses and single openings."""

from uuid import UUID

from ninja import Query, Router, Status

from crossforce.kernel import clock
from crossforce.oversight import operations, queries
from crossforce.oversight.endpoints.access_shapes import (
    Asked,
    DaysQuestion,
    Decision,
    Emergency,
    Explanation,
    ExplorerQuestion,
    Finding,
    Future,
    Given,
    Matrix,
    Notice,
    Opening,
    Question,
    Reason,
    Wanted,
    asked_of,
    future_of,
    line_of,
    notice_of,
    opened_of,
    reason_of,
    why_of,
)
from crossforce.people.api import ActingRequest, Actor
from crossforce.sharing import api as sharing

router = Router(tags=["access"])


@router.get("/why/{kind}", response=Explanation)
def explain_kind(request: ActingRequest, kind: str, asked: Query[Question]) -> Explanation:
    """Why the sender may, or may not, do this to any record of the kind."""
    return why_of(queries.why(request.actor, kind, asked.action, asked.instant))


@router.get("/why/{kind}/{record}", response=Explanation)
def explain_record(
    request: ActingRequest, kind: str, record: UUID, asked: Query[Question]
) -> Explanation:
    """Why the sender may, or may not, do this to the record. 404 for one that may not be known of."""
    return why_of(queries.why(request.actor, kind, asked.action, asked.instant, record))


@router.get("/who-can/{kind}/{record}", response=list[Reason])
def who_can(
    request: ActingRequest, kind: str, record: UUID, asked: Query[Question]
) -> list[Reason]:
    """Every clause and opening by which anybody can do this to a record of the sender's organisation."""
    found = queries.who_can(request.actor, kind, record, asked.action, asked.instant)
    return [reason_of(ground) for ground in found]


@router.get("/explorer", response=Matrix)
def explore(request: ActingRequest, asked: Query[ExplorerQuestion]) -> Matrix:
    """People of the sender's organisation by kinds of record, with the clauses behind each cell."""
    kinds = queries.kinds_asked(asked.kind)
    narrowed = asked.dict(include={"purpose", "role", "unit", "name"})
    question = queries.Asked(kinds, asked.action, queries.instant_on(asked.on), **narrowed)
    lines, total = queries.matrix(request.actor, question, asked.offset, asked.limit)
    return Matrix(total=total, items=[line_of(line, kinds) for line in lines])


@router.get("/explorer/{posting}", response=Future)
def explore_through_time(
    request: ActingRequest, posting: UUID, asked: Query[DaysQuestion]
) -> Future:
    """One person of the sender's organisation: kinds of record by the days on which something changes."""
    kinds, at = queries.kinds_asked(asked.kind), queries.instant_on(asked.on)
    question = queries.Asked(kinds, asked.action, at, asked.purpose)
    return future_of(queries.through_time(request.actor, posting, question))


@router.get("/requests", response=list[Asked])
def list_requests(request: ActingRequest) -> list[Asked]:
    """The newest two hundred requests that the sender made or may decide."""
    return [asked_of(row) for row in sharing.requests(request.actor)[:200]]


@router.post("/requests", response={201: Asked})
def ask(request: ActingRequest, wanted: Wanted) -> Status[Asked]:
    """Ask the holder of a record for access."""
    asked = sharing.Asked(
        wanted.kind, wanted.record, tuple(wanted.actions), wanted.reason, wanted.until
    )
    return Status(201, asked_of(sharing.ask(actor=request.actor, asked=asked, at=clock.now())))


@router.get("/requests/{identifier}", response=Asked)
def show_request(request: ActingRequest, identifier: UUID) -> Asked:
    """One request."""
    return asked_of(sharing.request(request.actor, identifier))


@router.post("/requests/{identifier}/decision", response=Asked)
def decide(request: ActingRequest, identifier: UUID, decision: Decision) -> Asked:
    """Grant or refuse a request, for its holder."""
    row = sharing.decide(
        actor=request.actor,
        request=identifier,
        is_granted=decision.is_granted,
        answer=decision.answer,
        at=clock.now(),
    )
    return asked_of(row)


@router.post("/broken-glass", response={201: Opening})
def break_glass(request: ActingRequest, emergency: Emergency) -> Status[Opening]:
    """Open a record at once, by a clause that allows it. Its holder is told in that moment."""
    share = sharing.break_glass(
        actor=request.actor,
        kind=emergency.kind,
        record=emergency.record,
        reason=emergency.reason,
        at=clock.now(),
    )
    return Status(201, _opening(request.actor, share))


@router.get("/openings", response=list[Opening])
def list_openings(request: ActingRequest) -> list[Opening]:
    """The newest two hundred records opened to the sender, or by the sender's organisation."""
    rows = list(sharing.shares(request.actor)[:200])
    judged = queries.reviews(row.pk for row in rows)
    return [opened_of(row, judged.get(row.pk)) for row in rows]


@router.post("/openings", response={201: Opening})
def open_record(request: ActingRequest, given: Given) -> Status[Opening]:
    """Open a record of the sender's organisation to one posting, for a time."""
    opening = operations.Opening(
        given.kind, given.record, given.posting, tuple(given.actions), given.reason, given.until
    )
    share = operations.open_record(actor=request.actor, opening=opening, at=clock.now())
    return Status(201, _opening(request.actor, share))


@router.get("/openings/{share}", response=Opening)
def show_opening(request: ActingRequest, share: UUID) -> Opening:
    """One opening."""
    return _opening(request.actor, share)


@router.post("/openings/{share}/end", response=Opening)
def end_opening(request: ActingRequest, share: UUID) -> Opening:
    """End an opening before its time."""
    sharing.end_share(actor=request.actor, share=share, at=clock.now())
    return _opening(request.actor, share)


@router.post("/openings/{share}/review", response=Opening)
def review(request: ActingRequest, share: UUID, finding: Finding) -> Opening:
    """Say whether breaking the glass was justified, for the holder."""
    operations.review_glass(
        actor=request.actor,
        share=share,
        is_justified=finding.is_justified,
        words=finding.words,
        at=clock.now(),
    )
    return _opening(request.actor, share)


@router.get("/notices", response=list[Notice])
def list_notices(request: ActingRequest) -> list[Notice]:
    """What the sender's organisation is told of its records, what waits first."""
    return [notice_of(each) for each in queries.notices(request.actor, clock.now())[:200]]


def _opening(actor: Actor, share: UUID) -> Opening:
    return opened_of(sharing.share(actor, share), queries.reviews([share]).get(share))
