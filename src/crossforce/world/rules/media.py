"""Sound and pictures that are nobody's: always the same, made of sums."""

import io
import math
import struct
import wave
import zlib
from typing import Final

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


def gradient(width: int, height: int) -> bytes:
    """Light that falls off towards the lower right, as a PNG file."""
    rows = b"".join(
        b"\0" + bytes(255 - (x * 128 // width + y * 127 // height) for x in range(width))
        for y in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
