"""Milestones that wait for each other: when each is expected, what may slip, and what everything hangs on.

Days are calendar days. A milestone takes as long as its plan says and begins when it was planned to,
or when the last of what it waits for is done, whichever is later. So what is late makes late what
waits for it, as far as there is no time between.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from crossforce.programme.rules.circles import rings
from crossforce.programme.rules.days import later

NO_TIME: Final = timedelta()


@dataclass(frozen=True, slots=True)
class Milestone:
    """One milestone as planned: due on a day, begun on one where that is known, after others."""

    reference: str
    due_on: date
    begins_on: date | None = None
    after: tuple[str, ...] = ()
    done_on: date | None = None

    @property
    def length(self) -> timedelta:
        """How long it takes by its plan; nothing where only the day is known."""
        if self.begins_on is None or self.begins_on >= self.due_on:
            return NO_TIME
        return self.due_on - self.begins_on


@dataclass(frozen=True, slots=True)
class Expected:
    """One milestone as it stands: `waits_for` is what it begins after, if that is what moves it."""

    milestone: Milestone
    begins_on: date
    ends_on: date
    waits_for: str = ""
    slack: int = 0

    @property
    def late_days(self) -> int:
        """By how many days it is, or is expected to be, later than planned."""
        due_on = self.milestone.due_on
        return (self.ends_on - due_on).days if self.ends_on > due_on else 0


@dataclass(frozen=True, slots=True)
class Schedule:
    """A network worked through. `chain` is what the end hangs on, from its first to its last."""

    expected: Mapping[str, Expected]
    ends_on: date | None
    chain: tuple[str, ...]

    def because(self, reference: str) -> tuple[str, ...]:
        """What makes a milestone late, from itself back to where the delay began."""
        found = [reference]
        while waits := self.expected[found[-1]].waits_for:
            if not self.expected[waits].late_days:
                break
            found.append(waits)
        return tuple(found[1:])


class CannotSchedule(ValueError):
    """The milestones wait for each other in a circle, or for one that is not there; the message says which."""


def schedule(milestones: Sequence[Milestone], today: date) -> Schedule:
    """When each milestone is expected. What is not done is not expected before today.

    Raises CannotSchedule.
    """
    ordered = _ordered(milestones)
    expected: dict[str, Expected] = {}
    for each in ordered:
        expected[each.reference] = _expected(each, expected, today)
    end = max((each.ends_on for each in expected.values()), default=None)
    with_slack = _with_slack(ordered, expected, end)
    return Schedule(with_slack, end, _chain(with_slack, end))


def _ordered(milestones: Sequence[Milestone]) -> Sequence[Milestone]:
    """Everything after what it waits for. Raises CannotSchedule."""
    after = {each.reference: each.after for each in milestones}
    if len(after) == len(milestones) and _is_in_order(after):
        return milestones
    if faults := faults_of(milestones):
        raise CannotSchedule("; ".join(faults))
    return _in_order({each.reference: each for each in milestones})


def faults_of(milestones: Sequence[Milestone]) -> list[str]:
    """What makes a network impossible, in words: names twice or missing, and circles member by member."""
    known = Counter(each.reference for each in milestones)
    found = [f"{name} is there twice" for name in sorted(known) if known[name] > 1]
    for each in milestones:
        found += [
            f"{each.reference} waits for {other}, which is not there"
            for other in each.after
            if other not in known
        ]
    return found + [" waits for ".join((*ring, ring[0])) for ring in circles(milestones)]


def circles(milestones: Iterable[Milestone]) -> list[tuple[str, ...]]:
    """Circles without a member in common, each from its first name on: a member waits for the next."""
    after = {each.reference: each.after for each in milestones}
    return [] if _is_in_order(after) else rings(after)


def _is_in_order(after: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether each waits only for those before it, as most are written: then there is no circle to look for."""
    before: set[str] = set()
    for name, others in after.items():
        if not before.issuperset(others):
            return False
        before.add(name)
    return True


def _in_order(milestones: Mapping[str, Milestone]) -> list[Milestone]:
    """Everything after what it waits for; otherwise in the order given."""
    done: dict[str, None] = {}
    for name in milestones:
        path = [name]
        while path:
            still = [each for each in milestones[path[-1]].after if each not in done]
            if still:
                path.append(still[0])
            else:
                done[path.pop()] = None
    return [milestones[name] for name in done]


def _expected(each: Milestone, before: Mapping[str, Expected], today: date) -> Expected:
    planned = each.begins_on or each.due_on
    last = _last(before[name] for name in each.after)
    is_moved = last is not None and last.ends_on > planned
    if each.done_on:
        begins = min(planned, each.done_on)
        waits = last is not None and is_moved and last.ends_on <= each.done_on
        return Expected(each, begins, each.done_on, _name(last) if waits else "")
    begins = last.ends_on if last and is_moved else planned
    ends = later(begins, each.length)
    if ends < today:
        return Expected(each, begins, today)
    return Expected(each, begins, ends, _name(last) if is_moved else "")


def _last(ahead: Iterable[Expected]) -> Expected | None:
    found = None
    for each in ahead:
        if found is None or each.ends_on > found.ends_on:
            found = each
    return found


def _name(of: Expected | None) -> str:
    return of.milestone.reference if of else ""


def _with_slack(
    ordered: Sequence[Milestone], expected: Mapping[str, Expected], end: date | None
) -> dict[str, Expected]:
    """Each with the days by which it may still slip before the end moves; what is done cannot slip."""
    latest = dict.fromkeys(expected, end or date.max)
    for each in reversed(ordered):
        if each.done_on:
            continue
        must_begin = later(latest[each.reference], -each.length)
        for other in each.after:
            latest[other] = min(latest[other], must_begin)
    slack = {
        name: (latest[name] - one.ends_on).days
        for name, one in expected.items()
        if one.milestone.done_on is None
    }
    return {
        name: Expected(one.milestone, one.begins_on, one.ends_on, one.waits_for, slack[name])
        if slack.get(name)
        else one
        for name, one in expected.items()
    }


def _chain(expected: Mapping[str, Expected], end: date | None) -> tuple[str, ...]:
    last = [name for name, one in expected.items() if one.ends_on == end]
    if not last:
        return ()
    found = [min(last)]
    while waits := expected[found[-1]].waits_for:
        found.append(waits)
    return tuple(reversed(found))
