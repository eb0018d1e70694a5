"""Reads of guarded rows on a hot standby, where REPLICA_DATABASE_URL names one.

What was read there leaves only when the primary has agreed and holds the entry: in one transaction it is
asked whether the standby knew all that decides who sees what, is shown again every row that was named,
and takes the entry. In every other case, whatever the reason, the primary answers as if there were no standby.
"""

import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import psycopg
from django.conf import settings
from django.db import DatabaseError, connections
from django.utils.module_loading import import_string

from crossforce.kernel import guarded, guarded_watch, statements
from crossforce.kernel.postgres import KEEPS_PLANS

AnswerT = TypeVar("AnswerT")
Gathered = Mapping[str, guarded_watch.Gathered]
DEFAULT: Final = "default"
POSITION: Final = re.compile(r"[0-9A-F]{1,8}/[0-9A-F]{1,8}")
PASSED_BY: Final = 1.0  #: seconds for which a standby that was behind is not asked again
WRITTEN: Final = b"SELECT pg_current_wal_insert_lsn()::text"
REPLAYED: Final = b"SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= $1::pg_lsn"
BEGINNING: Final = "0/0"


class Unfit(Exception):
    """The standby may not answer this question: the primary does."""


class Behind(Unfit):
    """The standby may answer nobody for the moment."""


@dataclass(frozen=True, slots=True)
class Comparing:
    """What the standby knows of rights, noted there before anything is read; whether the primary agrees.

    The second is asked while the reader acts on the primary, with what was gathered on the standby.
    """

    note: Callable[[], Any]
    agrees: Callable[[Any, Gathered], bool]


_comparing: list[Comparing] = []
_after: ContextVar[str | None] = ContextVar("after", default=None)
_mine = threading.local()
_behind: list[float] = [0.0]


def give_comparing(comparing: Comparing) -> None:
    """Register how standby and primary are compared; there is one."""
    _comparing[:] = [comparing]


@contextmanager
def wanted(after: str = BEGINNING) -> Iterator[None]:
    """Inside, reads may go to a standby that has replayed the primary's log up to here."""
    token = _after.set(after if POSITION.fullmatch(after) else None)
    try:
        yield
    finally:
        _after.reset(token)


def position() -> str:
    """How far the primary's log is written: whoever reads after this has read their own writing."""
    ((found,),) = statements.texts(WRITTEN)
    return str(found)


def answered(actor: Any, work: Callable[[], AnswerT]) -> AnswerT:
    """What the work answers while the actor acts; it changes nothing, so that a standby may do it."""
    if _may_ask():
        try:
            return _read(actor, work)
        except Behind:
            _behind[0] = time.monotonic() + PASSED_BY
        except Unfit:
            pass
    with guarded.acting(actor):
        return work()


def _may_ask() -> bool:
    return bool(
        settings.REPLICA_DATABASE
        and _comparing
        and _after.get() is not None
        and time.monotonic() >= _behind[0]
        and not connections[DEFAULT].in_atomic_block
    )


def _read(actor: Any, work: Callable[[], AnswerT]) -> AnswerT:
    answer, noted, gathered = _on_standby(actor, work)
    with guarded.acting(actor):
        if not _comparing[0].agrees(noted, gathered):
            raise Behind
        gathering = guarded_watch.current()
        assert gathering is not None
        gathering.kinds.update(gathered)
    return answer


def _on_standby(
    actor: Any, work: Callable[[], AnswerT]
) -> tuple[AnswerT, Any, dict[str, guarded_watch.Gathered]]:
    """The answer, what the standby knew, and what was gathered, which is not told there.

    Whatever goes wrong may be the standby's doing: a row that has not come, a query that it ended.
    """
    try:
        with _standing_in(), guarded.acting(actor):
            ((has_come,),) = statements.texts(REPLAYED, [_after.get()])
            if has_come != "t":
                raise Unfit
            noted = _comparing[0].note()
            answer = work()
            gathering = guarded_watch.current()
            assert gathering is not None
            gathered = dict(gathering.kinds)
            gathering.kinds.clear()
            return answer, noted, gathered
    except Exception as error:
        is_down = isinstance(error, DatabaseError) and not _would_write(error)
        raise (Behind if is_down else Unfit) from error


def _would_write(error: DatabaseError) -> bool:
    return isinstance(error.__cause__, psycopg.errors.ReadOnlySqlTransaction)


@contextmanager
def _standing_in() -> Iterator[None]:
    """The standby's connection of this thread stands in the place of the primary's."""
    primary, standby = connections[DEFAULT], _standby()
    standby.close_if_unusable_or_obsolete()
    standby.health_check_done = False
    connections[DEFAULT] = standby
    try:
        yield
    finally:
        connections[DEFAULT] = primary


def _standby() -> Any:
    """Django's connection to the standby; every thread has its own, as it has to the primary."""
    login = settings.REPLICA_DATABASE
    assert login is not None
    if getattr(_mine, "login", None) != login:
        given = connections[DEFAULT].settings_dict | login.django() | {KEEPS_PLANS: False}
        backend = import_string(f"{given['ENGINE']}.base.DatabaseWrapper")
        _mine.login, _mine.connection = login, backend(given, DEFAULT)
    return _mine.connection


def close() -> None:
    """Close this thread's connection to the standby, if it has one."""
    if hasattr(_mine, "connection"):
        _mine.connection.close()
        del _mine.connection, _mine.login
