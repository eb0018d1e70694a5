"""Files at which somebody is at work beside the pages: one at a time in each process, in the order they came; and watched folders."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections, connections, transaction

from crossforce.intake.choices import Step
from crossforce.intake.operations.desk import Desk
from crossforce.intake.operations.watching import BadFolders, Brought, Listed, Place, Watch
from crossforce.kernel import clock, companions
from crossforce.kernel.doctor import SERIOUS, WARNING, Finding
from crossforce.kernel.refusals import Refusal
from crossforce.kernel.web import uploads
from crossforce.people.api import Actor

SECONDS, STILL = 5, 10.0
"""Between two looks at a folder; and how long a file lies still before it is taken."""
LATE: Final = 60
log = logging.getLogger(__name__)


class Line:
    """The files of one service that wait for their turn in this process, and the addresses to which they are sent."""

    def __init__(self, desk: Desk[Any], *, sent_to: Iterable[str]) -> None:
        self._desk = desk
        for route in sent_to:
            uploads.take(route, desk.waiting.most_megabytes)
        self.at_work = ThreadPoolExecutor(1, f"{desk.waiting.name}-intake")

    def check(self, actor: Actor, key: UUID) -> None:
        """Say what a file would do, once what was written is committed."""
        self._begin(key, partial(self._desk.check, actor=actor, key=key, at=clock.now()))

    def run(self, actor: Actor, key: UUID) -> None:
        """Bring a file in, once what was written is committed; from now on it says so."""
        self._desk.set_out(actor=actor, key=key, at=clock.now())
        self._begin(key, partial(self._desk.run, actor=actor, key=key, at=clock.now()))

    def _begin(self, key: UUID, work: Callable[[], Any]) -> None:
        waiting = self._desk.waiting
        if not waiting.progress(key).is_alive:
            waiting.tell(key, Step("read"))  # seen by whoever looks between commit and turn
        transaction.on_commit(lambda: self._submitted(key, work))

    def _submitted(self, key: UUID, work: Callable[[], Any]) -> None:
        """Line the work up, unless it is: whoever looks sees that it will come to its turn."""
        if turn := self._desk.waiting.lined_up(key):
            self.at_work.submit(self._done, key, work, turn)

    def _done(self, key: UUID, work: Callable[[], Any], turn: IO[bytes]) -> None:
        waiting = self._desk.waiting
        try:
            with turn:
                waiting.until_free(key)
                waiting.tell(key, Step("read"))
            work()
        except Refusal as refused:
            log.info("A file was refused: %s", refused.message)
        except Exception:
            log.exception("A file stopped; it can be gone on with.")
        finally:
            connections.close_all()


@dataclass(frozen=True)
class Watched:
    """The watched folders of one service, looked at beside the web: which file names them, and how what came of a file is said."""

    subject: str
    name: str
    file: Callable[[], Path]
    read: Callable[[Path], Sequence[Place[Any]]]
    said: Callable[[Any], str]

    def go_on(
        self, goes_on: Callable[[], bool], meanwhile: Callable[[], None] = lambda: None
    ) -> None:
        """Look again and again until `goes_on`, which waits a second, says to stop."""
        watch, waited = Watch[Any](Listed(self.file(), self.read), STILL), SECONDS
        while goes_on():
            waited += 1
            if waited > SECONDS:
                waited = 0
                self._look(watch)
            meanwhile()

    def findings(self) -> Iterator[Finding]:
        """Whether they are looked at; what “crossforce doctor” says of them."""
        try:
            count = len(self.read(self.file())) if self.file().exists() else 0
        except BadFolders as wrong:
            remedy = "Correct the file: it is read again then."
            yield Finding(self.subject, wrong.message, SERIOUS, remedy)
            return
        try:
            seconds = round(time.time() - self._looked().stat().st_mtime)
            said = f"{count}, last looked at {seconds:,} seconds ago"
        except FileNotFoundError:
            seconds, said = LATE, f"{count}, not looked at yet"
        if count and seconds >= LATE and companions.standing() is not None:
            remedy = "A large file takes long; else look into what “crossforce serve” printed."
            yield Finding(self.subject, said, WARNING, remedy)
        else:
            yield Finding(self.subject, said if count else "none")

    def _looked(self) -> Path:
        """What is touched after each look that came to its end."""
        return Path(settings.VAR) / f"{self.name}-looked"

    def _look(self, watch: Watch[Any]) -> None:
        """One look. What went wrong is told, and what was taken is taken up again by the next."""
        try:
            each: Brought[Any]
            for each in watch.look(at=clock.now()):
                log.info("%s: %s", each.file, self.said(each.outcome))
            self._looked().touch()
        except Refusal as refused:
            log.error("%s: %s", self.subject, refused.message)
        except Exception:
            log.exception("%s wait.", self.subject)
        finally:
            close_old_connections()
