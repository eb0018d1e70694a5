"""Benefits: lists, and one of them with its light, its changes and where its cash went."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from crossforce.access import api as access
from crossforce.benefits import models
from crossforce.benefits.choices import (
    BENEFIT,
    READING,
    REINVESTMENT,
    Adds,
    BenefitClass,
    Light,
    Span,
    Status,
    Trend,
)
from crossforce.benefits.queries import rows as read
from crossforce.benefits.rules import baselines, lights, realising, statuses
from crossforce.benefits.rules.baselines import Effect
from crossforce.benefits.rules.lights import Signal
from crossforce.benefits.rules.practice import PACK, Practice, practice
from crossforce.benefits.rules.profile import Profile, Target
from crossforce.benefits.rules.realising import Realisation
from crossforce.benefits.rules.reinvesting import overdrawn, reinvested
from crossforce.boards import api as boards
from crossforce.insight import api as insight
from crossforce.kernel import guarded, guarded_watch, rulepacks
from crossforce.kernel.refusals import Conflict, Missing, Refused
from crossforce.people.api import Actor
from crossforce.records import api as records

RowT = TypeVar("RowT", models.Reading, models.Reinvestment)
PAGE: Final = 50
TOLD: Final = 10
"""Ids of one reference that are told."""
NOTHING = Realisation((), (), ())


class NoSuchBenefit(Missing):
    """There is no such benefit, or none that you may know of."""


class NoSuchReading(Missing):
    """There is no such reading, or none that you may know of."""


class Ambiguous(Conflict):
    """Several benefits of different holders have that reference; the message says their ids."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which benefits are asked for; empty means all. `among` are agreements, of several at once."""

    agreement: str = ""
    owner: str = ""
    light: str = ""
    among: tuple[str, ...] | None = None


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


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: which of how many, and how many benefits there are."""

    found: Sequence[Standing]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """A recorded change and what it did to the promise."""

    row: models.PromiseChange
    effects: tuple[Effect, ...]
    decision: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One benefit with everything beside it, and what its reader may do."""

    standing: Standing
    holder: str
    changes: tuple[ChangeShown, ...]
    broken: str
    dropped: tuple[Target, ...]
    """What was promised once and is not any more; as far as the changes may be read."""
    uses: tuple[models.Reinvestment, ...]
    reinvested: int | None
    """None where not all of it, or not all that was realised, may be read."""
    overdrawn: int
    may_edit: bool
    may_report: bool
    may_correct: bool
    may_reinvest: bool


def figures(on: date) -> Practice:
    """The thresholds of the day."""
    return practice(rulepacks.load(PACK), on)


@guarded.acts
def listed(actor: Actor, wanted: Wanted, on: date) -> list[Standing]:
    """The benefits that the actor may read, by reference, each with its light of the day."""
    found = standings(list(_rows(wanted)), on)
    return [each for each in found if wanted.light in ("", each.signal.light.value)]


@guarded.acts
def profiles_read(actor: Actor) -> list[Profile]:
    """All that the actor may read, without what came of them."""
    return [read.profile_of(each) for each in _rows(Wanted())]


@guarded.acts
def page(actor: Actor, wanted: Wanted, on: date, number: int) -> Page:
    """One page of them. Without a light asked for, only the benefits of the page are worked out."""
    if wanted.light:
        every = listed(actor, wanted, on)
        start = _start(number, len(every))
        return Page(
            every[start : start + PAGE], start // PAGE + 1, _pages(len(every)), len(every)
        )
    rows = _rows(wanted)
    total = rows.count()
    start = _start(number, total)
    found = standings(list(rows[start : start + PAGE]), on)
    return Page(found, start // PAGE + 1, _pages(total), total)


@guarded.acts
def shown(actor: Actor, benefit: UUID, on: date) -> Shown:
    """One benefit. Raises NoSuchBenefit."""
    row = row_of(benefit)
    (standing,) = standings([row], on)
    changes = list(models.PromiseChange.objects.filter(benefit=benefit).order_by("number"))
    uses = tuple(models.Reinvestment.objects.filter(benefit=benefit).order_by("on", "pk"))
    put = read.allocations_of(row.code, uses)
    place = records.place_of(row.scope_id)
    beside = [scope_beside(place, kind) for kind in (READING, REINVESTMENT)]
    is_whole = len(guarded.open_scopes("read", beside)) == len(beside)
    may_edit, may_add_here = (
        access.may(BENEFIT, row.pk, "edit"),
        guarded.open_scopes("add", beside),
    )
    return Shown(
        standing=standing,
        holder=place.holder,
        changes=tuple(_shown(actor, each, standing.profile.benefit_class) for each in changes),
        broken=_broken(standing, changes),
        dropped=_dropped(standing, changes),
        uses=uses,
        reinvested=reinvested(put, row.code) if is_whole else None,
        overdrawn=overdrawn(max(0, standing.realised), put, row.code) if is_whole else 0,
        may_edit=may_edit,
        may_correct=bool(guarded.open_scopes("edit", beside[:1])),
        may_report=scope_beside(place, READING) in may_add_here,
        may_reinvest=may_edit
        and is_whole
        and scope_beside(place, REINVESTMENT) in may_add_here,
    )


@guarded.acts
def one(actor: Actor, benefit: UUID) -> models.Benefit:
    """The row itself, for whoever changes it. Raises NoSuchBenefit."""
    return row_of(benefit)


@guarded.acts
def named(actor: Actor, reference: str) -> models.Benefit:
    """The benefit of that reference, or of that id. Raises NoSuchBenefit, Ambiguous."""
    if key := _key(reference):
        return row_of(key)
    found: list[models.Benefit] = list(models.Benefit.objects.filter(code=reference)[:TOLD])
    if not found:
        raise NoSuchBenefit
    if len(found) > 1:
        keys = ", ".join(sorted(str(each.pk) for each in found))
        raise Ambiguous(f"More than one benefit is called {reference}: give the id, of {keys}.")
    return found[0]


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@guarded.acts
def reading_of(actor: Actor, reading: UUID) -> models.Reading:
    """One reading, for whoever corrects it. Raises NoSuchReading."""
    row: models.Reading | None = models.Reading.objects.filter(pk=reading).first()
    if row is None:
        raise NoSuchReading
    return row


@guarded.acts
def may_add(actor: Actor) -> bool:
    """Whether some clause lets the actor add benefits somewhere, also where there are none yet."""
    return insight.may_add(actor, BENEFIT)


@guarded.acts
def taken_out(actor: Actor, wanted: Wanted, on: date) -> list[Standing]:
    """The same list, to leave the platform as a file."""
    guarded_watch.takes_out("benefits")
    return listed(actor, wanted, on)


def _rows(wanted: Wanted) -> Any:
    rows = models.Benefit.objects.within_reach().order_by("code", "pk")
    given = {"agreement": wanted.agreement, "owner": wanted.owner}
    if wanted.among is not None:
        rows = rows.filter(agreement__in=wanted.among)
    return rows.filter(**{name: value for name, value in given.items() if value})


def _pages(total: int) -> int:
    return max(1, -(-total // PAGE))


def _start(number: int, total: int) -> int:
    """Where a page begins; beyond the last it is the last."""
    return (min(max(number, 1), _pages(total)) - 1) * PAGE


def row_of(benefit: UUID, *, is_locked: bool = False) -> models.Benefit:
    """The benefit, while somebody acts. Raises NoSuchBenefit."""
    rows = models.Benefit.objects.filter(pk=benefit)
    with guarded_watch.locking(is_locked):
        row: models.Benefit | None = (rows.select_for_update() if is_locked else rows).first()
    if row is None:
        raise NoSuchBenefit
    return row


class NotAllRead(Refused):
    """You may not read everything that was reported of this benefit. Ask its holder to do it."""


def all_of(row: models.Benefit, model: type[RowT]) -> list[RowT]:
    """All that stands beside the benefit, while somebody acts. Raises NotAllRead where a part would mislead."""
    place = records.place_of(row.scope_id)
    if not guarded.open_scopes("read", [scope_beside(place, model.record_kind)]):
        raise NotAllRead
    return list(model.objects.filter(benefit=row.pk))


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


def _broken(of: Standing, changes: Sequence[models.PromiseChange]) -> str:
    """Whether what stands is what was frozen and what was decided since, where all of it may be read."""
    if len(changes) != of.row.changes:
        return ""
    return baselines.broken(of.profile, [read.change_of(each) for each in changes])


def _dropped(of: Standing, changes: Sequence[models.PromiseChange]) -> tuple[Target, ...]:
    stands = baselines.promise(of.profile)
    return baselines.dropped(stands, [read.change_of(each) for each in changes])


def _shown(actor: Actor, row: models.PromiseChange, benefit_class: BenefitClass) -> ChangeShown:
    effects = baselines.effects(read.change_of(row), benefit_class)
    return ChangeShown(row, effects, boards.decision_in_words(actor, row.decision))


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
