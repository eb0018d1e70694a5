"""A viewing copy of a film or sound is asked for by whoever may read it, made once beside the web, and played in place of what a browser cannot.

To have it made is to read the original, and entered; each part of it that is played is entered as a part of the original is. Whoever
makes it is known by what it says while it works: once it is silent, another begins it again, and after three it is given up. Its
bytes are kept like those of any file, under its holder's key, and go with its original.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from crossforce.evidence.inspection import derived, films, outside
from crossforce.evidence.inspection import viewing as making
from crossforce.evidence.models import Item, ViewingCopy
from crossforce.evidence.models.viewing import SILENT, TRIES
from crossforce.evidence.operations import opening
from crossforce.evidence.operations.opening import MOST_OF_PART, NotWhole
from crossforce.evidence.queries import exhibit_to_fill, item_of
from crossforce.evidence.rules import cutting, sending
from crossforce.evidence.rules.redacting import Method
from crossforce.evidence.rules.sending import Span
from crossforce.kernel import clock, guarded, lengthy
from crossforce.kernel.files import keeping
from crossforce.kernel.files.models import StoredFile
from crossforce.kernel.files.reading import Reading
from crossforce.kernel.refusals import Conflict, Missing, NotUnderstood
from crossforce.people.api import Actor

LARGE: Final = 64 * 1024 * 1024
"""A film that a browser plays has one as well, where it is larger than that."""
PACE: Final = 2.0
GIVEN_UP: Final = "It ended what made it, three times. Download the original to play it."
log = logging.getLogger(__name__)


class NotPlayed(NotUnderstood):
    """A viewing copy is made of film and sound. This file is neither."""


class NoProgram(Conflict):
    """This machine has no ffmpeg, by which a viewing copy is made. Download the original to play it."""


class NotMade(Missing):
    """There is no viewing copy of it, or none yet. Ask for one, and look again."""


@dataclass(frozen=True, slots=True)
class Played:
    """The viewing copy as a file that is answered."""

    name: str
    media_type: str
    size: int
    sha256: str


def has_one(row: Item) -> bool:
    """Whether a viewing copy of it serves anybody: it is film or sound that a browser does not play, or a large one."""
    if not row.is_kept or not films.is_film(row.media_type):
        return False
    return not sending.shown_as(row.media_type) or row.size > LARGE


@guarded.acts
def of(actor: Actor, row: Item) -> ViewingCopy | None:
    """How far the viewing copy of an original is that the actor reads."""
    return _of(item_of(actor, row.pk).pk)


@guarded.acts
def ask(*, actor: Actor, item: UUID, at: datetime) -> ViewingCopy:
    """Have one made, once; asked again after it could not be, it is tried again. Raises Missing, NotWhole, NotPlayed, NoProgram."""
    row = item_of(actor, item)
    if not row.is_kept:
        raise NotWhole
    if not films.is_film(row.media_type):
        raise NotPlayed
    before = _of(row.pk)
    if before is not None and not before.why_not:
        return before
    if not outside.stands():
        raise NoProgram
    opening.read_content(actor=actor, item=item, asked="to make a viewing copy", at=at)
    if before is not None:
        before.delete()
    place = exhibit_to_fill(actor, row.exhibit)[1]
    made, _ = ViewingCopy.objects.get_or_create(
        item=row.pk,
        defaults={
            "holder": place.holder,
            "source": row.file,
            "size": row.size,
            "is_sound": cutting.is_sound(row.media_type),
            "asked_at": at,
        },
    )
    return made


@guarded.acts
def play(*, actor: Actor, item: UUID, asked: str, at: datetime) -> tuple[Played, Reading, Span]:
    """The bytes of it that a Range header asks for; these are entered. Raises Missing, NotMade, NotThere."""
    row = item_of(actor, item)
    copy = _of(row.pk)
    if copy is None or copy.file is None:
        raise NotMade
    span = sending.span(asked, copy.made_size, MOST_OF_PART)
    opening.enter(actor, row, f"viewing copy, {span.told(copy.made_size)}", copy.sha256, at)
    name = f"viewing copy of {row.name}"[:240] + (".m4a" if copy.is_sound else ".mp4")
    played = Played(name, copy.media_type, copy.made_size, copy.sha256)
    return played, Reading(StoredFile.objects.get(pk=copy.file)), span


def gone(item: UUID, at: datetime) -> None:
    """Its original goes: so does it, with its key."""
    copy = ViewingCopy.objects.select_for_update().filter(item=item).first()
    if copy is not None:
        if copy.file is not None:
            keeping.let_go(file=copy.file, at=at)
        copy.delete()


def make_next(now: Callable[[], datetime] = clock.now, item: UUID | None = None) -> bool:
    """Make the one that waits longest, or that of an original; answers whether there was one. Call it outside of any transaction."""
    copy = _claimed(now(), item)
    if copy is None:
        return False
    try:
        _make(copy, now)
    except Exception as fault:
        log.exception("A viewing copy is not made: it is tried again.")
        if copy.tries >= TRIES:
            _mine(copy).update(why_not=GIVEN_UP)
        if not isinstance(fault, Missing | OSError):
            raise
    return True


def _make(copy: ViewingCopy, now: Callable[[], datetime]) -> None:
    reading = Reading(StoredFile.objects.get(pk=copy.source))
    lengthy.let_go()
    made = making.make(reading, copy.size, _telling(copy, now))
    if made.why_not:
        _mine(copy).update(why_not=made.why_not[:300])
        return
    file = keeping.begin(holder=copy.holder, at=now())
    try:
        with keeping.coming(file.pk) as arrival:
            for part in made.parts():
                arrival.append(part)
            _keep(
                copy, keeping.put(arrival), derived.made_with(Method.TEXT, *made.tools), now()
            )
    except BaseException:
        keeping.try_to_give_up(file=file.pk, at=now())
        raise


@transaction.atomic
def _keep(copy: ViewingCopy, put: keeping.Put, made_with: str, at: datetime) -> None:
    """It can be played from now on; unless its original went meanwhile, or another made it. Raises NotMade."""
    mine = _mine(copy).select_for_update().first()
    if mine is None:
        raise NotMade
    mine.file, mine.made_size, mine.sha256 = keeping.take(put, at=at).pk, put.sums.size, put.sums.sha256  # fmt: skip
    mine.made_with, mine.part_done = made_with[:200], 1.0
    mine.save()


@transaction.atomic
def _claimed(at: datetime, item: UUID | None) -> ViewingCopy | None:
    """The one to make now: asked for, and made by nobody who still says so."""
    silent = Q(heard_at__isnull=True) | Q(heard_at__lte=at - SILENT)
    waiting = ViewingCopy.objects.filter(silent, file__isnull=True, why_not="")
    if item is not None:
        waiting = waiting.filter(item=item)
    copy = waiting.order_by("asked_at").select_for_update(skip_locked=True).first()
    if copy is None:
        return None
    if copy.tries >= TRIES:
        copy.why_not = GIVEN_UP
        copy.save(update_fields=["why_not"])
        return None
    copy.tries, copy.heard_at, copy.part_done = copy.tries + 1, at, 0.0
    copy.save(update_fields=["tries", "heard_at", "part_done"])
    return copy


def _mine(copy: ViewingCopy) -> QuerySet[ViewingCopy]:
    """The row while it is still the one that was claimed."""
    return ViewingCopy.objects.filter(item=copy.item, tries=copy.tries, file__isnull=True, asked_at=copy.asked_at)  # fmt: skip


def _telling(copy: ViewingCopy, now: Callable[[], datetime]) -> outside.Heard:
    """Says how far it is, every two seconds; heard in a thread of its own, which keeps no connection."""
    last = [now()]

    def tell(done: float) -> None:
        at = now()
        if (at - last[0]).total_seconds() < PACE:
            return
        last[0] = at
        try:
            _mine(copy).update(heard_at=at, part_done=done)
        finally:
            connection.close()

    return tell


def _of(item: UUID) -> ViewingCopy | None:
    found: ViewingCopy | None = ViewingCopy.objects.filter(item=item).first()
    return found
