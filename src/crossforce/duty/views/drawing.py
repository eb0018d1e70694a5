"""The changing part of the board, drawn: for the page, for its refreshing, and for the live stream."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string

from crossforce.agreements import catalogues
from crossforce.duty import queries
from crossforce.duty.choices import ENTRY
from crossforce.duty.queries import Board, Lane, OnDuty, Timeline
from crossforce.duty.rules import board as rules
from crossforce.duty.rules import labels
from crossforce.duty.rules.labels import Label, Spot
from crossforce.duty.views import naming
from crossforce.duty.views.asking import LONGEST_PAGE, Asked
from crossforce.duty.views.naming import Names
from crossforce.kernel import civil, registry
from crossforce.kernel.web import dates
from crossforce.organisations import api as organisations
from crossforce.organisations.choices import OrganisationKind
from crossforce.organisations.directory import areas
from crossforce.people import api as people
from crossforce.people.api import Actor

PART: Final = "duty/board/part.html"
HOURS: Final = 24
BESIDE, BELOW = 60, 18
"""How near marks come before they cover each other, in steps of a drawing."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Those who stand so near to each other on a drawing that one mark is for all of them."""

    x: int
    y: int
    rows: list[OnDuty]

    @property
    def availability(self) -> str:
        """What is true of all of them, or that it is not the same for all."""
        found = {naming.mark(row) for row in self.rows}
        return found.pop() if len(found) == 1 else "several"

    @property
    def words(self) -> str:
        """The first of them by name, and how many more there are."""
        first = self.rows[0].entry
        more = len(self.rows) - 1
        return f"{first.call_sign or first.name}{f' and {more} more' if more else ''}"


@dataclass(frozen=True)
class Shown:
    """What a board's templates draw from."""

    asked: Asked
    board: Any
    names: Names
    empty: Any = None

    @property
    def pages(self) -> int:
        total: int = self.board.total
        return max(1, math.ceil(total / LONGEST_PAGE))

    @property
    def why(self) -> str:
        """The name of the page that explains why a record can be seen, where an app offers one."""
        page = registry.record_pages.get("why")
        return page.url_name if page else ""

    @property
    def groups(self) -> Iterator[tuple[str, str, list[OnDuty]]]:
        """The rows by force and unit, in their order."""
        rows: Sequence[OnDuty] = self.board.rows
        for key, some in groupby(rows, key=lambda row: (row.force, row.entry.unit)):
            yield *key, list(some)

    @property
    def lanes(self) -> Iterator[tuple[str, str, list[Lane]]]:
        """The lanes by force and unit, in their order."""
        lanes: Sequence[Lane] = self.board.lanes
        for key, some in groupby(lanes, key=lambda lane: (lane.force, lane.first.unit)):
            yield *key, list(some)

    @property
    def hours(self) -> list[tuple[int, str]]:
        """Where each third hour of a timeline stands, in minutes from its left, and its name."""
        found = []
        for hour in range(0, HOURS, 3):
            at = self.board.starts_at + timedelta(hours=hour)
            found.append((hour * 60, civil.time_of_day(at)))
        return found

    @property
    def now_at(self) -> int:
        """Where the instant stands in a timeline."""
        return rules.along(self.board.at, self.board.starts_at)

    @property
    def whose(self) -> str:
        """Of how many forces and partners they are, where these are several."""
        codes = self.board.forces
        if len(codes) < 2:
            return ""
        held = organisations.directory()
        kinds = [found.kind for found in map(held.get, codes) if found]
        forces = kinds.count(OrganisationKind.FORCE)
        others = len(codes) - forces
        said = [
            f"{number} {word}{'s' if number > 1 else ''}"
            for number, word in ((forces, "force"), (others, "partner"))
            if number
        ]
        return f", of {' and '.join(said)}"

    @property
    def nearest(self) -> list[str]:
        """What is missing for the clauses that come nearest to showing somebody, each said once."""
        return naming.nearest(self.empty) if self.empty else []

    @cached_property
    def came_later(self) -> bool:
        """Whether all that a board of the past shows was recorded after its instant: then it is said once."""
        rows = self.board.rows
        return bool(rows) and all(each.entry.created_at > self.board.at for each in rows)

    @property
    def keys(self) -> Mapping[str, str]:
        """What the marks of a map mean."""
        return naming.MARKS

    def mark(self, row: OnDuty) -> str:
        return naming.mark(row)

    def since(self, row: OnDuty) -> str:
        """What became of the duty since, on a board of the past."""
        is_said = self.came_later and not row.entry.cancelled_at
        return "" if is_said else naming.since(row, self.board.at)

    def then(self, row: OnDuty) -> list[str]:
        """What it said then, where it says something else now."""
        return naming.then(row, self.names)

    def beside(self, row: OnDuty) -> list[str]:
        """The skills that no valid authority of the person says already, in words."""
        said = {
            code
            for held in row.able.authorities
            for code in self._authorities[held].requires
            if held in self._authorities
        }
        return sorted(self.names.skill(code) for code in row.able.skills - said)

    @cached_property
    def _authorities(self) -> Mapping[str, Any]:
        return people.authorities(civil.day_of(self.board.at))

    def bars(self, lane: Lane) -> list[tuple[Any, int, int]]:
        """The stretches of a lane, with the beginning and the length of their bars in minutes."""
        begin, end = self.board.starts_at, self.board.ends_at
        found = []
        for each in lane.stretches:
            if each.ends_at <= begin or each.starts_at >= end:
                continue
            left = rules.along(max(each.starts_at, begin), begin)
            right = rules.along(min(each.ends_at, end), begin)
            found.append((each, left, max(right - left, 4)))
        return found

    @cached_property
    def map(self) -> areas.Map:
        """The ground of the forces that somebody on the board is of."""
        return areas.drawn(self.board.forces)

    @property
    def marks(self) -> list[Mark]:
        """What the drawing shows of them: each where nobody else is, or several as one."""
        found: list[Mark] = []
        for row in self.located:
            x, y = self.map.point(row.entry.longitude or 0, row.entry.latitude or 0)
            near = (
                each for each in found if abs(each.x - x) < BESIDE and abs(each.y - y) < BELOW
            )
            if mark := next(near, None):
                mark.rows.append(row)
            else:
                found.append(Mark(x, y, [row]))
        return found

    @property
    def labelled(self) -> list[tuple[Mark, Label | None]]:
        """The marks, each with the place of its words; where there is no room for them, the table alone names it."""
        left, top, width, height = map(float, self.map.view.split())
        whole = labels.Box(left, top, left + width, top + height)
        marks = self.marks
        spots = [Spot(each.x, each.y, each.words) for each in marks]
        return list(zip(marks, labels.labels(spots, whole), strict=True))

    @cached_property
    def located(self) -> list[OnDuty]:
        """Those of the rows whose place is known."""
        return [row for row in self.board.rows if is_located(row.entry)]


def shown(actor: Actor, asked: Asked) -> Shown:
    """Ask what is asked, with names for it; an empty board says why it is."""
    query: Callable[..., Any] = (
        queries.timeline if asked.show == "timeline" else queries.on_duty
    )
    found = query(actor, asked.at, asked.wanted, asked.part)
    return of(actor, asked, found)


def of(actor: Actor, asked: Asked, found: Board | Timeline) -> Shown:
    """A board that was asked for, ready to be drawn."""
    on = civil.day_of(found.at)
    units = {asked.wanted.unit, *found.units}
    forces = {asked.wanted.force, *found.forces}
    if isinstance(found, Board):
        units |= (
            {each.unit for each in found.counts}
            | {each.unit for each in found.gaps}
            | {*found.told_until}
        )
        forces |= {each.by for each in found.suspended.values()}
        forces |= {*found.closed.forces, *found.closed.unread} if found.closed else set()
    empty = None if found.reaches or found.total else queries.why_empty(actor, found.at)
    return Shown(asked, found, naming.names(forces - {""}, units - {""}, on), empty)


def part(drawn: Shown, request: HttpRequest | None = None) -> str:
    """The changing part, as it stands inside the element `duty-board`."""
    return render_to_string(PART, context(drawn), request=request, using="jinja2")


def context(drawn: Shown) -> Mapping[str, Any]:
    """What the templates are given."""
    instant = drawn.asked.instant
    return {
        "shown": drawn,
        "board": drawn.board,
        "names": drawn.names,
        "asked": drawn.asked,
        "kind": ENTRY,
        "card_query": f"?{urlencode(instant)}" if instant else "",
        "clock_of": clock_of,
        "words_until": until,
    }


def choices(drawn: Shown) -> Mapping[str, list[tuple[str, str]]]:
    """What the filter offers: what somebody on the board is in, and every skill and authority."""
    names, wanted, on = drawn.names, drawn.asked.wanted, civil.day_of(drawn.board.at)
    offered: dict[str, Any] = {
        "force": (drawn.board.forces, names.force),
        "unit": (drawn.board.units, names.unit),
        "function": (drawn.board.functions or catalogues.functions(), names.function),
        "skill": (people.skills(on), names.skill),
        "authority": (people.authorities(on), names.authority),
    }
    found = {}
    for name, (codes, worded) in offered.items():
        wished = {getattr(wanted, name)} - {""}
        pairs = [(code, worded(code)) for code in {*codes, *wished} if code]
        found[name] = sorted(pairs, key=lambda pair: pair[1])
    found["availability"] = [
        (code.value, words) for code, (words, _) in naming.AVAILABILITY.items()
    ]
    return found


def is_located(entry: Any) -> bool:
    return entry.latitude is not None and entry.longitude is not None


def clock_of(at: datetime) -> str:
    """The time of day in London."""
    return civil.time_of_day(at)


def until(at: datetime, seen_from: datetime) -> str:
    """The time of day, with the day where it is another than that of the instant."""
    local, here = at.astimezone(civil.LONDON), seen_from.astimezone(civil.LONDON)
    if local.date() == here.date():
        return civil.time_of_day(at)
    return f"{civil.time_of_day(at)}, {local.day} {dates.month_name(local.month)[:3]}"
