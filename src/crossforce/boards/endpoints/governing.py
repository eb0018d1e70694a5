"""Who governs what, who sits, and what will change in it."""

from datetime import date
from typing import Any
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from crossforce.boards.operations.keeping import BadBoard
from crossforce.boards.queries import boards, changing, holders
from crossforce.boards.rules.days import beyond
from crossforce.kernel import civil, clock
from crossforce.people.api import ActingRequest

router = Router()


class SeatOut(Schema):
    """A seat on the day, the legal person that it speaks for, and who is known here to hold it."""

    seat: str
    office: str
    of: str
    speaks_for: str
    votes: bool
    holders: list[str]


class GovernsOut(Schema):
    """Who governs a function of an agreement on a day, and why."""

    agreement: str
    function: str
    bodies: list[str]
    jointly: bool
    undecided: str | None
    why: str
    clause: str | None


class SittingOut(Schema):
    """Who a board is on a day, and what it governs then."""

    on: date
    bodies: list[str]
    seats: list[SeatOut]
    governs: list[GovernsOut]


class GoverningOut(GovernsOut):
    """The same with the board that the asker may read of them, if any."""

    board: UUID | None


class ChangeOut(Schema):
    """From a day somebody else governs a function of an agreement; nobody where there are no bodies."""

    on: date
    agreement: str
    function: str
    bodies: list[str]
    why: str
    board: UUID | None


class Asked(Schema):
    """A day; none means today."""

    on: date | None = None


class GoverningAsked(Asked):
    """Which function of which agreement."""

    agreement: str = Field(max_length=100)
    function: str = Field(max_length=100)


class ComingAsked(Asked):
    """Of which agreement."""

    agreement: str = Field(max_length=100)


@router.get("/governing", response=GoverningOut)
def governing(request: ActingRequest, asked: Query[GoverningAsked]) -> Any:
    """Who governs a function on a day: the board moves on the very day that participation moves."""
    found, board = boards.governing_board(
        request.actor, asked.agreement, asked.function, _day(asked)
    )
    return {**_governs(found), "board": board.pk if board else None}


@router.get("/coming", response=list[ChangeOut])
def coming(request: ActingRequest, asked: Query[ComingAsked]) -> Any:
    """Every change in the next twelve months in who governs an agreement, by what is signed today."""
    found = changing.coming(request.actor, [asked.agreement], _day(asked))
    return [
        {
            "on": each.on,
            "agreement": each.agreement,
            "function": each.function,
            "bodies": list(each.by.bodies) if each.by else [],
            "why": str(each.by.why) if each.by else "",
            "board": each.board.pk if each.board else None,
        }
        for each in found
    ]


@router.get("/{uuid:key}/sitting", response=SittingOut)
def sitting(request: ActingRequest, key: UUID, asked: Query[Asked]) -> Any:
    """Who sits on a day, and what the board governs then."""
    row = boards.board(request.actor, key)
    found = boards.sitting(request.actor, row, _day(asked))
    held = holders.holders(request.actor, found.seats, found.on)
    return {
        "on": found.on,
        "bodies": list(found.bodies),
        "seats": [
            {
                "seat": each.code,
                "office": each.office.code,
                "of": each.of,
                "speaks_for": each.speaks_for,
                "votes": each.votes,
                "holders": [one.by for one in held[each.code]],
            }
            for each in found.seats
        ],
        "governs": [_governs(each) for each in found.governs],
    }


def _day(asked: Asked) -> date:
    refusal = beyond(asked.on)
    if refusal is not None:
        raise BadBoard(str(refusal))
    return asked.on or civil.day_of(clock.now())


def _governs(each: Any) -> dict[str, Any]:
    answer = each.answer
    return {
        "agreement": each.agreement,
        "function": each.function,
        "bodies": list(answer.bodies),
        "jointly": answer.jointly,
        "undecided": answer.undecided,
        "why": str(answer.why),
        "clause": answer.why.clause,
    }
