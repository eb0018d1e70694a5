"""Files at which somebody is at work beside the pages: one at a time in each process, in the order they came."""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import IO, Any
from uuid import UUID

from django.db import connections, transaction

from crossforce.intake.choices import Step
from crossforce.intake.operations.desk import Desk
from crossforce.kernel import clock
from crossforce.kernel.refusals import Refusal
from crossforce.kernel.web import uploads
from crossforce.people.api import Actor

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
