"""Film and sound with parts of them gone: boxes covered while they are said to be, sound silent meanwhile, all of it written anew.

ffmpeg decodes, covers and encodes; of the original nothing but its first picture and its first sound goes along, as they are left: no
words, chapters, other tracks, covers, captions within the picture, nor anything that a camera wrote. A box is followed by points.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from crossforce.evidence.inspection import films, following, outside
from crossforce.evidence.inspection.derived import Drawn, Made, asked
from crossforce.evidence.inspection.found import LARGEST
from crossforce.evidence.inspection.fronting import Bytes
from crossforce.evidence.inspection.outside import FFMPEG, MADE, Asked, Failed, Limits
from crossforce.evidence.rules.redacting import MOST_PLACES, Method, Place

MAKING: Final = Limits(seconds=900, most=512 * 1024 * 1024)
SEEN: Final = Limits(seconds=120)
PACE: Final = 8
"""So many frames a second a box is followed through."""
FOLLOWED: Final = Limits(seconds=240, most=LARGEST)
LONGEST: Final = LARGEST // (following.WIDTH * following.HEIGHT * PACE)
SLACK: Final = 0.05
STILL: Final = 1.3
"""Places of a moving box are one place for as long as that is no larger than so many times the box."""
AT_ONCE: Final = 2.0
WIDER: Final = 0.1
TILES: Final = 12
FASTEST: Final = 60.0
TOO_LARGE: Final = "It is too long to be redacted in one: fifteen minutes of work, or 512 MB, are the most. Redact a clip of it."
NO_PICTURE: Final = "It has no picture: say from which second to which its sound is silent."
NO_SOUND: Final = "It has no sound to be silenced."
NO_ENCODER: Final = "The ffmpeg of this machine was built without libx264, with which a copy of film is written. Install one that has it."
BEYOND: Final = "It lasts {:.1f} seconds: there is nothing after that."
NO_FRAME: Final = "There is no picture at that moment."
TOO_FAR: Final = (
    f"A box is followed for {LONGEST} seconds at most. Go on from where it then is."
)
ALONE: Final = (
    "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
)  # fmt: skip
H264: Final = "libx264"
PICTURE: Final = (
    "-map", "0:V:0", "-c:v", H264, "-preset", "veryfast", "-crf", "20", "-a53cc", "0", "-threads", "2",
    "-bsf:v", "filter_units=remove_types=6",
)  # fmt: skip
JPEG: Final = (
    "-frames:v", "1", "-map_metadata", "-1", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "3", "-f", "image2pipe", "pipe:1",
)  # fmt: skip


def draw(kept: Bytes, size: int, moment: float, places: Sequence[Place] = ()) -> Drawn:
    """The frame of a moment; or, of places, frames from their first second to their last with all of them covered. How long it lasts."""
    try:
        told = films.probed(kept, size)
        lasts = films.seconds(told)
        if not films.stream(told, "video"):
            return Drawn(seconds=lasts)
        made = _tiles(kept, size, places) if places else _frame(kept, size, moment)
    except Failed as fault:
        return Drawn(why_not=str(fault))
    is_picture = made.startswith(b"\xff\xd8\xff")
    return Drawn(
        made if is_picture else b"", seconds=lasts, why_not="" if is_picture else NO_FRAME
    )


def follow(kept: Bytes, size: int, place: Place) -> Made:
    """Where a box goes that is drawn at its first second, until its last one or until it is lost: each place with its seconds."""
    start, end, *box = place
    if end - start > LONGEST:
        return Made(why_not=TOO_FAR)
    scaled = f"fps={PACE},scale={following.WIDTH}:{following.HEIGHT},format=gray"
    wanted = (
        "-map",
        "0:V:0",
        "-t",
        f"{end - start:.3f}",
        "-vf",
        scaled,
        "-f",
        "rawvideo",
        "pipe:1",
    )
    before, after = _from(size, start)
    try:
        frames = outside.ask(Asked(FFMPEG, before, (*after, *wanted)), kept, size, FOLLOWED)
    except Failed as fault:
        return Made(why_not=str(fault))
    if not frames:
        return Made(why_not=NO_FRAME)
    told, _ = asked({"do": "follow", "box": box}, "video/x-raw", len(frames), [frames])
    try:
        found = [tuple(float(each) for each in one) for one in told["places"]]
    except (KeyError, TypeError, ValueError):
        return Made(why_not=str(told.get("why_not", "")) or outside.TOO_LONG)
    return Made(places=tuple(_spans(found, start, end))[:MOST_PLACES])


def redact(method: Method, kept: Bytes, size: int, places: Sequence[Place]) -> Made:
    """It without the places: of film an MP4, of sound a WAV."""
    made = outside.in_memory()
    try:
        told = films.probed(kept, size)
        if why := _refusal(method, told, places):
            made.close()
            return Made(why_not=why)
        wanted = _wanted(method, told, places)
        outside.ask(Asked(FFMPEG, ("-threads", "2"), (*wanted, MADE), made), kept, size, MAKING)
    except Failed as fault:
        made.close()
        is_bound = str(fault) == outside.TOO_LONG
        return Made(why_not=TOO_LARGE if is_bound else str(fault))
    return Made(file=made, tools=(outside.version(),))


def _refusal(method: Method, told: Mapping[str, Any], places: Sequence[Place]) -> str:
    lasts = films.seconds(told)
    if any(len(each) > 2 for each in places) and not films.stream(told, "video"):
        return NO_PICTURE
    if any(len(each) == 2 for each in places) and not films.stream(told, "audio"):
        return NO_SOUND
    is_film = method is Method.FILM and films.stream(told, "video")
    if is_film and not outside.encodes(H264):
        return NO_ENCODER
    is_beyond = lasts and any(each[0] >= lasts for each in places)
    return BEYOND.format(lasts) if is_beyond else ""


def _wanted(method: Method, told: Mapping[str, Any], places: Sequence[Place]) -> Iterator[str]:
    yield from ALONE
    film, sound = films.stream(told, "video"), films.stream(told, "audio")
    if sound:
        yield from (
            "-map",
            "0:a:0",
            "-af",
            _silent([each for each in places if len(each) == 2]),
        )
    if method is Method.SOUND:
        yield from ("-c:a", "pcm_s16le", "-f", "wav")
        return
    if sound:
        yield from ("-c:a", "aac", "-b:a", "160k")
    if film:
        pace = _pace(film)
        boxes = [each for each in places if len(each) > 2]
        drawn = [f"fps={pace:.5f}", "format=yuv420p", *_covered(boxes, 1.5 / pace + SLACK)]
        yield from (*PICTURE, "-vf", ",".join([*drawn, "crop=trunc(iw/2)*2:trunc(ih/2)*2"]))
    yield from ("-empty_hdlr_name", "1", "-movflags", "+faststart", "-f", "mp4")


def _covered(boxes: Sequence[Place], slack: float) -> Iterator[str]:
    """Black from a frame before to a frame after, to whole even pixels outwards: colours are kept for four pixels together."""
    for start, end, left, top, width, height in boxes:
        x, y = f"2*floor(iw*{left:.3f}/200)", f"2*floor(ih*{top:.3f}/200)"
        right, foot = f"2*ceil(iw*{left + width:.3f}/200)", f"2*ceil(ih*{top + height:.3f}/200)"
        when = f"between(t,{start - slack:.3f},{end + slack:.3f})"
        yield f"drawbox=x='{x}':y='{y}':w='{right}-{x}':h='{foot}-{y}':color=black:t=fill:enable='{when}'"


def _silent(spans: Sequence[Place]) -> str:
    when = "+".join(f"between(t,{start - SLACK:.3f},{end + SLACK:.3f})" for start, end in spans)
    return f"asetnsamples=n=256:p=0,volume=0:enable='{when}'" if when else "anull"


def _pace(film: Mapping[str, Any]) -> float:
    """Frames a second of what is written: as many as there are, no more than a screen shows."""
    for name in ("r_frame_rate", "avg_frame_rate"):
        above, _, below = str(film.get(name, "")).partition("/")
        if (
            above.isdigit()
            and below.isdigit()
            and int(below)
            and 0 < int(above) / int(below) <= FASTEST
        ):
            return int(above) / int(below)
    return 25.0


def _from(size: int, moment: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """To begin at a moment: sought in what lies in memory, waited for in a stream."""
    sought = ("-ss", f"{moment:.3f}")
    return (sought, ()) if size <= outside.IN_MEMORY else ((), sought)


def _frame(kept: Bytes, size: int, moment: float) -> bytes:
    room = "scale=w='min(1600,iw)':h='min(1600,ih)':force_original_aspect_ratio=decrease"
    before, after = _from(size, moment)
    wanted = (*after, "-map", "0:V:0", "-vf", room, *JPEG)
    return outside.ask(Asked(FFMPEG, before, wanted), kept, size, SEEN)


def _tiles(kept: Bytes, size: int, places: Sequence[Place]) -> bytes:
    boxes = [each for each in places if len(each) > 2]
    if not boxes:
        return b""
    start, end = min(each[0] for each in boxes), max(each[1] for each in boxes)
    every = max((end - start) / TILES, 0.04)
    moved = [(each[0] - start, each[1] - start, *each[2:]) for each in boxes]
    drawn = ",".join(
        ["setpts=PTS-STARTPTS", *_covered(moved, SLACK), f"fps=1/{every:.5f}", "scale=400:-2", f"tile=3x{TILES // 3}:padding=4"]
    )  # fmt: skip
    before, after = _from(size, start)
    wanted = (*after, "-t", f"{end - start:.3f}", "-map", "0:V:0", "-vf", drawn, *JPEG)
    return outside.ask(Asked(FFMPEG, before, wanted), kept, size, SEEN)


def _spans(found: Sequence[tuple[float, ...]], start: float, end: float) -> Iterator[Place]:
    """Places of one frame each as few places of more: each covers all that the box crosses up to the next frame."""
    first = 0
    while first < len(found):
        last, whole = first, _around(found[first : first + 2])
        while last + 1 < len(found) and last + 1 - first < AT_ONCE * PACE:
            wider = _around([whole, *found[last + 1 : last + 3]])
            if (
                wider[2] * wider[3]
                > STILL * max(_area(found[first]), _area(found[last + 1])) * 1.2
            ):
                break
            last, whole = last + 1, wider
        upto = (
            end
            if last + 1 >= len(found) and _is_to_end(found, start, end)
            else start + (last + 1) / PACE
        )
        yield (round(start + first / PACE, 3), round(min(upto, end), 3), *_wider(whole))
        first = last + 1


def _is_to_end(found: Sequence[tuple[float, ...]], start: float, end: float) -> bool:
    return start + (len(found) + 1) / PACE >= end


def _area(box: Sequence[float]) -> float:
    return box[2] * box[3]


def _around(boxes: Sequence[Sequence[float]]) -> tuple[float, ...]:
    left, top = min(each[0] for each in boxes), min(each[1] for each in boxes)
    right, foot = (
        max(each[0] + each[2] for each in boxes),
        max(each[1] + each[3] for each in boxes),
    )
    return left, top, right - left, foot - top


def _wider(box: Sequence[float]) -> tuple[float, ...]:
    left, top, width, height = box
    x, y = max(left - WIDER * width, 0.0), max(top - WIDER * height, 0.0)
    right, foot = min(left + width * (1 + WIDER), 100.0), min(top + height * (1 + WIDER), 100.0)
    edges = math.floor(x * 100) / 100, math.floor(y * 100) / 100
    return (
        *edges,
        *(
            math.ceil((far - near) * 100 - 1e-6) / 100
            for near, far in zip(edges, (right, foot), strict=True)
        ),
    )
