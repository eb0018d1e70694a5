"""Files that wait to be brought in, or are being: on this machine, in a folder that only we can read.

A file goes when it has been brought in or refused, and at the latest after some days. Beside it stands
how far its import is.
"""

import fcntl
import hashlib
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from uuid import UUID

from django.conf import settings

from crossforce.duty.operations.staging import Step
from crossforce.kernel.refusals import Conflict, Missing, NotUnderstood

KEPT_DAYS: Final = 7
STALLED_SECONDS: Final = 5
"""Since something was told: between its turn and its beginning an import holds nothing."""
BETWEEN_SECONDS: Final = 0.3
MOST_BYTES: Final = 2_000_000_000


class NotHere(Missing):
    """The file is no longer here. Send it again: what was brought in before is not brought in twice."""


class AtWork(Conflict):
    """Somebody is at work on this import at the moment."""


class FileTooLarge(NotUnderstood):
    """The file is larger than 2,000 MB. Export fewer days at a time."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: `is_alive` while somebody is at work on it, or will be when its turn comes."""

    step: Step
    is_alive: bool
    is_in_line: bool = False


def folder() -> Path:
    """Where files wait."""
    found = Path(settings.VAR) / "duty"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def keep(key: UUID, chunks: Iterable[bytes]) -> str:
    """Keep a file until it is brought in; answers its SHA-256. Raises FileTooLarge."""
    _sweep()
    digest, size = hashlib.sha256(), 0
    path = _file(key)
    try:
        with path.open("xb") as target:
            path.chmod(0o600)
            for chunk in chunks:
                size += len(chunk)
                if size > MOST_BYTES:
                    raise FileTooLarge
                digest.update(chunk)
                target.write(chunk)
    except BaseException:
        forget(key)
        raise
    return digest.hexdigest()


def hand_over(key: UUID, to: UUID) -> None:
    """Have the file wait for another import, unless that one's own does."""
    if not is_here(to):
        _file(key).replace(_file(to))


def begun(key: UUID) -> IO[bytes]:
    """The file, for one who brings it in: nobody else can until it is closed. Raises NotHere, AtWork."""
    try:
        file = _file(key).open("rb")
    except FileNotFoundError:
        raise NotHere from None
    if _locks(file):
        return file
    file.close()
    raise AtWork


def lined_up(key: UUID) -> IO[bytes] | None:
    """What is held by whoever will be at work on the import when its turn comes; None where somebody does."""
    turn = _turn(key).open("ab")
    if _locks(turn):
        return turn
    turn.close()
    return None


def until_free(key: UUID) -> None:
    """Wait while another process is at work on the import."""
    while _is_begun(key):
        time.sleep(BETWEEN_SECONDS)


def _is_lined_up(key: UUID) -> bool:
    return _is_locked(_turn(key))


def _is_begun(key: UUID) -> bool:
    return _is_locked(_file(key))


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


def is_here(key: UUID) -> bool:
    """Whether the file still waits."""
    return _file(key).exists()


def forget(key: UUID) -> None:
    """Take the file away."""
    for path in (_file(key), _progress(key), _turn(key)):
        path.unlink(missing_ok=True)


def tell(key: UUID, step: Step) -> None:
    """Say how far the import is."""
    path = _progress(key)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(step))
    fresh.replace(path)


def quiet(key: UUID) -> None:
    """Say that nobody is at work on the import now."""
    _progress(key).unlink(missing_ok=True)


def progress(key: UUID) -> Progress:
    """How far the import is. Who is at work holds a lock, which goes with its process however that ends."""
    is_begun, is_lined_up = _is_begun(key), _is_lined_up(key)
    is_alive, is_in_line = is_begun or is_lined_up, is_lined_up and not is_begun
    try:
        step = Step(*json.loads(_progress(key).read_text()))
        age = time.time() - _progress(key).stat().st_mtime
    except (FileNotFoundError, ValueError):
        return Progress(Step("read"), is_alive, is_in_line)
    return Progress(step, is_alive or age < STALLED_SECONDS, is_in_line)


def _file(key: UUID) -> Path:
    return folder() / f"{key}.export"


def _turn(key: UUID) -> Path:
    return folder() / f"{key}.turn"


def _progress(key: UUID) -> Path:
    return folder() / f"{key}.progress"


def _sweep() -> None:
    for path in folder().iterdir():
        if time.time() - path.stat().st_mtime > KEPT_DAYS * 86_400:
            path.unlink(missing_ok=True)
