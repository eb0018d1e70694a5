"""The schedules of unused material of a case, and whether they are certified as they stand."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeVar
from uuid import UUID

from crossforce.acting import api as acting
from crossforce.evidence.choices import SENSITIVE, UNUSED, Schedule
from crossforce.evidence.models import Case, Certified, Exhibit, Scheduled, Sensitive, Unused
from crossforce.evidence.queries.cases import case_row
from crossforce.evidence.queries.places import in_place
from crossforce.evidence.rules import disclosure
from crossforce.kernel import guarded, statements
from crossforce.kernel.refusals import Missing, Refused
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.transparency import canonical

ScheduledT = TypeVar("ScheduledT", bound=Scheduled)
WITHHELD: Final = "SELECT * FROM evidence_withheld(%s, %s)"
WHOLE: Final = "It takes both schedules, and MG6D is not open to you. Ask the disclosure officer of the case."
SAID = (
    "number", "description", "location", "exhibit", "is_presumed", "test", "tested_by", "test_reason", "reopened_for",
)  # fmt: skip
"""What of an item is certified."""


class SchedulesUnread(Refused):
    """You may not read the unused material of this case, so nothing is said of it. Ask its holder."""


@dataclass(frozen=True, slots=True)
class Schedules:
    """The unused material of a case in the order of its numbers, the newest certificate, and what keeps them from being certified.

    They are `is_certified` while nothing on them changed since. `exhibits` names those that items are of. To whom MG6D is not
    open (`has_sensitive`) all of it speaks of MG6C alone.
    """

    case: Case
    place: records.Place
    items: list[Scheduled]
    certificate: Certified | None
    is_certified: bool
    refusal: str | None
    exhibits: dict[UUID, str]
    may_add: bool
    has_sensitive: bool

    def of(self, schedule: Schedule) -> list[Scheduled]:
        """The items of one schedule."""
        return [each for each in self.items if each.schedule == schedule]

    @property
    def to_tell(self) -> list[Scheduled]:
        """What may meet the test or is presumed to, which the disclosure officer's report lists."""
        return [each for each in self.items if each.standing.asks_the_prosecutor]


@guarded.acts
def schedules_of(actor: Actor, case: UUID) -> Schedules:
    """The schedules of a case, as far as they are open to the actor. Raises Missing, SchedulesUnread."""
    row = case_row(case)
    place = records.place_of(row.scope_id)
    there = {in_place(place, UNUSED)}
    if not guarded.open_scopes("read", there):
        raise SchedulesUnread
    has_sensitive = bool(guarded.open_scopes("read", {in_place(place, SENSITIVE)}))
    plain, sensitive = numbered(Unused, case), numbered(Sensitive, case) * has_sensitive
    items = [*plain, *sensitive]
    certificate = Certified.objects.filter(case=case).order_by("-number").first()
    exhibits = Exhibit.objects.filter(pk__in={each.exhibit for each in items if each.exhibit})
    return Schedules(
        row,
        place,
        items,
        certificate,
        _is_certified(certificate, plain, sensitive),
        disclosure.refusal_to_certify([each.standing for each in items]),
        {each.pk: each.exhibit_reference for each in exhibits},
        bool(guarded.open_scopes("add", there)),
        has_sensitive,
    )


def whole_schedules_of(actor: Actor, case: UUID) -> Schedules:
    """Both schedules of a case. Raises Missing, SchedulesUnread."""
    found = schedules_of(actor, case)
    if not found.has_sensitive:
        raise SchedulesUnread(WHOLE)
    return found


@guarded.acts
def unused_of(actor: Actor, item: UUID) -> Scheduled:
    """One item of unused material, with its number. Raises Missing."""
    for model in (Unused, Sensitive):
        row: Scheduled | None = model.objects.filter(pk=item).first()
        if row is not None:
            before = model.objects.filter(case=row.case, pk__lte=row.pk)
            row.number = before.count()
            return row
    raise Missing


@dataclass(frozen=True, slots=True)
class Told:
    """One item, its case and the reference of its exhibit, where these are open to the actor, and what the actor may do with it."""

    row: Scheduled
    case: Case | None
    exhibit: str
    may_change: bool
    may_move: bool


@guarded.acts
def told_of(actor: Actor, item: UUID) -> Told:
    """One item with what is told beside it. Raises Missing."""
    row = unused_of(actor, item)
    found = Exhibit.objects.filter(pk=row.exhibit).first()
    other = SENSITIVE if row.record_kind == UNUSED else UNUSED
    may_change = records.allowed(row.record_kind, "edit")(row)
    there = {in_place(records.place_of(row.scope_id), other)}
    return Told(
        row,
        Case.objects.filter(pk=row.case).first(),
        found.exhibit_reference if found else "",
        may_change,
        may_change and bool(guarded.open_scopes("add", there)),
    )


def numbered(model: type[ScheduledT], case: UUID) -> list[ScheduledT]:
    """The items of one schedule, each with where it stands today: nothing tells of one that left."""
    found = list(model.objects.filter(case=case).order_by("pk"))
    for number, row in enumerate(found, 1):
        row.number = number
    return found


def withheld(case: UUID, exhibits: Iterable[UUID]) -> set[UUID]:
    """Those of the exhibits that stand on MG6D, whoever may know of that."""
    content = {"case": str(case), "exhibits": sorted(map(str, exhibits))}
    found = statements.answers(WITHHELD, *acting.sealed("withheld", content))
    return {each for (each,) in found}


def _is_certified(
    certificate: Certified | None, plain: list[Unused], sensitive: list[Sensitive]
) -> bool:
    if certificate is None or certificate.digest != digest(plain):
        return False
    return all(row.certificate == certificate.pk for row in sensitive)


def exhibits_named(row: Case, reference: str) -> Exhibit | None:
    """The exhibit of a case that has this reference, of those that whoever acts may read."""
    found = Exhibit.objects.filter(
        case_reference=row.case_reference, exhibit_reference=reference
    )
    places = records.places_of([row.scope_id, *(each.scope_id for each in found)])
    own = places[row.scope_id].holder
    return next((each for each in found if places[each.scope_id].holder == own), None)


def digest(items: list[Unused]) -> str:
    """SHA-256 of what MG6C says and what was found of each item, as it is certified."""
    said = [{name: str(getattr(row, name)) for name in SAID} for row in items]
    return hashlib.sha256(canonical.to_bytes(said)).hexdigest()
