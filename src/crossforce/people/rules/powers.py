"""Decisions about people and powers, on plain values."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from crossforce.kernel import rulepacks
from crossforce.kernel.refusals import Refused
from crossforce.people.choices import PLATFORM, SYSTEM_PREFIX, Actor
from crossforce.people.rules import catalogue


class UnknownOffice(LookupError):
    """No office or system actor of that name is in the rule pack."""


@lru_cache(maxsize=1024)
def powers_of(office: str, *, on: date) -> tuple[frozenset[str], frozenset[str]]:
    """The standing powers of an office on a day: for its own organisation, and everywhere."""
    row = rulepacks.load("standing-powers").under("office", on).get(office, {})
    return frozenset(row.get("powers", ())), frozenset(row.get("everywhere", ()))


def with_powers(actor: Actor, *, on: date) -> Actor:
    """The actor with the standing powers that its office has on the day."""
    own, everywhere = powers_of(actor.office, on=on)
    return replace(actor, powers=own, powers_everywhere=everywhere)


def system_actor(name: str, *, on: date) -> Actor:
    """Named system work, with the powers the rule pack lists for it and no other."""
    office = SYSTEM_PREFIX + name
    row = rulepacks.load("standing-powers").under("system", on).get(name)
    if row is None:
        raise UnknownOffice(f"No system actor is called “{name}”; name it in standing-powers.")
    return Actor(
        account=None,
        staff=None,
        posting=None,
        organisation=PLATFORM,
        office=office,
        purpose=row["purpose"],
        powers=frozenset(row.get("powers", ())),
        powers_everywhere=frozenset(row.get("everywhere", ())),
        name=row["title"],
    )


def reason_to_refuse(actor: Actor | None, power: str, organisation: str | None) -> str | None:
    """Why the actor may not use the power for the organisation, or None when it may."""
    if actor is None:
        return "Sign in first: nothing is done for somebody unknown."
    if actor.may(power, organisation):
        return None
    if power in actor.powers:
        return (
            f"You act for {actor.organisation}; only {organisation} itself may do this "
            f"({power}). Ask an office of {organisation}."
        )
    return (
        f"The office “{actor.office}” does not carry the power {power}. "
        f"It belongs to: {', '.join(holders_of(power)) or 'no office'}."
    )


def require(actor: Actor | None, power: str, *, organisation: str | None = None) -> None:
    """Let the act pass, or raise Refused with the reason; None means the actor's own."""
    if reason := reason_to_refuse(actor, power, organisation):
        raise Refused(reason)


def roles_with(power: str, *, on: date) -> tuple[frozenset[str], frozenset[str]]:
    """The offices, and named system work, that carry the power: for their own organisation; everywhere."""
    pack = rulepacks.load("standing-powers")
    offices = pack.under("office", on)
    work = {SYSTEM_PREFIX + name: row for name, row in pack.under("system", on).items()}
    known = offices | work
    return (
        frozenset(name for name, row in known.items() if power in row.get("powers", ())),
        frozenset(name for name, row in known.items() if power in row.get("everywhere", ())),
    )


def offices(*, on: date) -> list[str]:
    """The roles that nobody gives themself on the day: with any standing power, or standing in for an office."""
    known = rulepacks.load("standing-powers").under("office", on)
    own = {each for each in known if any(powers_of(each, on=on))}
    return sorted(own | {code for code, role in catalogue.roles(on).items() if role.stands_in})


def holders_of(power: str) -> list[str]:
    """The offices that carry the power on any day, by code."""
    rows = rulepacks.load("standing-powers").rule
    return [
        rule.key.removeprefix("office.")
        for rule in rows
        if rule.key.startswith("office.")
        and power in (*rule.value.get("powers", ()), *rule.value.get("everywhere", ()))
    ]
