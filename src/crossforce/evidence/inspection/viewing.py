"""A viewing copy of film or sound, for browsers that cannot play the original: smaller, in MP4, with a place to seek to every two seconds.

ffmpeg, held in, decodes and encodes its first picture and first sound, and nothing else of it goes along. It keeps the moments of the original.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from crossforce.evidence.inspection import films, outside
from crossforce.evidence.inspection.derived import Made
from crossforce.evidence.inspection.filming import ALONE
from crossforce.evidence.inspection.fronting import Bytes
from crossforce.evidence.inspection.outside import FFMPEG, MADE, Asked, Failed, Heard, Limits

MAKING: Final = Limits(seconds=3600, most=384 * 1024 * 1024)
FILLED: Final = 0.85
SOUND: Final = 96
"""Thousands of bits a second."""
MOST, LEAST = 1500, 150
HOURS: Final = 3
TOO_LONG: Final = f"It is longer than {HOURS} hours, the most of which a viewing copy is made. Make clips of it, or download it."
TOO_LARGE: Final = "It takes more than an hour, comes out larger than 384 MB, or is damaged. Make clips of it, or download it."
SEEN: Final = "scale=w='min(1280,iw)':h='min(720,ih)':force_original_aspect_ratio=decrease:force_divisible_by=2"
PICTURE: Final = (
    "-map", "0:V:0", "-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-pix_fmt", "yuv420p", "-fps_mode", "vfr",
    "-force_key_frames", "expr:gte(t,n_forced*2)", "-threads", "2", "-bsf:v", "filter_units=remove_types=6",
)  # fmt: skip
AS_MP4: Final = ("-empty_hdlr_name", "1", "-movflags", "+faststart", "-f", "mp4", MADE)


def make(kept: Bytes, size: int, heard: Heard) -> Made:
    """The viewing copy; `heard` is told which part of it is done. `why_not` says what kept it from being made."""
    made = outside.in_memory()
    try:
        told = films.probed(kept, size)
        lasts = films.seconds(told)
        if lasts > HOURS * 3600:
            made.close()
            return Made(why_not=TOO_LONG)
        wanted = (*ALONE, *_wanted(told, _rate(lasts)))
        asked = Asked(FFMPEG, ("-threads", "2"), wanted, made)
        outside.ask(asked, kept, size, MAKING, _parts(lasts, heard))
    except Failed as fault:
        made.close()
        is_bound = str(fault) == outside.TOO_LONG
        return Made(why_not=TOO_LARGE if is_bound else str(fault))
    return Made(file=made, tools=(outside.version(),))


def _parts(lasts: float, heard: Heard) -> Heard:
    return lambda done: heard(min(done / lasts, 0.99) if lasts else 0.0)


def _rate(lasts: float) -> int:
    """Thousands of bits a second of picture, so that all of it has room."""
    if not lasts:
        return MOST
    return min(MOST, max(LEAST, int(FILLED * MAKING.most * 8 / lasts / 1000) - SOUND))


def _wanted(told: Mapping[str, Any], rate: int) -> Iterator[str]:
    if films.stream(told, "audio"):
        yield from ("-map", "0:a:0", "-ac", "2", "-c:a", "aac", "-b:a", f"{SOUND}k")
    if films.stream(told, "video"):
        yield from (*PICTURE, "-maxrate", f"{rate}k", "-bufsize", f"{2 * rate}k", "-vf", SEEN)
    yield from AS_MP4
