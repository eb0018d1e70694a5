"""Imports that are at work beside the pages: one at a time in each process, in the order they came."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import connections, transaction

from crossforce.duty.operations import arriving
from crossforce.kernel import clock
from crossforce.kernel.refusals import Refusal
from crossforce.people.api import Actor

AT_WORK: Final = ThreadPoolExecutor(1, "duty-import")
log = logging.getLogger(__name__)


def check(actor: Actor, key: UUID) -> None:
    """Say what an import would do, once what was written is committed."""
    _begin(partial(arriving.check, actor=actor, key=key, at=clock.now()))


def run(actor: Actor, key: UUID) -> None:
    """Bring an import in, once what was written is committed."""
    _begin(partial(arriving.run, actor=actor, key=key, at=clock.now()))


def _begin(work: Callable[[], Any]) -> None:
    transaction.on_commit(lambda: _submitted(work))


def _submitted(work: Callable[[], Any]) -> Future[None]:
    return AT_WORK.submit(_done, work)


def _done(work: Callable[[], Any]) -> None:
    try:
        work()
    except Refusal as refused:
        log.info("An import was refused: %s", refused.message)
    except Exception:
        log.exception("An import stopped; it can be gone on with.")
    finally:
        connections.close_all()
