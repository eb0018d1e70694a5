"""The ground each force polices, drawn: shapes for a map, and who its neighbours are.

The outlines are of December 2016, simplified as one coverage: neighbours share their border point
by point, so a border can be found, and simplified again, without gaps.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, radians
from pathlib import Path

from crossforce.organisations.directory.reading import REFERENCE
from crossforce.organisations.directory.value import Directory

FILE = REFERENCE / "force-areas.geojson"
WEST, NORTH = -6.5, 55.9
MIDDLE = cos(radians(52.6))
SCALE = 200.0
"""Map units to a degree of latitude: England and Wales are about 1,000 by 1,200 units."""

STEPS = 700
"""How finely a map is drawn: steps from its left to its right."""

NEAREST = 40.0
"""How many map units a map of places is wide at least: some 22 km."""

Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """The outline of one force's area, in map units: outer rings and holes alike."""

    force: str
    rings: tuple[Ring, ...]

    def path(self, step: float) -> str:
        """The outline as SVG path data, in whole steps of so many map units; specks vanish."""
        return "".join(_ring_path(ring, step) for ring in self.rings)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in map units."""

    left: float
    top: float
    right: float
    bottom: float

    def around(self, share: float) -> "Box":
        """The box with a margin, as a share of its longer side."""
        margin = share * max(self.right - self.left, self.bottom - self.top)
        return Box(
            self.left - margin, self.top - margin, self.right + margin, self.bottom + margin
        )

    def meets(self, other: "Box") -> bool:
        """Whether the two boxes share a point."""
        beside = self.right < other.left or other.right < self.left
        return not (beside or self.bottom < other.top or other.bottom < self.top)

    def view(self, step: float) -> str:
        """The box as an SVG viewBox, in steps."""
        size = (self.left, self.top, self.right - self.left, self.bottom - self.top)
        return " ".join(str(round(number / step)) for number in size)


@dataclass(frozen=True, slots=True)
class Map:
    """A drawing: its SVG viewBox, and the path of every force that is in it."""

    view: str
    paths: tuple[tuple[str, str], ...]
    shown: frozenset[str]
    step: float = 1.0

    def point(self, longitude: float, latitude: float) -> tuple[int, int]:
        """A place on the drawing, in its steps."""
        x, y = place(longitude, latitude)
        return round(x / self.step), round(y / self.step)


@cache
def areas() -> dict[str, Area]:
    """The outline of every force that had one in 2016, by code."""
    return {area.force: area for area in _read(FILE)}


def areas_of(directory: Directory, force: str) -> tuple[Area, ...]:
    """The outlines that make up a force: its own, or those of the forces it followed."""
    own = areas().get(force)
    if own is not None:
        return (own,)
    before = [each.code for each in directory.predecessors(force) if each.kind == "force"]
    return tuple(area for code in before for area in areas_of(directory, code))


def drawn(shown: Iterable[str], *, whole: bool = False) -> Map:
    """A map of the forces and what lies around them, or of the whole country."""
    everything = areas()
    wanted = frozenset(shown) & frozenset(everything)
    box = box_of(
        everything.values() if whole or not wanted else (everything[c] for c in wanted)
    )
    box = box.around(0.02 if whole else 0.15)
    step = (box.right - box.left) / STEPS
    seen = [area for area in everything.values() if box_of([area]).meets(box)]
    return Map(
        box.view(step), tuple((area.force, area.path(step)) for area in seen), wanted, step
    )


def drawn_near(points: Iterable[Point], shown: Iterable[str], nearest: float = NEAREST) -> Map:
    """A map of the ground around places, each by longitude and latitude: as close as it tells something, or as is asked."""
    across, down = zip(*(place(*each) for each in points), strict=True)
    middle = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
    wide = max(nearest, 1.5 * (max(across) - min(across)), 2.25 * (max(down) - min(down)))
    box = Box(
        middle[0] - wide / 2, middle[1] - wide / 3, middle[0] + wide / 2, middle[1] + wide / 3
    )
    wanted, step = frozenset(shown) & frozenset(areas()), wide / STEPS
    seen = [area for area in areas().values() if box_of([area]).meets(box)]
    paths = tuple((area.force, area.path(step)) for area in seen)
    return Map(box.view(step), paths, wanted, step)


@cache
def neighbours(force: str) -> tuple[str, ...]:
    """The forces whose area borders on this one's, by code."""
    mine = {point for ring in areas()[force].rings for point in ring}
    shared: Counter[str] = Counter()
    for other, area in areas().items():
        if other != force:
            shared[other] = len(mine & {point for ring in area.rings for point in ring})
    return tuple(sorted(other for other, points in shared.items() if points > 1))


def box_of(areas: Iterable[Area]) -> Box:
    """The smallest box around the areas."""
    points = [point for area in areas for ring in area.rings for point in ring]
    across, down = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(down), max(across), max(down))


def _read(path: Path) -> Iterator[Area]:
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        geometry = feature["geometry"]
        nested = geometry["coordinates"]
        polygons = [nested] if geometry["type"] == "Polygon" else nested
        rings = (
            tuple(place(*pair) for pair in ring) for polygon in polygons for ring in polygon
        )
        yield Area(feature["properties"]["force"], tuple(rings))


def place(longitude: float, latitude: float) -> Point:
    """A place in map units."""
    return ((longitude - WEST) * MIDDLE * SCALE, (NORTH - latitude) * SCALE)


def _ring_path(ring: Ring, step: float) -> str:
    """Whole numbers of steps, each point told from the one before."""
    points: list[tuple[int, int]] = []
    for x, y in ring:
        point = (round(x / step), round(y / step))
        if not points or points[-1] != point:
            points.append(point)
    if len(set(points)) < 3:
        return ""
    moves = (f"{x - u} {y - v}" for (u, v), (x, y) in pairwise(points[:-1]))
    return f"M{points[0][0]} {points[0][1]}l{' '.join(moves)}z".replace(" -", "-")
