"""Where the words beside the marks of a drawn map stand, so that none lies over another or over a mark."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

LETTER, LINE, MARK = 9, 16, 10
"""A letter's width, a line's height, and how far a mark reaches, in steps of a drawing."""


class Spot(NamedTuple):
    """A mark: where it is, and what is said of it."""

    x: int
    y: int
    words: str


class Label(NamedTuple):
    """Where words begin, seen from their mark, and towards which side they run, as SVG calls it."""

    dx: int
    dy: int
    anchor: str


class Box(NamedTuple):
    """A rectangle of a drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


RIGHT, LEFT = Label(11, 5, "start"), Label(-11, 5, "end")
BELOW, ABOVE = Label(0, 24, "middle"), Label(0, -14, "middle")


def labels(spots: Sequence[Spot], within: Box) -> list[Label | None]:
    """Where each mark's words stand: on its right, else on its left, below or above; None where there is no room."""
    marks = [Box(x - MARK, y - MARK, x + MARK, y + MARK) for x, y, _ in spots]
    taken: list[Box] = []
    found: list[Label | None] = []
    for spot, own in zip(spots, marks, strict=True):
        others = [*taken, *(mark for mark in marks if mark is not own)]
        for label, box in _places(spot):
            if within.holds(box) and not any(box.meets(other) for other in others):
                taken.append(box)
                found.append(label)
                break
        else:
            found.append(None)
    return found


def _places(spot: Spot) -> Iterator[tuple[Label, Box]]:
    width = LETTER * len(spot.words)
    for label in (RIGHT, LEFT, BELOW, ABOVE):
        left = spot.x + label.dx - {"start": 0, "end": width, "middle": width / 2}[label.anchor]
        bottom = spot.y + label.dy + LINE / 4
        yield label, Box(left, bottom - LINE, left + width, bottom)
