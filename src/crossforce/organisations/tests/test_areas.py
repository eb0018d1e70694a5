"""The shapes of the forces: sound geometry, true neighbours, small drawings."""

import json
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from crossforce.organisations import directory
from crossforce.organisations.directory import areas
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
