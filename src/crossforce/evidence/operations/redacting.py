"""An original is redacted for disclosure: a copy is made of what is left, and goes to nobody before a second person approved it.

The original stays as it is. What is read and found is entered first; the copy is made by the confined process, with nothing open in
the database; its record, its entry of continuity and the ledger's are written in one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from crossforce.evidence.choices import ITEM, State, Verdict
from crossforce.evidence.inspection import copies, derived, filming
from crossforce.evidence.inspection.derived import Drawn, Made
from crossforce.evidence.models import Item
from crossforce.evidence.operations import continuing, opening
from crossforce.evidence.operations.continuing import ContinuityUnread, Done
from crossforce.evidence.operations.opening import NotWhole
from crossforce.evidence.queries import (
    continuity_of,
    exhibit_to_fill,
    in_place,
    item_of,
    kept_of,
    redacted_of,
)
from crossforce.evidence.rules import redacting
from crossforce.evidence.rules.continuity import Act
from crossforce.evidence.rules.redacting import Method, Place
from crossforce.kernel import guarded, lengthy
from crossforce.kernel.files import keeping
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.refusals import Conflict, NotUnderstood, Refused
from crossforce.ledger import api as ledger
from crossforce.people import api as people
from crossforce.people.api import Actor
from crossforce.records import api as records

MOST_WORDS: Final = 100
MOST_FOLLOWED: Final = 5


class NotHere(NotUnderstood):
    """It is not redacted here; the message says what is, and what to do instead."""


class CannotRedact(NotUnderstood):
    """It cannot be redacted so; the message says why."""


class NoGround(NotUnderstood):
    """Say on what ground it is redacted: what goes, why, and by which rule."""


class NoWords(NotUnderstood):
    """Give the words to find, one name or phrase a line, a hundred at most."""


class NoBox(NotUnderstood):
    """Draw a box at the moment that is shown, or write a line that begins there, with the second until which it is followed; five at most."""


class IsACopy(Conflict):
    """This is a redacted copy. Redact its original."""


class NoCopy(Conflict):
    """This is an original: nobody approves or refuses it."""


class Decided(Conflict):
    """Somebody decided about this copy. Have another one made, where it is not right."""


class SamePerson(Refused):
    """You had this copy made, so somebody else decides about it."""


class MayNotRedact(Refused):
    """A redacted copy stands beside its original, and you may not add anything there. Ask its holder."""


@dataclass(frozen=True, slots=True)
class NewRedaction:
    """A copy that is to be made: of which original, what is taken out, one place a line, and on what ground."""

    item: UUID
    places: str
    ground: str


def draw(
    *, actor: Actor, item: UUID, page: float, at: datetime, places: str = ""
) -> tuple[Item, Method, Drawn]:
    """What is looked at to say what goes, or whether it is gone: a picture of the image, page or second, or the words.

    Of a film also what the places cover. Raises Missing, NotWhole, NotHere, CannotRedact.
    """
    row, method, reading = _opened(actor, item, f"page {page:g}, drawn", at)
    covered = _places(row, places) if places else ()
    lengthy.let_go()
    drawn = copies.draw(method, row.media_type, reading, row.size, page, covered)
    return row, method, drawn


def find(*, actor: Actor, item: UUID, words: Sequence[str], at: datetime) -> Sequence[Place]:
    """Places that might go: faces of an image, or where the words stand. A person decides which do.

    Of a film the words are boxes, each as one place, and what is found is where they go from their first second to their last.
    Raises Missing, NotWhole, NotHere, NoWords, NoBox, CannotRedact.
    """
    row, method, reading = _opened(actor, item, "searched for what might go", at)
    wanted = [each.strip() for each in words if each.strip()]
    if method is Method.SOUND:
        raise NotHere("In sound nothing is found by itself. Listen, and give the seconds.")
    if method not in (Method.IMAGE, Method.FILM) and not 0 < len(wanted) <= MOST_WORDS:
        raise NoWords
    if method is Method.FILM:
        return _followed(row, reading, wanted)
    lengthy.let_go()
    return _made(copies.find(method, row.media_type, reading, row.size, wanted)).places


def redact(*, actor: Actor, new: NewRedaction, at: datetime) -> Item:
    """Make a redacted copy of an original. Asked for twice in the same words, it is made once. Call it outside of any transaction.

    Raises Missing, NotWhole, NotHere, IsACopy, NoGround, MayNotRedact, ContinuityUnread and CannotRedact.
    """
    found, before, row, reading = _permitted(actor, new, at)
    if before is not None:
        return before
    lengthy.let_go()
    method = _method(row)
    made = _made(copies.redact(method, row.media_type, reading, row.size, found))
    holder = _holder(actor, row)
    file = keeping.begin(holder=holder, at=at)
    try:
        with keeping.coming(file.pk) as arrival:
            for part in made.parts():
                arrival.append(part)
            kind = redacting.media_type(method, made.content)
            tools = derived.made_with(method, *made.tools)
            return _written(actor, new, row, keeping.put(arrival), (kind, tools), at)
    except BaseException:
        keeping.try_to_give_up(file=file.pk, at=at)
        raise


@guarded.acts
def decide(*, actor: Actor, item: UUID, decision: Verdict, why: str, at: datetime) -> Item:
    """Approve a redacted copy, which may leave then, or refuse it, for good. It takes another person than had it made.

    Raises Missing, NoCopy, Decided, SamePerson and what `records.edit` raises.
    """
    row = item_of(actor, item)
    if not row.is_derived:
        raise NoCopy
    if row.decision:
        raise Decided
    if row.created_by in people.one_human(actor):
        raise SamePerson
    given = {
        "decision": decision.value,
        "decided_at": at,
        "decided_by": actor.reference,
        "decided_why": why.strip(),
    }
    changed = records.edit(
        actor=actor, kind=ITEM, record=row.pk, version=row.version, given=given, at=at
    )
    _enter(actor, row, "evidence.redaction-decided", {"decision": decision.value}, at)
    assert isinstance(changed, Item)
    return changed


@guarded.acts
def may_decide(actor: Actor, row: Item) -> bool:
    """Whether the actor is who decides about a copy: it waits, somebody else had it made, and they may change it."""
    if not row.is_derived or row.decision or not records.allowed(ITEM, "edit")(row):
        return False
    return row.created_by not in people.one_human(actor)


@guarded.acts
def _opened(actor: Actor, item: UUID, asked: str, at: datetime) -> tuple[Item, Method, Reading]:
    method = _method(item_of(actor, item))
    row, reading = opening.read_content(actor=actor, item=item, asked=asked, at=at)
    return row, method, reading


@guarded.acts
def _permitted(
    actor: Actor, new: NewRedaction, at: datetime
) -> tuple[Sequence[Place], Item | None, Item, Reading]:
    """What is asked, once it may be: with the copy that the actor had made of the same before, if any."""
    row = item_of(actor, new.item)
    if not row.is_kept:
        raise NotWhole
    if row.is_derived:
        raise IsACopy
    found, ground = _places(row, new.places), new.ground.strip()
    if not ground:
        raise NoGround
    known = continuity_of(actor, row.exhibit)
    if not guarded.open_scopes("add", {in_place(known.place)}):
        raise MayNotRedact
    if not known.may_add:
        raise ContinuityUnread
    asked = (redacting.said(found), ground, actor.reference, "")
    before = [
        each
        for each in redacted_of(actor, row.pk)
        if (each.places, each.ground, each.created_by, each.decision) == asked
    ]
    _, reading = opening.read_content(actor=actor, item=row.pk, asked="to redact it", at=at)
    return found, before[0] if before else None, row, reading


@guarded.acts
def _holder(actor: Actor, row: Item) -> str:
    return exhibit_to_fill(actor, row.exhibit)[1].holder


@guarded.acts
def _written(
    actor: Actor,
    new: NewRedaction,
    row: Item,
    put: keeping.Put,
    kind: tuple[str, str],
    at: datetime,
) -> Item:
    """The record of the copy, of which type it is and made with what, with its entry of continuity."""
    media_type, made_with = kind
    exhibit, place = exhibit_to_fill(actor, row.exhibit)
    method = _method(row)
    number = [each.pk for each in kept_of(actor, exhibit.pk)].index(row.pk) + 1
    values = {
        "name": redacting.name_of(number, method, media_type),
        "exhibit": exhibit.pk,
        "size": put.sums.size,
        "state": State.KEPT.value,
        "media_type": media_type,
        "sha256": put.sums.sha256,
        "blake3": put.sums.blake3,
        "file": keeping.take(put, at=at).pk,
        "derived_from": row.pk,
        "ground": new.ground.strip(),
        "places": redacting.said(_places(row, new.places)),
        "made_with": made_with,
        "purposes": row.purposes,
    }
    made = records.create(actor=actor, new=records.NewRecord(ITEM, place, values), at=at)
    assert isinstance(made, Item)
    _enter(actor, row, "evidence.redacted", {"copy": str(made.pk), "sha256": made.sha256}, at)
    when = max(at, continuity_of(actor, exhibit.pk).custody.since)
    note = f"{made.name}, SHA-256 {made.sha256}"  # no digest of the original: what is left out could be tried against it
    done = Done(exhibit.pk, Act.REDACTED, actor.office, when, note=note)
    continuing.note(actor=actor, done=done, at=when, has_copy=True)
    return made


def _followed(row: Item, reading: Reading, wanted: Sequence[str]) -> Sequence[Place]:
    """Where each box goes. Raises NoBox, CannotRedact."""
    boxes = (
        [each for each in _places(row, "\n".join(wanted)) if len(each) > 2] if wanted else []
    )
    if not 0 < len(boxes) <= MOST_FOLLOWED:
        raise NoBox
    lengthy.let_go()
    found = (_made(filming.follow(reading, row.size, each)).places for each in boxes)
    return [place for each in found for place in each][: redacting.MOST_PLACES]


def _method(row: Item) -> Method:
    method = redacting.method_of(row.media_type, row.size)
    if method is None:
        raise NotHere(redacting.OTHER)
    return method


def _places(row: Item, text: str) -> Sequence[Place]:
    try:
        return redacting.places(_method(row), text)
    except redacting.NotPlaces as fault:
        raise CannotRedact(str(fault)) from fault


def _made(made: Made) -> Made:
    if made.why_not:
        raise CannotRedact(made.why_not)
    return made


def _enter(
    actor: Actor, row: Item, operation: str, detail: dict[str, str], at: datetime
) -> None:
    holder = records.place_of(row.scope_id).holder
    about = ledger.About(concerns=[holder], scopes=[row.scope_id])
    ledger.append(
        actor=actor,
        operation=operation,
        subject=row.reference.subject,
        detail=detail,
        at=at,
        about=about,
    )
