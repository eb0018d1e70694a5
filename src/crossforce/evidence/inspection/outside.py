"""Has ffmpeg or ffprobe, programs of the machine, work on a file; both are held in (`held`), and their answer is believed little.

A file of a few megabytes is given in memory, where they may read back and forth; a longer one as a stream (`fronting`), so that
the memory of it stays flat and nothing of it is written to a disk in clear. What they make comes by a line, or into memory. They are told
numbers and words of ours alone: no name, no address.
"""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Final

from crossforce.evidence.inspection.fronting import Bytes, in_order

FFMPEG, FFPROBE = "ffmpeg", "ffprobe"
IN_MEMORY: Final = 64 * 1024 * 1024
"""A longer file comes as a stream."""
MEMORY: Final = 3 * 1024**3
ABSENT: Final = "This machine has no ffmpeg, with which film and sound are read. The file is kept, and can be saved."
TOO_LONG: Final = "It took more time or memory than it may, or broke what reads it."
BEGINNING: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from crossforce.evidence.inspection import held; held.main(sys.argv[2:])"
)
PACKAGES: Final = str(Path(__file__).parents[3])
FORMATS: Final = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,h264,hevc,asf,flv,ogg,wav,w64,mp3,aac,flac,aiff,amr,"
    "amrnb,amrwb,caf,au,ac3,eac3,dv,mxf,ivf,rm,dhav,gsm,wv,ape,tta"
)
"""What it may be read as: nothing that names other files or addresses (lists, playlists, pictures by number)."""


MADE: Final = "{made}"
"""What is told in place of the name of what it makes, where that lies in memory."""
Heard = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long it may take, and how many bytes it may answer or make."""

    seconds: int = 30
    most: int = 4 * 1024 * 1024


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a program is told: before the file is named to it, and after; where it makes what is not answered by a line."""

    program: str
    before: Sequence[str] = ()
    after: Sequence[str] = ()
    made: IO[bytes] | None = None


class Failed(Exception):
    """It did not come to its end; the message says why."""


def stands() -> bool:
    """Whether both programs are there."""
    return bool(_path(FFMPEG) and _path(FFPROBE))


@cache
def version() -> str:
    """Which ffmpeg works here."""
    told = [_path(FFMPEG) or FFMPEG, "-version"]
    said = subprocess.run(told, capture_output=True, check=False, env={}, timeout=30)  # noqa: S603 - asked for its name alone
    return " ".join(said.stdout.decode("utf-8", "replace").split()[:3:2])


@cache
def encodes(name: str) -> bool:
    """Whether the ffmpeg of this machine has that encoder."""
    told = [_path(FFMPEG) or FFMPEG, "-v", "quiet", "-encoders"]
    said = subprocess.run(told, capture_output=True, check=False, env={}, timeout=30)  # noqa: S603 - asked for its names alone
    return name.encode() in said.stdout.split()


def in_memory() -> IO[bytes]:
    """A file that has no name and lies on no disk."""
    return os.fdopen(os.memfd_create("crossforce-film"), "w+b")


def ask(
    asked: Asked, kept: Bytes, size: int, limits: Limits = LIMITS, heard: Heard | None = None
) -> bytes:
    """What a program answers of a file; `heard` is told how many seconds of it are done. Raises Failed, and what `kept` raises."""
    path = _path(asked.program)
    if not path:
        raise Failed(ABSENT)
    with _given(kept, size) as file:
        told = [path, *_told(asked, file, is_heard=heard is not None)]
        lines = [each.fileno() for each in (file, asked.made) if each]
        bounds = map(str, (MEMORY, 2 * limits.seconds, limits.most))
        with subprocess.Popen(  # noqa: S603 - our own module, and a program of this machine
            [sys.executable, "-I", "-S", "-c", BEGINNING, PACKAGES, *bounds, *told],
            stdin=subprocess.DEVNULL if file else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if heard else subprocess.DEVNULL,
            env={}, cwd="/", pass_fds=lines,
        ) as worker:  # fmt: skip
            limit = threading.Timer(limits.seconds, worker.kill)
            limit.start()
            try:
                return _answer(worker, _Feed(worker, kept, size), limits.most, heard)
            finally:
                worker.kill()
                limit.cancel()


class _Feed(threading.Thread):
    """Gives the file by the line, while its answer is read; keeps what went wrong with it."""

    def __init__(self, worker: "subprocess.Popen[bytes]", kept: Bytes, size: int) -> None:
        super().__init__(daemon=True)
        self._line, self._kept, self._size = worker.stdin, kept, size
        self.fault: Exception | None = None

    def run(self) -> None:
        if self._line is None:
            return
        try:
            with suppress(BrokenPipeError), self._line as line:
                for part in in_order(self._kept, self._size):
                    line.write(part)
        except Exception as fault:  # noqa: BLE001 - raised again by whoever asked
            self.fault = fault


def _answer(
    worker: "subprocess.Popen[bytes]", feed: _Feed, most: int, heard: Heard | None
) -> bytes:
    assert worker.stdout
    feed.start()
    if heard and worker.stderr:
        threading.Thread(target=_hear, args=(worker.stderr, heard), daemon=True).start()
    answer = worker.stdout.read(most + 1)
    is_whole = len(answer) <= most and worker.wait() == 0
    worker.kill()
    feed.join()
    if feed.fault:
        raise feed.fault
    if not is_whole:
        raise Failed(TOO_LONG)
    return answer


def _hear(line: IO[bytes], heard: Heard) -> None:
    for each in line:
        name, _, value = each.partition(b"=")
        if name == b"out_time_us" and value.strip().isdigit():
            heard(int(value) / 1_000_000)


@contextmanager
def _given(kept: Bytes, size: int) -> Iterator[IO[bytes] | None]:
    """The file in memory, where it is small enough."""
    if size > IN_MEMORY:
        yield None
        return
    with in_memory() as file:
        for part in kept.parts():
            file.write(part)
        file.seek(0)
        yield file


def _told(asked: Asked, file: IO[bytes] | None, *, is_heard: bool) -> list[str]:
    name = f"file:/proc/self/fd/{file.fileno()}" if file else "pipe:0"
    made = f"file:/proc/self/fd/{asked.made.fileno()}" if asked.made else ""
    spoken = ["-progress", "pipe:2", "-nostats"] if is_heard else []
    alone = ["-nostdin", "-y", *spoken] if asked.program == FFMPEG else []
    bounds = ["-protocol_whitelist", "file,pipe", "-format_whitelist", FORMATS]
    after = [made if each == MADE else each for each in asked.after]
    return ["-v", "quiet", *alone, *asked.before, *bounds, "-i", name, *after]


def _path(program: str) -> str:
    return shutil.which(program) or ""
