"""Sound and pictures that are nobody's: always the same, made of sums and drawn lines."""

import io
import math
import struct
import wave
from typing import Final

from PIL import Image, ImageDraw, ImageFont

RATE: Final = 8_000


def tone(seconds: int, hertz: int) -> bytes:
    """A steady tone, as a WAV file."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        turns = (math.sin(2 * math.pi * hertz * n / RATE) for n in range(seconds * RATE))
        sound.writeframes(b"".join(struct.pack("<h", int(9_000 * turn)) for turn in turns))
    return kept.getvalue()


def lock(width: int, height: int, stamp: str) -> bytes:
    """A lock at night as a fixed camera sees it, as a PNG file: gates, a boat with its plate, the hour, and that it is synthetic."""
    drawn = Image.new("RGB", (640, 360), "#18222b")
    pen = ImageDraw.Draw(drawn)
    for y in range(150):
        pen.line((0, y, 640, y), fill=(24 + y // 8, 34 + y // 6, 43 + y // 4))
    pen.ellipse((96, 24, 132, 60), fill="#f3e7b3")  # the lamp
    pen.polygon([(114, 60), (30, 360), (250, 360)], fill="#2b3538")
    pen.rectangle((110, 56, 118, 200), fill="#5a6062")
    pen.polygon([(0, 200), (640, 170), (640, 360), (0, 360)], fill="#3d4240")  # the towpath
    pen.polygon([(230, 150), (430, 150), (620, 360), (120, 360)], fill="#1c3a44")  # the chamber
    for y in range(176, 360, 22):
        pen.line((230 - (y - 150) // 2, y, 430 + y - 150, y), fill="#2a4f5a")
    _gates_and_boat(pen)
    pen.rectangle((0, 0, 640, 22), fill="#000000")
    pen.text(
        (8, 3), f"LOCK 31   CAM 2   {stamp}", fill="#ffffff", font=ImageFont.load_default(14)
    )
    pen.text((500, 3), "SYNTHETIC IMAGE", fill="#ffd34d", font=ImageFont.load_default(14))
    kept = io.BytesIO()
    drawn.resize((width, height)).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _gates_and_boat(pen: ImageDraw.ImageDraw) -> None:
    pen.polygon([(222, 112), (322, 126), (322, 196), (222, 182)], fill="#4a3626")  # the gates
    pen.polygon([(438, 112), (326, 126), (326, 196), (438, 182)], fill="#553f2d")
    pen.line((150, 96, 330, 124), fill="#e9e6dc", width=7)
    pen.line((510, 96, 318, 124), fill="#e9e6dc", width=7)
    pen.polygon([(250, 238), (452, 238), (486, 296), (270, 306)], fill="#6b2430")  # the boat
    pen.rectangle((292, 204, 424, 240), fill="#8d8f86")
    for x in (306, 346, 386):
        pen.rectangle((x, 212, x + 24, 230), fill="#d9b65a")
    pen.rectangle((312, 258, 432, 288), fill="#f2f2ea")
    pen.text((318, 259), "SYN 0217", fill="#111111", font=ImageFont.load_default(26))
    pen.rectangle((500, 118, 560, 148), fill="#f2f2ea")
    pen.text((506, 120), "31", fill="#111111", font=ImageFont.load_default(24))
