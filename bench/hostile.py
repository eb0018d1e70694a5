"""One file is looked into, and taken apart where it is an archive; what became of that, of the process that did it, and of ours."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from types import SimpleNamespace
from typing import IO, Any, Final, Self

from crossforce.evidence.inspection import archives, asking, unpacking, work
from crossforce.evidence.rules import types
from crossforce.evidence.rules.members import Beyond, Judge, Kind

SHORTER: Final = "image/jpeg"
"""What nothing is known of is looked into as this."""


@dataclass(slots=True)
class Ended:
    """What became of one file."""

    seconds: float = 0.0
    megabytes: float = 0.0
    raised: bool = False
    is_silent: bool = False
    is_stopped: bool = False
    is_refused: bool = False


class Forked:
    """What `subprocess.Popen` is to its callers, of a process that is forked from this one."""

    most = 0.0

    def __init__(self, given: list[str], **_: Any) -> None:
        there, ours = os.pipe()
        here, theirs = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.dup2(there, 0)
            os.dup2(theirs, 1)
            os.closerange(3, 256)
            sys.stdin, sys.stdout = os.fdopen(0), os.fdopen(1, "w")
            _main(given[5:])
        os.close(there)
        os.close(theirs)
        self.stdin: IO[bytes] = os.fdopen(ours, "wb")
        self.stdout: IO[bytes] = os.fdopen(here, "rb")
        self._code: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.stdout.close()
        self.wait()

    def kill(self) -> None:
        """End it, if it has not ended."""
        if self._code is None:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """How it ended; what it used is told to whoever asks the class."""
        if self._code is None:
            _, self._code, used = os.wait4(self.pid, 0)
            Forked.most = max(Forked.most, used.ru_maxrss / 1024)
        return self._code


def _main(words: list[str]) -> None:
    try:
        if len(words) == 1:
            work.main(words[0])
        archives.main(words[0], int(words[1]))
    finally:
        os._exit(1)


def warm() -> None:
    """From now on this process forks instead of beginning another."""
    forks = SimpleNamespace(Popen=Forked, PIPE=subprocess.PIPE, DEVNULL=subprocess.DEVNULL)
    for module in (asking, unpacking):
        vars(module)["subprocess"] = forks


def looked_into(content: bytes) -> Ended:
    """Have it looked into as what it begins like, and taken apart where it is an archive."""
    ended, began = Ended(), time.monotonic()
    Forked.most = 0.0
    try:
        found = types.of(content[: types.HEAD])
        if found in unpacking.READ_AS:
            _take_apart(ended, found, content)
        if asking.is_read(found) or found not in unpacking.READ_AS:
            told = asking.look_into(
                found if asking.is_read(found) else SHORTER, len(content), [content]
            )
            ended.is_silent = not (told.facts or told.picture or told.why_not)
            ended.is_stopped |= told.why_not == asking.KILLED
            ended.is_refused |= bool(told.why_not)
    except Exception:  # noqa: BLE001 - that is what is counted
        ended.raised = True
    ended.seconds, ended.megabytes = time.monotonic() - began, Forked.most
    return ended


def _take_apart(ended: Ended, media_type: str, content: bytes) -> None:
    judge = Judge(len(content))
    with unpacking.Archive(
        media_type, len(content), lambda start, length: [content[start : start + length]]
    ) as archive:
        try:
            for held in archive:
                if judge.why_not(held.member):
                    ended.is_refused = True
                elif held.member.kind == Kind.FILE:
                    _read(ended, held)
        except Beyond:
            ended.is_refused = True
    ended.is_stopped |= archive.why_not == unpacking.BROKEN
    ended.is_refused |= bool(archive.why_not)


def _read(ended: Ended, held: unpacking.Packed) -> None:
    try:
        came = sum(len(part) for part in held.parts())
    except (unpacking.Broken, unpacking.Damaged):
        ended.is_refused = True
        return
    ended.raised |= came > held.member.size
