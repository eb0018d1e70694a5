"""Savings programmes: each force by year, the same saving in every area, and posts at risk."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from crossforce.benefits import models
from crossforce.benefits.choices import Counting
from crossforce.benefits.queries import rows as read
from crossforce.benefits.queries.benefits import figures
from crossforce.benefits.rules import savings as rules
from crossforce.benefits.rules import workforce
from crossforce.benefits.rules.areas import Area, AreasOfYear, every_area, years_judged
from crossforce.benefits.rules.savings import YearLine, YearTarget
from crossforce.kernel import civil, guarded, guarded_watch
from crossforce.kernel.refusals import Missing
from crossforce.people.api import Actor
from crossforce.records import api as records

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

    @property
    def forces(self) -> tuple[str, ...]:
        """The forces that have a target."""
        return tuple(dict.fromkeys(line.force for line in self.lines))


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
    years = years_judged([each.year for each in targets], civil.financial_year(on))
    return Programme(
        code=code,
        counting=min(countings) if len(countings) == 1 else None,
        lines=rules.programme(
            targets, [read.saving_of(e) for e in held.savings], known.confidence
        ),
        targets=tuple(sorted(held.targets, key=lambda each: (each.force, each.year))),
        savings=tuple(held.savings),
        areas=tuple(_of_year(held, year, known.every_area) for year in years if held.areas),
        posts=tuple(_posts(each) for each in held.posts),
        doubts=(*rules.mixed(targets), *held.doubts),
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
        self.targets: list[models.SavingTarget] = self._once(
            models.SavingTarget, "force", "year"
        )
        self.savings: list[models.Saving] = self._once(
            models.Saving, "force", "starts_on", "title", "area", "full_year", "recurrence"
        )
        self.areas: list[models.BusinessArea] = self._once(
            models.BusinessArea, "force", "title"
        )
        self.posts: list[models.PostsImpact] = self._once(models.PostsImpact, "force")

    def _once(self, model: Any, *alike: str) -> list[Any]:
        """The rows of one holder each: of the force itself, where it holds what others hold too."""
        rows = list(model.objects.filter(programme=self._code).order_by(*alike, "pk"))
        places = records.places_of({each.scope_id for each in rows})
        holder = {each.pk: places[each.scope_id].holder for each in rows}
        found: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(list)
        for each in sorted(rows, key=lambda each: holder[each.pk] != each.force):
            found[tuple(getattr(each, name) for name in alike)].append(each)
        kept: list[Any] = []
        for same in found.values():
            first = holder[same[0].pk]
            own = [each for each in same if holder[each.pk] == first]
            kept += own if model is models.Saving else own[:1]
            if others := sorted({holder[each.pk] for each in same} - {first}):
                self.doubts.append(
                    f"{first} and {', '.join(others)} hold “{same[0].title}” of {same[0].force}: only what"
                    f" {first} says is counted. Settle who keeps it."
                )
        return [each for each in rows if each in kept]


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
