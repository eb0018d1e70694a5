"""Film and sound: how long, in what form, what the camera wrote into them, and a picture: of film a frame, of sound its waveform."""

import io
import json
import re
import wave
from collections.abc import Iterator, Mapping
from typing import Any, Final

from crossforce.evidence.inspection import asking, outside
from crossforce.evidence.inspection.found import (
    DERIVED,
    MOST_FACTS,
    PROVEN,
    STATED,
    Fact,
    Found,
    fact,
)
from crossforce.evidence.inspection.fronting import Bytes
from crossforce.evidence.inspection.outside import FFMPEG, FFPROBE, Asked, Failed, Limits

TYPES: Final = ("video/", "audio/", "application/ogg", "application/mxf")
SMALL: Final = "scale=w='min(800,iw)':h='min(800,ih)':force_original_aspect_ratio=decrease"
AS_JPEG: Final = (
    "-map_metadata", "-1", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "4", "-f", "image2pipe", "pipe:1",
)  # fmt: skip
FRAME: Final = (
    "-an", "-sn", "-dn", "-map", "0:V:0", "-vf", f"thumbnail=25,{SMALL}", "-frames:v", "1", *AS_JPEG,
)  # fmt: skip
RATE: Final = 4_000
HOURS: Final = 2
HEARD: Final = (
    "-vn", "-sn", "-dn", "-map", "0:a:0", "-ac", "1", "-ar", str(RATE), "-t", str(HOURS * 3600), "-f", "s16le", "pipe:1",
)  # fmt: skip
SOUND: Final = Limits(seconds=60, most=HOURS * 3600 * RATE * 2 + 1024)
MADE: Final = {
    "creation_time": "Made",
    "date": "Made",
    "com.apple.quicktime.creationdate": "Made, local time",
    "com.apple.quicktime.make": "Camera, make",
    "make": "Camera, make",
    "com.apple.quicktime.model": "Camera, model",
    "model": "Camera, model",
    "com.apple.quicktime.software": "Software",
    "com.android.version": "Android",
    "encoder": "Software",
    "artist": "Author",
    "title": "Title",
    "comment": "Remark",
    "timecode": "Time code",
}
PLACES: Final = ("com.apple.quicktime.location.iso6709", "location")
PLACE: Final = re.compile(r"([+-][0-9]{1,2}(?:\.[0-9]+)?)([+-][0-9]{1,3}(?:\.[0-9]+)?)")
UNREADABLE: Final = "It cannot be read as film or sound."


class Held:
    """Bytes that lie in memory."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def parts(self, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from `start`."""
        yield self._content[start:] if length is None else self._content[start : start + length]


def is_film(media_type: str) -> bool:
    """Whether ffmpeg looks into files of this type."""
    return media_type.startswith(TYPES)


def look_into(kept: Bytes, size: int) -> Found:
    """What film or sound tells of itself, and a picture of it; `why_not` says what failed."""
    if not outside.stands():
        return Found(why_not=outside.ABSENT)
    try:
        told = probed(kept, size)
    except Failed as fault:
        why_not = UNREADABLE if str(fault) == outside.TOO_LONG else str(fault)
        return Found(why_not=why_not)
    facts = tuple(list(_facts(told))[:MOST_FACTS])
    try:
        return Found(facts, picture_of(kept, size, told))
    except Failed as fault:
        return Found(facts, why_not=f"No picture could be made of it. {fault}")


def probed(kept: Bytes, size: int) -> Mapping[str, Any]:
    """What ffprobe says of it. Raises Failed."""
    asked = Asked(FFPROBE, ("-of", "json", "-show_format", "-show_streams", "-show_chapters"))
    try:
        told = json.loads(outside.ask(asked, kept, size))
    except (ValueError, RecursionError) as fault:
        raise Failed(asking.MISREAD) from fault
    if not (
        isinstance(told, dict) and isinstance(told.get("streams"), list) and told["streams"]
    ):
        raise Failed(UNREADABLE)
    return told


def picture_of(kept: Bytes, size: int, told: Mapping[str, Any]) -> bytes:
    """A frame from its beginning as JPEG; of sound its waveform. Raises Failed."""
    if stream(told, "video"):
        made = outside.ask(Asked(FFMPEG, ("-threads", "2"), FRAME), kept, size)
        return made if made.startswith(b"\xff\xd8\xff") else b""
    samples = outside.ask(Asked(FFMPEG, (), HEARD), kept, size, SOUND)
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setparams((1, 2, RATE, 0, "NONE", ""))
        sound.writeframes(samples)
    return asking.look_into("audio/wav", written.tell(), [written.getvalue()]).picture


def still_of(kept: Bytes, media_type: str) -> bytes:
    """The small picture that a telephone put into a HEIF, upright, as JPEG; nothing where there is none, or no ffmpeg."""
    turned, frame = asking.frame_of(media_type, kept.parts())
    if not frame or not outside.stands():
        return b""
    upright = ",".join(["transpose=2"] * turned + [SMALL])
    drawn = ("-vf", upright, "-frames:v", "1", *AS_JPEG)
    try:
        made = outside.ask(Asked(FFMPEG, ("-f", "hevc"), drawn), Held(frame), len(frame))
    except Failed:
        return b""
    return made if made.startswith(b"\xff\xd8\xff") else b""


def stream(told: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    """The first stream of that kind that is no picture of a cover; nothing where there is none."""
    for each in told["streams"]:
        if isinstance(each, dict) and each.get("codec_type") == kind:
            standing = each.get("disposition")
            if not (isinstance(standing, dict) and standing.get("attached_pic")):
                return each
    return {}


def seconds(told: Mapping[str, Any]) -> float:
    """How long it says that it lasts; 0 where it does not say."""
    about = told.get("format")
    try:
        return max(float(about["duration"]), 0.0) if isinstance(about, dict) else 0.0
    except (KeyError, TypeError, ValueError):
        return 0.0


def _facts(told: Mapping[str, Any]) -> Iterator[Fact]:
    about = told.get("format")
    about = about if isinstance(about, dict) else {}
    yield fact("Format", about.get("format_long_name", "?"), PROVEN)
    if length := seconds(told):
        minutes, rest = divmod(length, 60)
        yield fact("Length", f"{int(minutes)} min {rest:.1f} s", STATED)
    if film := stream(told, "video"):
        yield fact("Picture", film.get("codec_long_name", "?"), PROVEN)
        yield fact("Pixels", f"{film.get('width', '?')} × {film.get('height', '?')}", PROVEN)
        if pace := _pace(film):
            yield fact("Frames", f"{pace:.4g} a second", STATED)
    if sound := stream(told, "audio"):
        yield fact("Sound", sound.get("codec_long_name", "?"), PROVEN)
        yield fact("Channels", sound.get("channels", "?"), PROVEN)
        yield fact("Samples", f"{sound.get('sample_rate', '?')} a second", PROVEN)
    others = [each for each in told["streams"] if each not in (film, sound)]
    for kind in sorted({str(each.get("codec_type", "?")) for each in others}):
        yield fact("Also in it", kind, PROVEN)
    if chapters := told.get("chapters"):
        yield fact("Chapters", len(chapters), PROVEN)
    yield from _stated(about.get("tags"))


def _pace(film: Mapping[str, Any]) -> float:
    above, _, below = str(film.get("avg_frame_rate", "")).partition("/")
    try:
        return float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):
        return 0.0


def _stated(tags: object) -> Iterator[Fact]:
    if not isinstance(tags, dict):
        return
    known = {str(name).lower(): value for name, value in tags.items()}
    for name, said in MADE.items():
        if known.get(name):
            yield fact(said, known[name], STATED)
    for name in PLACES:
        found = PLACE.match(str(known.get(name, "")))
        if (
            found
            and abs(north := float(found[1])) <= 90
            and abs(east := float(found[2])) <= 180
        ):
            yield fact("Place (WGS 84)", f"{north:.5f}, {east:.5f}", DERIVED)
            return
