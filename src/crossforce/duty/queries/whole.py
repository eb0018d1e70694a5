"""Of which shared units somebody may see all duties: a part of them would say something else than all."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from crossforce.agreements import api as agreements
from crossforce.agreements import resolve
from crossforce.agreements.choices import State
from crossforce.duty.choices import COVER, ENTRY, MARKING
from crossforce.kernel import guarded
from crossforce.kernel.guarded import ScopeOf
from crossforce.organisations import api as organisations
from crossforce.people.api import Actor
from crossforce.register import api as register


class Taking(NamedTuple):
    """Who takes part in the functions of shared units at an instant."""

    units: dict[str, dict[str, tuple[str, ...]]]

    def of(self, unit: str, function: str = "") -> tuple[str, ...]:
        """The forces that take part in a function of a unit, or in any of its functions."""
        known = self.units.get(unit, {})
        return known.get(function) or known.get("", ())


class Shared(NamedTuple):
    """A unit that an agreement makes: which forces take part in it, and whether that is acted on."""

    forces: tuple[str, ...]
    is_acted_on: bool
    reference: str = ""
    title: str = ""
    is_suspended: bool = False


class Suspended(NamedTuple):
    """An agreement of which nothing is acted on: its title, who suspended it, and since when."""

    title: str
    by: str
    since: datetime


class Closed(NamedTuple):
    """A unit that is asked for and shows nobody: the agreement that makes it, who takes part, whose duties are not read."""

    title: str
    forces: Sequence[str]
    unread: Sequence[str]


def acted_on(at: datetime) -> dict[str, Any]:
    """The agreements that are acted on at the instant, by reference."""
    return {each.reference: each for each in agreements.in_force(at) if each.is_acted_on}


def taking(standing: Iterable[Any], at: datetime) -> Taking:
    """Who takes part in the units of these agreements, by what they say of the instant."""
    units: dict[str, dict[str, tuple[str, ...]]] = {}
    for each in standing:
        if each.terms.valid.contains(at):
            for unit in each.terms.units:
                units[unit.code] = dict(_functions(each.terms, unit.functions, at))
    return Taking(units)


def shared(units: Iterable[str], at: datetime) -> dict[str, Shared]:
    """Those of these units that an agreement makes, by the agreements that own them; nobody's are left out."""
    owned = organisations.Unit.objects.filter(code__in=set(units)).exclude(
        agreement_reference=""
    )
    owners = dict(owned.values_list("code", "agreement_reference"))
    standing = agreements.standing(at, set(owners.values())) if owners else []
    found = {}
    for each in standing:
        known = taking([each], at)
        for unit, owner in owners.items():
            if owner == each.reference and (forces := known.of(unit)):
                found[unit] = Shared(
                    forces,
                    each.is_acted_on,
                    each.reference,
                    each.document.title.en,
                    each.state is State.SUSPENDED,
                )
    return found


def in_part(units: Mapping[str, Shared], force: str = "") -> list[str]:
    """Of these units those not all of whose forces' duties are seen, or asked for."""
    taking = {
        unit: each.forces
        for unit, each in units.items()
        if each.is_acted_on or each.is_suspended
    }
    asked = [unit for unit, forces in taking.items() if force and set(forces) - {force}]
    return sorted({*asked, *(parted(taking)[0] if taking else ())})


def suspended(units: Mapping[str, Shared], at: datetime) -> dict[str, Suspended]:
    """Of these units those whose agreement is suspended."""
    found = {}
    for unit, each in units.items():
        if each.is_suspended and (since := agreements.suspended_by(each.reference, at)):
            found[unit] = Suspended(each.title, *since)
    return found


def suspended_of(unit: str, at: datetime) -> Suspended | None:
    """The agreement that makes the unit, if it is suspended."""
    return suspended(shared({unit}, at), at).get(unit) if unit else None


def closed(actor: Actor, unit: str, of: Shared, at: datetime) -> Closed | None:
    """Whose duties in the unit may not be read; None where all may, or where it may not be known who makes it."""
    scopes = {force: _scope(force, unit) for force in of.forces}
    reach = guarded.open_scopes("read", scopes.values())
    unread = [force for force in of.forces if scopes[force] not in reach]
    visible = agreements.visible(actor).filter(reference=of.reference)
    is_known = register.unit_of(unit, at) == of.reference or visible.exists()
    return Closed(of.title, of.forces, unread) if unread and is_known else None


def cover_untold(units: Mapping[str, Shared], among: Collection[str]) -> list[str]:
    """Of these units, among some, those of which some force's minimum cover may not be read.

    Those of an agreement that is suspended are among them: it gives sight of nothing meanwhile.
    """
    asked = {unit: each.forces for unit, each in units.items() if unit in among}
    return _split(asked, COVER)[0]


def parted(units: Mapping[str, Collection[str]]) -> tuple[list[str], list[str]]:
    """The units, with whose forces take part, parted: a force's duties may not be read, or all may."""
    return _split(units, ENTRY)


def _split(units: Mapping[str, Collection[str]], kind: str) -> tuple[list[str], list[str]]:
    """The units of which what some force holds may not be read, and those of which all may."""
    if not units:
        return [], []
    wanted = {
        unit: {_scope(force, unit, kind) for force in forces} for unit, forces in units.items()
    }
    reach = guarded.open_scopes("read", set().union(*wanted.values()))
    seen = {unit for unit, scopes in wanted.items() if scopes <= reach}
    return sorted(set(units) - seen), sorted(seen)


def _functions(
    terms: Any, functions: Iterable[str], at: datetime
) -> Iterator[tuple[str, tuple[str, ...]]]:
    of = tuple(functions) or tuple(terms.functions)
    yield "", resolve.taking_part(terms, of, at)
    for function in of:
        yield function, resolve.taking_part(terms, (function,), at)


def _scope(force: str, unit: str, kind: str = ENTRY) -> ScopeOf:
    return ScopeOf(force, kind, f"unit:{unit}", "", MARKING)
