"""Savings programmes: each force by year, the same saving in every area, and posts at risk."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from crossforce.benefits import models
from crossforce.benefits.choices import Counting
from crossforce.benefits.queries import rows as read
from crossforce.benefits.queries.standings import figures
from crossforce.benefits.rules import savings as rules
from crossforce.benefits.rules import workforce
from crossforce.benefits.rules.areas import Area, AreasOfYear, every_area, years_judged
from crossforce.benefits.rules.lights import Signal
from crossforce.benefits.rules.savings import YearLine, YearTarget
from crossforce.benefits.rules.savings_light import SoFar, light, so_far
from crossforce.kernel import civil, guarded, guarded_watch
from crossforce.kernel.refusals import Missing
from crossforce.people.api import Actor
from crossforce.records import api as records

TARGET_ONCE: Final = ("force", "year")
SAVING_ONCE: Final = ("force", "starts_on", "title", "area", "full_year", "recurrence")
"""By what rows of several holders are one and the same."""
CODES: Final = "SELECT programme, count(*)::bigint FROM {table} GROUP BY programme"


class NoSuchProgramme(Missing):
    """There is no such savings programme, or none of which you may know a target or a saving."""


@dataclass(frozen=True, slots=True)
class Posts:
    """What a programme does to the posts of a force, and what its condition says of that."""

    row: models.PostsImpact
    impact: workforce.WorkforceImpact
    breach: str


@dataclass(frozen=True, slots=True)
class Programme:
    """A savings programme as far as the actor may read it.

    `counting` is None where its targets do not all count the same; `doubts` tell that, and what
    several organisations hold and is counted once. `targets` are the rows behind `lines`, in their
    order: who says each figure, and whether it is assumed, their titles tell.
    """

    code: str
    counting: Counting | None
    lines: tuple[YearLine, ...]
    targets: tuple[models.SavingTarget, ...]
    savings: tuple[models.Saving, ...]
    areas: tuple[AreasOfYear, ...]
    posts: tuple[Posts, ...]
    doubts: tuple[str, ...]
    so_far: SoFar
    signal: Signal

    @property
    def forces(self) -> tuple[str, ...]:
        """The forces that have a target."""
        return tuple(dict.fromkeys(line.force for line in self.lines))


@dataclass(frozen=True, slots=True)
class Listed:
    """A programme in the list: how it stands, and its light."""

    code: str
    so_far: SoFar
    signal: Signal


@guarded.acts
def listed(actor: Actor, on: date) -> list[Listed]:
    """Every programme of which the actor may read something, each with its light of the day."""
    known, year = figures(on), civil.financial_year(on)
    targets = _by_programme(models.SavingTarget, TARGET_ONCE)
    savings = _by_programme(models.Saving, SAVING_ONCE)
    found = []
    for code in programmes(actor):
        lines = rules.programme(
            [_target(each) for each in targets[code]],
            [read.saving_of(each) for each in savings[code]],
            known.confidence,
        )
        stands = so_far(lines, year)
        found.append(Listed(code, stands, light(stands, known)))
    return found


@guarded.acts
def listed_out(actor: Actor, on: date) -> list[Listed]:
    """The same, to leave the platform as a file."""
    guarded_watch.takes_out("savings-programmes")
    return listed(actor, on)


@guarded.acts
def programmes(actor: Actor) -> list[str]:
    """The codes of all programmes of which the actor may read a target, a saving or an area."""
    found: set[str] = set()
    for model in (models.SavingTarget, models.Saving, models.BusinessArea, models.PostsImpact):
        statement = CODES.format(table=model._meta.db_table)
        found.update(code for code, _ in records.cursor(model).figures(statement, planning={}))
    return sorted(found)


@guarded.acts
def programme(actor: Actor, code: str, on: date) -> Programme:
    """One programme on a day. What each area saves is judged in every year of a target begun by then.

    Raises NoSuchProgramme.
    """
    held = _Held(code)
    if not any((held.targets, held.savings, held.areas, held.posts)):
        raise NoSuchProgramme
    known, targets = figures(on), [_target(each) for each in held.targets]
    countings = {each.counting for each in targets} or {Counting.CASH}
    lines = rules.programme(
        targets, [read.saving_of(e) for e in held.savings], known.confidence
    )
    stands = so_far(lines, civil.financial_year(on))
    years = years_judged([each.year for each in targets], civil.financial_year(on))
    return Programme(
        code=code,
        counting=min(countings) if len(countings) == 1 else None,
        lines=lines,
        targets=tuple(sorted(held.targets, key=lambda each: (each.force, each.year))),
        savings=tuple(held.savings),
        areas=tuple(_of_year(held, year, known.every_area) for year in years if held.areas),
        posts=tuple(_posts(each) for each in held.posts),
        doubts=(*rules.mixed(targets), *held.doubts),
        so_far=stands,
        signal=light(stands, known),
    )


@guarded.acts
def taken_out(actor: Actor, code: str, on: date) -> Programme:
    """The same, to leave the platform as a file. Raises NoSuchProgramme."""
    guarded_watch.takes_out("savings")
    return programme(actor, code, on)


class _Held:
    """The rows of a programme. What several organisations hold alike counts once, and that is told."""

    def __init__(self, code: str) -> None:
        self.doubts: list[str] = []
        self._code = code
        self.targets: list[models.SavingTarget] = self._once(models.SavingTarget, *TARGET_ONCE)
        self.savings: list[models.Saving] = self._once(models.Saving, *SAVING_ONCE)
        self.areas: list[models.BusinessArea] = self._once(
            models.BusinessArea, "force", "title"
        )
        self.posts: list[models.PostsImpact] = self._once(models.PostsImpact, "force")

    def _once(self, model: Any, *alike: str) -> list[Any]:
        rows = list(model.objects.filter(programme=self._code).order_by(*alike, "pk"))
        kept, doubts = _once(rows, _holders(rows), alike)
        self.doubts += doubts
        return kept


def _by_programme(model: Any, alike: Sequence[str]) -> defaultdict[str, list[Any]]:
    """The rows of every programme that count, by its code."""
    rows = list(model.objects.within_reach().order_by(*alike, "pk"))
    holder, found = _holders(rows), defaultdict[str, list[Any]](list)
    for each in rows:
        found[each.programme].append(each)
    for code, of_it in found.items():
        found[code], _ = _once(of_it, holder, alike)
    return found


def _holders(rows: Sequence[Any]) -> dict[Any, str]:
    places = records.places_of({each.scope_id for each in rows})
    return {each.pk: places[each.scope_id].holder for each in rows}


def _once(
    rows: Sequence[Any], holder: Mapping[Any, str], alike: Sequence[str]
) -> tuple[list[Any], list[str]]:
    """The rows of one holder each: of the force itself, where it holds what others hold too; and whose
    others are not counted."""
    found: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for each in sorted(rows, key=lambda each: holder[each.pk] != each.force):
        found[tuple(getattr(each, name) for name in alike)].append(each)
    kept, doubts = set(), []
    for same in found.values():
        first = holder[same[0].pk]
        own = [each for each in same if holder[each.pk] == first]
        kept |= {each.pk for each in (own if isinstance(own[0], models.Saving) else own[:1])}
        if others := sorted({holder[each.pk] for each in same} - {first}):
            doubts.append(
                f"{first} and {', '.join(others)} hold “{same[0].title}” of {same[0].force}: only what"
                f" {first} says is counted. Settle who keeps it."
            )
    return [each for each in rows if each.pk in kept], doubts


def _target(row: models.SavingTarget) -> YearTarget:
    return YearTarget(row.force, row.year, row.pence, Counting(row.counting))


def _of_year(held: _Held, year: int, at_least: Fraction) -> AreasOfYear:
    found = _areas(held.areas, held.savings, year)
    return AreasOfYear(year, found, every_area(found, at_least))


def _areas(
    rows: Sequence[models.BusinessArea], found: Sequence[models.Saving], year: int
) -> tuple[Area, ...]:
    """Each area with what is realised of it in the year; a forecast has saved nothing yet."""
    saved: defaultdict[tuple[str, str], int] = defaultdict(int)
    for row in found:
        if not row.confidence:
            saved[row.force, row.area] += rules.cash_in_year(read.saving_of(row), year)
    several = len({row.force for row in rows}) > 1
    return tuple(
        Area(
            f"{row.force}: {row.title}" if several else row.title,
            row.pence,
            saved[row.force, row.title],
        )
        for row in rows
    )


def _posts(row: models.PostsImpact) -> Posts:
    impact = workforce.WorkforceImpact(
        row.force, row.at_risk, row.redeployed, row.kept, row.lost
    )
    return Posts(row, impact, workforce.breach(impact, row.most_lost))
