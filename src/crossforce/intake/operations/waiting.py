"""Files that wait to be brought in, or are being: on this machine, in a folder that only we can read.

A file goes when it has been brought in or refused, and at the latest after some days. Beside it stands
how far it is.
"""

import fcntl
import hashlib
import json
import logging
import math
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from uuid import UUID

from django.conf import settings

from crossforce.intake.choices import Step
from crossforce.kernel.refusals import Conflict, Missing, NotUnderstood

KEPT_DAYS: Final = 7
HOUR: Final = 3_600
STALLED_SECONDS: Final = 5
"""Since something was told: between its turn and its beginning a file is held by nobody."""
BETWEEN_SECONDS: Final = 0.3
MOST_MEGABYTES: Final = 2_000
MOST_WAITING: Final = 3
"""So many of the largest files may wait of one holder."""
log = logging.getLogger(__name__)


class NotHere(Missing):
    """The file is no longer here. Send it again: what was brought in before is not brought in twice."""


class AtWork(Conflict):
    """Somebody is at work on this file at the moment."""


class FileTooLarge(NotUnderstood):
    """The file is larger than is taken here; the message says how large one may be."""


class TooMuchWaits(Conflict):
    """So much waits of this organisation already that this file has no room; the message says how much may."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a file is: `is_alive` while somebody is at work on it, or will be when its turn comes."""

    step: Step
    is_alive: bool
    is_in_line: bool = False


class Waiting:
    """The files of one service, each under the key of the record that says what came of it."""

    def __init__(self, name: str, *, most_megabytes: int = MOST_MEGABYTES) -> None:
        self.name, self.most_megabytes = name, most_megabytes
        self._swept = -math.inf

    def folder(self) -> Path:
        """Where files wait."""
        found = Path(settings.VAR) / self.name
        found.mkdir(mode=0o700, parents=True, exist_ok=True)
        return found

    def keep(self, key: UUID, chunks: Iterable[bytes], *, holder: str = "") -> str:
        """Keep a file of a holder's until it is brought in; answers its SHA-256. Raises FileTooLarge."""
        self.sweep()
        digest, size = hashlib.sha256(), 0
        path = self._file(key)
        try:
            self._holder(key).write_text(holder)
            with path.open("xb") as target:
                path.chmod(0o600)
                for chunk in chunks:
                    size += len(chunk)
                    if size > self.most_megabytes * 1_000_000:
                        raise FileTooLarge(
                            f"The file is larger than {self.most_megabytes:,} MB. Export fewer days at a time."
                        )
                    digest.update(chunk)
                    target.write(chunk)
        except BaseException:
            self.forget(key)
            raise
        return digest.hexdigest()

    def require_room(self, holder: str) -> None:
        """Refuse what was kept last, where more waits of its holder than may. Raises TooMuchWaits.

        What still arrives is counted: nobody gains by sending at once.
        """
        most = MOST_WAITING * self.most_megabytes
        if self._waits(holder) > most * 1_000_000:
            raise TooMuchWaits(
                f"With this file more than {most:,} MB of this organisation's would wait. "
                "Send it when some of that is in; what stopped can be gone on with."
            )

    def hand_over(self, key: UUID, to: UUID) -> None:
        """Have the file wait under another key, unless that one's own does."""
        if not self.is_here(to):
            self._holder(key).replace(self._holder(to))
            self._file(key).replace(self._file(to))

    def begun(self, key: UUID) -> IO[bytes]:
        """The file, for one who brings it in: nobody else can until it is closed. Raises NotHere, AtWork."""
        try:
            file = self._file(key).open("rb")
        except FileNotFoundError:
            raise NotHere from None
        if _locks(file):
            return file
        file.close()
        raise AtWork

    def lined_up(self, key: UUID) -> IO[bytes] | None:
        """What is held by whoever will be at work on it when its turn comes; None where somebody does."""
        turn = self._turn(key).open("ab")
        if _locks(turn):
            return turn
        turn.close()
        return None

    def until_free(self, key: UUID) -> None:
        """Wait while another process is at work on it."""
        while _is_locked(self._file(key)):
            time.sleep(BETWEEN_SECONDS)

    def is_here(self, key: UUID) -> bool:
        """Whether the file still waits."""
        return self._file(key).exists()

    def forget(self, key: UUID) -> None:
        """Take the file away."""
        for path in (self._file(key), self._holder(key), self._progress(key), self._turn(key)):
            path.unlink(missing_ok=True)

    def tell(self, key: UUID, step: Step) -> None:
        """Say how far it is."""
        path = self._progress(key)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(step))
        fresh.replace(path)

    def quiet(self, key: UUID) -> None:
        """Say that nobody is at work on it now."""
        self._progress(key).unlink(missing_ok=True)

    def progress(self, key: UUID) -> Standing:
        """How far it is. Who is at work holds a lock, which goes with its process however that ends."""
        is_begun, is_lined_up = _is_locked(self._file(key)), _is_locked(self._turn(key))
        is_alive, is_in_line = is_begun or is_lined_up, is_lined_up and not is_begun
        try:
            step = Step(*json.loads(self._progress(key).read_text()))
            age = time.time() - self._progress(key).stat().st_mtime
        except (FileNotFoundError, ValueError):
            return Standing(Step("read"), is_alive, is_in_line)
        return Standing(step, is_alive or age < STALLED_SECONDS, is_in_line)

    def _waits(self, holder: str) -> int:
        """How many bytes wait of a holder."""
        size = 0
        for path in self.folder().glob("*.holder"):
            with suppress(FileNotFoundError):  # it came to its end meanwhile
                if path.read_text() == holder:
                    size += path.with_suffix(".export").stat().st_size
        return size

    def _file(self, key: UUID) -> Path:
        return self.folder() / f"{key}.export"

    def _holder(self, key: UUID) -> Path:
        return self.folder() / f"{key}.holder"

    def _turn(self, key: UUID) -> Path:
        return self.folder() / f"{key}.turn"

    def _progress(self, key: UUID) -> Path:
        return self.folder() / f"{key}.progress"

    def sweep(self) -> None:
        """Take away what waited too long. What others take away meanwhile is gone."""
        for path in self.folder().iterdir():
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > KEPT_DAYS * 86_400:
                    path.unlink()

    def sweep_hourly(self) -> None:
        """The same once an hour, for what works beside the web: it goes also where no other file arrives."""
        if time.monotonic() - self._swept < HOUR:
            return
        self._swept = time.monotonic()
        try:
            self.sweep()
        except OSError:
            log.exception("What waited too long in the folder “%s” is still there.", self.name)


def _locks(file: IO[bytes]) -> bool:
    """Whether the file is ours from now on; whoever only looks has a part of it for an instant."""
    while _shares(file):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.001)
        else:
            return True
    return False


def _is_locked(path: Path) -> bool:
    """Whether somebody has the file for themselves."""
    try:
        with path.open("rb") as file:
            return not _shares(file)
    except FileNotFoundError:
        return False


def _shares(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
