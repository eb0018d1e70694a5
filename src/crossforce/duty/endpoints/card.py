"""The card of command and accountability over HTTP."""

from uuid import UUID

from ninja import Router, Schema

from crossforce.duty import queries
from crossforce.duty.endpoints.acting import ActingRequest
from crossforce.kernel import clock

router = Router()


class Line(Schema):
    """One question answered, with the clause or the law."""

    question: str
    code: str
    name: str
    ground: str


class Card(Schema):
    """Who answers for somebody on duty."""

    sentence: str
    lines: list[Line]


@router.get("/card/{entry}", response=Card)
def card(request: ActingRequest, entry: UUID) -> Card:
    """Who answers for one person on duty now."""
    found = queries.card(request.actor, entry, clock.now())
    lines = [
        Line(question=each.question, code=each.code, name=each.name, ground=each.ground)
        for each in found.lines
    ]
    return Card(sentence=found.sentence, lines=lines)
