"""What goes to the server together, in one journey there and back, and what waits on a connection for the next one.

A statement that is held back makes its journey with whatever is said next. A transaction that was begun ahead, with
the first statement of a request, stands until somebody acts in it: whatever is said outside of any ends it first, and
so does the end of the request.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import psycopg
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus

NAMES: Final = "crossforce_names"
HELD: Final = "crossforce_held"
AHEAD: Final = "crossforce_ahead"
SOUND: Final = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


class Ask(NamedTuple):
    """A statement as it is sent: with its values, and how these and the answer are written."""

    statement: bytes
    values: Sequence[Any]
    types: Sequence[int] | None = None
    formats: Any = None
    wanted: Format = Format.TEXT


class Named(NamedTuple):
    """A statement behind the name of its plan, empty where none is kept; `told` takes what the server answers."""

    name: bytes
    ask: Ask
    told: Callable[[Any], None] | None = None


BEGIN: Final = Ask(b"BEGIN", ())
COMMIT: Final = Named(b"", Ask(b"COMMIT", ()))
ROLLBACK: Final = Named(b"", Ask(b"ROLLBACK", ()))


def is_within(opened: Any) -> bool:
    """Whether a transaction is under way, of which somebody knows."""
    is_begun = opened.pgconn.transaction_status == TransactionStatus.INTRANS
    return is_begun and not (opened.autocommit and AHEAD in opened.__dict__)


def hold(opened: Any, named: Named) -> None:
    """Say this before what is said next."""
    opened.__dict__.setdefault(HELD, []).append(named)


def held(opened: Any) -> list[Named]:
    """What is held back on the connection, for whoever says it now; then nothing is."""
    found: list[Named] = opened.__dict__.pop(HELD, [])
    return found


def ended(opened: Any) -> list[Named]:
    """What ends a transaction begun ahead that nobody took, for whoever says it now."""
    is_left = opened.autocommit and opened.__dict__.pop(AHEAD, None)
    return [COMMIT] if is_left else []


def say(opened: Any, *parts: Sequence[Named]) -> list[Any]:
    """What the server answers to each of the statements, which make one journey.

    A part that fails takes back nothing of the parts before it, and keeps none after it from being said.
    """
    left = ended(opened)
    parts = tuple(part for part in (left, *parts) if part)
    named = [each for part in parts for each in part]
    answers = _alone(opened.pgconn, *named) if len(named) == 1 else _piped(opened.pgconn, parts)
    for each, answer in zip(named, answers, strict=True):
        _known(opened, answer)
        if each.told:
            each.told(answer)
    return answers[len(left) :]


def _alone(pgconn: Any, named: Named) -> list[Any]:
    name, ask, _ = named
    if name:
        return [pgconn.exec_prepared(name, ask.values, ask.formats, ask.wanted)]
    return [pgconn.exec_params(*ask)]


def _piped(pgconn: Any, parts: Sequence[Sequence[Named]]) -> list[Any]:
    pgconn.enter_pipeline_mode()
    for part in parts:
        for name, ask, _ in part:
            if name:
                pgconn.send_query_prepared(name, ask.values, ask.formats, ask.wanted)
            else:
                pgconn.send_query_params(*ask)
        pgconn.pipeline_sync()
    answers = []
    for part in parts:
        answers += [one(pgconn) for _ in part]
        pgconn.get_result()  # that all of the part were answered
    pgconn.exit_pipeline_mode()
    return answers


def one(pgconn: Any) -> Any:
    """The next result of a pipeline, and the sign of its end."""
    result = pgconn.get_result()
    if result is None:
        raise psycopg.OperationalError(pgconn.get_error_message())
    pgconn.get_result()
    return result


def _known(opened: Any, result: Any) -> None:
    """Pass a sound result of a statement that this connection was thought to know."""
    try:
        sound(opened.pgconn, result)
    except psycopg.errors.InvalidSqlStatementName:  # somebody let all of them go
        opened.__dict__.pop(NAMES, None)
        raise


def sound(pgconn: Any, result: Any) -> Any:
    """The result, where the server did what it was asked; else what it says."""
    if result.status in SOUND:
        return result
    if pgconn.status != ConnStatus.OK:
        raise psycopg.OperationalError(pgconn.get_error_message())  # also why it was ended
    raise psycopg.errors.error_from_result(result)
