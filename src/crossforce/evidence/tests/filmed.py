"""Films and recordings for tests, made by ffmpeg of nothing: a few seconds, with all that a camera or program may leave in one."""

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from crossforce.evidence.inspection import outside
from crossforce.evidence.tests.hidden import SECRET

needed = pytest.mark.skipif(not outside.stands(), reason="this machine has no ffmpeg")
SIZE = "320x240"
WORDS = f"1\n00:00:00,000 --> 00:00:03,000\n{SECRET}\n"
CHAPTERS = f";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=2000\ntitle={SECRET}\n"
TAGS = ("creation_time=2026-01-02T03:04:05Z", "location=+51.5074-000.1278/", f"title={SECRET}")


class Kept:
    """Bytes as the store gives them: any part, a few at a time."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def parts(self, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        end = len(self._content) if length is None else min(start + length, len(self._content))
        for at in range(start, end, 65_536):
            yield self._content[at : min(at + 65_536, end)]


@cache
def film() -> bytes:
    """Three seconds in MP4, its table last: a white square of 40 goes over grey to the right, 60 a second, under a tone, with words, chapters and tags."""
    square = f"color=gray:s={SIZE}:r=10:d=3[g];color=white:s=40x40:r=10:d=3[w];[g][w]overlay=x=20+60*t:y=80"
    with TemporaryDirectory() as folder:
        words, about = Path(folder, "words.srt"), Path(folder, "about.txt")
        words.write_text(WORDS)
        about.write_text(CHAPTERS)
        tags = [part for each in TAGS for part in ("-metadata", each)]
        return _made(
            "a.mp4", "-f", "lavfi", "-i", square, "-f", "lavfi", "-i", "sine=440:d=3", "-i", str(words), "-i", str(about),
            "-map", "0", "-map", "1", "-map", "2", "-map_chapters", "3", "-map_metadata", "3", *tags, "-c:v", "libx264",
            "-preset", "ultrafast", "-c:a", "aac", "-c:s", "mov_text", "-metadata:s:v", f"handler_name={SECRET}", "-pix_fmt", "yuv420p",
        )  # fmt: skip


@cache
def sound(name: str = "a.mp3") -> bytes:
    """Two seconds of a tone."""
    return _made(
        name, "-f", "lavfi", "-i", "sine=440:d=2:r=16000", "-metadata", f"title={SECRET}"
    )


@cache
def matroska() -> bytes:
    """Three seconds that no browser plays, with tags."""
    tags = ("-metadata", f"title={SECRET}")
    return _made(
        "a.mkv", "-f", "lavfi", "-i", "testsrc=s=640x480:r=10:d=3", "-f", "lavfi", "-i", "sine=440:d=3", "-c:v", "mpeg4",
        "-c:a", "pcm_s16le", *tags,
    )  # fmt: skip


@cache
def bare(name: str) -> bytes:
    """Four frames as a camera of that form writes them."""
    return _made(
        name, "-f", "lavfi", "-i", "testsrc=s=720x576:r=25:d=0.16", "-frames:v", "4", "-threads", "1",
        *(("-pix_fmt", "yuv420p") if name.endswith((".dv", ".mxf")) else ("-pix_fmt", "yuv420p", "-preset", "ultrafast")
          if name.endswith((".ts", ".m2ts", ".mkv", ".h264")) else ()),
    )  # fmt: skip


def _made(name: str, *told: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        subprocess.run(["ffmpeg", "-v", "error", *told, str(path)], check=True)
        return path.read_bytes()
