"""Continuity is written down: what was done with an exhibit, one entry after the other, each chained and signed.

A transfer is two entries, each by its own side. What the other side signed on paper is written down with the paper's number.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from pydantic import AwareDatetime

from crossforce.evidence.choices import ENTERED, TOUCH
from crossforce.evidence.models import Touch
from crossforce.evidence.queries import continuity_of
from crossforce.evidence.rules import continuity
from crossforce.evidence.rules.continuity import Act, Step, Unfit
from crossforce.kernel import guarded, platform_key, statements
from crossforce.kernel.refusals import Conflict, NotUnderstood, Refused
from crossforce.ledger import api as ledger
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records import api as records

NO_COPY: Final = "That is written down by itself when the copy, still or clip is kept. Make it."


class CannotBe(Conflict):
    """It cannot have been so; the message says why."""

    def __init__(self, unfit: Unfit) -> None:
        super().__init__(unfit.why)
        self.about = unfit.field


class ContinuityUnread(Refused):
    """You may not read the continuity of this exhibit, so it cannot be given to you whole, or gone on with by you. Ask its holder."""


class OnTheirPaper(NotUnderstood):
    """Each side writes down its own half. For a side without an account, give the number of the paper that it signed."""

    about = "paper"


class NoSuchSide(NotUnderstood):
    """No organisation has that code."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with an exhibit. The act is the actor's own organisation's, unless another signed it on paper."""

    exhibit: UUID
    act: Act
    office: str
    happened_at: AwareDatetime
    organisation: str = ""
    other: str = ""
    place: str = ""
    seal: str = ""
    paper: str = ""
    note: str = ""


@guarded.acts
def note(*, actor: Actor, done: Done, at: datetime, has_copy: bool = False) -> Touch:
    """Write down what was done with an exhibit; that it was redacted or cut, only where what came of it is kept with it. Raises Missing, ContinuityUnread, CannotBe, OnTheirPaper and what `records.create` raises."""
    if done.act in continuity.OF_A_COPY and not has_copy:
        raise CannotBe(Unfit(NO_COPY, "act"))
    statements.alone(f"evidence.touch {done.exhibit}")
    known = continuity_of(actor, done.exhibit)
    if not known.is_judged:
        raise ContinuityUnread
    exhibit, before = known.exhibit, [each.step for each in known.touches]
    side = _side(actor, done)
    new = _next(done, side, before)
    if unfit := continuity.refusal(known.custody, before, new, at):
        raise CannotBe(unfit)
    said = continuity.statement(str(exhibit.pk), new)
    signed = platform_key.sign(settings.KEYS, said)
    values = {
        "exhibit": exhibit.pk,
        "number": new.number,
        "act": new.act.value,
        "organisation": side,
        "office": new.office,
        "happened_at": new.happened_at,
        "other": new.other,
        "place": new.place,
        "seal": new.seal,
        "paper": new.paper,
        "note": new.note,
        "previous": new.previous,
        "digest": new.digest,
        "signature": signed.signature,
        "public_key": signed.public_key,
        "purposes": exhibit.purposes,
    }
    made = records.create(actor=actor, new=records.NewRecord(TOUCH, known.place, values), at=at)
    assert isinstance(made, Touch)
    ledger.append(
        actor=actor,
        operation=ENTERED,
        subject=exhibit.reference.subject,
        detail={"number": new.number, "touch": str(made.pk)},
        at=at,
        about=ledger.About(concerns=[known.place.holder], scopes=[exhibit.scope_id]),
    )
    return made


def _side(actor: Actor, done: Done) -> str:
    """Whose act it was. Raises OnTheirPaper, NoSuchSide."""
    side = done.organisation or actor.organisation
    if side != actor.organisation and not done.paper:
        raise OnTheirPaper
    directory = organisations.directory()
    for code in filter(None, (side, done.other)):
        if directory.get(code) is None:
            raise NoSuchSide(f"No organisation has the code “{code}”.")
    return side


def _next(done: Done, side: str, before: list[Step]) -> Step:
    last = before[-1] if before else None
    new = Step(
        number=last.number + 1 if last else 1,
        act=done.act,
        organisation=side,
        office=done.office,
        happened_at=done.happened_at.astimezone(UTC),
        other=done.other,
        place=done.place,
        seal=done.seal,
        paper=done.paper,
        note=done.note,
        previous=last.digest if last else "",
    )
    return replace(new, digest=continuity.digest(str(done.exhibit), new))
