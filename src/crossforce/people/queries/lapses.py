"""What of people's skills and authorities has been lost or will lapse, in order of when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from crossforce.kernel import guarded
from crossforce.kernel.civil import day_of
from crossforce.kernel.periods import Period, merged
from crossforce.people import models
from crossforce.people.choices import Actor, AuthorityState
from crossforce.people.rules import catalogue
from crossforce.people.rules.standing import standing

Skills = dict[str, list[Period]]


@dataclass(frozen=True, slots=True)
class Lapse:
    """A skill or an authority that has lapsed, will lapse, or may not be used.

    `until` is the end, None where none is known. Of what is gone already it is when it was lost: an
    authority may be suspended, or lack a skill, long before its grant ends. `wanting` are required
    skills that are not in date.
    """

    staff: UUID
    is_authority: bool
    code: str
    state: AuthorityState
    until: datetime | None
    wanting: tuple[str, ...] = ()


@guarded.acts
def lapses(actor: Actor, staff: Iterable[UUID], at: datetime, limit: datetime) -> list[Lapse]:
    """What of these people's is not valid at the instant or stops being so by the limit.

    What is gone already stands first, by when it was lost; then what lapses, soonest first.

    An authority ends with the earliest end of its grant and of every skill that it requires.
    """
    soon = [each for each in _every(staff, at) if _is_due(each, limit)]
    return sorted(soon, key=lambda each: _place(each, at))


@guarded.acts
def holdings(actor: Actor, staff: UUID, at: datetime) -> list[Lapse]:
    """Each authority, then each skill, that somebody was given by the instant: until when, or since when not."""
    return sorted(_every([staff], at), key=lambda each: (not each.is_authority, each.code))


def _every(staff: Iterable[UUID], at: datetime) -> Iterator[Lapse]:
    people = list(staff)
    skills: defaultdict[UUID, Skills] = defaultdict(lambda: defaultdict(list))
    for each in models.Skill.objects.filter(staff__in=people):
        skills[each.staff_id][each.code].append(each.period)
    for person, held in skills.items():
        yield from _of_skills(person, held, at)
    rows = models.Authority.objects.filter(staff__in=people, starts_at__lte=at)
    granted: defaultdict[tuple[UUID, str], list[Lapse]] = defaultdict(list)
    for row in rows.order_by("starts_at", "id"):
        found = _of_authority(row, skills[row.staff_id], at)
        granted[row.staff_id, row.code].append(found)
    for some in granted.values():
        yield next((each for each in some if each.state is AuthorityState.VALID), some[-1])


def _place(lapse: Lapse, at: datetime) -> tuple[bool, datetime, str, str]:
    is_valid = lapse.state is AuthorityState.VALID
    return is_valid, lapse.until or at, lapse.code, str(lapse.staff)


def _is_due(lapse: Lapse, limit: datetime) -> bool:
    if lapse.state is not AuthorityState.VALID:
        return True
    return lapse.until is not None and lapse.until <= limit


def _of_skills(person: UUID, held: Skills, at: datetime) -> Iterator[Lapse]:
    for code, periods in held.items():
        begun = [each for each in merged(periods) if each.starts_at <= at]
        if begun:
            last = begun[-1]
            state = AuthorityState.VALID if last.contains(at) else AuthorityState.EXPIRED
            yield Lapse(person, False, code, state, last.ends_at)


def _of_authority(row: models.Authority, skills: Skills, at: datetime) -> Lapse:
    item = catalogue.authorities(day_of(row.starts_at)).get(row.code)
    requires = item.requires if item else ()
    found = standing(
        granted=row.period,
        is_suspended=row.suspended_at is not None and row.suspended_at <= at,
        requires=requires,
        skills=skills,
        at=at,
    )
    is_gone = found.state is not AuthorityState.VALID
    until = _lost_at(row, requires, skills, at) if is_gone else found.until
    return Lapse(row.staff_id, True, row.code, found.state, until, found.wanting)


def _lost_at(
    row: models.Authority, requires: Iterable[str], skills: Skills, at: datetime
) -> datetime:
    """Since when an authority that is not valid is not: by the first of what stands against it."""
    ends = [each for each in (row.ends_at, row.suspended_at) if each and each <= at]
    for code in requires:
        held = skills.get(code, ())
        if not any(each.contains(at) for each in held):
            past = (each.ends_at for each in held if each.ends_at and each.ends_at <= at)
            ends.append(max([row.starts_at, *past]))
    return min(ends, default=at)
