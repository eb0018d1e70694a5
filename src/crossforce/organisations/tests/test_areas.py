"""The shapes of the forces: sound geometry, true neighbours, small drawings."""

import json
import math
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from crossforce.organisations import directory
from crossforce.organisations.directory import areas, placing
from crossforce.organisations.tests.factories import body

CODES = sorted(areas.areas())
any_force = st.sampled_from(CODES)


@pytest.fixture(scope="module")
def geometries() -> dict[str, Any]:
    features = json.loads(areas.FILE.read_text())["features"]
    return {
        each["properties"]["force"]: shapely.from_geojson(json.dumps(each["geometry"]))
        for each in features
    }


class TestFile:
    def test_has_every_force_with_its_ons_code(self) -> None:
        assert [each.code for each in directory.shipped().forces()] == CODES

    def test_is_small(self) -> None:
        assert areas.FILE.stat().st_size < 400_000

    def test_is_valid_and_leaves_no_gap_between_neighbours(
        self, geometries: dict[str, Any]
    ) -> None:
        shapes = list(geometries.values())
        assert all(shape.is_valid for shape in shapes)
        assert shapely.coverage_is_valid(shapes)


class TestNeighbours:
    @given(any_force, any_force)
    def test_are_neighbours_of_each_other(self, one: str, other: str) -> None:
        assert (one in areas.neighbours(other)) == (other in areas.neighbours(one))

    def test_are_those_that_touch_along_a_line(self, geometries: dict[str, Any]) -> None:
        for code in CODES:
            touching = [
                other
                for other in CODES
                if other != code
                and shapely.intersection(
                    shapely.boundary(geometries[code]), shapely.boundary(geometries[other])
                ).length
                > 0
            ]
            assert areas.neighbours(code) == tuple(touching), code


class TestDrawing:
    @given(st.sets(any_force, min_size=1, max_size=6))
    def test_shows_what_is_asked_for(self, wanted: set[str]) -> None:
        drawn = areas.drawn(wanted)
        assert drawn.shown == wanted
        assert wanted <= {force for force, path in drawn.paths if path}

    def test_the_whole_country_is_under_60_kb(self) -> None:
        drawn = areas.drawn([], whole=True)
        assert len(drawn.paths) == 43
        assert sum(len(path) for _, path in drawn.paths) < 60_000

    def test_a_merged_force_has_the_ground_of_both(self) -> None:
        held = directory.shipped()
        merged = [
            each.model_copy(
                update={
                    "succeeded_by": (
                        directory.Succession.model_validate(
                            {"code": "wessex", "relation": "merged", "on": "2028-04-01"}
                        ),
                    )
                }
            )
            if each.code in {"dorset", "wiltshire"}
            else each
            for each in held.organisations
        ]
        made = directory.build([*merged, body("wessex", kind="force")])
        assert [area.force for area in areas.areas_of(made, "wessex")] == [
            "dorset",
            "wiltshire",
        ]


class TestPlacing:
    """Whose area a place lies in, against shapely on the same outlines."""

    @given(st.floats(-6.4, 1.8), st.floats(49.9, 55.8))
    def test_is_the_outline_that_holds_it_else_the_nearest(
        self, geometries: dict[str, Any], longitude: float, latitude: float
    ) -> None:
        spot, metres = metric(latitude)
        point = spot(shapely.Point(longitude, latitude))
        away = {c: spot(geometries[c]).distance(point) * metres for c in CODES}
        found = placing.placed(longitude, latitude)
        nearest = min(away, key=lambda code: (away[code], code))
        if away[nearest] == 0:
            assert found.is_within
            assert away[found.force or ""] == 0
        else:
            assert not found.is_within
            assert found.force == (nearest if away[nearest] <= placing.REACH else None)
        others = {c for c in CODES if c != found.force and away[c] <= placing.TOLERANCE}
        assert set(found.near) == (others if found.force else set())

    @pytest.mark.parametrize(
        ("longitude", "latitude", "force", "is_within", "near"),
        [
            (-2.0958, 51.4719, "wiltshire", True, ()),
            (-2.9779, 51.3618, "avon-and-somerset", False, ()),
            (-2.303, 51.342, "wiltshire", True, ("avon-and-somerset",)),
            (-2.5, 50.2, None, False, ()),
        ],
        ids=["inland", "on the sea front", "by the boundary", "at sea"],
    )
    def test_says_how_sure_it_is(
        self,
        longitude: float,
        latitude: float,
        force: str | None,
        is_within: bool,
        near: tuple[str, ...],
    ) -> None:
        assert placing.placed(longitude, latitude) == placing.Placing(force, is_within, near)
        assert placing.force_at(longitude, latitude) == force


def metric(latitude: float) -> tuple[Any, float]:
    """A way to draw shapes as they are at a latitude, and how many kilometres its unit is."""
    width = math.cos(math.radians(latitude))
    return lambda shape: shapely.transform(
        shape, lambda at: at * [width, 1]
    ), placing.KILOMETRES
