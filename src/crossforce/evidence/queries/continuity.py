"""The continuity of exhibits, judged as it is read."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from crossforce.evidence.choices import ENTERED, TOUCH
from crossforce.evidence.models import Exhibit, Touch
from crossforce.evidence.queries.exhibits import exhibit_of
from crossforce.evidence.queries.places import called, in_place
from crossforce.evidence.rules import continuity
from crossforce.kernel import guarded, platform_key
from crossforce.ledger import api as ledger
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.transparency.entry import from_bytes


@dataclass(frozen=True, slots=True)
class Continuity:
    """The continuity of an exhibit, and whether the actor may write down more of it.

    It `is_judged` where the actor may read every entry; elsewhere nothing is said of custody or breaks.
    """

    exhibit: Exhibit
    place: records.Place
    touches: list[Touch]
    custody: continuity.Custody
    breaks: list[continuity.Break]
    missed: list[continuity.Break]
    """Those of the breaks that the ledger alone tells of."""
    is_judged: bool
    may_add: bool


@guarded.acts
def continuity_of(actor: Actor, exhibit: UUID) -> Continuity:
    """What was done with an exhibit, who has it, and where its continuity is broken, for who may read every entry. Raises Missing."""
    row = exhibit_of(exhibit)
    place = records.place_of(row.scope_id)
    touches = list(Touch.objects.filter(exhibit=exhibit).order_by("number"))
    there = {in_place(place, TOUCH)}
    is_judged = bool(guarded.open_scopes("read", there))
    missed = _missed(exhibit, touches) if is_judged else []
    nobody = continuity.Custody("", row.seized_at)
    return Continuity(
        exhibit=row,
        place=place,
        touches=touches,
        custody=_custody(row, place, touches) if is_judged else nobody,
        breaks=[*_breaks(row, place, touches), *missed] if is_judged else [],
        missed=missed,
        is_judged=is_judged,
        may_add=is_judged and bool(guarded.open_scopes("add", there)),
    )


def _custody(row: Exhibit, place: records.Place, touches: list[Touch]) -> continuity.Custody:
    seized = continuity.Custody(row.copied_from or place.holder, row.seized_at)
    return continuity.standing(seized, [each.step for each in touches])


def _missed(exhibit: UUID, touches: list[Touch]) -> list[continuity.Break]:
    """What the ledger says was written down, and is not there."""
    wanted = ledger.Touching(operations=(ENTERED,), row=exhibit)
    entered = [from_bytes(bytes(each.body)).detail for each in ledger.touching(wanted)]
    written = [(int(str(each["number"])), str(each["touch"])) for each in entered]
    return continuity.missed({each.number: str(each.pk) for each in touches}, written)


def _breaks(row: Exhibit, place: records.Place, touches: list[Touch]) -> list[continuity.Break]:
    of, steps = str(row.pk), [each.step for each in touches]
    seized = continuity.Custody(row.copied_from or place.holder, row.seized_at)
    signed = [(each.step, each.signature, each.public_key) for each in touches]
    ours = platform_key.public_keys(settings.KEYS)
    return [
        *continuity.breaks(of, seized, steps, called),
        *continuity.unsigned(of, signed, ours),
    ]
