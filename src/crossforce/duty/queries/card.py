"""The card of command and accountability of a person on duty."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from crossforce.agreements import api as agreements
from crossforce.agreements.resolve import Deployment
from crossforce.duty import models
from crossforce.duty.queries import reading_out, shown, whereabouts, whole
from crossforce.duty.queries.answering import Line, answers
from crossforce.duty.queries.asked import as_of
from crossforce.duty.queries.whereabouts import DOING, Standing, Whereabouts
from crossforce.duty.queries.whole import Suspended
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing, NotUnderstood
from crossforce.organisations import api as organisations
from crossforce.people import api as people
from crossforce.people.api import Able, Actor, Clearance, Lapse
from crossforce.people.choices import AuthorityState
from crossforce.records import api as records

VETTING: Final = "people.vetting"
AUTHORITY: Final = "people.authority"
SKILL: Final = "people.skill"


class NoSuchDuty(Missing):
    """There is no such duty, or none that you may know of."""


class NoSuchArea(NotUnderstood):
    """There is no such force, in whose area somebody could be."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Who would command, were somebody near a boundary on the other side of it."""

    area: str
    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """Who answers for one person on duty at an instant.

    `area` is the force in whose area they are; `area_from` says how that is known (`Whereabouts`), and
    `near` whose it may be as well. `held` is what they were given and how each stands, but for skills in
    date that do not count. `sees` are the kinds of what they can and may do that the actor may read of them, were any noted;
    `clearances` is None where theirs may not be. `suspended` is the agreement of the unit, while it is.
    """

    entry: models.Entry
    force: str
    at: datetime
    lines: Sequence[Line]
    able: Able
    area: str = ""
    area_from: str = "own"
    near: Sequence[Otherwise] = ()
    standing: Standing = Standing.DUTY
    held: Sequence[Lapse] = ()
    sees: Collection[str] = ()
    clearances: Sequence[Clearance] | None = None
    suspended: Suspended | None = None
    is_past: bool = False
    marking: str = ""
    readable: frozenset[str] = frozenset()

    @property
    def commander(self) -> str:
        """The one chief officer with direction and control."""
        return self.lines[0].code

    @property
    def is_on(self) -> bool:
        """Whether they are on duty: not on call, not away, and not at another time."""
        return self.standing is Standing.DUTY

    @property
    def sentence(self) -> str:
        """The card as it can be read out."""
        who = f"{self.entry.name}, {self.entry.number}," + DOING[self.standing]
        if self.near:
            held = organisations.directory()
            codes = (self.area, *(each.area for each in self.near))
            names = [held.organisation(code).name.en for code in codes]
            who += f" near the boundary of {', '.join(names[:-1])} and {names[-1]},"
        may = reading_out.authorities(self.held, self.at, may_see=AUTHORITY in self.sees)
        return f"{reading_out.sentence(self.at, who, self.lines)} {may}"


def card(actor: Actor, entry: UUID, at: datetime, area: str = "") -> Card:
    """The card of a duty at an instant; `area` is the force in whose area the person is deployed.

    Without an area it is that of the place where the duty is, if the place is known, and else their
    own. Of the past, only what was allowed then as well as now. Raises NoSuchDuty, NoSuchArea.
    """
    if area:
        require_force(area)
    with guarded.acting(actor, as_of(at)):
        row: models.Entry | None = models.Entry.objects.filter(pk=entry).first()
        if row is None:
            raise NoSuchDuty
        force = records.place_of(row.scope_id).holder
        doing = whereabouts.standing(row, at)
        where = Whereabouts(area, "asked") if area else whereabouts.whereabouts(row, force)
        able = people.able(actor, [row.staff], at).get(row.staff, Able())
        is_on, on_footing = doing is Standing.DUTY, whereabouts.footing(row, at, able)
        suspended = whole.suspended_of(row.unit, at)
        title = suspended.title if suspended else ""
        there = [
            answers(_deployment(row, force, code, is_on), at, None, on_footing, title)
            for code in (where.area, *where.near)
        ]
        lines = there[0]
        sees = people.readable(actor, force, row.staff)
        return Card(
            entry=row,
            force=force,
            at=at,
            lines=lines,
            able=able,
            area=where.area,
            area_from=where.known_by,
            near=_otherwise(where, there),
            standing=doing,
            held=_held(people.holdings(actor, row.staff, at), able),
            sees=sees,
            clearances=people.cleared(actor, row.staff, at) if VETTING in sees else None,
            suspended=suspended,
            is_past=as_of(at) is not None,
            marking=shown.marking_of([row]),
            readable=_readable(actor, lines),
        )


def _deployment(row: models.Entry, force: str, area: str, is_on: bool) -> Deployment:
    return Deployment(
        home_force=force,
        unit=row.unit or None,
        function=row.function or None,
        role=row.role or None,
        area=area,
        on_joint_duty=is_on,
    )


def _otherwise(where: Whereabouts, there: Sequence[Sequence[Line]]) -> list[Otherwise]:
    """Those near whom they are, each with who would command there."""
    return [
        Otherwise(code, lines[0].name)
        for code, lines in zip(where.near, there[1:], strict=False)
    ]


def require_force(code: str) -> None:
    """Raises NoSuchArea."""
    found = organisations.directory().get(code)
    if found is None or found.kind != "force":
        raise NoSuchArea(f"There is no force “{code}”.")


def _readable(actor: Actor, lines: Sequence[Line]) -> frozenset[str]:
    """Those of the agreements that the lines cite which the actor may open."""
    cited = {line.reference for line in lines if line.reference}
    rows = agreements.visible(actor).filter(reference__in=cited) if cited else ()
    return frozenset(row.reference for row in rows)


def _held(given: Sequence[Lapse], able: Able) -> list[Lapse]:
    """All but skills that are in date and do not count: no authority that they serve is valid."""
    valid = able.skills | able.authorities
    return [
        each for each in given if each.state is not AuthorityState.VALID or each.code in valid
    ]
