"""A still or clip is cut out of a film or sound: an item of the same exhibit, beside the untouched original, which says what of it it is.

What is read is entered first; it is made by the confined process, with nothing open in the database; its record, its entry of
continuity and the ledger's are written in one. It goes wherever an original might, and is held back where what it was cut out of is.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from crossforce.evidence.choices import ITEM, State
from crossforce.evidence.inspection import cutting as making
from crossforce.evidence.inspection import derived
from crossforce.evidence.models import Item
from crossforce.evidence.operations import continuing, opening
from crossforce.evidence.operations.continuing import ContinuityUnread, Done
from crossforce.evidence.operations.opening import NotWhole
from crossforce.evidence.queries import (
    continuity_of,
    cuts_of,
    exhibit_to_fill,
    in_place,
    item_of,
    kept_of,
)
from crossforce.evidence.rules import cutting
from crossforce.evidence.rules.continuity import Act
from crossforce.evidence.rules.cutting import Cut, NotASpan, Span
from crossforce.evidence.rules.redacting import Method
from crossforce.kernel import guarded, lengthy
from crossforce.kernel.files import keeping
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.refusals import Conflict, NotUnderstood, Refused
from crossforce.ledger import api as ledger
from crossforce.people.api import Actor
from crossforce.records import api as records

EXACT = {
    Cut.STILL: "the frame seen then, each pixel kept",
    Cut.CLIP: "each frame that begins within, encoded anew",
}
HEARD = "each sample within, kept as it was decoded"


class NotFilm(NotUnderstood):
    """Stills and clips are cut out of film and sound. This file is neither."""


class CannotCut(NotUnderstood):
    """There is no such part, or it cannot be made; the message says why."""

    about = "span"


class NoReason(NotUnderstood):
    """Say why it is made."""

    about = "ground"


class OfACopy(Conflict):
    """This is a redacted copy. Cut its original, and redact what comes of it."""


class MayNotCut(Refused):
    """A still or clip stands beside its original, and you may not add anything there. Ask its holder."""


@dataclass(frozen=True, slots=True)
class NewCut:
    """What is to be cut out: of which original, a moment or from when to when, and why."""

    item: UUID
    span: str
    ground: str


def cut(*, actor: Actor, new: NewCut, at: datetime) -> Item:
    """Make a still or clip of a film or sound. Asked for twice in the same words, it is made once. Call it outside of any transaction.

    Raises Missing, NotWhole, NotFilm, OfACopy, NoReason, MayNotCut, ContinuityUnread and CannotCut.
    """
    asked, before, row, reading = _permitted(actor, new, at)
    if before is not None:
        return before
    lengthy.let_go()
    made = making.cut(row.media_type, reading, row.size, asked)
    if made.why_not:
        raise CannotCut(made.why_not)
    file = keeping.begin(holder=_holder(actor, row), at=at)
    try:
        with keeping.coming(file.pk) as arrival:
            for part in made.parts():
                arrival.append(part)
            tools = (
                f"{derived.made_with(Method.TEXT, *made.tools)}: {how(row.media_type, asked)}"
            )
            return _written(actor, new, row, keeping.put(arrival), tools, at)
    except BaseException:
        keeping.try_to_give_up(file=file.pk, at=at)
        raise


def how(media_type: str, asked: Span) -> str:
    """How exactly it is what was asked for."""
    return HEARD if cutting.is_sound(media_type) else EXACT[asked.cut]


@guarded.acts
def may_cut(actor: Actor, row: Item) -> bool:
    """Whether the actor may have parts of it cut out."""
    if not row.is_kept or row.is_derived or not cutting.may_be_cut(row.media_type):
        return False
    known = continuity_of(actor, row.exhibit)
    return known.may_add and bool(guarded.open_scopes("add", {in_place(known.place)}))


@guarded.acts
def _permitted(
    actor: Actor, new: NewCut, at: datetime
) -> tuple[Span, Item | None, Item, Reading]:
    """What is asked, once it may be: with what the actor had made of the same before, if anything."""
    row = item_of(actor, new.item)
    if not row.is_kept:
        raise NotWhole
    if row.is_derived:
        raise OfACopy
    if not cutting.may_be_cut(row.media_type):
        raise NotFilm
    asked = _span(row, new.span)
    if not new.ground.strip():
        raise NoReason
    known = continuity_of(actor, row.exhibit)
    if not guarded.open_scopes("add", {in_place(known.place)}):
        raise MayNotCut
    if not known.may_add:
        raise ContinuityUnread
    wanted = (asked.numbers, new.ground.strip(), actor.reference)
    before = [
        each
        for each in cuts_of(actor, row)
        if (each.places, each.ground, each.created_by) == wanted
    ]
    told = f"to cut out {asked.words}"
    _, reading = opening.read_content(actor=actor, item=row.pk, asked=told, at=at)
    return asked, before[0] if before else None, row, reading


def _span(row: Item, text: str) -> Span:
    try:
        return cutting.span(row.media_type, text)
    except NotASpan as fault:
        raise CannotCut(str(fault)) from fault


@guarded.acts
def _holder(actor: Actor, row: Item) -> str:
    return exhibit_to_fill(actor, row.exhibit)[1].holder


@guarded.acts
def _written(
    actor: Actor, new: NewCut, row: Item, put: keeping.Put, made_with: str, at: datetime
) -> Item:
    """Its record, with its entry of continuity and the ledger's."""
    exhibit, place = exhibit_to_fill(actor, row.exhibit)
    asked = _span(row, new.span)
    number = [each.pk for each in kept_of(actor, exhibit.pk)].index(row.pk) + 1
    values = {
        "name": cutting.name_of(number, row.media_type, asked),
        "exhibit": exhibit.pk,
        "size": put.sums.size,
        "state": State.KEPT.value,
        "media_type": cutting.form_of(row.media_type, asked.cut)[1],
        "sha256": put.sums.sha256,
        "blake3": put.sums.blake3,
        "file": keeping.take(put, at=at).pk,
        "cut_from": row.sha256,
        "ground": new.ground.strip(),
        "places": asked.numbers,
        "made_with": made_with[:200],
        "purposes": row.purposes,
    }
    made = records.create(actor=actor, new=records.NewRecord(ITEM, place, values), at=at)
    assert isinstance(made, Item)
    about = ledger.About(concerns=[place.holder], scopes=[row.scope_id])
    ledger.append(
        actor=actor,
        operation="evidence.cut",
        subject=row.reference.subject,
        detail={"cut": str(made.pk), "sha256": made.sha256, "places": made.places},
        at=at,
        about=about,
    )
    when = max(at, continuity_of(actor, exhibit.pk).custody.since)
    note = f"{made.name}, SHA-256 {made.sha256}"  # no digest of the original, which may be redacted later
    done = Done(exhibit.pk, Act.CUT, actor.office, when, note=note)
    continuing.note(actor=actor, done=done, at=when, has_copy=True)
    return made
