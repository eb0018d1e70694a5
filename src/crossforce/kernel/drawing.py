"""Documents that are drawn beside the pages: how far one is, and the file when it is ready.

Whoever asked for one fetches it, from any of the web's processes, within the hour; nobody else can, and
nothing of it is kept longer. It lies sealed by the installation's keys. It is drawn by one thread of the
process that was asked, in turn.
"""

import fcntl
import hashlib
import json
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

from crossforce.kernel.ids import new_id
from crossforce.kernel.keys import KeyRefused
from crossforce.kernel.refusals import Missing, Refusal

KEPT_SECONDS: Final = 3_600
STALLED_SECONDS: Final = 5
"""Since something was told: between being asked for and its turn nobody holds it."""
MOST_WAITING: Final = 20
TOO_MANY: Final = (
    "Too many documents are being made at the moment. Ask for it again in a minute."
)
STOPPED: Final = "It stopped before it was ready. Ask for it again."
AT_WORK: Final = ThreadPoolExecutor(1, "drawing")
_places: Final = threading.BoundedSemaphore(MOST_WAITING)
log = logging.getLogger(__name__)


class NotHere(Missing):
    """That document is not here any longer. Ask for it again."""


class Drawn(NamedTuple):
    """A document: what its file is called, its media type, its bytes."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: `done` of `of` parts; `what` is being done, or why it was refused."""

    what: str = "It waits for its turn."
    done: int = 0
    of: int = 0
    is_ready: bool = False
    is_refused: bool = False
    name: str = ""
    media_type: str = ""

    @property
    def is_over(self) -> bool:
        return self.is_ready or self.is_refused


Tell = Callable[[str, int, int], None]
"""`tell(what, done, of)`: which part comes now, and how many there are."""
Draw = Callable[[Tell], Drawn]


def begin(owner: str, draw: Draw) -> UUID:
    """Draw it once what was written is committed; `owner` is who alone may fetch it."""
    _sweep()
    key = new_id()
    _mark(key).write_text(_digest(owner))
    _tell(key, Progress())
    transaction.on_commit(lambda: _submitted(key, owner, draw))
    return key


def _submitted(key: UUID, owner: str, draw: Draw) -> None:
    if not _places.acquire(blocking=False):
        _tell(key, Progress(TOO_MANY, is_refused=True))
        return
    turn = _turn(key).open("ab")
    fcntl.flock(turn, fcntl.LOCK_EX)
    AT_WORK.submit(_drawn, key, owner, draw, turn)


def progress(key: UUID, owner: str) -> Progress:
    """How far it is. Raises NotHere, also for anybody else."""
    _require(key, owner)
    is_held = _is_held(key)  # first: what ends in between is seen at its end
    try:
        found = Progress(**json.loads(_told(key).read_text()))
        age = time.time() - _told(key).stat().st_mtime
    except (FileNotFoundError, ValueError):
        raise NotHere from None
    if found.is_over or is_held or age < STALLED_SECONDS:
        return found
    return Progress(STOPPED, is_refused=True)


def fetched(key: UUID, owner: str) -> Drawn:
    """The document. Raises NotHere before it is ready, too."""
    found = progress(key, owner)
    if not found.is_ready:
        raise NotHere
    sealed = _file(key).read_bytes()
    try:
        data = settings.KEYS.unseal(sealed, context=_sealed_for(key, owner))
    except KeyRefused:  # the key was retired meanwhile, or the file altered
        raise NotHere from None
    return Drawn(found.name, found.media_type, data)


def _drawn(key: UUID, owner: str, draw: Draw, turn: IO[bytes]) -> None:
    def tell(what: str, done: int, of: int) -> None:
        _tell(key, Progress(what, done, of))

    try:
        found = draw(tell)
        sealed = settings.KEYS.seal(found.data, context=_sealed_for(key, owner))
        with _file(key).open("xb") as target:
            _file(key).chmod(0o600)
            target.write(sealed)
        _tell(key, Progress(is_ready=True, name=found.name, media_type=found.media_type))
    except Refusal as refused:
        _tell(key, Progress(refused.message, is_refused=True))
    except Exception:
        log.exception("A document could not be drawn.")
        _tell(key, Progress(STOPPED, is_refused=True))
    finally:
        turn.close()
        _places.release()
        connections.close_all()


def _require(key: UUID, owner: str) -> None:
    try:
        said, made = _mark(key).read_text(), _mark(key).stat().st_mtime
    except FileNotFoundError:
        raise NotHere from None
    if said != _digest(owner) or time.time() - made > KEPT_SECONDS:
        raise NotHere


def _sealed_for(key: UUID, owner: str) -> str:
    """What the bytes are bound to: this document, and who alone may fetch it."""
    return f"drawn:{key}:{owner}"


def _digest(owner: str) -> str:
    return hashlib.sha256(owner.encode()).hexdigest()


def _is_held(key: UUID) -> bool:
    """Whether somebody is at work on it, or will be: a lock that goes with its process however that ends."""
    with suppress(FileNotFoundError), _turn(key).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _tell(key: UUID, found: Progress) -> None:
    fresh = _told(key).with_suffix(".new")
    fresh.write_text(json.dumps(asdict(found)))
    fresh.replace(_told(key))


def _folder() -> Path:
    found = Path(settings.VAR) / "drawn"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def _file(key: UUID) -> Path:
    return _folder() / f"{key}.file"


def _turn(key: UUID) -> Path:
    return _folder() / f"{key}.turn"


def _told(key: UUID) -> Path:
    return _folder() / f"{key}.progress"


def _mark(key: UUID) -> Path:
    return _folder() / f"{key}.owner"


def _sweep() -> None:
    for path in _folder().iterdir():
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > KEPT_SECONDS:
                path.unlink()
