"""Who is on duty at an instant, as far as whoever asks may see."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from crossforce.duty.choices import ENTRY, MARKING
from crossforce.duty.queries import (
    ahead,
    choosing,
    counting,
    grouped,
    running,
    shown,
    whole,
)
from crossforce.duty.queries.asked import (
    ALL,
    Filter,
    Part,
    as_of,
    may_look,
    require_known,
    sight_at,
)
from crossforce.duty.queries.counting import Count
from crossforce.duty.queries.qualified import qualified
from crossforce.duty.queries.running import MOMENT, Held
from crossforce.duty.queries.shown import Noted
from crossforce.duty.queries.whole import Closed, Suspended
from crossforce.duty.rules import board, statuses
from crossforce.duty.rules.board import DEPLOYABLE, Availability, Gap
from crossforce.insight import api as insight
from crossforce.kernel import civil, guarded, guarded_watch
from crossforce.kernel.periods import Period
from crossforce.people import api as people
from crossforce.people.api import Able, Actor

AHEAD: Final = timedelta(hours=24)
NOBODY: Final = Able()


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody on duty or on call: the entry, whose it is, and what they can and may do.

    On a board of the past, `then` is what an entry said that was changed since.
    """

    entry: Noted
    force: str
    availability: Availability
    able: Able
    then: Noted | None = None

    @property
    def is_barred(self) -> bool:
        """Whether they could be sent, but not with every authority that they were given."""
        return bool(self.able.barred) and self.availability in DEPLOYABLE

    @property
    def differs(self) -> Sequence[str]:
        """In what the entry said something else then."""
        return shown.differs(self.then, self.entry) if self.then else ()


@dataclass(frozen=True, slots=True)
class Board:
    """Everybody on duty at an instant, the counts against minimum cover, and the gaps ahead.

    `rows` are the part that was asked for, of `total`. `forces`, `units` and `functions` are those
    that somebody on duty is in; `reaches` says whether the actor may see any duties at all. Of the
    units that are `hidden` they see a part, and no gaps are told. By the clock, counts change at
    `counts_change_at`, if no duty begins or ends before. Of units that are `suspended` nobody else is shown; and what the
    people who are `deciding` can do is all that a skill or an authority that is asked for chooses by. A
    unit that was asked for, and of which nobody is there, may be `closed`. Gaps of some units are `told_until`
    something ends by which they may be seen.
    """

    at: datetime
    rows: Sequence[OnDuty]
    counts: Sequence[Count] = ()
    gaps: Sequence[Gap] = ()
    forces: Sequence[str] = ()
    units: Sequence[str] = ()
    functions: Sequence[str] = ()
    total: int = 0
    is_past: bool = False
    reaches: bool = True
    marking: str = MARKING
    hidden: Sequence[str] = ()
    suspended: Mapping[str, Suspended] = field(default_factory=dict)
    counts_change_at: datetime | None = None
    deciding: Collection[UUID] = ()
    closed: Closed | None = None
    told_until: Mapping[str, datetime] = field(default_factory=dict)


def on_duty(actor: Actor, at: datetime, wanted: Filter, part: Part = ALL) -> Board:
    """Everybody on duty at the instant whom the actor may see, by force, unit, call sign and name.

    Who is away is not on it. Of another time, only what is allowed then as well as now is shown. Skills
    and authorities are those in date and valid at the instant, as far as the actor may read them.
    Raises NoSuchFilter for a code that nothing bears.
    """
    require_known(actor, wanted, at)
    with guarded.acting(actor, sight_at(at)):
        within = running.held(wanted.force, as_of(at))
        cover = counting.cover_of(wanted.unit, wanted.function, as_of(at))
        within = running.knowing_who_is_gone(within, at, at + AHEAD)
        until = at + (AHEAD if cover else MOMENT)
        units = [wanted.unit] if wanted.unit else ()
        coming = grouped.groups(within, at, until, units, counting.functions_of(cover))
        there = grouped.present(coming, at)
        staffed, covered = ({each.unit for each in some} for some in (there, cover))
        shared = whole.shared({*staffed, *covered, wanted.unit} - {""}, at)
        hidden, of = whole.in_part(shared, wanted.force), shared.get(wanted.unit)
        untold = whole.cover_untold(shared, staffed - covered)
        told = qualified(actor, within, cover, at, at + AHEAD)
        during, *later = ahead.parts(at, at + AHEAD) if cover else [Period(at, at + AHEAD)]
        found = choosing.chosen(actor, within, there, at, wanted, part)
        with choosing.listing(within, at, found) as entries:
            counts = counting.counts(there, cover, told, at, hidden, untold)
            whole_cover = [each for each in cover if each.unit not in hidden]
            gaps = counting.gaps(coming, whole_cover, told, during)
            listed = entries()
        silent = {*hidden, *(unit for unit, _ in told.untold)}
        known = ahead.through(actor, wanted, gaps, later, silent, within.then)
        rows = _described(actor, listed, within, at)
        return Board(
            at=at,
            rows=rows,
            counts=counts,
            gaps=known.gaps,
            told_until=known.until,
            forces=sorted({within.force(each.scope) for each in there}),
            units=sorted(staffed),
            functions=sorted({each.function for each in there if each.function}),
            total=found.total,
            is_past=as_of(at) is not None,
            reaches=bool(within.scopes or within.rows) or may_look(actor, at),
            marking=shown.marking_of(each.entry for each in rows),
            hidden=hidden,
            suspended=whole.suspended(shared, at),
            counts_change_at=counting.next_change(cover, told, at),
            deciding=found.deciding,
            closed=None if there or of is None else whole.closed(actor, wanted.unit, of, at),
        )


@guarded.acts
def taken_out(actor: Actor, at: datetime, wanted: Filter) -> Board:
    """The whole board, to leave the platform as a file: whoever is named in it is disclosed."""
    guarded_watch.takes_out("board")
    return on_duty(actor, at, wanted)


def _described(
    actor: Actor, entries: Sequence[Noted], within: Held, at: datetime
) -> list[OnDuty]:
    """The entries, in the same order, with what their people can and may do."""
    known = statuses.statuses(civil.day_of(at))
    able = people.able(actor, {each.staff for each in entries}, at) if entries else {}
    then = shown.as_they_were(entries, within.then)
    return [
        OnDuty(
            each,
            within.force(each.scope_id),
            board.availability(each.what, each.status, known),
            able.get(each.staff, NOBODY),
            then.get(each.id),
        )
        for each in entries
    ]


@guarded.acts
def why_empty(actor: Actor, at: datetime) -> insight.Explanation:
    """Why the actor sees duties, or what is missing."""
    return insight.explain(actor, ENTRY, "read", at)
