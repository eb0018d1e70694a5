"""A box is followed through the frames of a film, by how the points in it move; where too few of them are found again, it is lost.

What comes of it is a proposal that a person looks at. Frames are grey, small, and come as plain pixels.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import cv2
import numpy as np

from crossforce.evidence.inspection.covering import per_cent

WIDTH, HEIGHT = 320, 240
"""Every frame is drawn in that size, whatever its shape: a box is said in per cent."""
MOST_POINTS: Final = 100
LEAST_POINTS: Final = 4
ASTRAY: Final = 1.0
"""A point that, followed forth and back, ends so many pixels from where it began was followed wrongly."""
GROWS: Final = 1.15
LEAST: Final = 4.0
Grey = Any


def load() -> None:
    """Work without threads, which cannot be begun once confined, and have all in memory that the work needs: it is done once, on nothing."""
    cv2.setNumThreads(1)
    noise = np.random.default_rng(1).integers(0, 255, (HEIGHT, WIDTH), np.uint8)
    followed(noise.tobytes() * 2, (40.0, 40.0, 20.0, 20.0))


def followed(content: bytes, box: Sequence[float]) -> list[list[float]]:
    """Where the box is in each frame, in per cent, from the first on until it is lost or leaves the picture."""
    frames = np.frombuffer(content, np.uint8)
    frames = frames[: frames.size // (WIDTH * HEIGHT) * WIDTH * HEIGHT]
    pictures = frames.reshape(-1, HEIGHT, WIDTH)
    return [per_cent(_within(each), (WIDTH, HEIGHT)) for each in _edges(pictures, box)]


def _edges(pictures: Grey, box: Sequence[float]) -> Iterator[tuple[float, ...]]:
    left, top, width, height = box
    x, y = left * WIDTH / 100, top * HEIGHT / 100
    now = (x, y, x + width * WIDTH / 100, y + height * HEIGHT / 100)
    for before, after in zip(pictures, [*pictures[1:], None], strict=False):
        yield now
        moved = None if after is None else _moved(before, after, now)
        if moved is None or not _is_there(moved):
            return
        now = moved


def _moved(
    before: Grey, after: Grey, edges: tuple[float, ...]
) -> tuple[float, float, float, float] | None:
    """The box a frame later: its points found again, their middle movement and growth taken."""
    points = _points(before, edges)
    guess: Any = None
    there, was_found, _ = cv2.calcOpticalFlowPyrLK(before, after, points, guess)
    back, was_found_back, _ = cv2.calcOpticalFlowPyrLK(after, before, there, guess)
    astray = np.abs(points - back).reshape(-1, 2).max(axis=1)
    good = (was_found.ravel() == 1) & (was_found_back.ravel() == 1) & (astray < ASTRAY)
    if good.sum() < max(LEAST_POINTS, len(points) // 4):
        return None
    start, end = points.reshape(-1, 2)[good], there.reshape(-1, 2)[good]
    x, y = np.median(end - start, axis=0)
    grown = _grown(start, end)
    left, top, right, bottom = edges
    width, height = (right - left) * grown, (bottom - top) * grown
    across, down = (left + right) / 2 + float(x), (top + bottom) / 2 + float(y)
    return across - width / 2, down - height / 2, across + width / 2, down + height / 2


def _points(picture: Grey, edges: tuple[float, ...]) -> Grey:
    """Corners in the box; where it has too few, points all over it."""
    left, top, right, bottom = _within(edges)
    mask = np.zeros(picture.shape, np.uint8)
    mask[int(top) : int(bottom) + 1, int(left) : int(right) + 1] = 255
    found: Grey = cv2.goodFeaturesToTrack(picture, MOST_POINTS, 0.01, 3, mask=mask)
    if found is not None and len(found) >= 2 * LEAST_POINTS:
        return found
    across, down = np.meshgrid(np.linspace(left, right, 8), np.linspace(top, bottom, 8))
    return np.stack([across, down], axis=-1).reshape(-1, 1, 2).astype(np.float32)


def _grown(start: Grey, end: Grey) -> float:
    """How much further from one another the points are."""
    one, other = np.triu_indices(len(start), 1)
    apart = np.linalg.norm(start[one] - start[other], axis=1)
    far = apart > 1
    if not far.any():
        return 1.0
    now = np.linalg.norm(end[one][far] - end[other][far], axis=1)
    return float(np.clip(np.median(now / apart[far]), 1 / GROWS, GROWS))


def _within(edges: Sequence[float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = edges
    return (
        min(max(left, 0.0), WIDTH - 1.0), min(max(top, 0.0), HEIGHT - 1.0),
        min(max(right, 1.0), float(WIDTH)), min(max(bottom, 1.0), float(HEIGHT)),
    )  # fmt: skip


def _is_there(edges: Sequence[float]) -> bool:
    left, top, right, bottom = edges
    seen = _within(edges)
    is_seen = seen[2] - seen[0] >= LEAST and seen[3] - seen[1] >= LEAST
    return (
        is_seen
        and right > LEAST
        and bottom > LEAST
        and left < WIDTH - LEAST
        and top < HEIGHT - LEAST
    )
