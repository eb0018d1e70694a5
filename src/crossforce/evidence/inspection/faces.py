"""Faces are found by OpenCV's detectors: what they find is a proposal, and what they miss a person covers.

The cascades (Intel, BSD-like) come with OpenCV and are read before the process is confined.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from PIL import Image

from crossforce.evidence.inspection.covering import per_cent

FRONT, SIDE = "haarcascade_frontalface_default.xml", "haarcascade_profileface.xml"
ROOM: Final = (1600, 1600)
MOST: Final = 200
WIDER: Final = 0.1
"""A face is covered with so much of its width around it: ears, hair and chin tell whose it is."""


@cache
def load() -> tuple[Any, Any]:
    """Have the detectors in memory, and let them work without threads, which cannot be begun once confined."""
    cv2.setNumThreads(1)
    folder = Path(cv2.__file__).parent / "data"
    return cv2.CascadeClassifier(str(folder / FRONT)), cv2.CascadeClassifier(str(folder / SIDE))


def found(image: Image.Image) -> list[list[float]]:
    """A box in per cent for each face, from the front and from either side."""
    front, side = load()
    small = image.convert("L")
    small.thumbnail(ROOM)
    pixels = cv2.equalizeHist(np.asarray(small))
    width = small.width
    faces = [tuple(map(int, each)) for each in front.detectMultiScale(pixels, 1.1, 4)]
    faces += [tuple(map(int, each)) for each in side.detectMultiScale(pixels, 1.1, 5)]
    mirrored = side.detectMultiScale(np.ascontiguousarray(pixels[:, ::-1]), 1.1, 5)
    faces += [(width - int(x) - int(w), int(y), int(w), int(h)) for x, y, w, h in mirrored]
    boxes: list[tuple[int, ...]] = []
    for face in faces:
        if not any(_is_in(face, each) for each in boxes):
            boxes.append(face)
    return [per_cent(_wider(each), small.size) for each in boxes[:MOST]]


def _is_in(face: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether its middle lies in the other: then both are of one face."""
    x, y = face[0] + face[2] / 2, face[1] + face[3] / 2
    return other[0] <= x <= other[0] + other[2] and other[1] <= y <= other[1] + other[3]


def _wider(face: tuple[int, ...]) -> tuple[float, float, float, float]:
    x, y, width, height = face
    more = width * WIDER
    return x - more, y - 2 * more, x + width + more, y + height + more
