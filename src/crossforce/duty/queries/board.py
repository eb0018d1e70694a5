"""Who is on duty at an instant, as far as whoever asks may see."""

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from crossforce.duty import models
from crossforce.duty.choices import ENTRY, MARKING
from crossforce.duty.queries import counting, covering, whole
from crossforce.duty.queries.counting import Count
from crossforce.duty.queries.covering import Chosen, Group, Held, Only
from crossforce.duty.queries.qualified import qualified
from crossforce.duty.rules import board, statuses
from crossforce.duty.rules.board import Availability, Gap
from crossforce.insight import api as insight
from crossforce.kernel import civil, clock, guarded, guarded_watch
from crossforce.kernel.periods import Period
from crossforce.kernel.refusals import NotUnderstood
from crossforce.people import api as people
from crossforce.people.api import Able, Actor
from crossforce.records import api as records

AHEAD: Final = timedelta(hours=24)
LATELY: Final = timedelta(minutes=1)
SHOWN: Final = (
    *("id", "version", "scope_id", "what", "staff", "number", "name", "starts_at", "ends_at"),
    *("unit", "function", "call_sign", "role", "location", "latitude", "longitude"),
    *("status", "absence"),
)
NOBODY: Final = Able()


class NoSuchFilter(NotUnderstood):
    """This filter is not known."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Whom to show; every condition given must hold."""

    force: str = ""
    unit: str = ""
    function: str = ""
    skill: str = ""
    authority: str = ""
    availability: str = ""

    @property
    def is_any(self) -> bool:
        """Whether anything is asked for."""
        return self != Filter()


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a long board: so many, after so many. None is all."""

    offset: int = 0
    limit: int | None = None

    def of(self, rows: Sequence[Any]) -> Sequence[Any]:
        """That part of the rows."""
        return rows[self.offset : None if self.limit is None else self.offset + self.limit]


ALL: Final = Part()


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody on duty or on call: the entry, whose it is, and what they can and may do."""

    entry: models.Entry
    force: str
    availability: Availability
    able: Able


@dataclass(frozen=True, slots=True)
class Board:
    """Everybody on duty at an instant, the counts against minimum cover, and the gaps ahead.

    `rows` are the part that was asked for, of `total`. `forces`, `units` and `functions` are those
    that somebody on duty is in; `reaches` says whether the actor may see any duties at all. Of the
    units that are `hidden` they see a part, and no gaps are told. By the clock, counts change at
    `counts_change_at`, if no duty begins or ends before; and what the people who are `deciding` can do
    is all that a skill or an authority that is asked for chooses by.
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
    counts_change_at: datetime | None = None
    deciding: Collection[UUID] = ()


def on_duty(actor: Actor, at: datetime, wanted: Filter, part: Part = ALL) -> Board:
    """Everybody on duty at the instant whom the actor may see, by force, unit, call sign and name.

    Who is away is not on it. Of the past, only what was allowed then as well as now is shown. Skills
    and authorities are those in date and valid at the instant, as far as the actor may read them.
    Raises NoSuchFilter for a code that nothing bears.
    """
    require_known(wanted, at)
    with guarded.acting(actor, as_of(at)):
        within = covering.held(wanted.force)
        cover = counting.cover_of(wanted.unit, wanted.function)
        ahead = covering.groups(
            within,
            at,
            at + (AHEAD if cover else covering.MOMENT),
            Only([wanted.unit] if wanted.unit else ()),
            counting.later(cover, at),
        )
        there = present(ahead, at)
        units, covered = {each.unit for each in there}, {each.unit for each in cover}
        untold = whole.cover_untold(units - covered, at)
        units |= covered
        hidden = in_part(units, at, wanted.force)
        told = qualified(actor, within, cover, at, at + AHEAD)
        total, keys, deciding = _chosen(actor, within, there, at, wanted, part)
        rows = _described(actor, keys, within, at)
        return Board(
            at=at,
            rows=rows,
            counts=counting.counts(there, cover, told, at, hidden, untold),
            gaps=counting.gaps(
                ahead,
                [e for e in cover if e.unit not in hidden],
                told,
                Period(at, at + AHEAD),
            ),
            forces=sorted({within.force(each.scope) for each in there}),
            units=sorted({each.unit for each in there}),
            functions=sorted({each.function for each in there if each.function}),
            total=total,
            is_past=as_of(at) is not None,
            reaches=bool(within.scopes or within.rows),
            marking=marking_of(each.entry for each in rows),
            hidden=hidden,
            counts_change_at=counting.next_change(cover, told, at),
            deciding=deciding,
        )


@guarded.acts
def taken_out(actor: Actor, at: datetime, wanted: Filter) -> Board:
    """The whole board, to leave the platform as a file: whoever is named in it is disclosed."""
    guarded_watch.takes_out("board")
    return on_duty(actor, at, wanted)


def as_of(at: datetime) -> datetime | None:
    """The instant, if one looks back at it; the board of this minute is that of now."""
    return at if at < clock.now() - LATELY else None


def require_known(wanted: Filter, at: datetime) -> None:
    """Raises NoSuchFilter for a code that nothing bears: a slip is not an empty board."""
    on = civil.day_of(at)
    known: dict[str, Callable[[], Container[str]]] = {
        "skill": lambda: people.skills(on),
        "authority": lambda: people.authorities(on),
        "availability": lambda: set(Availability),
    }
    for name, codes in known.items():
        code = getattr(wanted, name)
        if code and code not in codes():
            raise NoSuchFilter(f"There is no {name} “{code}”.")


def present(ahead: Iterable[Group], at: datetime) -> list[Group]:
    """Who is on duty or on call at the instant: not away, and not booked off by their status."""
    off = statuses.off(civil.day_of(at))
    return [
        each for each in ahead if each.starts_at <= at < each.ends_at and each.status not in off
    ]


def in_part(units: Iterable[str], at: datetime, force: str = "") -> list[str]:
    """Of these units those that several forces share, and not all of whose duties are seen or asked for."""
    taking = whole.taking_part(units, at)
    asked = [unit for unit, forces in taking.items() if force and set(forces) - {force}]
    return sorted({*asked, *(whole.parted(taking)[0] if taking else ())})


def _chosen(
    actor: Actor, within: Held, there: Sequence[Group], at: datetime, wanted: Filter, part: Part
) -> tuple[int, list[str], set[UUID]]:
    """How many match, the entries of the part that is asked for in their order, and who was chosen among.

    These last only where a skill or an authority is asked for.
    """
    known = statuses.statuses(civil.day_of(at))
    found = [
        each
        for each in there
        if wanted.function in ("", each.function)
        and wanted.availability in ("", board.availability(each.what, each.status, known))
    ]
    chosen = Chosen(
        places_of((each.scope, within.force(each.scope), each.unit) for each in found),
        sorted({each.does for each in found}),
        wanted.function,
    )
    total, held = sum(each.people for each in found), set[UUID]()
    if wanted.skill or wanted.authority:
        people_there = covering.people_at(within, at, chosen)
        held = people.holding(
            actor, people_there, skill=wanted.skill, authority=wanted.authority
        )
        able = able_of(actor, held, wanted, at)
        total = sum(people_there[each] for each in able)
        chosen = chosen._replace(staff=sorted(able))
    elif part.limit is not None:
        chosen, part = _near(chosen, found, part)
    keys = covering.page(within, at, chosen, part.offset, part.limit) if total else []
    return total, keys, held


def places_of(found: Iterable[tuple[int, str, str]]) -> list[tuple[int, str, int]]:
    """Scopes and units with their place on a board: by force, then by unit."""
    listed = set(found)
    order = {key: place for place, key in enumerate(sorted({each[1:] for each in listed}))}
    return [(scope, unit, order[force, unit]) for scope, force, unit in listed]


def _near(chosen: Chosen, found: Sequence[Group], part: Part) -> tuple[Chosen, Part]:
    """Only those places that the part touches: how many stand before is known without reading them."""
    people_in = Counter[tuple[int, str]]()
    for each in found:
        people_in[each.scope, each.unit] += each.people
    in_place = Counter[int]()
    for scope, unit, place in chosen.places:
        in_place[place] += people_in[scope, unit]
    first, last = part.offset, part.offset + (part.limit or 0)
    touched, before, skipped = set(), 0, 0
    for place in sorted(in_place):
        after = before + in_place[place]
        if after <= first:
            skipped = after
        elif before < last:
            touched.add(place)
        before = after
    places = [each for each in chosen.places if each[2] in touched]
    return chosen._replace(places=places), Part(first - skipped, part.limit)


def able_of(actor: Actor, held: Iterable[UUID], wanted: Filter, at: datetime) -> set[UUID]:
    """Those of these people who can and may do what is asked for."""
    return {each for each, can in people.able(actor, held, at).items() if _is_able(can, wanted)}


def _is_able(able: Able, wanted: Filter) -> bool:
    """Whether somebody has the skill and the authority that are asked for."""
    return (not wanted.skill or wanted.skill in able.skills) and (
        not wanted.authority or wanted.authority in able.authorities
    )


def _described(actor: Actor, keys: Sequence[str], within: Held, at: datetime) -> list[OnDuty]:
    """The entries themselves, in the same order, with what their people can and may do."""
    known = statuses.statuses(civil.day_of(at))
    rows = entries_of(keys)
    able = people.able(actor, {each.staff for each in rows.values()}, at) if rows else {}
    return [
        OnDuty(
            row,
            within.force(row.scope_id),
            board.availability(row.what, row.status, known),
            able.get(row.staff, NOBODY),
        )
        for key in keys
        if (row := rows.get(key))
    ]


def entries_of(keys: Iterable[UUID | str]) -> dict[str, models.Entry]:
    """Entries by their keys, as text: from here on they count as read."""
    wanted = list(keys)
    rows = models.Entry.objects.filter(pk__in=wanted).only(*SHOWN) if wanted else ()
    return {str(row.pk): row for row in rows}


def marking_of(entries: Iterable[models.Entry]) -> str:
    """The marking of a page or a file that shows these entries."""
    places = records.places_of({each.scope_id for each in entries}).values()
    compartments = [place.compartment for place in places]
    return records.marking_line([place.marking for place in places] or [MARKING], compartments)


def scopes_of(force: str) -> list[int]:
    """The scopes of one force's duties that whoever acts may read."""
    return list(covering.held(force).scopes)


@guarded.acts
def why_empty(actor: Actor, at: datetime) -> insight.Explanation:
    """Why the actor sees duties, or what is missing."""
    return insight.explain(actor, ENTRY, "read", at)
