"""A board of three forces with an agreement in force, for tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from crossforce.access.choices import ACTIONS
from crossforce.access.operations import put_grants
from crossforce.agreements.tests import factories as agreed
from crossforce.boards.choices import (
    ACTION,
    ANSWER,
    BOARD,
    DECISION,
    MEETING,
    PAPER,
    PURPOSES,
    Cycle,
    How,
    Presence,
    Vote,
)
from crossforce.boards.operations import deciding, keeping, meetings, papers
from crossforce.boards.operations.balloting import Ballot
from crossforce.boards.operations.keeping import NewBoard
from crossforce.boards.operations.papers import NewPaper
from crossforce.boards.queries import boards
from crossforce.boards.queries import meetings as reads
from crossforce.boards.rules import own_rules
from crossforce.boards.rules.motions import Answer
from crossforce.boards.rules.rolls import Attendance
from crossforce.people.choices import Actor
from crossforce.people.tests import factories as people
from crossforce.records.api import NewRecord, Place, create, edit
from crossforce.records.tests import factories as records

HERE, PARTNER = people.HERE, people.PARTNER
Held = tuple[Actor, UUID, UUID, list[str]]
KINDS = (BOARD, MEETING, PAPER, DECISION, ACTION, ANSWER)
AT = datetime(2027, 1, 15, 9, tzinfo=UTC)
ON = date(2027, 1, 20)
LATER = datetime(2027, 1, 20, 18, tzinfo=UTC)
"""The evening of the meeting."""
REFERENCE = agreed.REFERENCE
LIMIT = 5_000_000
APPROVALS = f"""
[[clause]]
number = "20"
heading = {{ en = "Who approves" }}
text = {{ en = "Most parties up to £50,000, and everybody beyond." }}

[[clause.term]]
type = "APPROVAL"
decision = "spending"
up_to_pence = {LIMIT}
by = "each-policing-body"

[[clause.term]]
type = "APPROVAL"
decision = "spending"
by = "unanimous"
"""


def policy(*forces: str) -> None:
    """Each force's own policy: its people keep its boards."""
    grants = [
        records.grant(kind, holder=force, recipient=force, actions=ACTIONS)
        for force in forces or (HERE,)
        for kind in KINDS
    ]
    with transaction.atomic():
        put_grants("policy", grants)


def reading(recipient: str = PARTNER) -> None:
    """A clause by which another force reads what is kept here of boards, and changes none of it."""
    may = {"recipient": recipient, "actions": ("find", "read"), "clause": "5.1"}
    with transaction.atomic():
        put_grants("boards-reading", [records.grant(kind, **may) for kind in KINDS])


def agreement() -> None:
    """Three forces run roads policing together; their policing bodies govern it jointly."""
    version = agreed.proposed(agreed.document() + APPROVALS)
    for organisation in agreed.parties(*agreed.THREE):
        agreed.signed_by(organisation, number=version.number)


def secretary(force: str = HERE) -> Actor:
    """Who keeps the board."""
    return people.actor("programme-officer", force)


def board(actor: Actor, **more: Any) -> UUID:
    """The policing bodies of the three forces, on the third Wednesday of each month."""
    values: dict[str, Any] = {
        "title": "Roads policing board",
        "code": "joint-roads-board",
        "agreement": REFERENCE,
        "cycle": Cycle.MONTHLY,
        "weekday": 2,
        "week": 3,
    }
    key = keeping.set_up(actor=actor, new=NewBoard(**(values | more)), at=AT)
    agreed_to(actor, key)
    return key


def agreed_to(actor: Actor, key: UUID, at: datetime = AT) -> None:
    """The own rules that are proposed count, if any are, as though all whose board it is had agreed."""
    row = boards.board(actor, key)
    proposed = own_rules.proposed(row.proposed)
    if proposed:
        given = proposed.rules.values() | {"proposed": ""}
        edit(actor=actor, kind=BOARD, record=key, version=row.version, given=given, at=at)


def meeting(actor: Actor, of: UUID, on: date = ON) -> UUID:
    """A meeting of the board."""
    return keeping.add_meeting(actor=actor, board=of, on=on, place="Devizes", at=AT)


def paper(actor: Actor, *, out: bool = True, **more: Any) -> UUID:
    """A paper that asks for money."""
    values: dict[str, Any] = {
        "title": "New radios",
        "agreement": REFERENCE,
        "due_on": ON,
        "body": "The old ones fail.",
        "decision": "spending",
        "pence": LIMIT,
    }
    key = papers.write(actor=actor, new=NewPaper(**(values | more)), at=AT)
    if out:
        papers.send_out(actor=actor, paper=key, version=1, at=AT + timedelta(minutes=5))
    return key


def everybody(actor: Actor, of: UUID, on: date = ON) -> list[str]:
    """The seats of the board on the day."""
    return [seat.code for seat in boards.sitting(actor, boards.board(actor, of), on).seats]


def attended(actor: Actor, key: UUID, seats: list[str]) -> None:
    """These seats were filled."""
    row = reads.shown(actor, key, ON).meeting
    meetings.attend(
        actor=actor,
        meeting=key,
        version=row.version,
        rows={seat: Attendance(Presence.PRESENT) for seat in seats},
        at=LATER,
    )


def answering(body: str, *, is_read: bool = True) -> None:
    """Clauses by which a body reads what is kept here of boards, and what its seat answers is read here, or is not."""
    reading = {"recipient": body, "actions": ("find", "read")}
    grants = [
        *(records.grant(kind, **reading) for kind in KINDS),
        records.grant(ANSWER, holder=body, recipient=body, actions=ACTIONS),
        *([records.grant(ANSWER, holder=body, actions=("find", "read"))] if is_read else []),
    ]
    with transaction.atomic():
        put_grants(f"answers-of-{body}", grants)


def bodies_posted() -> dict[str, Actor]:
    """By policing body of the three forces who holds its office; they read what the secretary keeps."""
    bodies = [f"pcc-{force}" for force in agreed.THREE]
    for body in bodies:
        answering(body)
    return {body: people.actor("policing-body", body, name="Seat Holder") for body in bodies}


def holders_posted() -> None:
    """The policing bodies of the three forces have somebody who holds them."""
    for force in agreed.THREE:
        body = f"pcc-{force}"
        people.posting(people.staff(body, name=f"Holder of {body}"), "policing-body")


def document(actor: Actor) -> UUID:
    """A document that the secretary keeps: the answers as they came."""
    with transaction.atomic():
        put_grants("documents", [records.grant("records.document", actions=ACTIONS)])
    values = {"name": "Answers to the paper", "reference_number": "", "body": "All for it."}
    new = NewRecord("records.document", Place(HERE), values | {"purposes": list(PURPOSES)})
    key: UUID = create(actor=actor, new=new, at=AT).pk
    return key


def in_writing(actor: Actor, seats: list[str], on: date = ON) -> dict[str, Any]:
    """A decision in writing, with the answer of each of these seats in a document."""
    holders_posted()
    answer = Answer("", on, str(document(actor)))
    return {"how": How.WRITTEN, "asked_on": ON, "answers": dict.fromkeys(seats, answer)}


def decided(actor: Actor, where: UUID, of: UUID, seats: list[str], **more: Any) -> UUID:
    """These seats were for it."""
    values: dict[str, Any] = {
        "where": where,
        "paper": of,
        "how": How.MEETING,
        "votes": dict.fromkeys(seats, Vote.FOR),
    }
    return deciding.decide(actor=actor, ballot=Ballot(**(values | more)), at=LATER)
