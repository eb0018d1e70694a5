"""Files that wait to be brought in, or are being: on this machine, in a folder that only we can read.

A file goes when it has been brought in or refused, and at the latest after some days. Beside it stands
how far its import is.
"""

import hashlib
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from uuid import UUID

from django.conf import settings

from crossforce.kernel.refusals import Missing, NotUnderstood

KEPT_DAYS: Final = 7
STALLED_SECONDS: Final = 30
MOST_BYTES: Final = 2_000_000_000


class NotHere(Missing):
    """The file is no longer here. Send it again: what was brought in before is not brought in twice."""


class FileTooLarge(NotUnderstood):
    """The file is larger than 2,000 MB. Export fewer days at a time."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: `is_alive` while somebody is at work on it."""

    done: int
    is_alive: bool


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


def opened(key: UUID) -> IO[bytes]:
    """The file. Raises NotHere."""
    try:
        return _file(key).open("rb")
    except FileNotFoundError:
        raise NotHere from None


def is_here(key: UUID) -> bool:
    """Whether the file still waits."""
    return _file(key).exists()


def forget(key: UUID) -> None:
    """Take the file away."""
    for path in (_file(key), _progress(key)):
        path.unlink(missing_ok=True)


def tell(key: UUID, done: int) -> None:
    """Say how far the import is."""
    path = _progress(key)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(done))
    fresh.replace(path)


def quiet(key: UUID) -> None:
    """Say that nobody is at work on the import now."""
    _progress(key).unlink(missing_ok=True)


def progress(key: UUID) -> Progress:
    """How far the import is."""
    try:
        done = json.loads(_progress(key).read_text())
        age = time.time() - _progress(key).stat().st_mtime
    except (FileNotFoundError, ValueError):
        return Progress(0, is_alive=False)
    return Progress(int(done), is_alive=age < STALLED_SECONDS)


def _file(key: UUID) -> Path:
    return folder() / f"{key}.export"


def _progress(key: UUID) -> Path:
    return folder() / f"{key}.progress"


def _sweep() -> None:
    for path in folder().iterdir():
        if time.time() - path.stat().st_mtime > KEPT_DAYS * 86_400:
            path.unlink(missing_ok=True)
