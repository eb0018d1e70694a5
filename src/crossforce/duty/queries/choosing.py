"""Whom a board shows, of those who are there: chosen and sorted by the database."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from crossforce.duty.queries import running
from crossforce.duty.queries.asked import Filter, Part
from crossforce.duty.queries.grouped import Group
from crossforce.duty.queries.running import MOMENT, Held, Only
from crossforce.duty.rules import board, statuses
from crossforce.kernel import civil
from crossforce.people import api as people
from crossforce.people.api import Able, Actor

CHOSEN: Final = "id, scope_id, staff, what, unit, status, call_sign, name"
THERE: Final = """
WITH rare AS MATERIALIZED ({rare}),
away AS MATERIALIZED (SELECT staff FROM rare WHERE what = 'absence' UNION ALL SELECT staff FROM ({elsewhere}) e),
there AS (
  SELECT d.id, d.staff, d.call_sign, d.name, b.place FROM ({duties} UNION ALL SELECT {columns} FROM rare WHERE what <> 'absence'{words}) d
    JOIN unnest(%s::int[], %s::text[], %s::int[]) AS b (scope_id, unit, place) ON b.scope_id = d.scope_id AND b.unit = d.unit
   WHERE d.what || ' ' || d.status = ANY (%s)
     AND NOT EXISTS (SELECT FROM away WHERE away.staff = d.staff))
"""
PAGE: Final = (
    "SELECT id::text FROM there ORDER BY place, call_sign, name, id OFFSET %s LIMIT %s"
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
    """How many match, and the entries of the part that is asked for, in their order.

    What the people who are `deciding` can do is all that a skill or an authority asked for chose by.
    """

    total: int
    keys: Sequence[str]
    deciding: set[UUID]


def chosen(
    actor: Actor, within: Held, there: Sequence[Group], at: datetime, wanted: Filter, part: Part
) -> Found:
    """Those who match, by force, unit, call sign and name."""
    known = statuses.statuses(civil.day_of(at))
    found = [
        each
        for each in there
        if wanted.function in ("", each.function)
        and wanted.availability in ("", board.availability(each.what, each.status, known))
    ]
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
    return Found(total, _page(within, at, of, part) if total else [], held)


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


def _page(within: Held, at: datetime, of: Chosen, part: Part) -> list[str]:
    """Identifiers of entries at the instant in order of place, call sign and name."""
    if not of.places:
        return []
    statement, given = _there(PAGE, within, at, of)
    return [row for (row,) in running.figures(statement, [*given, part.offset, part.limit])]


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
    rare, of_rare = running.rare(within, at, at + MOMENT)
    duties, of_duties = running.ordinary(CHOSEN, near, at, at + MOMENT, only)
    elsewhere, gone = running.elsewhere(within, at, at + MOMENT)
    words, more = only.words()
    there = THERE.format(
        rare=rare, elsewhere=elsewhere, duties=duties, columns=CHOSEN, words=words
    )
    given = [*of_rare, *gone, *of_duties, *more, scopes, units, places, list(of.does)]
    return there + then, given
