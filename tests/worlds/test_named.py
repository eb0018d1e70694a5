"""The named worlds in the database; and that the model says of them what their names say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.worlds import comparing, loading, named, tables
from tests.worlds.lifecycle import without
from tests.worlds.model import Oracle, Span
from tests.worlds.strategies import Sketch, sketches

FIXED = datetime(2026, 7, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.slow
def test_every_named_world_is_answered_as_the_model_answers(transactional_db: None) -> None:
    loading.stage(tuple(tables.RECORDS))
    base = comparing.clock()
    for world in named.NAMED:
        assert comparing.differences(world(base), tables.RECORDS) == [], world.__name__


def read(sketch: Sketch, place: int = 0) -> int:
    oracle = Oracle(sketch.world, FIXED)
    actor = sketch.actors[place]
    return sum(oracle.allows_row(actor, "read", row) for row in sketch.world.rows)


class TestTheModel:
    def test_says_what_the_names_of_the_worlds_say(self) -> None:
        own = named.own_team_with_the_name_of_a_joint_unit(FIXED)
        assert [read(own, place) for place in (0, 1)] == [0, 1]
        assert read(named.somebodys_team_is_not_the_collection_of_a_joint_unit(FIXED)) == 1
        assert read(named.a_compartment_is_opened_by_its_name_only(FIXED)) == 1
        assert read(named.a_share_falls_with_its_agreement(FIXED)) == 0
        heirs = named.an_heir_of_an_heir_holds_what_the_first_held(FIXED)
        assert [read(heirs, place) for place in (0, 1)] == [3, 3]
        nobody = named.nobody_acts_without_a_posting(FIXED)
        assert [read(nobody, place) for place in range(4)] == [0, 0, 0, 1]
        offered = named.a_posting_that_was_only_offered(FIXED)
        assert [read(offered, place) for place in range(3)] == [0, 0, 1]

    def test_lets_nobody_change_what_they_may_not_read(self) -> None:
        sketch = named.may_change_and_dispose_of_what_it_may_not_read(FIXED)
        oracle, row = Oracle(sketch.world, FIXED), sketch.world.rows[0]
        assert oracle.allows_row(sketch.actors[0], "edit", row)
        assert not oracle.may_edit(sketch.actors[0], row)
        assert not oracle.may_dispose(sketch.actors[0], row)

    def test_gives_no_more_when_a_grant_is_taken_away(self) -> None:
        @settings(max_examples=40)
        @given(sketches(FIXED), st.integers(0, 200))
        def holds(sketch: Sketch, number: int) -> None:
            world = sketch.world
            fewer = tuple(g for place, g in enumerate(world.grants) if place != number)
            less = Oracle(replace(world, grants=fewer, by_id={}), FIXED)
            whole = Oracle(world, FIXED)
            for actor in sketch.actors:
                for row in world.rows:
                    if less.allows_row(actor, "read", row):
                        assert whole.allows_row(actor, "read", row)

        holds()

    def test_takes_suspensions_out_of_a_period(self) -> None:
        whole = Span(FIXED, FIXED + 10 * HOUR)
        cut = (Span(FIXED + HOUR, FIXED + 2 * HOUR), Span(FIXED + 5 * HOUR, None))
        assert list(without(whole, cut)) == [
            Span(FIXED, FIXED + HOUR),
            Span(FIXED + 2 * HOUR, FIXED + 5 * HOUR),
        ]
