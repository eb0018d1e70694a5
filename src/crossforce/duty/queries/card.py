"""The card of command and accountability: of a person on duty, of a unit, of a deployment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from crossforce.access import api as access
from crossforce.agreements import api as agreements
from crossforce.agreements.api import InForce
from crossforce.agreements.resolve import Deployment
from crossforce.duty import models
from crossforce.duty.queries import shown, whereabouts
from crossforce.duty.queries.answering import NOBODY, UNSAID, Line, answers
from crossforce.duty.queries.asked import as_of
from crossforce.duty.queries.whereabouts import DOING, Standing, Whereabouts
from crossforce.kernel import civil, guarded
from crossforce.kernel.refusals import Missing, NotUnderstood
from crossforce.organisations import api as organisations
from crossforce.people import api as people
from crossforce.people.api import Able, Actor, Clearance
from crossforce.records import api as records

VETTING: Final = "people.vetting"
AUTHORITY: Final = "people.authority"


class NoSuchDuty(Missing):
    """There is no such duty, or none that you may know of."""


class NoSuchUnit(Missing):
    """No agreement in force that you may know of has such a unit."""


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
    `near` whose it may be as well. `clearances` is None where the actor may not see any.
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
    clearances: Sequence[Clearance] | None = None
    sees_authorities: bool = True
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
        return sentence(self.at, who, self.lines)


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who answers for the people of one force in a unit."""

    force: str
    name: str
    lines: Sequence[Line]
    sentence: str


@dataclass(frozen=True, slots=True)
class UnitCard:
    """Who answers for the people in a unit who are deployed in an area: one line a home force."""

    unit: str
    title: str
    at: datetime
    area: str
    function: str
    reference: str
    agreement: str
    version: int
    functions: Sequence[str]
    forces: Sequence[tuple[str, str]]
    staffing: Sequence[Staffing]


def card(actor: Actor, entry: UUID, at: datetime, area: str = "") -> Card:
    """The card of a duty at an instant; `area` is the force in whose area the person is deployed.

    Without an area it is that of the place where the duty is, if the place is known, and else their
    own. Of the past, only what was allowed then as well as now. Raises NoSuchDuty, NoSuchArea.
    """
    if area:
        _require_force(area)
    with guarded.acting(actor, as_of(at)):
        row: models.Entry | None = models.Entry.objects.filter(pk=entry).first()
        if row is None:
            raise NoSuchDuty
        force = records.place_of(row.scope_id).holder
        doing = whereabouts.standing(row, at)
        where = Whereabouts(area, "asked") if area else whereabouts.whereabouts(row, force)
        able = people.able(actor, [row.staff], at).get(row.staff, Able())
        is_on, on_footing = doing is Standing.DUTY, whereabouts.footing(row, at, able)
        there = [
            answers(_deployment(row, force, code, is_on), at, footing=on_footing)
            for code in (where.area, *where.near)
        ]
        lines = there[0]
        sees = {kind: bool(access.scopes(kind, "read")) for kind in (VETTING, AUTHORITY)}
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
            clearances=people.cleared(actor, row.staff, at) if sees[VETTING] else None,
            sees_authorities=sees[AUTHORITY],
            is_past=as_of(at) is not None,
            marking=shown.marking_of([row]),
            readable=_readable(actor, lines),
        )


@guarded.acts
def unit_card(
    actor: Actor,
    unit: str,
    at: datetime,
    *,
    area: str = "",
    function: str = "",
    force: str = "",
) -> UnitCard:
    """Who answers for the people of a joint unit who are deployed in an area, by home force.

    Without an area they are each taken to be in their own. Raises NoSuchUnit, NoSuchArea.
    """
    for code in filter(None, (area, force)):
        _require_force(code)
    standing = [each for each in agreements.in_force(at) if each.is_acted_on]
    owner = next((each for each in standing if each.terms.unit(unit)), None)
    if owner is None or not _may_know(actor, owner, unit):
        raise NoSuchUnit
    held = organisations.directory()
    forces = _forces(owner, unit, at)
    rows = [
        _staffing(code, owner, unit, at, area=area, function=function)
        for code in forces
        if force in ("", code)
    ]
    found = owner.terms.unit(unit)
    return UnitCard(
        unit=unit,
        title=_title(owner, unit),
        at=at,
        area=area,
        function=function,
        reference=owner.reference,
        agreement=owner.document.title.en,
        version=owner.number,
        functions=found.functions if found else (),
        forces=[(code, held.organisation(code).name.en) for code in forces],
        staffing=rows,
    )


@guarded.acts
def units(actor: Actor, at: datetime) -> list[tuple[str, str, str]]:
    """The units of agreements in force that the actor may know of: code, title, agreement."""
    return sorted(
        (
            (unit.code, _title(each, unit.code), each.document.title.en)
            for each in agreements.in_force(at)
            if each.is_acted_on
            for unit in each.terms.units
            if unit.valid.contains(at) and _may_know(actor, each, unit.code)
        ),
        key=lambda row: (row[2], row[1]),
    )


def sentence(at: datetime, who: str, lines: Sequence[Line]) -> str:
    """The answers as they can be read out; what is assumed is said to be."""
    local = at.astimezone(civil.LONDON)
    commands, holds, complaint = lines[0], lines[1], lines[2]
    holding = "is assumed to hold" if holds.is_assumed else "holds"
    account = {
        NOBODY: "no policing body is known for that day",
        UNSAID: "no source says who holds them to account",
    }.get(holds.name, f"{holds.name} {holding} to account")
    under = "assumed to be under" if commands.is_assumed else "under"
    handles = "is assumed to handle" if complaint.is_assumed else "handles"
    return (
        f"At {local:%H:%M} on {local.day} {local:%B %Y} {who} is {under} the direction and control of"
        f" {commands.name} ({commands.ground}); {account}, and {complaint.name} {handles} a complaint."
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


def _require_force(code: str) -> None:
    found = organisations.directory().get(code)
    if found is None or found.kind != "force":
        raise NoSuchArea(f"There is no force “{code}”.")


def _readable(actor: Actor, lines: Sequence[Line]) -> frozenset[str]:
    """Those of the agreements that the lines cite which the actor may open."""
    cited = {line.reference for line in lines if line.reference}
    rows = agreements.visible(actor).filter(reference__in=cited) if cited else ()
    return frozenset(row.reference for row in rows)


def _may_know(actor: Actor, agreement: InForce, unit: str) -> bool:
    """Their own agreements; a unit in a compartment is known to those who act in it."""
    found = agreement.terms.unit(unit)
    if found is None or (found.compartment and actor.unit != unit):
        return False
    return agreements.visible(actor).filter(reference=agreement.reference).exists()


def _forces(agreement: InForce, unit: str, at: datetime) -> list[str]:
    found = agreement.terms.unit(unit)
    spans = found.staffing if found else ()
    return sorted({span.organisation for span in spans if span.period.contains(at)})


def _title(agreement: InForce, unit: str) -> str:
    found = next((each for each in agreement.document.unit if each.code == unit), None)
    return found.title.en if found and found.title else unit.replace("-", " ").capitalize()


def _staffing(
    force: str, agreement: InForce, unit: str, at: datetime, *, area: str, function: str
) -> Staffing:
    name = organisations.directory().organisation(force).name.en
    deployment = Deployment(force, unit, function or None, None, area or force)
    lines = answers(deployment, at, [agreement])
    doing = f" for {function.replace('-', ' ')}" if function else ""
    held = organisations.directory()
    there = f"in the area of {held.organisation(area).name.en}" if area else "in their own area"
    who = f"a member of {name}, at work in {_title(agreement, unit)}{doing} {there},"
    return Staffing(force, name, lines, sentence(at, who, lines))
