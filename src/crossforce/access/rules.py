"""From terms to grants, on plain values: what an agreement gives whom, and when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from crossforce.access.choices import NOWHERE, Grant
from crossforce.agreements.terms import AccessRule, CompiledTerms, Term
from crossforce.kernel.periods import Period

Units = Mapping[str, Sequence[str]]


def grants(
    version: int, terms: CompiledTerms, enforced: Iterable[Period], units: Units
) -> Iterator[Grant]:
    """The grants of one version while the platform acts on it.

    `enforced` are the periods in which it does: from activation, without suspensions. `units` names
    the units of each function. A leaver's spans in the terms are taken to end already.
    """
    standing = tuple(enforced)
    for term, rule in terms.of(AccessRule):
        for holder, recipient, period in _pairs(term, rule):
            for each in standing:
                holds = each.intersection(period)
                if holds is not None:
                    yield from _of_kinds(version, term, rule, holder, recipient, holds, units)


def spelt_out(grant: Grant, kinds: Iterable[str]) -> Iterator[Grant]:
    """The grant itself; one of every kind of a service (`records.*`) as one of each that is registered."""
    if not grant.kind.endswith(".*"):
        yield grant
        return
    for kind in sorted(kinds):
        if kind.startswith(grant.kind.removesuffix("*")):
            yield replace(grant, kind=kind)


def without(period: Period, gaps: Iterable[Period]) -> Iterator[Period]:
    """What is left of a period once the gaps, such as suspensions, are taken out."""
    starts_at = period.starts_at
    for gap in sorted(gaps, key=lambda each: each.starts_at):
        if period.ends_at is not None and gap.starts_at >= period.ends_at:
            break
        if gap.starts_at > starts_at:
            yield Period(starts_at, gap.starts_at)
        if gap.ends_at is None:
            return
        starts_at = max(starts_at, gap.ends_at)
    if period.ends_at is None or starts_at < period.ends_at:
        yield Period(starts_at, period.ends_at)


def _pairs(term: Term, rule: AccessRule) -> Iterator[tuple[str, str, Period]]:
    """Every holder with every recipient while both periods and the term run.

    A territory names forces: what is held elsewhere is outside it.
    """
    for holder in rule.holders:
        if rule.territory and holder.organisation not in rule.territory:
            continue
        held = holder.period.intersection(term.valid)
        for recipient in rule.recipients:
            shared = held and held.intersection(recipient.period)
            if shared:
                yield holder.organisation, recipient.organisation, shared


def _of_kinds(
    version: int,
    term: Term,
    rule: AccessRule,
    holder: str,
    recipient: str,
    holds: Period,
    units: Units,
) -> Iterator[Grant]:
    for kind in rule.kinds:
        yield Grant(
            version=version,
            clause=term.clause or "",
            term=term.id,
            holder=holder,
            recipient=recipient,
            kind=kind,
            actions=tuple(rule.actions),
            holds=holds,
            collection=_collection(rule),
            units=_units(rule, units),
            roles=rule.to_roles,
            purposes=rule.purposes,
            marking=rule.marking,
            compartment=rule.compartment or "",
            onward=rule.onward,
            glass_minutes=rule.break_glass_minutes,
            glass_roles=rule.break_glass_roles,
        )


def _collection(rule: AccessRule) -> str:
    if rule.collection_unit:
        return f"unit:{rule.collection_unit}"
    return f"function:{rule.collection_function}" if rule.collection_function else ""


def _units(rule: AccessRule, units: Units) -> tuple[str, ...]:
    """A function is reached through its units; one that has none is reached by nobody."""
    if rule.to_unit:
        return (rule.to_unit,)
    if rule.to_function:
        return tuple(units.get(rule.to_function, ())) or (NOWHERE,)
    return ()
