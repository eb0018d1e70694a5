"""What works beside the web, each in a process of its own: begun again when it dies, ended with the web.

One process keeps the others, and the web begins that one again. Each holds a lock for as long as it lives, however
it ends, by which `crossforce doctor` knows it: of two that do the same work the later waits for the earlier to end.
"""

import fcntl
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final

from django.conf import settings

GoesOn = Callable[[], bool]
Work = Callable[[GoesOn], None]
KEEPER: Final = ".keeper"
PAUSE: Final = 1.0  #: seconds at least from an end to the next beginning
LONGEST_PAUSE: Final = 60.0
log = logging.getLogger(__name__)
_held: list[IO[str]] = []
"""The locks of this process: a child that it forks lets go of them."""


@contextmanager
def kept(works: Mapping[str, Work]) -> Iterator["Companion"]:
    """Each work by its name, beside the block, for as long as the block and this process last.

    What keeps them is begun again by whoever looks after it.
    """
    keeper = Companion(KEEPER, partial(_keep, works), "\n".join(works))
    keeper.look()
    try:
        yield keeper
    finally:
        keeper.end()
        keeper.wait()


def standing() -> dict[str, bool] | None:
    """Whether each that is to be at work is, by name; None while nothing is served."""
    try:
        names = (_folder() / KEEPER).read_text().splitlines()
    except FileNotFoundError:
        return None
    is_kept = _is_locked(KEEPER)
    return {name: is_kept and _is_locked(name) for name in names} or None  # it just begins


def _nothing() -> None:
    pass


@dataclass
class Companion:
    """One work, and the process that does it; 0 between an end and the next beginning."""

    name: str
    work: Work
    note: str = ""
    process: int = 0
    since: float = -LONGEST_PAUSE
    pause: float = 0.0

    def look(self, lets_go: Callable[[], None] = _nothing) -> None:
        """Begin it, or begin it again once its pause is over. It `lets_go` first of what is only its parent's."""
        if self.process and self._is_over():
            was_short = time.monotonic() - self.since < LONGEST_PAUSE
            self.pause = min(max(2 * self.pause, PAUSE), LONGEST_PAUSE) if was_short else PAUSE
            said = "“%s” beside the web ended; it is begun again in %d seconds."
            log.error(said, self.name, self.pause)
            self.process, self.since = 0, time.monotonic()
        elif not self.process and time.monotonic() - self.since >= self.pause:
            self.process = _forked(self.name, self.note, self.work, lets_go)
            self.since = time.monotonic()

    def end(self) -> None:
        """Tell it to stop."""
        if self.process:
            with suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGTERM)

    def wait(self) -> None:
        """Until it has ended."""
        if self.process:
            with suppress(ChildProcessError):  # the web's server may have seen it end first
                os.waitpid(self.process, 0)

    def _is_over(self) -> bool:
        try:
            return bool(os.waitpid(self.process, os.WNOHANG)[0])
        except ChildProcessError:
            return True


def _keep(works: Mapping[str, Work], goes_on: GoesOn) -> None:
    companions = [Companion(name, work) for name, work in works.items()]
    is_first = True
    while is_first or goes_on():
        is_first = False
        for each in companions:
            each.look()
    for each in companions:
        each.end()
    for each in companions:
        each.wait()
    for name in (*works, KEEPER):
        (_folder() / name).unlink(missing_ok=True)


def _forked(name: str, note: str, work: Work, lets_go: Callable[[], None]) -> int:
    """Fork, and work there until told to stop or until the parent is gone; answers the process."""
    parent = os.getpid()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})  # until the child can hear it
    try:
        if process := os.fork():
            return process
        lets_go()
        _work(parent, name, note, work)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    raise AssertionError("a companion came back")


def _work(parent: int, name: str, note: str, work: Work) -> None:
    """All that a child does: it ends here, whatever happens, and says why."""
    try:
        told = threading.Event()
        _hear_nothing()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda number, frame: told.set())
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        _hold(name, note)
        work(lambda: not told.wait(1) and os.getppid() == parent)
    except BaseException:
        log.exception("“%s” beside the web failed.", name)
        os._exit(1)
    finally:
        os._exit(0)


def _hear_nothing() -> None:
    """What the parent does on signals is its own."""
    for number in signal.valid_signals():
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)


def _folder() -> Path:
    found = Path(settings.VAR) / "companions"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def _hold(name: str, note: str) -> None:
    """Hold the lock of that name until this process ends."""
    for inherited in _held:
        inherited.close()
    lock = (_folder() / name).open("a")
    fcntl.flock(lock, fcntl.LOCK_EX)
    lock.truncate(0)
    lock.write(note)
    lock.flush()
    _held[:] = [lock]


def _is_locked(name: str) -> bool:
    try:
        with (_folder() / name).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)  # two may look at once
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
