"""Whom a board shows, of those who are there: chosen and sorted by the database."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from crossforce.duty.queries import running, shown
from crossforce.duty.queries.asked import Filter, Part
from crossforce.duty.queries.grouped import Group
from crossforce.duty.queries.running import MOMENT, Held, Only
from crossforce.duty.queries.shown import Noted
from crossforce.duty.rules import board, statuses
from crossforce.kernel import civil
from crossforce.people import api as people
from crossforce.people.api import Able, Actor

THERE: Final = """
WITH rare AS MATERIALIZED ({rare}),
away AS MATERIALIZED (SELECT staff FROM rare WHERE what = 'absence' UNION ALL SELECT staff FROM ({elsewhere}) e),
there AS (
  SELECT d.*, b.place FROM ({duties} UNION ALL SELECT {columns} FROM rare WHERE what <> 'absence'{words}) d
    JOIN unnest(%s::int[], %s::text[], %s::int[]) AS b (scope_id, unit, place) ON b.scope_id = d.scope_id AND b.unit = d.unit
   WHERE d.what || ' ' || d.status = ANY (%s)
     AND NOT EXISTS (SELECT FROM away WHERE away.staff = d.staff))
"""
PAGE: Final = (
    f"SELECT {shown.SELECTED} FROM there ORDER BY place, call_sign, name, id OFFSET %s LIMIT %s"  # noqa: S608 - our own words
)
PEOPLE: Final = """
SELECT json_object_agg(staff, entries)::text FROM (SELECT staff, count(*) AS entries FROM there GROUP BY staff) p
"""


class Chosen(NamedTuple):
    """Whom to show, of those who are there: of these scopes and units, in their order, who do one of these."""

    places: Sequence[tuple[int, str, int]]
    does: Sequence[str]
    function: str = ""
    staff: Sequence[UUID | str] | None = None


class Found(NamedTuple):
    """How many match; and of whom, and which part, the entries are still to be asked for (`listing`).

    What the people who are `deciding` can do is all that a skill or an authority asked for chose by.
    """

    total: int
    of: Chosen
    part: Part
    deciding: set[UUID]


def chosen(
    actor: Actor, within: Held, there: Sequence[Group], at: datetime, wanted: Filter, part: Part
) -> Found:
    """Those who match, by force, unit, call sign and name."""
    found = _matching(there, at, wanted)
    of = Chosen(
        places_of((each.scope, within.force(each.scope), each.unit) for each in found),
        sorted({each.does for each in found}),
        wanted.function,
    )
    total, held = sum(each.people for each in found), set[UUID]()
    if wanted.skill or wanted.authority:
        people_there = _people_at(within, at, of)
        able, held = qualifying(actor, people_there, wanted, at)
        total = sum(people_there[each] for each in able)
        of = of._replace(staff=sorted(able))
    elif part.limit is not None:
        of, part = _near(of, found, part)
    return Found(total, of, part, held)


def _matching(there: Sequence[Group], at: datetime, wanted: Filter) -> Sequence[Group]:
    """Those who do the function, and may be sent as is asked."""
    function, availability = wanted.function, wanted.availability
    if function:
        there = [each for each in there if each.function == function]
    if not availability:
        return there
    known = statuses.statuses(civil.day_of(at))
    return [e for e in there if board.availability(e.what, e.status, known) == availability]


def qualifying(
    actor: Actor, staff: Iterable[UUID], wanted: Filter, at: datetime
) -> tuple[set[UUID], set[UUID]]:
    """Of these people, who can and may do what is asked for; and who ever could, among whom they are chosen."""
    held = people.holding(actor, staff, skill=wanted.skill, authority=wanted.authority)
    able = people.able(actor, held, at)
    return {each for each, can in able.items() if _is_able(can, wanted)}, held


def places_of(found: Iterable[tuple[int, str, str]]) -> list[tuple[int, str, int]]:
    """Scopes and units with their place on a board: by force, then by unit."""
    listed = set(found)
    order = {key: place for place, key in enumerate(sorted({each[1:] for each in listed}))}
    return [(scope, unit, order[force, unit]) for scope, force, unit in listed]


def _near(of: Chosen, found: Sequence[Group], part: Part) -> tuple[Chosen, Part]:
    """Only those places that the part touches: how many stand before is known without reading them."""
    people_in = Counter[tuple[int, str]]()
    for each in found:
        people_in[each.scope, each.unit] += each.people
    in_place = Counter[int]()
    for scope, unit, place in of.places:
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
    places = [each for each in of.places if each[2] in touched]
    return of._replace(places=places), Part(first - skipped, part.limit)


def _is_able(able: Able, wanted: Filter) -> bool:
    """Whether somebody has the skill and the authority that are asked for."""
    return (not wanted.skill or wanted.skill in able.skills) and (
        not wanted.authority or wanted.authority in able.authorities
    )


@contextmanager
def listing(
    within: Held, at: datetime, found: Found
) -> Iterator[Callable[[], Sequence[Noted]]]:
    """The entries at the instant in order of place, call sign and name.

    They are worked out while the block does something that asks nothing, until it wants them.
    """
    if not (found.total and found.of.places):
        yield list
        return
    statement, given = _there(PAGE, within, at, found.of)
    given += [found.part.offset, found.part.limit]
    with running.rows_begun(statement, given) as rows:
        yield lambda: list(map(shown.noted, rows()))


def _people_at(within: Held, at: datetime, of: Chosen) -> dict[UUID, int]:
    """Who is there at the instant, and by how many entries."""
    if not of.places:
        return {}
    statement, given = _there(PEOPLE, within, at, of)
    ((text,),) = running.figures(statement, given)
    return {UUID(staff): entries for staff, entries in json.loads(text or "{}").items()}


def _there(then: str, within: Held, at: datetime, of: Chosen) -> tuple[str, list[Any]]:
    """A statement of those who are there and chosen, and what is done with them then."""
    scopes, units, places = (list(each) for each in zip(*of.places, strict=True))
    only = Only(sorted(set(units)), of.function, of.staff)
    near = within._replace(scopes=sorted(set(scopes) & set(within.scopes)))
    rare, of_rare = running.rare(within, at, at + MOMENT, shown.COLUMNS)
    duties, of_duties = running.ordinary(shown.COLUMNS, near, at, at + MOMENT, only)
    elsewhere, gone = running.elsewhere(within, at, at + MOMENT)
    words, more = only.words()
    there = THERE.format(
        rare=rare, elsewhere=elsewhere, duties=duties, columns=shown.COLUMNS, words=words
    )
    given = [*of_rare, *gone, *of_duties, *more, scopes, units, places, list(of.does)]
    return there + then, given
