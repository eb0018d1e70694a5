"""A copy of an exhibit is offered to another: to one that a clause lets it be given to, or on paper to one outside.

The giver keeps a record of who has it, and adds one to the receiver's, as the clause allows: each side then reads its own, and
what the other says is told to it (the facts of both kinds). The release is signed now and stands as the first entry of the copy.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from crossforce.evidence.choices import COPY, EXHIBIT, ITEM, RECEIVED, TOUCH, Lasts
from crossforce.evidence.models import Copy, Exhibit, Received
from crossforce.evidence.operations import continuing, links
from crossforce.evidence.operations.continuing import ContinuityUnread, Done
from crossforce.evidence.operations.sharing import NotActing
from crossforce.evidence.queries import continuity_of, copies, in_place, kept_of
from crossforce.evidence.queries.packages import Wanted, to_take_out
from crossforce.evidence.rules import continuity, copying
from crossforce.evidence.rules.continuity import Act, Step
from crossforce.evidence.rules.copying import Tie
from crossforce.kernel import civil, guarded, platform_key
from crossforce.kernel.ids import new_id
from crossforce.kernel.refusals import NotUnderstood, Refused
from crossforce.ledger import api as ledger
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records import api as records

GIVEN: Final = "evidence.copy-given"


class MayNotCopy(Refused):
    """You may not disclose the exhibit with all that is of it, so you may not give a copy. Ask its holder."""


class MayNotTake(Refused):
    """No clause of an agreement in force has copies of exhibits go from here to that organisation. Without one a copy goes on paper alone."""

    about = "receiver"


class NotSoLong(NotUnderstood):
    """It cannot be given for so long; the message says why."""

    about = "lasts"


@dataclass(frozen=True, slots=True)
class NewCopy:
    """A copy that is to be given: of which exhibit or case, to whom, on what ground, for how long. `paper`: to one outside."""

    of: Wanted
    receiver: str
    ground: str
    lasts: Lasts
    until_on: date | None = None
    paper: str = ""


@guarded.acts
def give(*, actor: Actor, new: NewCopy, at: datetime) -> list[Copy]:
    """Offer a copy of an exhibit, or of each of a case, all or none. Each is a disclosure and asks for what that asks.

    Raises Missing, MayNotCopy, MayNotTake, MayNotPassOn, NotSoLong, NotActing and what adding raises.
    """
    if actor.account is None or actor.posting is None:
        raise NotActing
    if organisations.directory().get(new.receiver) is None:
        raise MayNotTake
    taken = to_take_out(new.of)
    if taken.left or taken.after or not taken.exhibits:
        raise MayNotCopy
    return [_given(actor, row, new, at) for row in taken.exhibits]


def _given(actor: Actor, row: Exhibit, new: NewCopy, at: datetime) -> Copy:
    known, items = continuity_of(actor, row.pk), kept_of(actor, row.pk)
    if not known.is_judged:
        raise ContinuityUnread
    where = None if new.paper else _where(known.place, new.receiver, at)
    for kind, keys in (
        (EXHIBIT, [row.pk]),
        (ITEM, [each.pk for each in items]),
        (TOUCH, [each.pk for each in known.touches]),
    ):
        if keys:
            records.disclose(
                actor=actor, kind=kind, records=keys, recipient=new.receiver, reason=new.ground, at=at
            )  # fmt: skip
    made = _written(actor, row, new, (known.place, where), at)
    when = max(at, known.custody.since)
    said = {"other": new.receiver, "paper": new.paper, "note": f"Copy {made.pk}"}
    done = Done(row.pk, Act.COPIED, actor.office, when, **said)
    continuing.note(actor=actor, done=done, at=when, has_copy=True)
    ledger.append(
        actor=actor,
        operation=GIVEN,
        subject=row.reference.subject,
        detail={"copy": str(made.pk), "files": len(items), "lasts": new.lasts.value},
        at=at,
        about=ledger.About(concerns=[known.place.holder, new.receiver], scopes=[row.scope_id]),
    )
    return made


def _where(place: records.Place, receiver: str, at: datetime) -> records.Place:
    """Where the receiver's record stands. Raises MayNotTake."""
    found = copies.takers(place, civil.day_of(at)).get(receiver)
    if found is None:
        raise MayNotTake
    return found


def _written(
    actor: Actor,
    row: Exhibit,
    new: NewCopy,
    places: tuple[records.Place, records.Place | None],
    at: datetime,
) -> Copy:
    """The giver's record of the copy, and the offer with the receiver where it is on this platform."""
    place, where = places
    key, received, becomes = new_id(), new_id(), new_id()
    terms = _terms(row, new, where, at)
    own = {"exhibit": row.pk, "receiver": new.receiver}
    if where is not None:
        own |= {"received": received, "becomes": becomes}
    there = records.NewRecord(COPY, place, terms | own, id=key)
    made = records.create(actor=actor, new=there, at=at)
    assert isinstance(made, Copy)
    if where is not None:
        offer = {"copy": key, "giver": place.holder, "exhibit": becomes}
        signed = _release(actor, made, place.holder, at)
        values = terms | offer | signed | {"authority": _authority(actor, received)}
        offered = records.NewRecord(RECEIVED, where, values, id=received)
        records.create(actor=actor, new=offered, at=at)
    return made


def _terms(
    row: Exhibit, new: NewCopy, where: records.Place | None, at: datetime
) -> dict[str, Any]:
    """What both sides know of the copy. Raises NotSoLong."""
    case = copies.case_named(row.case_reference) if new.lasts is Lasts.CASE else None
    tie = Tie(new.lasts, new.until_on, is_bound=True, is_closed=False)
    if why := copying.refusal_of_time(tie, civil.day_of(at), has_case=case is not None):
        raise NotSoLong(why)
    if where is None and new.lasts is Lasts.AGREEMENT:
        raise NotSoLong("On paper it is by no agreement here. Choose a day, or the case.")
    cited = next(iter(_cited(where)), None) if where else None
    return {
        "what": row.exhibit_reference,
        "lasts": new.lasts.value,
        "until_on": new.until_on if new.lasts is Lasts.DAY else None,
        "case": case,
        "agreement": cited.reference if cited else "",
        "clause": cited.clause if cited else "",
        "ground": new.ground.strip(),
        "purposes": row.purposes,
    }


def _cited(where: records.Place) -> list[ledger.Citation]:
    return records.grounds(RECEIVED, "add", [guarded.scope(in_place(where, RECEIVED))])


def _authority(actor: Actor, received: UUID) -> str:
    assert actor.account
    assert actor.posting
    return links.authority(received, actor.account, actor.posting, actor.purpose)


def released(row: Any, giver: str, receiver: str) -> Step:
    """The first entry of a copy: released by its giver to its receiver, as it was signed when it was offered."""
    step = Step(
        number=1,
        act=Act.RELEASED,
        organisation=giver,
        office=row.released_by,
        happened_at=row.released_at.astimezone(UTC),
        other=receiver,
        note=f"Copy {row.copy}",
    )
    return replace(step, digest=continuity.digest(str(row.exhibit), step))


def _release(actor: Actor, made: Copy, giver: str, at: datetime) -> dict[str, Any]:
    said = {"released_at": at, "released_by": actor.office}
    assert made.becomes
    half = Received(copy=made.pk, exhibit=made.becomes, **said)
    statement = continuity.statement(str(made.becomes), released(half, giver, made.receiver))
    signed = platform_key.sign(settings.KEYS, statement)
    return said | {"signature": signed.signature, "public_key": signed.public_key}
