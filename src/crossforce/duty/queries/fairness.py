"""Hours given and received, from the duty record, as far as whoever asks may read it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from crossforce.agreements.terms import ParticipationRule
from crossforce.duty import models
from crossforce.duty.queries import running, whole
from crossforce.duty.queries.asked import Filter, require_known
from crossforce.duty.queries.whole import Taking
from crossforce.duty.rules import fairness as rules
from crossforce.duty.rules.fairness import Line, Piece, Stretch
from crossforce.kernel import clock, guarded
from crossforce.organisations.directory.placing import force_at
from crossforce.people.api import Actor
from crossforce.records import api as records

MOST_MONTHS: Final = 36
WORKED: Final = """
SELECT w.* FROM (SELECT array_agg(staff), array_agg(starts_at), array_agg(ends_at) FROM duty_away(%s, %s)) AS a (who, since, back)
 CROSS JOIN LATERAL duty_worked(%s, %s, %s, %s, %s, a.who, a.since, a.back) w
"""  # sql/2_hours.sql


@dataclass(frozen=True, slots=True)
class Fairness:
    """What was given and received from one month to another, up to `now`; the rest is planned.

    `hidden` are units of which the asker may not see the duties of every force that takes part:
    they are left out, because a part of the hours would say something else than all of them.
    """

    first: date
    months: int
    now: datetime
    lines: Sequence[Line]
    hidden: Sequence[str] = ()

    def totals(self, by: str) -> list[rules.Total]:
        """Summed by `force`, `unit`, `function` or `month`."""
        return rules.totals(self.lines, by)

    def sum(self) -> rules.Total:
        """Of everything: given and received are the same."""
        every = self.lines
        given, received = sum(e.given for e in every), sum(e.received for e in every)
        return rules.Total("", given, received, sum(e.planned for e in every))


@guarded.acts
def fairness(actor: Actor, first: date, months: int, wanted: Filter) -> Fairness:
    """Hours given and received in shared units, in so many months from that of the day.

    Duties count, on-call and absence do not, and who is absent during a duty is not on it. Units
    that no agreement makes are no matter of fairness. A force that is asked for is shown in what
    it gave and received; units and functions choose the duties. What lies ahead is planned.
    Raises NoSuchFilter for a code that nothing bears.
    """
    require_known(actor, wanted, clock.now())
    number, now = min(max(months, 1), MOST_MONTHS), clock.now()
    standing = _standing(first, number, now)
    found = rules.stretches(first, number, {*standing.edges, now})
    taking = [standing.at(each.starts_at) for each in found]
    every = {unit for each in taking for unit in each.units if wanted.unit in ("", unit)}
    hidden, units = _hidden(taking, every)
    pieces = _pieces(found, taking, units, now) if units else []
    chosen = [each for each in pieces if wanted.function in ("", each.function)]
    lines = [e for e in rules.lines(chosen) if wanted.force in ("", e.key.force)]
    return Fairness(first.replace(day=1), number, now, lines, hidden)


def _hidden(taking: Iterable[Taking], units: Iterable[str]) -> tuple[list[str], list[str]]:
    """The units of which some duties may be read, parted: not of all their forces, or of all."""
    places = records.places_of(running.held().scopes).values()
    some = set(units) & {each.collection.removeprefix("unit:") for each in places}
    forces = {unit: {force for each in taking for force in each.of(unit)} for unit in some}
    return whole.parted(forces)


class _Standing:
    """Which agreements stand when; one that came to the platform later counts by what it says of then.

    Access never begins before an agreement is acted on, but who took part does, and so what is owed.
    """

    def __init__(self, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
        self._now = whole.acted_on(now)
        self.at = cache(self._taking)
        sides = (self._now, whole.acted_on(starts_at), whole.acted_on(ends_at))
        edges = (
            edge for side in sides for each in side.values() for edge in _edges(each.terms)
        )
        self.edges = {edge for edge in edges if starts_at < edge < ends_at}

    def _taking(self, at: datetime) -> Taking:
        return whole.taking({**self._now, **whole.acted_on(at)}.values(), at)


def _standing(first: date, number: int, now: datetime) -> _Standing:
    every = list(rules.months(first, number))
    return _Standing(every[0][1], every[-1][2], now)


def _edges(terms: Any) -> Iterator[datetime]:
    yield from filter(None, (terms.valid.starts_at, terms.valid.ends_at))
    for term, _ in terms.of(ParticipationRule):
        yield from filter(None, (term.valid.starts_at, term.valid.ends_at))


def _pieces(
    found: Sequence[Stretch], taking: Sequence[Taking], units: Sequence[str], now: datetime
) -> list[Piece]:
    within = running.held()
    given = [
        found[0].starts_at, found[-1].ends_at,
        list(within.scopes), list(units),
        list(range(len(found))), [e.starts_at for e in found], [e.ends_at for e in found],
    ]  # fmt: skip
    area = cache(force_at)
    pieces = []
    for number, scope, unit, function, latitude, longitude, seconds in records.cursor(
        models.Entry
    ).figures(WORKED, given):
        giver = within.forces[scope]
        place = area(longitude, latitude) if latitude is not None else None
        to = rules.receivers(place, taking[number].of(unit, function), giver)
        if seconds and unit in taking[number].units:
            month, begins, _ = found[number]
            whose = month, unit, function, giver
            pieces.append(Piece(*whose, int(seconds), to, begins >= now))
    return pieces
