"""Who could grant what is missing: the easiest way first, and nobody who could not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crossforce.agreements import api as agreements
from crossforce.insight import api as insight
from crossforce.kernel import civil
from crossforce.organisations import api as organisations

ACTING, OPENING, VARIATION = "acting", "opening", "variation"
"""By choosing another purpose oneself; the holder opens one record; the parties vary a clause."""
OPENED: Final = frozenset({"find", "read", "edit", "task", "disclose"})
"""What a single record is opened for."""
MOST_AGREEMENTS: Final = 3
BY_WAITING: Final = frozenset({"purpose", "period"})
Deciders = Mapping[str, tuple[str, ...]]
"""By body, the offices of its people who could decide about a record."""


@dataclass(frozen=True, slots=True)
class Granter:
    """One way to what is missing. `bodies` could grant it, through people in these `offices`.

    Within a compartment no office decides by itself: `offices` is empty, and those decide who read there.
    """

    how: str
    bodies: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    agreement: str = ""
    title: str = ""
    clause: str = ""


def granters(
    said: insight.Explanation, now: datetime, deciders: Deciders | None = None
) -> list[Granter]:
    """Whoever could grant it, for an instant that is not over: nobody grants the past.

    `deciders` are those of the record that is asked about.
    """
    if said.is_allowed or civil.day_of(said.at) < civil.day_of(now):
        return []
    return [*_acting(said), *_opening(said, deciders or {}), *_varying(said, now)]


def _acting(said: insight.Explanation) -> Iterator[Granter]:
    purposes = {
        code for each in said.nearest if each.missing == ("purpose",) for code in each.purposes
    }
    if purposes:
        yield Granter(ACTING, purposes=tuple(sorted(purposes)))


def _opening(said: insight.Explanation, deciders: Deciders) -> Iterator[Granter]:
    """The holder's people who could decide about this very record, where there are any."""
    if said.place is None or said.action not in OPENED:
        return
    for body, offices in deciders.items():
        yield Granter(OPENING, (body,), () if said.place.compartment else offices)


def _varying(said: insight.Explanation, now: datetime) -> Iterator[Granter]:
    """The parties still bound by each of the nearest agreements that stands; what ended has none."""
    near: dict[str, insight.Reason] = {}
    for reason in said.nearest:
        if reason.is_over(said.at) or not set(reason.missing) <= BY_WAITING:
            near.setdefault(reason.agreement, reason)
    standing, on = organisations.directory(), civil.day_of(now)
    for each in agreements.bound(list(near)[:MOST_AGREEMENTS], now):
        heirs = (heir for party in each.parties for heir in standing.heirs(party, on))
        yield Granter(
            VARIATION,
            tuple(dict.fromkeys(heirs)),
            agreement=each.reference,
            title=each.title,
            clause=near[each.reference].clause,
        )
