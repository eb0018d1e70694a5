"""How many are on duty against what units need, at an instant and ahead."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crossforce.duty import models
from crossforce.duty.choices import What
from crossforce.duty.queries import grouped
from crossforce.duty.queries.grouped import Group
from crossforce.duty.queries.qualified import Qualified, qualified
from crossforce.duty.queries.running import Held
from crossforce.duty.rules import board, statuses
from crossforce.duty.rules.board import ANYBODY, Gap, Span, Wanted
from crossforce.kernel import civil
from crossforce.kernel.periods import Period
from crossforce.people.api import Actor


@dataclass(frozen=True, slots=True)
class Count:
    """How many a unit, or one of its functions, has on duty, against what it needs.

    Where a skill or an authority is named, only those who have it are counted.

    `is_part`: other forces share the unit, and not all of its duties may be seen; then nobody can say
    from here that it is short. Where cover is not `is_told`, it may not be read, and there may be some.
    """

    unit: str
    function: str
    has: int
    minimum: int
    is_part: bool = False
    skill: str = ""
    authority: str = ""
    is_told: bool = True

    @property
    def is_short(self) -> bool:
        return self.has < self.minimum and not self.is_part


def cover_of(unit: str = "", function: str = "", then: datetime | None = None) -> list[Wanted]:
    """The minimum cover that the actor may see, of the unit and function that are asked for.

    What several forces want alike is said once. Of an instant of the past, what was set `then` already.
    """
    named = ("pk", "scope_id", *Wanted.__slots__)
    rows: Any = models.Cover.objects.order_by("unit", "function", "begins", "pk")
    if then:
        rows = rows.filter(created_at__lte=then)
    if unit:
        rows = rows.filter(unit=unit)
    if function:
        rows = rows.filter(function__in=["", function])
    wanted = (Wanted(*words) for _, _, *words in rows.values_list(*named))
    return list(dict.fromkeys(wanted))


def functions_of(cover: Iterable[Wanted]) -> list[str]:
    """The units of which this cover tells functions apart."""
    return sorted({each.unit for each in cover if each.function})


def counts(
    there: Sequence[Group],
    cover: list[Wanted],
    counting: Qualified,
    at: datetime,
    hidden: Container[str],
    untold: Container[str] = (),
) -> list[Count]:
    """How many are there, by unit and function, and for each skill or authority that cover names."""
    wanted = board.wanted_at(cover, at)
    plain = _of_anybody(
        there, [each for each in wanted if each.needs == ANYBODY], hidden, untold
    )
    named = [
        Count(
            each.unit,
            each.function,
            counting.count(each, at),
            each.minimum,
            each.unit in hidden or not counting.tells(each),
            *each.needs,
        )
        for each in wanted
        if each.needs != ANYBODY
    ]
    return sorted(
        [*plain, *named], key=lambda e: (e.unit, e.function, e.skill, e.authority, e.minimum)
    )


def next_change(cover: list[Wanted], counting: Qualified, at: datetime) -> datetime | None:
    """When, after the instant, cover is next wanted otherwise, or somebody who counts for it no longer does.

    A duty that begins or ends is not asked for here.
    """
    turns = {edge for each in counting.spans for edge in (each.starts_at, each.ends_at)}
    turns.add(board.next_change(cover, at) or at)
    return min((edge for edge in turns if edge > at), default=None)


def _of_anybody(
    there: Sequence[Group],
    wanted: Sequence[Wanted],
    hidden: Container[str],
    untold: Container[str],
) -> list[Count]:
    has, by_unit = Counter[tuple[str, str]](), Counter[str]()
    for each in there:
        if each.what == What.DUTY:
            has[each.unit, each.function] += each.people
            by_unit[each.unit] += each.people
    needs = Counter[tuple[str, str]]()
    for need in wanted:
        of = need.unit, need.function
        needs[of] = max(needs[of], need.minimum)
    return [
        Count(
            unit,
            function,
            has[unit, function] if function else by_unit[unit],
            needs[unit, function],
            unit in hidden,
            is_told=unit not in untold,
        )
        for unit, function in sorted({*has, *needs, *((unit, "") for unit in by_unit)})
    ]


def gaps_ahead(
    actor: Actor, within: Held, cover: list[Wanted], starts_at: datetime, ends_at: datetime
) -> tuple[list[Gap], list[str]]:
    """Where the cover is short in the period, and of which units that cannot be said.

    Who is absent or booked off does not count, nor who has not what the cover names.
    """
    units = sorted({each.unit for each in cover})
    ahead = (
        grouped.groups(within, starts_at, ends_at, units, functions_of(cover)) if units else []
    )
    counting = qualified(actor, within, cover, starts_at, ends_at)
    found = gaps(ahead, cover, counting, Period(starts_at, ends_at))
    return found, sorted({unit for unit, _ in counting.untold})


def gaps(
    ahead: Iterable[Group], cover: list[Wanted], counting: Qualified, during: Period
) -> list[Gap]:
    """Where the cover is short in a period that ends, as far as that can be said."""
    told = [each for each in cover if counting.tells(each)]
    if not told or during.ends_at is None:
        return []
    off = statuses.off(civil.day_of(during.starts_at))
    on = Counter[tuple[datetime, datetime, str, str]]()
    for each in ahead:
        if each.what == What.DUTY and each.status not in off:
            on[each.starts_at, each.ends_at, each.unit, each.function] += each.people
    spans = [Span(*words, number) for words, number in on.items()]
    return board.gaps(told, [*spans, *counting.spans], during.starts_at, during.ends_at)
