"""The schedules of unused material of a case, and whether they are certified as they stand."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from crossforce.evidence.choices import UNUSED, Schedule, Test
from crossforce.evidence.models import Case, Certified, Exhibit, Unused
from crossforce.evidence.queries.cases import case_row
from crossforce.evidence.queries.places import in_place
from crossforce.evidence.rules import disclosure
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing, Refused
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.transparency import canonical

SAID = (
    "schedule", "number", "description", "location", "exhibit", "why_sensitive", "is_presumed", "test", "tested_by", "test_reason",
    "reopened_for",
)  # fmt: skip
"""What of an item is certified."""


class SchedulesUnread(Refused):
    """You may not read the unused material of this case, so nothing is said of it. Ask its holder."""


@dataclass(frozen=True, slots=True)
class Schedules:
    """The unused material of a case in the order of its numbers, the newest certificate, and what keeps them from being certified.

    They are `is_certified` while nothing on them changed since. `exhibits` names those that items are of.
    """

    case: Case
    place: records.Place
    items: list[Unused]
    certificate: Certified | None
    is_certified: bool
    refusal: str | None
    exhibits: dict[UUID, str]
    may_add: bool

    def of(self, schedule: Schedule) -> list[Unused]:
        """The items of one schedule."""
        return [each for each in self.items if each.schedule == schedule]

    @property
    def to_tell(self) -> list[Unused]:
        """What may meet the test, which the disclosure officer's report lists."""
        return [each for each in self.items if each.test in {Test.MAY_MEET, Test.INSPECT}]


@guarded.acts
def schedules_of(actor: Actor, case: UUID) -> Schedules:
    """The schedules of a case, all of them. Raises Missing, SchedulesUnread."""
    row = case_row(case)
    place = records.place_of(row.scope_id)
    there = {in_place(place, UNUSED)}
    if not guarded.open_scopes("read", there):
        raise SchedulesUnread
    items = list(Unused.objects.filter(case=case).order_by("schedule", "number"))
    certificate = Certified.objects.filter(case=case).order_by("-number").first()
    exhibits = Exhibit.objects.filter(pk__in={each.exhibit for each in items if each.exhibit})
    return Schedules(
        row,
        place,
        items,
        certificate,
        certificate is not None and certificate.digest == digest(items),
        disclosure.refusal_to_certify([each.standing for each in items]),
        {each.pk: each.exhibit_reference for each in exhibits},
        bool(guarded.open_scopes("add", there)),
    )


@guarded.acts
def unused_of(actor: Actor, item: UUID) -> Unused:
    """One item of unused material. Raises Missing."""
    row: Unused | None = Unused.objects.filter(pk=item).first()
    if row is None:
        raise Missing
    return row


def exhibits_named(row: Case, reference: str) -> Exhibit | None:
    """The exhibit of a case that has this reference, of those that whoever acts may read."""
    found = Exhibit.objects.filter(
        case_reference=row.case_reference, exhibit_reference=reference
    )
    places = records.places_of([row.scope_id, *(each.scope_id for each in found)])
    own = places[row.scope_id].holder
    return next((each for each in found if places[each.scope_id].holder == own), None)


def digest(items: list[Unused]) -> str:
    """SHA-256 of what the schedules say and what was found of each item, as it is certified."""
    said = [
        {name: str(getattr(row, name)) for name in SAID}
        for row in sorted(items, key=lambda each: (each.schedule, each.number))
    ]
    return hashlib.sha256(canonical.to_bytes(said)).hexdigest()
