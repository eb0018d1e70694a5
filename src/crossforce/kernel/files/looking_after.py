"""What is done with stored files every night beside the web: a share of them is read again, and what was begun and left is given up.

All are read within `FIXITY_DAYS`: those first that were longest not looked at. Somebody who stops the server stops this
between two parts of a file; the day's share goes on when it is back.
"""

import logging
import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connections
from django.db.models import F, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from crossforce.kernel import civil, clock, doctor, events
from crossforce.kernel.files import arriving, fixity, keeping, mending, standing
from crossforce.kernel.files.models import HolderKey, StoredFile

SUBJECT: Final = "Stored files"
AFTER_FAULT: Final = 3_600
LEFT: Final = timedelta(days=14)
"""After so long without a byte nobody goes on with a file; whatever expects it has its own and shorter time."""
BREATH: Final = 256 * 1024**2
"""After so many bytes a second is left to others, and heard whether to stop."""
SEEN: Final = Coalesce("examined_at", "kept_at")
LATE: Final = timedelta(days=2)
log = logging.getLogger(__name__)


class Stopped(Exception):
    """The server stops."""


def follow(goes_on: Callable[[], bool]) -> None:
    """Do each day's share until `goes_on`, which waits a second, says to stop."""
    done, wait = None, 0
    while goes_on():
        today, wait = civil.day_of(clock.now()), max(wait - 1, 0)
        if wait or today == done:
            continue
        try:
            tonight(goes_on)
            done = today
        except Stopped:
            return
        except Exception:
            log.exception("Looking after stored files waits an hour.")
            wait = AFTER_FAULT
        finally:
            connections.close_all()


def tonight(goes_on: Callable[[], bool]) -> fixity.Tally:
    """What is left of today's share, an entry for each holder; and what was begun and left. Raises Stopped."""
    for tidy in (give_up_left, drop_strays):
        try:
            tidy(clock.now())
        except Exception:
            log.exception("Some of what was begun and left stays for another night.")
    tally, heard = fixity.Tally(), _Breathing(goes_on)
    try:
        for found in fixity.examined(due(clock.now()), pace=heard.passed):
            heard.passed(BREATH // fixity.TOGETHER)
            tally.add(found)
    finally:
        for told in tally.told(clock.now()):
            events.publish(told)
    return tally


def due(at: datetime) -> Iterator[UUID]:
    """What is to be read today and was not yet; before it, what was destroyed and not been looked for since."""
    kept, span = _kept(), timedelta(days=settings.FIXITY_DAYS)
    gone = StoredFile.objects.filter(destroyed_at__isnull=False).filter(
        Q(examined_at__isnull=True) | Q(examined_at__lt=F("destroyed_at"))
    )
    share = math.ceil(kept.count() / settings.FIXITY_DAYS)
    share -= kept.filter(examined_at__gte=civil.instant(civil.day_of(at))).count()
    is_late = Q(examined_at__lt=at - span) | Q(examined_at=None, kept_at__lt=at - span)
    late = kept.filter(is_late).count()
    oldest = kept.order_by(SEEN, "pk").values_list("pk", flat=True)
    return chain(
        gone.values_list("pk", flat=True).iterator(), oldest[: max(share, late, 0)].iterator()
    )


def give_up_left(at: datetime) -> int:
    """Give up what was begun and left; answers how many."""
    count = 0
    begun = StoredFile.objects.filter(
        kept_at__isnull=True, destroyed_at__isnull=True, begun_at__lt=at - LEFT
    )
    for file in begun.values_list("pk", flat=True).iterator():
        if _came_at(file) < at - LEFT:
            count += keeping.try_to_give_up(file=file, at=at)
    return count


def drop_strays(at: datetime) -> int:
    """Drop what came of files that no row knows, as where the form that brought one was undone, and what a crash left; answers of how many.

    Its key is nowhere. What is younger may be of a change that is not yet made.
    """
    lie = arriving.begun(standing.arriving())
    known = StoredFile.objects.filter(pk__in=lie).values_list("pk", flat=True)
    strays = [each for each in lie.difference(known) if _came_at(each) < at - LEFT]
    holders = HolderKey.objects.values_list("holder", flat=True).distinct() if strays else ()
    for file in strays:
        for holder in holders:
            keeping.remove(StoredFile(id=file, holder=holder).name)
        arriving.drop(standing.arriving(), file)
    return len(strays) + mending.tidy((at - LEFT).timestamp())


def look() -> Iterator[doctor.Finding]:
    """When stored files were last read again, and whether all were as they were kept; what “crossforce doctor” says of it."""
    kept = _kept()
    unsound = kept.filter(is_sound=False).count()
    longest: datetime | None = kept.aggregate(longest=Min(SEEN))["longest"]
    if longest is None:
        yield doctor.Finding(SUBJECT, "none are kept")
    elif unsound:
        said = f"{unsound} are not as they were kept"
        remedy = "“crossforce files check” names them, and mends each that is sound in another place; sent again they are mended too."
        yield doctor.Finding(SUBJECT, said, doctor.SERIOUS, remedy)
    elif longest < clock.now() - timedelta(days=settings.FIXITY_DAYS) - LATE:
        said = f"some were not read since {civil.day_of(longest)}"
        remedy = "Leave “crossforce serve” at work, or run “crossforce files check”."
        yield doctor.Finding(SUBJECT, said, doctor.WARNING, remedy)
    else:
        yield doctor.Finding(
            SUBJECT, f"all were read since {civil.day_of(longest)}, and are as they were kept"
        )


def _kept() -> QuerySet[StoredFile]:
    return StoredFile.objects.filter(kept_at__isnull=False, destroyed_at__isnull=True)


def _came_at(file: UUID) -> datetime:
    """When the last bytes came, as far as this machine sees."""
    try:
        part = standing.arriving() / f"{file}.part"
        return datetime.fromtimestamp(part.stat().st_mtime, tz=UTC)
    except FileNotFoundError:
        return datetime.min.replace(tzinfo=UTC)


class _Breathing:
    """Counts what passes, and stops at the word."""

    def __init__(self, goes_on: Callable[[], bool]) -> None:
        self._goes_on, self._passed = goes_on, 0

    def passed(self, size: int) -> None:
        self._passed += size
        if self._passed >= BREATH:
            self._passed = 0
            if not self._goes_on():
                raise Stopped
