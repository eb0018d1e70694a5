"""Has a file looked into by a process that is confined, waits for it no longer than it may take, and believes it little.

Nothing of ours goes with it: no setting, no key, no line but the file and its answer. It is killed at its limit.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final

from crossforce.evidence.inspection.found import (
    DERIVED,
    LARGEST,
    MOST_FACTS,
    OFFICE,
    PROVEN,
    STATED,
    Found,
    fact,
)

SECONDS: Final = 30.0
MOST_ANSWERED: Final = 4 * 1024 * 1024
BEGINNING: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from crossforce.evidence.inspection import work; work.main(sys.argv[2])"
)
PACKAGES: Final = str(Path(__file__).parents[3])
READ: Final = ("image/", "application/pdf", "message/rfc822", "audio/wav", *OFFICE)
TOO_LARGE: Final = f"Files beyond {LARGEST // 1024**2} MB are not looked into."
KILLED: Final = "It took more time or memory than it may, or broke what reads it."
MISREAD: Final = "What reads it answered what cannot be."


def is_read(media_type: str) -> bool:
    """Whether anything is looked for in files of this type."""
    return media_type.startswith(READ)


def look_into(media_type: str, size: int, parts: Iterable[bytes], line: str = "") -> Found:
    """What the file tells of itself; or, of an image alone, a picture of it that bears the line.

    Never raises for what a file holds: `why_not` says what failed.
    """
    if size > LARGEST:
        return Found(why_not=TOO_LARGE)
    asked = {"do": "show", "line": line} if line else {"do": "look"}
    answer = ask(asked, media_type, parts, SECONDS, MOST_ANSWERED)
    return _understood(answer) if answer else Found(why_not=KILLED)


def frame_of(media_type: str, parts: Iterable[bytes]) -> tuple[int, bytes]:
    """The small picture that lies in a HEIF, as a stream for ffmpeg, and how often it is turned left; nothing where there is none."""
    head, _, stream = ask({"do": "frame"}, media_type, parts, SECONDS, MOST_ANSWERED).partition(
        b"\n"
    )
    try:
        turned = json.loads(head)["turned"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return 0, b""
    return (turned, stream) if turned in range(4) else (0, b"")


def ask(
    asked: Mapping[str, Any],
    media_type: str,
    parts: Iterable[bytes],
    seconds: float,
    most: int,
) -> bytes:
    """What a process of its own answers to what is asked of the file; nothing where it was killed, or answered too much."""
    with subprocess.Popen(  # noqa: S603 - our own module, and a type of ours
        [sys.executable, "-I", "-c", BEGINNING, PACKAGES, media_type],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, cwd="/",
    ) as worker:  # fmt: skip
        limit = threading.Timer(seconds, worker.kill)
        limit.start()
        try:
            return _answer(worker, chain([json.dumps(asked).encode() + b"\n"], parts), most)
        finally:
            worker.kill()
            limit.cancel()


def _answer(worker: "subprocess.Popen[bytes]", parts: Iterable[bytes], most: int) -> bytes:
    assert worker.stdin
    assert worker.stdout
    with suppress(BrokenPipeError):
        _send(worker.stdin, parts)
    answer = worker.stdout.read(most + 1)
    if len(answer) > most:
        return b""
    return b"" if worker.wait() else answer


def _send(line: IO[bytes], parts: Iterable[bytes]) -> None:
    for part in parts:
        line.write(part)
    line.close()


def _understood(answer: bytes) -> Found:
    """The answer of a process that may have been taken over: held to its form, and shown as text."""
    head, _, picture = answer.partition(b"\n")
    try:
        said: Any = json.loads(head)
        facts = tuple(
            fact(str(name), value, sure)
            for name, value, sure in said["facts"][:MOST_FACTS]
            if sure in {PROVEN, STATED, DERIVED}
        )
        why_not = fact("", said["why_not"], PROVEN).value
    except (ValueError, TypeError, KeyError, RecursionError):
        return Found(why_not=MISREAD)
    return Found(facts, picture if picture.startswith(b"\xff\xd8\xff") else b"", why_not)
