"""Boards as they are kept, and their meetings ahead."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, time
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from crossforce.boards import models
from crossforce.boards.choices import Cycle
from crossforce.boards.endpoints.deciding import ConsentKept
from crossforce.boards.operations import keeping as operations
from crossforce.boards.operations.keeping import NewBoard
from crossforce.boards.queries import boards, files, meetings
from crossforce.boards.rules import keeping, own_rules
from crossforce.boards.rules.motions import Consent, Delegation
from crossforce.boards.rules.own_rules import OwnRules
from crossforce.boards.rules.seats import SeatRule
from crossforce.kernel import civil, clock
from crossforce.kernel.web import api, downloads
from crossforce.people.api import ActingRequest

router = Router()


class SeatIn(Schema):
    """A kind of office with a seat; `of` empty is each force that takes part on the day."""

    office: str = Field(max_length=100)
    of: list[str] = Field(default=[], max_length=60)
    votes: bool = True


class DelegationIn(Schema):
    """What a seat may decide alone, up to so many pence; no kinds named means any.

    Without `up_to_pence` it is as much as practice gives.
    """

    seat: str = Field(max_length=120)
    decisions: list[str] = Field(default=[], max_length=40)
    up_to_pence: int | None = Field(None, ge=0, le=10**14)


class BoardIn(Schema):
    """A board: an organisation's code makes it that organisation, any other is of its agreement."""

    title: str = Field(max_length=200)
    code: str = Field(max_length=100)
    agreement: str = Field("", max_length=100)
    reports_to: str = Field("", max_length=100)
    cycle: Cycle = Cycle.MONTHLY
    weekday: int = Field(1, ge=0, le=4)
    week: int = Field(1, ge=1, le=5)
    month: int = Field(1, ge=1, le=12)
    begins: time = time(10)
    seats: list[SeatIn] = Field(default=[], max_length=60)
    chair: str = Field("", max_length=120)
    chair_casts: bool = False
    delegations: list[DelegationIn] = Field(default=[], max_length=60)
    closed: dict[date, str] = {}

    @property
    def new(self) -> NewBoard:
        """As the operation takes it."""
        plain = self.model_dump(exclude={"seats", "delegations"})
        return NewBoard(
            **plain,
            seats=tuple(
                SeatRule(each.office, tuple(each.of), each.votes) for each in self.seats
            ),
            delegations=tuple(
                Delegation(each.seat, tuple(each.decisions), each.up_to_pence)
                for each in self.delegations
            ),
        )


class RulesOut(Schema):
    """Own rules that are proposed for a board, since which day, and whose letters agree so far.

    An answer names the `digest`, a letter quotes the `reference`; what bodies answered themselves is `/answers` of the board.
    """

    on: date
    digest: str
    reference: str
    seats: list[SeatIn]
    chair: str
    chair_casts: bool
    delegations: list[DelegationIn]
    agreed: list[ConsentKept]


class BoardOut(Schema):
    """A board as it is kept: all that a change replaces.

    Of a board that is several bodies the own rules that a change asks for are `proposed`, until each has agreed; who sends
    those that count changes nothing of what is proposed. `agreed` is who agreed to those that count.
    """

    id: UUID
    version: int
    title: str
    code: str
    agreement: str
    reports_to: str
    cycle: Cycle
    weekday: int
    week: int
    month: int
    begins: time
    seats: list[SeatIn]
    chair: str
    chair_casts: bool
    delegations: list[DelegationIn]
    proposed: RulesOut | None
    agreed: list[ConsentKept]
    closed: dict[str, str]

    @staticmethod
    def resolve_seats(row: models.Board) -> list[SeatIn]:
        """The rules of who sits."""
        return _seats(boards.rules_of(row))

    @staticmethod
    def resolve_delegations(row: models.Board) -> list[DelegationIn]:
        """What a seat may decide alone."""
        return _delegations(boards.rules_of(row))

    @staticmethod
    def resolve_proposed(row: models.Board) -> RulesOut | None:
        """What is proposed, if anything."""
        found = own_rules.proposed(row.proposed)
        if found is None:
            return None
        rules = found.rules
        return RulesOut(
            on=found.on,
            digest=found.digest,
            reference=found.reference,
            seats=_seats(rules),
            chair=rules.chair,
            chair_casts=rules.chair_casts,
            delegations=_delegations(rules),
            agreed=_consents(found.agreed),
        )

    @staticmethod
    def resolve_agreed(row: models.Board) -> list[ConsentKept]:
        """Which bodies agreed to what counts, by which answer or letter."""
        return _consents(keeping.consents(row.agreed))

    @staticmethod
    def resolve_closed(row: models.Board) -> dict[str, str]:
        """Days on which it does not meet, with why."""
        return {day.isoformat(): why for day, why in keeping.closed(row.closed).items()}


class PlanIn(Schema):
    """How many months ahead."""

    months: int = Field(12, ge=1, le=36)


class MeetingIn(Schema):
    """A meeting on a day of the secretary's choice; it begins as the board does where no hour is given."""

    on: date
    begins: time | None = None
    place: str = Field("", max_length=200)


class MeetingOut(Schema):
    """A meeting as it is kept."""

    id: UUID
    version: int
    title: str
    on: date
    begins: time
    place: str
    state: str
    papers_due_on: date
    moved: str


@router.get("/kept", response=list[BoardOut])
def listed(request: ActingRequest) -> Any:
    """The boards that one may see."""
    return boards.boards(request.actor)


@router.get("/kept.csv", summary="The boards that one may see, as CSV")
def listed_as_csv(request: ActingRequest) -> HttpResponse:
    """Each board with its next meeting; a disclosure, with its entry."""
    found = files.kept(request.actor, civil.day_of(clock.now()))
    return downloads.file(found.name, found.content, files.MEDIA_TYPE)


@router.get("/{uuid:key}/meetings.csv", summary="The meetings of a board, as CSV")
def of_board_as_csv(request: ActingRequest, key: UUID) -> HttpResponse:
    """The latest first; a disclosure, with its entry."""
    found = files.meetings_of(request.actor, key, civil.day_of(clock.now()))
    return downloads.file(found.name, found.content, files.MEDIA_TYPE)


@router.post("/kept", response={201: BoardOut})
def set_up(request: ActingRequest, sent: BoardIn) -> Any:
    """Set up a board."""
    key = operations.set_up(actor=request.actor, new=sent.new, at=clock.now())
    return Status(201, boards.board(request.actor, key))


@router.get("/{uuid:key}", response=BoardOut)
def show(request: ActingRequest, response: HttpResponse, key: UUID) -> models.Board:
    """One board, with the ETag that a change carries."""
    row = boards.board(request.actor, key)
    api.tagged(response, row)
    return row


@router.put("/{uuid:key}", response=BoardOut)
def change(request: ActingRequest, key: UUID, sent: BoardIn) -> models.Board:
    """Change a board, with If-Match; its code stays."""
    version = api.version_of(request, boards.board(request.actor, key))
    operations.change(
        actor=request.actor, board=key, version=version, new=sent.new, at=clock.now()
    )
    return boards.board(request.actor, key)


@router.get("/{uuid:key}/meetings", response=list[MeetingOut])
def of_board(request: ActingRequest, key: UUID) -> Any:
    """The meetings of a board that are kept, the latest first."""
    return meetings.of_board(request.actor, key)


@router.post("/{uuid:key}/plan", response={201: list[UUID]})
def plan(request: ActingRequest, key: UUID, sent: PlanIn) -> Any:
    """Plan the meetings of its cycle ahead; those that stand stay as they are."""
    made = operations.plan_meetings(
        actor=request.actor, board=key, months=sent.months, at=clock.now()
    )
    return Status(201, made)


@router.post("/{uuid:key}/meetings", response={201: MeetingOut})
def add_meeting(request: ActingRequest, key: UUID, sent: MeetingIn) -> Any:
    """Add a meeting on a working day."""
    at = clock.now()
    made = operations.add_meeting(actor=request.actor, board=key, at=at, **sent.model_dump())
    return Status(201, meetings.shown(request.actor, made, civil.day_of(at)).meeting)


def _seats(rules: OwnRules) -> list[SeatIn]:
    return [
        SeatIn(office=each.office, of=list(each.of), votes=each.votes) for each in rules.seats
    ]


def _consents(given: Iterable[Consent]) -> list[ConsentKept]:
    return [ConsentKept(**asdict(each)) for each in given]


def _delegations(rules: OwnRules) -> list[DelegationIn]:
    return [
        DelegationIn(
            seat=each.seat, decisions=list(each.decisions), up_to_pence=each.up_to_pence
        )
        for each in rules.delegations
    ]
