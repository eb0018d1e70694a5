"""How benefits stand on a day: what came of each, its light, its trend, its status."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from crossforce.benefits import models
from crossforce.benefits.choices import READING, Adds, BenefitClass, Light, Span, Status, Trend
from crossforce.benefits.queries import rows as read
from crossforce.benefits.rules import lights, realising, statuses
from crossforce.benefits.rules.lights import Signal
from crossforce.benefits.rules.practice import PACK, Practice, practice
from crossforce.benefits.rules.profile import Profile
from crossforce.benefits.rules.realising import Realisation
from crossforce.kernel import guarded, rulepacks
from crossforce.records import api as records

NOTHING = Realisation((), (), ())


@dataclass(frozen=True, slots=True)
class Standing:
    """A benefit as it stands on a day: realised against profile, its light, and how sure it is."""

    row: models.Benefit
    profile: Profile
    readings: tuple[models.Reading, ...]
    found: Realisation
    signal: Signal
    trend: Trend
    status: Status
    is_told: bool = True
    """Whether what was reported may be read: of a part of it no light is told."""

    @property
    def realised(self) -> int:
        """What came of it so far, in whole units: pence where it is money."""
        return self.found.realised.__floor__()

    @property
    def planned(self) -> int:
        """What was promised up to the last period that is reported, in whole units."""
        return self.found.planned.__floor__()

    @property
    def waiting(self) -> dict[Span, tuple[str, ...]]:
        """The periods that count for nothing until these forces report their part as well."""
        return read.waiting(self.readings, self.profile)

    @property
    def counted(self) -> frozenset[Span]:
        """The periods that count: those of a target that is wholly reported."""
        return frozenset(s.span for s in self.found.steps if s.realised is not None)

    @property
    def adds_up(self) -> bool:
        """Whether its figures can be added to those of others."""
        return self.profile.measure is not None and self.profile.measure.adds is Adds.UP

    @property
    def is_level(self) -> bool:
        """Whether its figures say how things stand, each by itself."""
        return self.profile.measure is not None and not self.adds_up


def figures(on: date) -> Practice:
    """The thresholds of the day."""
    return practice(rulepacks.load(PACK), on)


def standings(found: Sequence[models.Benefit], on: date) -> list[Standing]:
    """How each of these stands on the day, with all their readings read at once."""
    keys = [each.pk for each in found]
    by_benefit: defaultdict[UUID, list[models.Reading]] = defaultdict(list)
    for reading in models.Reading.objects.filter(benefit__in=keys).order_by(
        "starts_on", "force"
    ):
        by_benefit[reading.benefit].append(reading)
    known, told = figures(on), _told(found)
    return [
        _standing(each, tuple(by_benefit[each.pk]), on, known)
        if each.scope_id in told
        else _untold(each)
        for each in found
    ]


def _told(found: Sequence[models.Benefit]) -> set[int]:
    """The scopes of these benefits where whoever acts may read what was reported."""
    places = records.places_of({each.scope_id for each in found})
    beside = {scope: scope_beside(place, READING) for scope, place in places.items()}
    may_read = guarded.open_scopes("read", beside.values())
    return {scope for scope, of in beside.items() if of in may_read}


def _untold(row: models.Benefit) -> Standing:
    signal = Signal(Light.NONE, "You may not read what was reported, so no light is told", "")
    status = Status(row.status)
    return Standing(
        row, read.profile_of(row), (), NOTHING, signal, Trend.UNKNOWN, status, is_told=False
    )


def _standing(
    row: models.Benefit, readings: tuple[models.Reading, ...], on: date, known: Practice
) -> Standing:
    profile = read.profile_of(row)
    found = NOTHING
    if profile.measure and profile.baseline:
        found = realising.realisation(profile, read.readings_of(readings, profile), on, known)
    is_frozen = row.frozen_on is not None
    if not is_frozen:
        found = replace(found, unreported=())  # nobody may report before it is frozen
    signal = lights.light(profile, found, known, is_frozen=is_frozen)
    is_loss = profile.benefit_class is BenefitClass.DISBENEFIT
    return Standing(
        row=row,
        profile=profile,
        readings=readings,
        found=found,
        signal=signal,
        trend=realising.trend(found, known, is_loss=is_loss),
        status=statuses.due_status(Status(row.status), signal),
    )


def scope_beside(place: records.Place, kind: str) -> guarded.ScopeOf:
    """Where records of a kind stand that stand in this place."""
    return guarded.ScopeOf(
        place.holder, kind, place.collection, place.compartment, place.marking
    )


def lights_of(found: Iterable[Standing]) -> dict[Light, int]:
    """How many bear each light."""
    counted = dict.fromkeys(Light, 0)
    for each in found:
        counted[each.signal.light] += 1
    return {light: number for light, number in counted.items() if number}
