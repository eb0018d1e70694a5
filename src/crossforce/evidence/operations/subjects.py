"""Somebody asks for what is held about them: of each original it is settled what is answered, and somebody else approves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.evidence.choices import SUBJECT_ANSWER, Answer
from crossforce.evidence.models import SubjectAnswer, SubjectRequest
from crossforce.evidence.operations import going
from crossforce.evidence.operations.going import StandsByItsExhibit
from crossforce.evidence.queries import in_place
from crossforce.evidence.queries.subjects import Held, SubjectFile, request_of, request_row
from crossforce.evidence.rules import subjects
from crossforce.kernel import guarded, statements
from crossforce.kernel.refusals import Conflict, Missing, NotUnderstood, Refused
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.records import api as records

_going: ContextVar[frozenset[UUID]] = ContextVar("requests that go whole", default=frozenset())


class CannotAnswer(Conflict):
    """It cannot be answered of so; the message says why."""


class NothingChosen(NotUnderstood):
    """Choose of what it is answered."""


class NothingToApprove(Conflict):
    """Nothing waits for approval."""


class SamePerson(Refused):
    """You settled what is answered, so somebody else approves it."""


class AnswersStay(Refused):
    """Its answers go where a request goes, and you may not change all of them, here and there. Ask its holder to do it."""


class GoesWithItsRequest(Conflict):
    """It goes with its request, and never by itself."""


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """What is answered of some originals: whether they are about nobody else, or on what ground they are withheld, and why."""

    items: frozenset[UUID]
    answer: Answer
    is_alone: bool = False
    ground: str = ""
    why: str = ""
    is_told: bool = False


@guarded.acts
def settle(
    *, actor: Actor, request: UUID, new: NewAnswer, at: datetime, also: str = ""
) -> list[SubjectAnswer]:
    """Settle what is answered of originals that were found. An approval falls away. Raises Missing, NothingChosen, CannotAnswer and what adding raises."""
    _alone(request)
    found = request_of(actor, request, also)
    chosen = [each for each in found.held if each.item.pk in new.items]
    if not new.items:
        raise NothingChosen
    if len(chosen) < len(new.items):
        raise Missing
    for each in chosen:
        if why := subjects.refusal_to_answer(
            each.known,
            new.answer,
            is_alone=new.is_alone,
            ground=new.ground,
            why=new.why.strip(),
        ):
            raise CannotAnswer(why)
    said = {each.item.pk: _said(actor, new, each, at) for each in chosen}
    _written(actor, found, chosen, said, at)
    return list(SubjectAnswer.objects.filter(request=request, item__in=new.items))


@guarded.acts
def approve(*, actor: Actor, request: UUID, at: datetime) -> int:
    """Approve what is answered, as it stands: whoever settled any of it leaves it to somebody else. Answers of how many. Raises Missing, NothingToApprove, SamePerson."""
    _alone(request)
    request_row(request)
    rows = list(SubjectAnswer.objects.filter(request=request, approved_by=""))
    if not rows:
        raise NothingToApprove
    if {each.settled_by for each in rows} & set(people.one_human(actor)):
        raise SamePerson
    given = {"approved_at": at, "approved_by": actor.reference}
    edits = [records.Edit(each.pk, each.version, given) for each in rows]
    records.edit_many(actor=actor, kind=SUBJECT_ANSWER, edits=edits, at=at)
    return len(rows)


@guarded.acts
def may_approve(actor: Actor, found: SubjectFile) -> bool:
    """Whether the actor is who approves: something waits, somebody else settled it, and they may change it."""
    rows = [each for each in found.answers if not each.approved_by]
    mine = {each.settled_by for each in rows} & set(people.one_human(actor))
    return bool(rows) and not mine and all(map(records.allowed(SUBJECT_ANSWER, "edit"), rows))


def with_answers(
    *, row: SubjectRequest, before: records.Place, to: records.Place, actor: Actor
) -> None:
    """Take the answers of a request along. Raises AnswersStay."""
    parts = SubjectAnswer.objects.filter(request=row.pk)
    if not _is_open("edit", before, to):
        raise AnswersStay
    going.are_taken(parts, parts.count(), row=row, before=before, to=to, actor=actor)


def stay(*, row: Any, before: records.Place, to: records.Place, actor: Actor) -> None:
    """Refuse to move an answer without its request. Raises StandsByItsExhibit."""
    raise StandsByItsExhibit("It stands where its request stands.")


def answers_first(*, row: SubjectRequest, actor: Actor, reason: str, at: datetime) -> None:
    """Dispose of the answers of a request before it goes. Raises AnswersStay."""
    _alone(row.pk)
    if not _is_open("dispose", records.place_of(row.scope_id)):
        raise AnswersStay
    keys = list(SubjectAnswer.objects.filter(request=row.pk).values_list("pk", flat=True))
    with _whole(row.pk):
        records.dispose_many(
            actor=actor, kind=SUBJECT_ANSWER, records=keys, reason=reason, at=at
        )


def with_request(*, row: SubjectAnswer, actor: Actor, reason: str, at: datetime) -> None:
    """Keep an answer until its request goes, which takes all of them. Raises GoesWithItsRequest."""
    if row.request not in _going.get():
        raise GoesWithItsRequest


def _said(actor: Actor, new: NewAnswer, held: Held, at: datetime) -> dict[str, Any]:
    is_given, is_withheld = new.answer == Answer.GIVE, new.answer == Answer.WITHHOLD
    return {
        "answer": new.answer.value,
        "given": (held.copy or held.item.pk) if is_given else None,
        "ground": new.ground if is_withheld else "",
        "why": new.why.strip(),
        "is_told": new.is_told and is_withheld,
        "settled_at": at,
        "settled_by": actor.reference,
        "approved_at": None,
        "approved_by": "",
    }


def _written(
    actor: Actor,
    found: SubjectFile,
    chosen: list[Held],
    said: dict[UUID, dict[str, Any]],
    at: datetime,
) -> None:
    edits = [
        records.Edit(each.answer.pk, each.answer.version, said[each.item.pk])
        for each in chosen
        if each.answer is not None
    ]
    records.edit_many(actor=actor, kind=SUBJECT_ANSWER, edits=edits, at=at)
    of = {"request": found.row.pk, "purposes": found.row.purposes}
    new = [
        records.NewRecord(
            SUBJECT_ANSWER,
            found.place,
            {**said[each.item.pk], "item": each.item.pk, "exhibit": each.item.exhibit, **of},
        )
        for each in chosen
        if each.answer is None
    ]
    records.create_many(actor=actor, new=new, at=at)


def _is_open(action: str, *places: records.Place) -> bool:
    """Whether whoever acts reaches every answer that stands there, so that none is left behind."""
    wanted = {in_place(each, SUBJECT_ANSWER) for each in places}
    return guarded.open_scopes(action, wanted) == wanted


def _alone(request: UUID) -> None:
    statements.alone(f"evidence.subject-request {request}")


@contextmanager
def _whole(request: UUID) -> Iterator[None]:
    """While a request goes with all that is of it."""
    before = _going.set(_going.get() | {request})
    try:
        yield
    finally:
        _going.reset(before)
