"""What a preview says is what really comes about, for whoever acts, in every random world."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crossforce.access import api as access
from crossforce.insight import api as insight
from crossforce.kernel import guarded
from crossforce.kernel.periods import Period
from crossforce.oversight import preview
from tests.worlds import comparing, loading, tables
from tests.worlds.model import PLATFORM, Actor, Grant, World
from tests.worlds.strategies import ACTIONS, AGREEMENTS, COMPARTMENTS, FORCES, Sketch, sketches

WORLDS = 60
GENERATED = [Phase.explicit, Phase.generate]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
KINDS = tuple(tables.PEOPLE)
PREVIEWED = AGREEMENTS[0]
PREVIEWER = Actor(PLATFORM, "system:previewer", "administration")
Seen = Counter[tuple[str, str, str, str]]
"""By change, kind, action and holder, how many records."""
Unlike = tuple[Actor, Seen | int, Seen | int]


@pytest.fixture
def base(transactional_db: None) -> datetime:
    loading.stage(KINDS)
    return comparing.clock()


def told_of(compartments: Sequence[str]) -> list[access.Grant]:
    """What lets the previewer count, and tells them of these compartments."""
    return [
        access.Grant(
            version=1,
            clause="",
            term="",
            holder=holder,
            recipient=PLATFORM,
            kind=kind,
            actions=("preview", "explain"),
            holds=Period(comparing.clock()),
            roles=(PREVIEWER.role,),
            marking="TOP SECRET",
            compartment=compartment,
        )
        for holder in FORCES
        for kind in KINDS
        for compartment in compartments
    ]


def holding(grants: Sequence[Grant], at: datetime) -> list[access.Grant]:
    """The grants of the previewed agreement that hold at the instant, as the platform knows them."""
    return [
        loading._sent(each, span)
        for each in grants
        if each.agreement == PREVIEWED and each.holder in (each.forces or [each.holder])
        for span in each.holds
        if span.holds(at)
    ]


def scopes_of(who: Actor, actions: Sequence[str] = ACTIONS) -> dict[tuple[str, str], set[int]]:
    """What the database lets somebody do, by kind and action."""
    with guarded.acting(loading.actor(who)):
        return {(k, a): set(access.scopes(k, a)) for k in KINDS for a in actions}


def told_to_previewer() -> set[int]:
    """The scopes that they know of: by what lets them count, and by whatever the world lets them read besides."""
    known = scopes_of(PREVIEWER, ("find", "read", "explain"))
    return set().union(*known.values())


def read_by(who: Actor) -> set[Any]:
    """The rows that somebody really reads."""
    found: set[Any] = set()
    with guarded.acting(loading.actor(who)), connection.cursor() as cursor:
        for each in tables.PEOPLE.values():
            cursor.execute(f"SELECT id FROM {each.name}")
            found.update(row[0] for row in cursor.fetchall())
    return found


def previewed(lines: Sequence[preview.Line], who: Actor) -> Seen:
    """What the preview says of somebody."""
    said: Seen = Counter()
    for line in lines:
        asks = ((line.units, who.unit), (line.roles, who.role), (line.purposes, who.purpose))
        if who.organisation in line.viewers and all(
            (value in choice.values) is not choice.but for choice, value in asks
        ):
            for action in line.actions:
                said[line.change, line.kind, action, line.holder] += line.amount
    return said


def happened(
    world: World,
    before: dict[tuple[str, str], set[int]],
    after: dict[tuple[str, str], set[int]],
    told: set[int],
) -> Seen:
    """What really changed for somebody, counted on the rows of the world of which the previewer is told."""
    seen: Seen = Counter()
    for row in world.rows:
        number = loading.scope(row.scope)
        for action in ACTIONS:
            key = (row.kind, action)
            had, has = number in before[key], number in after[key]
            if had != has and (not row.scope.compartment or number in told):
                change = "added" if has else "removed"
                seen[change, row.kind, action, row.scope.holder] += 1
    return seen


@pytest.mark.slow
@settings(max_examples=WORLDS, suppress_health_check=SLOW, database=None, phases=GENERATED)
@given(data=st.data())
def test_a_preview_says_what_comes_about(base: datetime, data: st.DataObject) -> None:
    sketch: Sketch = data.draw(sketches(base, KINDS))
    other: Sketch = data.draw(sketches(base, KINDS))
    told = data.draw(st.sampled_from([sorted(set(COMPARTMENTS)), [""], ["", "blue"]]))
    world = replace(sketch.world, shares=())
    with transaction.atomic():
        try:
            loading.load(world, tables.PEOPLE)
            access.put_grants("the-previewing", told_of(told))
            found = _compared(replace(sketch, world=world), other, told)
        finally:
            transaction.set_rollback(True)
    assert not found, found[0]


def _compared(sketch: Sketch, other: Sketch, told: Sequence[str]) -> list[Unlike]:
    """Asked again in the rare case that something begins or ends meanwhile; at midnight, too, for heirs."""
    while True:
        before = comparing.clock()
        with transaction.atomic():
            found = list(_unlike(sketch.world, sketch.actors, other.world.grants, told))
            transaction.set_rollback(True)
        after = comparing.clock()
        if not any(before < edge <= after for edge in (*sketch.edges, *other.edges)):
            return found


def _unlike(
    world: World, actors: Sequence[Actor], drafted: Sequence[Grant], told: Sequence[str]
) -> Iterator[Unlike]:
    """For whom something else came about than was said: what was said, and what came."""
    at = comparing.clock()
    before, after = holding(world.grants, at), holding(drafted, at)
    with guarded.acting(loading.actor(PREVIEWER)):
        foreseen = insight.foreseen(PREVIEWED, before, after, at)
        assert foreseen is not None
        gains = list(preview.gains(foreseen))
        counts = insight.counted({scope for each in gains for scope in each.scopes})
    lines = preview.lines(gains, counts)
    people = [who for who in actors if who.posting is None or _is_held(who, at)]
    was = [(scopes_of(who), read_by(who)) for who in people]
    known = told_to_previewer()
    access.put_grants(PREVIEWED, after)
    for who, (had, read) in zip(people, was, strict=True):
        has = scopes_of(who)
        seen = happened(world, had, has, known)
        if (said := previewed(lines, who)) != seen:
            yield who, said, seen
        reads = sum(
            n
            for (change, _, action, _), n in seen.items()
            if (change, action) == ("added", "read")
        )
        new = len(read_by(who) - read)
        if set(told) == set(COMPARTMENTS) and new != reads:
            yield who, reads, new


def _is_held(who: Actor, at: datetime) -> bool:
    return (
        who.posting is not None and who.posting.state == "held" and who.posting.span.holds(at)
    )
