"""Recordings in WAV: how long, in what form, how loud, and a picture of the sound through its time."""

import math
import struct
from array import array
from collections.abc import Iterator
from typing import Final, NamedTuple

from PIL import Image, ImageDraw

from crossforce.evidence.inspection import pictures
from crossforce.evidence.inspection.found import DERIVED, PROVEN, STATED, Fact, fact

HEAD: Final = struct.Struct("<4sI")
FORM: Final = struct.Struct("<HHIIHH")
PLAIN, EXTENDED = 1, 0xFFFE
SIZE: Final = (800, 200)
LOUDEST: Final = 32_768
MADE: Final = {b"ICRD": "Made", b"ISFT": "Software", b"IART": "Author", b"INAM": "Title"}
ABOUT_MIDDLE: Final = bytes(each ^ 0x80 for each in range(256))
NOT_PLAIN: Final = "only plain samples of 8 to 32 bits are read"


class Sound(NamedTuple):
    """What a recording says of its samples, and these as they lie there."""

    channels: int
    rate: int
    bits: int
    samples: memoryview
    is_whole: bool

    @property
    def seconds(self) -> float:
        return len(self.samples) / (self.channels * self.bits // 8 * self.rate)


def facts(content: bytes) -> Iterator[Fact]:
    """Its length and form; how loud its loudest sample is; what its program wrote into it."""
    sound = _read(content)
    minutes, seconds = divmod(sound.seconds, 60)
    yield fact("Format", "WAV", PROVEN)
    yield fact("Length", f"{int(minutes)} min {seconds:.1f} s", PROVEN)
    yield fact("Channels", sound.channels, PROVEN)
    yield fact("Samples", f"{sound.rate:,} a second, {sound.bits} bits", PROVEN)
    if not sound.is_whole:
        yield fact("Broken off", "It says to be longer than it is.", PROVEN)
    loudest = max((max(high, -low) for low, high in _heights(sound)), default=0)
    level = f"{20 * math.log10(loudest / LOUDEST):.1f} dB of the loudest there can be"
    yield fact("Loudest", level if loudest else "Nothing but silence", DERIVED)
    for name, _, body in _parts(content):
        if name == b"LIST" and bytes(body[:4]) == b"INFO":
            yield from _stated(bytes(body[4:4096]))


def picture(content: bytes) -> bytes:
    """The sound from its beginning to its end: for each moment how far it went to both sides."""
    drawn = Image.new("RGB", SIZE, "white")
    pen, middle = ImageDraw.Draw(drawn), SIZE[1] // 2
    pen.line((0, middle, SIZE[0], middle), "#b1b4b6")
    for left, (low, high) in enumerate(_heights(_read(content))):
        top, foot = middle - high * middle // LOUDEST, middle - low * middle // LOUDEST
        pen.line((left, top, left, foot), "#1d70b8")
    return pictures.as_jpeg(drawn)


def _parts(content: bytes) -> Iterator[tuple[bytes, int, memoryview]]:
    """What a RIFF file is made of: name, the length that it says, and body as far as it is there."""
    whole, at = memoryview(content), 12
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise ValueError("no WAV file")
    while at + HEAD.size <= len(whole):
        name, length = HEAD.unpack_from(whole, at)
        at += HEAD.size
        yield name, length, whole[at : at + length]
        at += length + length % 2


def _read(content: bytes) -> Sound:
    form = None
    for name, length, body in _parts(content):
        if name == b"fmt ":
            form = FORM.unpack_from(body)
        if name == b"data" and form:
            kind, channels, rate, _, _, bits = form
            if kind not in (PLAIN, EXTENDED) or bits not in (8, 16, 24, 32):
                raise ValueError(NOT_PLAIN)
            if not (1 <= channels <= 64 and 1 <= rate <= 10_000_000):
                raise ValueError("no sound is like that")
            return Sound(channels, rate, bits, body, length <= len(body))
    raise ValueError("it holds no samples")


def _heights(sound: Sound) -> Iterator[tuple[int, int]]:
    """The lowest and highest sample of each column of the picture, of all channels, as if of 16 bits."""
    frame = sound.channels * sound.bits // 8
    frames = len(sound.samples) // frame
    for column in range(min(SIZE[0], frames)):
        begin, end = (frames * each // min(SIZE[0], frames) for each in (column, column + 1))
        values = _values(sound.bits, bytes(sound.samples[begin * frame : end * frame]))
        yield min(values), max(values)


def _values(bits: int, part: bytes) -> "array[int]":
    """Samples as if of 16 bits: those of 8 lie about their middle, of longer ones the upper two bytes count."""
    width, upper = bits // 8, bytearray(len(part) // (bits // 8) * 2)
    if bits == 8:
        upper[1::2] = part.translate(ABOUT_MIDDLE)
    else:
        upper[0::2], upper[1::2] = part[width - 2 :: width], part[width - 1 :: width]
    return array("h", bytes(upper))


def _stated(body: bytes) -> Iterator[Fact]:
    at = 0
    while at + HEAD.size <= len(body):
        name, length = HEAD.unpack_from(body, at)
        at += HEAD.size
        if name in MADE:
            yield fact(MADE[name], body[at : at + length].decode("latin-1").strip("\0"), STATED)
        at += length + length % 2
