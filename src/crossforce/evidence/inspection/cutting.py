"""A still or clip of a film or sound, made anew: the picture that is seen at a moment, or all from one moment to another.

ffmpeg decodes and encodes. A still is the very frame that is seen then, each of its pixels kept (PNG). A clip has each frame that
begins within its span, none doubled and none left out, encoded anew with little loss; its sound is cut to the sample. Of a file
in memory the place is sought; a longer one is read from its beginning to there.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from crossforce.evidence.inspection import films, outside
from crossforce.evidence.inspection.derived import Made
from crossforce.evidence.inspection.filming import ALONE, NO_FRAME, NO_PICTURE
from crossforce.evidence.inspection.fronting import Bytes
from crossforce.evidence.inspection.outside import FFMPEG, MADE, Asked, Failed, Limits
from crossforce.evidence.rules import cutting
from crossforce.evidence.rules.cutting import Cut, Span

STILL: Final = Limits(seconds=300, most=128 * 1024 * 1024)
CLIP: Final = Limits(seconds=600, most=512 * 1024 * 1024)
AHEAD: Final = 10.0
"""A frame may be seen for so many seconds: the one that is seen at a moment is looked for from so far before it."""
PNG: Final = b"\x89PNG\r\n\x1a\n"
TOO_LARGE: Final = (
    "It takes too long, or comes out larger than 512 MB. Ask for less of it at once."
)
NOTHING: Final = "There is nothing to hear or see in that span."
SHARP: Final = (
    "-map", "0:V:0", "-c:v", "libx264", "-preset", "veryfast", "-crf", "16", "-pix_fmt", "yuv420p", "-fps_mode", "vfr",
    "-video_track_timescale", "90000", "-threads", "2", "-bsf:v", "filter_units=remove_types=6",
    "-vf", "crop=trunc(iw/2)*2:trunc(ih/2)*2",
)  # fmt: skip
LOUD: Final = ("-map", "0:a:0", "-c:a", "aac", "-b:a", "192k")
AS_MP4: Final = ("-empty_hdlr_name", "1", "-movflags", "+faststart", "-f", "mp4", MADE)
AS_WAV: Final = ("-map", "0:a:0", "-c:a", "pcm_s16le", "-f", "wav", MADE)


def cut(media_type: str, kept: Bytes, size: int, asked: Span) -> Made:
    """The part that is asked for; `why_not` says what kept it from being made."""
    try:
        told = films.probed(kept, size)
        if why := _refusal(media_type, told, asked):
            return Made(why_not=why)
        if asked.cut is Cut.STILL:
            return _still(kept, size, asked.start)
        return _clip(media_type, told, kept, size, asked)
    except Failed as fault:
        is_bound = str(fault) == outside.TOO_LONG
        return Made(why_not=TOO_LARGE if is_bound else str(fault))


def _refusal(media_type: str, told: Mapping[str, Any], asked: Span) -> str:
    if asked.cut is Cut.STILL and not films.stream(told, "video"):
        return NO_PICTURE
    return cutting.refusal(asked, films.seconds(told))


def _still(kept: Bytes, size: int, moment: float) -> Made:
    """The last frame that began by then: so it is what a player shows."""
    is_sought = size <= outside.IN_MEMORY and moment > AHEAD
    sought = ("-ss", f"{moment - AHEAD:.3f}") if is_sought else ()
    left = AHEAD if is_sought else moment
    seen = f"fps=fps=1000:start_time={left:.3f}:round=up"
    wanted = ("-map", "0:V:0", "-vf", seen, "-frames:v", "1", "-map_metadata", "-1", "-c:v", "png", "-f", "image2pipe", "pipe:1")  # fmt: skip
    made = outside.ask(Asked(FFMPEG, ("-threads", "2", *sought), wanted), kept, size, STILL)
    if not made.startswith(PNG):
        return Made(why_not=NO_FRAME)
    return Made(made, tools=(outside.version(),))


def _clip(
    media_type: str, told: Mapping[str, Any], kept: Bytes, size: int, asked: Span
) -> Made:
    assert asked.end is not None
    sought = ("-ss", f"{asked.start:.3f}")
    before, after = (sought, ()) if size <= outside.IN_MEMORY else ((), sought)
    bounds = (*after, "-t", f"{asked.end - asked.start:.3f}")
    made = outside.in_memory()
    wanted = (*ALONE, *bounds, *_wanted(media_type, told))
    try:
        outside.ask(Asked(FFMPEG, ("-threads", "2", *before), wanted, made), kept, size, CLIP)
    except Failed:
        made.close()
        raise
    if not made.seek(0, 2):
        made.close()
        return Made(why_not=NOTHING)
    return Made(file=made, tools=(outside.version(),))


def _wanted(media_type: str, told: Mapping[str, Any]) -> Iterator[str]:
    if cutting.is_sound(media_type):
        yield from AS_WAV
        return
    if films.stream(told, "audio"):
        yield from LOUD
    if films.stream(told, "video"):
        yield from SHARP
    yield from AS_MP4
