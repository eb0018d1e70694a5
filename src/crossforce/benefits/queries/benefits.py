"""Benefits: lists, and one of them with its light, its changes and where its cash went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from crossforce.access import api as access
from crossforce.benefits import models
from crossforce.benefits.choices import (
    BENEFIT,
    READING,
    REINVESTMENT,
    BenefitClass,
)
from crossforce.benefits.queries import rows as read
from crossforce.benefits.queries.standings import Standing, scope_beside, standings
from crossforce.benefits.rules import baselines
from crossforce.benefits.rules.baselines import Effect
from crossforce.benefits.rules.profile import Profile, Target
from crossforce.benefits.rules.reinvesting import overdrawn, reinvested
from crossforce.boards import api as boards
from crossforce.insight import api as insight
from crossforce.kernel import guarded, guarded_watch
from crossforce.kernel.refusals import Conflict, Missing, Refused
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.records import api as records

RowT = TypeVar("RowT", models.Reading, models.Reinvestment)
PAGE: Final = 50
TOLD: Final = 10
"""Ids of one reference that are told."""


class NoSuchBenefit(Missing):
    """There is no such benefit, or none that you may know of."""


class NoSuchReading(Missing):
    """There is no such reading, or none that you may know of."""


class MayNotReport(Refused):
    """You may read this benefit, but not report on it: the message says whom to ask."""


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
def to_report_on(actor: Actor, benefit: UUID, on: date) -> Standing:
    """One benefit, for the page that reports a period of it. Raises NoSuchBenefit, MayNotReport."""
    found = shown(actor, benefit, on)
    if not found.may_report:
        holder = organisations.directory().get(found.holder)
        whom = f", {holder.name.en}" if holder else ""
        raise MayNotReport(
            f"You may read this benefit, but not report on it: ask its holder{whom}."
        )
    return found.standing


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
