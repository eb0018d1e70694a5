"""Who answers for the people of a unit, wherever they are deployed: a line a home force."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from crossforce.agreements import api as agreements
from crossforce.agreements.api import InForce
from crossforce.agreements.choices import State
from crossforce.agreements.resolve import Deployment
from crossforce.duty.queries import reading_out, whole
from crossforce.duty.queries.answering import Line, answers
from crossforce.duty.queries.card import require_force
from crossforce.duty.queries.whole import Suspended
from crossforce.kernel import guarded
from crossforce.kernel.refusals import Missing
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor


class NoSuchUnit(Missing):
    """No agreement in force that you may know of has such a unit."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who answers for the people of one force in a unit."""

    force: str
    name: str
    lines: Sequence[Line]
    sentence: str


@dataclass(frozen=True, slots=True)
class UnitCard:
    """Who answers for the people in a unit who are deployed in an area: one line a home force.

    While the agreement is `suspended` its clauses are not acted on: each is under their own.
    """

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
    suspended: Suspended | None = None


class KnownUnit(NamedTuple):
    """A unit that an agreement makes, which is in force or suspended."""

    code: str
    title: str
    agreement: str
    is_suspended: bool = False


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
        require_force(code)
    mine = _visible(actor)
    making = [each for each in _standing(at, mine) if _may_know(actor, each, unit)]
    if not making:
        raise NoSuchUnit
    owner = min(making, key=lambda each: not each.is_acted_on)
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
        suspended=None if owner.is_acted_on else whole.suspended_of(unit, at),
    )


@guarded.acts
def units(actor: Actor, at: datetime) -> list[KnownUnit]:
    """The units of agreements that the actor may know of, those that are suspended too."""
    mine = _visible(actor)
    found = [
        KnownUnit(
            unit.code, _title(each, unit.code), each.document.title.en, not each.is_acted_on
        )
        for each in _standing(at, mine)
        for unit in each.terms.units
        if unit.valid.contains(at) and _may_know(actor, each, unit.code)
    ]
    acted_on = {unit.code for unit in found if not unit.is_suspended}
    some = (unit for unit in found if not unit.is_suspended or unit.code not in acted_on)
    return sorted(some, key=lambda unit: (unit.agreement, unit.title))


def _visible(actor: Actor) -> set[str]:
    """The agreements that the actor may know of."""
    return set(agreements.visible(actor).values_list("reference", flat=True))


def _standing(at: datetime, references: Collection[str]) -> Iterator[InForce]:
    """Those of the agreements that are acted on, or would be were they not suspended."""
    for each in agreements.standing(at, references):
        if each.is_acted_on or each.state is State.SUSPENDED:
            yield each


def _may_know(actor: Actor, agreement: InForce, unit: str) -> bool:
    """One that the agreement makes; in a compartment it is known to those who act in it."""
    found = agreement.terms.unit(unit)
    return found is not None and not (found.compartment and actor.unit != unit)


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
    is_acted_on = agreement.is_acted_on
    title = "" if is_acted_on else agreement.document.title.en
    deployment = Deployment(force, unit, function or None, None, area or force)
    lines = answers(deployment, at, [agreement] if is_acted_on else [], suspended=title)
    doing = f" for {function.replace('-', ' ')}" if function else ""
    held = organisations.directory()
    there = f"in the area of {held.organisation(area).name.en}" if area else "in their own area"
    who = f"a member of {name}, at work in {_title(agreement, unit)}{doing} {there},"
    return Staffing(force, name, lines, reading_out.sentence(at, who, lines))
