"""Whose area a place lies in, and how sure that is: the outlines are good to about a kilometre.

What lies in an outline is in that area. What lies in none, as a quay or a pier may, is in the nearest area
within two kilometres. Within a kilometre of another area a place is near the boundary: the ground may
be the other one's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, hypot, radians
from typing import Final

from crossforce.organisations.directory.areas import MIDDLE, SCALE, Ring, areas, place

REACH: Final = 2.0
"""How far, in kilometres, a place may lie outside of every outline and still be somebody's."""

TOLERANCE: Final = 1.0
"""How near, in kilometres, to another area a place may be that area's as well."""

KILOMETRES: Final = 111.2
"""To a degree of latitude."""


@dataclass(frozen=True, slots=True)
class Placing:
    """The force in whose area a place is taken to be, if any, and the others whose it may be.

    `is_within` is whether it lies in the outline; if not, the force is that of the nearest.
    """

    force: str | None
    is_within: bool = False
    near: tuple[str, ...] = ()


def placed(longitude: float, latitude: float) -> Placing:
    """Whose area a place lies in, and whose else it may be, the nearest first."""
    inside = _containing(longitude, latitude)
    found = inside or _nearest(longitude, latitude)
    if found is None:
        return Placing(None)
    far = _distances(longitude, latitude, TOLERANCE)
    near = sorted((away, code) for code, away in far.items() if code != found)
    return Placing(found, inside is not None, tuple(code for _, code in near))


def force_at(longitude: float, latitude: float) -> str | None:
    """The force in whose area a place lies, or else the nearest within two kilometres."""
    return _containing(longitude, latitude) or _nearest(longitude, latitude)


def _containing(longitude: float, latitude: float) -> str | None:
    x, y = place(longitude, latitude)
    near = _candidates(x, y, 0.0)
    return next((code for code, rings in near if _is_within(rings, x, y)), None)


def _nearest(longitude: float, latitude: float) -> str | None:
    far = _distances(longitude, latitude, REACH)
    return min(far, key=lambda code: (far[code], code), default=None)


def _is_within(rings: Iterable[Ring], x: float, y: float) -> bool:
    """Whether a line from the place to the right crosses the outlines an odd number of times."""
    crossed = False
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise((*ring, ring[0])):
            if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
                crossed = not crossed
    return crossed


def _distances(longitude: float, latitude: float, within: float) -> dict[str, float]:
    """How many kilometres away each outline is, of those no farther than so many."""
    x, y = place(longitude, latitude)
    unit, width = KILOMETRES / SCALE, cos(radians(latitude)) / MIDDLE
    found = {}
    for code, rings in _candidates(x, y, within / unit / width):
        away = min(_away(ring, x, y, width) for ring in rings) * unit
        if away <= within:
            found[code] = away
    return found


def _candidates(x: float, y: float, margin: float) -> Iterable[tuple[str, list[Ring]]]:
    """The rings whose box, with a margin, holds the place."""
    for code, boxed in _boxes().items():
        rings = [
            ring
            for (left, top, right, bottom), ring in boxed
            if left - margin <= x <= right + margin and top - margin <= y <= bottom + margin
        ]
        if rings:
            yield code, rings


@cache
def _boxes() -> dict[str, list[tuple[tuple[float, float, float, float], Ring]]]:
    return {code: [(_box(ring), ring) for ring in area.rings] for code, area in areas().items()}


def _box(ring: Ring) -> tuple[float, float, float, float]:
    across, down = [x for x, _ in ring], [y for _, y in ring]
    return min(across), min(down), max(across), max(down)


def _away(ring: Ring, x: float, y: float, width: float) -> float:
    """How far the line of a ring is, in map units, a unit across being so wide at that latitude."""
    best = float("inf")
    for (ax, ay), (bx, by) in pairwise((*ring, ring[0])):
        along, down, px, py = (bx - ax) * width, by - ay, (x - ax) * width, y - ay
        length = along * along + down * down
        share = max(0.0, min(1.0, (px * along + py * down) / length)) if length else 0.0
        best = min(best, hypot(px - share * along, py - share * down))
    return best
