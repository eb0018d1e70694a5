"""What people can do and may do at an instant, as far as whoever acts may read it."""

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from crossforce.kernel import guarded, guarded_rows
from crossforce.kernel.civil import day_of
from crossforce.kernel.periods import Period
from crossforce.kernel.words import Words
from crossforce.people import models
from crossforce.people.choices import Actor
from crossforce.people.rules import catalogue
from crossforce.people.rules.standing import standing

QUALIFIED: Final = "SELECT * FROM people_qualified(%s, %s::uuid[], %s, %s)"
"""Identifier, scope, person, code, begin, end and suspension of each (migration 0008)."""
CODES: Final = "SELECT id, scope, person, named FROM people_qualified(%s, %s::uuid[], %s, %s)"
"""The same for who asks only which: times are dear to read."""


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
    skills: defaultdict[UUID, set[str]] = defaultdict(set)
    held: defaultdict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for _, _, person, code in _qualified(models.Skill, people, at=at, columns=CODES):
        skills[person].add(code)
    for _, _, person, *authority in _qualified(models.Authority, people):
        held[person].append(tuple(authority))
    alike: defaultdict[Any, list[UUID]] = defaultdict(list)
    for person in {*skills, *held}:
        alike[frozenset(skills[person]), tuple(held[person])].append(person)
    return {
        person: able
        for (codes, rows), some in alike.items()
        for able in [_able(codes, rows, at)]
        for person in some
    }


@guarded.acts
def able_through(
    actor: Actor, staff: Iterable[UUID], within: Period, *, skill: str = "", authority: str = ""
) -> dict[UUID, list[Period]]:
    """When, within a period that ends, each of these people has the skill and the authority.

    As `able` says of each instant. Of whom the actor may read no skill and no authority is not in it.
    """
    people = list(staff)
    skills: defaultdict[UUID, list[tuple[str, Period]]] = defaultdict(list)
    held: defaultdict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for _, _, person, code, begins, ends, _ in _qualified(models.Skill, people):
        skills[person].append((code, Period(begins, ends)))
    for _, _, person, *row in _qualified(models.Authority, people):
        held[person].append(tuple(row))
    found = {}
    for person in {*skills, *held}:
        parts = _parts(within, skills[person], held[person])
        can = ((part, _able_at(skills[person], held[person], part.starts_at)) for part in parts)
        found[person] = [
            part
            for part, able in can
            if (not skill or skill in able.skills)
            and (not authority or authority in able.authorities)
        ]
    return found


@guarded.acts
def may_read(actor: Actor, organisation: str, staff: UUID) -> bool:
    """Whether the actor may read what somebody of the organisation can and may do, were it noted."""
    return {models.Skill.record_kind, models.Authority.record_kind} <= readable(
        actor, organisation, staff
    )


@guarded.acts
def readable(actor: Actor, organisation: str, staff: UUID) -> set[str]:
    """Which kinds of what somebody of the organisation can and may do the actor may read, were any noted.

    It says nothing of what is noted, nor of what stands in a compartment.
    """
    asked = (
        guarded.ScopeOf(organisation, model.record_kind, person=staff)
        for model in (models.Skill, models.Authority, models.Vetting)
    )
    return {scope.kind for scope in guarded.open_scopes("read", asked)}


def _parts(
    within: Period,
    skills: Iterable[tuple[str, Period]],
    held: Iterable[tuple[Any, ...]],
) -> list[Period]:
    """The period, cut wherever something begins, ends or is suspended."""
    edges = {edge for _, each in skills for edge in (each.starts_at, each.ends_at)}
    edges |= {edge for _, *instants in held for edge in instants}
    inner = sorted(e for e in edges if e and e > within.starts_at and within.contains(e))
    cuts = [within.starts_at, *inner]
    return [*(Period(*pair) for pair in pairwise(cuts)), Period(cuts[-1], within.ends_at)]


def _able_at(
    skills: Iterable[tuple[str, Period]], held: Iterable[tuple[Any, ...]], at: datetime
) -> Able:
    return _able({code for code, each in skills if each.contains(at)}, held, at)


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
            found = {
                person for _, _, person, _ in _qualified(model, found, code, columns=CODES)
            }
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


def _qualified(
    model: Any,
    staff: Iterable[UUID],
    code: str = "",
    at: datetime | None = None,
    columns: str = QUALIFIED,
) -> list[tuple[Any, ...]]:
    given = [model.record_kind, list(map(str, staff)), code, at]
    return guarded_rows.cursor(model).rows(columns, given)


def _able(skills: Set[str], held: Iterable[tuple[Any, ...]], at: datetime) -> Able:
    valid, barred, served, needed = set(), set(), set[str](), set[str]()
    in_date = {code: (Period(at),) for code in skills}
    for code, starts_at, ends_at, suspended_at in held:
        requires = _requires(code, starts_at)
        needed.update(requires)
        is_suspended = suspended_at is not None and suspended_at <= at
        granted = Period(starts_at, ends_at)
        if standing(
            granted=granted, is_suspended=is_suspended, requires=requires, skills=in_date, at=at
        ).is_valid:
            valid.add(code)
            served.update(requires)
        else:
            barred.add(code)
    return Able(
        frozenset(skills) - (needed - served), frozenset(valid), frozenset(barred - valid)
    )


def _requires(code: str, starts_at: datetime) -> tuple[str, ...]:
    item = catalogue.authorities(day_of(starts_at)).get(code)
    return item.requires if item else ()
