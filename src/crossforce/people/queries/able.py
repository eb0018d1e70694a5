"""What people can do and may do at an instant, as far as whoever acts may read it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from crossforce.kernel import guarded, guarded_rows
from crossforce.kernel.civil import day_of
from crossforce.kernel.periods import Period
from crossforce.kernel.words import Words
from crossforce.people import models
from crossforce.people.choices import Actor
from crossforce.people.rules import catalogue
from crossforce.people.rules.standing import standing


@dataclass(frozen=True, slots=True)
class Able:
    """Skills in date and authorities that are valid. `barred` authorities are held and not valid.

    A skill that serves authorities counts while one of these is valid: an authority that is
    suspended or has expired takes its skills out of every answer.
    """

    skills: frozenset[str] = frozenset()
    authorities: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Clearance:
    """A vetting clearance that somebody holds, and until when."""

    code: str
    title: Words
    ends_at: datetime | None


@guarded.acts
def able(actor: Actor, staff: Iterable[UUID], at: datetime) -> dict[UUID, Able]:
    """What each of these people can and may do at the instant. Who has nothing is not in it."""
    people = list(staff)
    skills: defaultdict[UUID, dict[str, list[Period]]] = defaultdict(dict)
    held: defaultdict[UUID, list[models.Authority]] = defaultdict(list)
    with guarded_rows.by_key():
        for each in models.Skill.objects.filter(staff__in=people):
            skills[each.staff_id].setdefault(each.code, []).append(each.period)
        for row in models.Authority.objects.filter(staff__in=people):
            held[row.staff_id].append(row)
    return {person: _able(skills[person], held[person], at) for person in {*skills, *held}}


@guarded.acts
def holding(
    actor: Actor, staff: Iterable[UUID], *, skill: str = "", authority: str = ""
) -> set[UUID]:
    """Which of these people have ever been noted to hold the skill and the authority that are named.

    Whether it counts at an instant is for `able`: this only spares asking about everybody.
    """
    found = set(staff)
    for model, code in ((models.Skill, skill), (models.Authority, authority)):
        if code:
            rows = model.objects.filter(staff__in=found, code=code)
            found = {row.staff_id for row in rows}
    return found


@guarded.acts
def cleared(actor: Actor, staff: UUID, at: datetime) -> list[Clearance]:
    """The clearances that somebody holds at the instant, as far as the actor may read them."""
    known = catalogue.clearances(day_of(at))
    return [
        Clearance(
            row.code,
            known[row.code].title if row.code in known else Words(en=row.code),
            row.ends_at,
        )
        for row in models.Vetting.objects.filter(staff=staff).order_by("code", "starts_at")
        if row.period.contains(at)
    ]


def _able(skills: dict[str, list[Period]], held: list[models.Authority], at: datetime) -> Able:
    valid, barred, served, needed = set(), set(), set[str](), set[str]()
    for row in held:
        requires = _requires(row)
        needed.update(requires)
        if _is_valid(row, requires, skills, at):
            valid.add(row.code)
            served.update(requires)
        else:
            barred.add(row.code)
    in_date = {code for code, each in skills.items() if any(one.contains(at) for one in each)}
    return Able(
        frozenset(in_date - (needed - served)), frozenset(valid), frozenset(barred - valid)
    )


def _requires(row: models.Authority) -> tuple[str, ...]:
    item = catalogue.authorities(day_of(row.starts_at)).get(row.code)
    return item.requires if item else ()


def _is_valid(
    row: models.Authority, requires: tuple[str, ...], skills: dict[str, Any], at: datetime
) -> bool:
    suspended = row.suspended_at is not None and row.suspended_at <= at
    return standing(
        granted=row.period, is_suspended=suspended, requires=requires, skills=skills, at=at
    ).is_valid
