"""Cases, and until when they keep exhibits, as far as the reader may read of them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from crossforce.evidence.choices import CASE, KeptAs
from crossforce.evidence.models import Case, Exhibit
from crossforce.evidence.queries import retaining
from crossforce.evidence.queries.retaining import Why
from crossforce.evidence.queries.timelines import MOST, Timeline, timeline
from crossforce.kernel import civil, guarded, rulepacks
from crossforce.kernel.refusals import Missing
from crossforce.people.api import Actor
from crossforce.records import api as records
from crossforce.records.choices import NOT_KNOWN

SCHEDULES = "retention-schedules"
SCHEDULE = "cpia-case-retention"


@dataclass(frozen=True, slots=True)
class Clock:
    """Until when something keeps an exhibit or a case, and why. No day: it is not known yet. No case: its own day."""

    case: Case | None
    until: date | None
    why: Why


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case, until when its material is kept, what was done with its exhibits, and whether the actor may propose that it goes."""

    row: Case
    place: records.Place
    clock: Clock
    timeline: Timeline
    may_propose: bool


@guarded.acts
def case_file(actor: Actor, case: UUID) -> CaseFile:
    """One case with the exhibits that name it, of its own holder, and those that it needs besides. Raises Missing."""
    row = case_row(case)
    place = records.place_of(row.scope_id)
    needed = set(records.needs_of(row.pk))
    wanted = Q(case_reference=row.case_reference) | Q(pk__in=needed)
    found = list(Exhibit.objects.filter(wanted).order_by("seized_at", "pk")[:MOST])
    places = records.places_of(each.scope_id for each in found)
    rows = [
        each
        for each in found
        if each.pk in needed or places[each.scope_id].holder == place.holder
    ]
    may_propose = records.allowed(CASE, "edit")(row)
    told = timeline(row.case_reference, rows, is_whole=len(found) < MOST)
    return CaseFile(row, place, _clock(row), told, may_propose)


def case_row(case: UUID) -> Case:
    """One case, of those that whoever acts may read. Raises Missing."""
    row: Case | None = Case.objects.filter(pk=case).first()
    if row is None:
        raise Missing
    return row


def named_by(row: Case) -> list[Exhibit]:
    """The exhibits that name a case, of its own holder, of those that whoever acts may read."""
    found = list(Exhibit.objects.filter(case_reference=row.case_reference).order_by("pk"))
    places = records.places_of([row.scope_id, *(each.scope_id for each in found)])
    own = places[row.scope_id].holder
    return [each for each in found if places[each.scope_id].holder == own]


@guarded.acts
def clocks_of(actor: Actor, exhibit: UUID) -> list[Clock]:
    """What keeps an exhibit, its own day first; of its cases those that one may read. Raises Missing."""
    row: Exhibit | None = Exhibit.objects.filter(pk=exhibit).first()
    if row is None:
        raise Missing
    return [Clock(None, _day(row.review_due), _own(row)), *map(_clock, _cases(row))]


@guarded.acts
def newest(actor: Actor) -> list[Case]:
    """The newest cases that one may read."""
    return list(Case.objects.order_by("-created_at", "-pk")[:MOST])


@guarded.acts
def same_case(actor: Actor, reference: str) -> list[Case]:
    """The cases of that reference that one may read."""
    return list(Case.objects.filter(case_reference=reference).order_by("pk")[:MOST])


def _cases(row: Exhibit) -> list[Case]:
    """Those that need it besides, and the one that it names, of its own holder."""
    needing = set(records.needing(row.pk))
    wanted = Q(pk__in=needing)
    if row.kept_as != KeptAs.BODY_WORN:
        wanted |= Q(case_reference=row.case_reference)
    found = list(Case.objects.filter(wanted).order_by("case_reference", "pk"))
    places = records.places_of([row.scope_id, *(each.scope_id for each in found)])
    own = places[row.scope_id].holder
    return [each for each in found if each.pk in needing or places[each.scope_id].holder == own]


def _clock(row: Case) -> Clock:
    """The later of what the code of practice says and its review group, as the frame reckoned it."""
    found = retaining.reckoned(row)
    until = _day(row.review_due)
    is_longer = bool(row.review_group) and found.until is not None and until != found.until
    why = _grouped(row) if is_longer else retaining.why(found.rule, row)
    return Clock(row, until, why)


def _own(row: Exhibit) -> Why:
    if row.review_group:
        return _grouped(row)
    if row.kept_as == KeptAs.BODY_WORN:
        return retaining.why("body-worn", row)
    return _scheduled(SCHEDULE, row)


def _grouped(row: Exhibit | Case) -> Why:
    return _scheduled(f"police-information-group-{row.review_group}", row)


def _scheduled(key: str, row: Exhibit | Case) -> Why:
    rule = rulepacks.load(SCHEDULES).rule_for(key, civil.day_of(row.created_at))
    return Why(rule.value["keep"], rule.source, rule.confidence)


def _day(due: date | None) -> date | None:
    return None if due == NOT_KNOWN else due
