"""Single statements on the request's connection, bound by the server: a fifth of what a cursor of Django costs.

For what every page asks. On our own server their plans are kept (kernel.postgres), under names that nobody can
guess or look up, so that no statement sent beside them puts another in the place of one; elsewhere nothing is,
so that a pooler may stand between. A statement whose answer nobody waits for is held back, and makes its
journey with the next (`hold`, `along`); what begins and what ends a transaction travels along as well (kernel.journeys).
"""

import secrets
from collections.abc import Callable, Sequence
from functools import lru_cache
from time import perf_counter
from typing import Any, Final

import psycopg
from django.db import connections
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, Format, TransactionStatus

from crossforce.kernel import journeys
from crossforce.kernel.journeys import AHEAD, NAMES, Ask, Named
from crossforce.kernel.postgres import KEEPS_PLANS

HIDES: Final = "crossforce_hides"
HERE: Final = Ask(
    b"SELECT pg_backend_pid()::text, (extract(epoch FROM now()) * 1000000)::bigint::text", ()
)
ALONE: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
HIDDEN: Final = (
    b"""SELECT NOT has_function_privilege('pg_catalog.pg_prepared_statement()', 'EXECUTE')"""
)

Texts = list[tuple[str | None, ...]]
Around = tuple[tuple[bytes, Sequence[str]], tuple[bytes, Sequence[str]]]
"""Two statements with texts: what is said before another one, and what is said after it."""


def rows(
    statement: bytes, given: Sequence[Any] = (), *, keeps_plan: bool = False
) -> list[tuple[Any, ...]]:
    """All rows that the statement answers with.

    `keeps_plan` where one plan serves whatever is given: then it is planned once on a connection.
    """
    connection = _opened()
    with connection.wrap_database_errors:
        return (_planned if keeps_plan else _rows)(connection, statement, given)


def rows_between(
    around: Around, statement: bytes, given: Sequence[Any]
) -> list[tuple[Any, ...]]:
    """As `rows` with a kept plan, between two others: one journey there and back for all three.

    For within a transaction, which takes back what the first has said where the second fails.
    """
    connection = _opened()
    with connection.wrap_database_errors:
        before, after = (Ask(said, _encoded(texts_)) for said, texts_ in around)
        return _planned(connection, statement, given, before=[before], after=[after])


def texts(statement: bytes, given: Sequence[str | None] = ()) -> Texts:
    """The same with texts in and texts out, and one plan, for functions of the database: half the time again."""
    connection = _opened()
    began = perf_counter()
    with connection.wrap_database_errors:
        result = _asked(connection, Ask(statement, _encoded(given)))
    if connection.queries_logged:
        _log(connection, statement, began)
    return _read(result)


def _read(result: Any) -> Texts:
    columns = range(result.nfields)
    return [
        tuple([_text(result.get_value(row, column)) for column in columns])
        for row in range(result.ntuples)
    ]


def hold(statement: bytes, given: Sequence[str | None]) -> None:
    """Say this before whatever is said next in the transaction, or its commit: one journey for both.

    Where it fails, the next one does not happen, and whoever said that is told.
    """
    connection = _opened()
    opened, ask = connection.connection, Ask(statement, _encoded(given))
    if connection.queries_logged:
        _log(connection, statement, perf_counter())
    with connection.wrap_database_errors:
        if journeys.is_within(opened):
            journeys.hold(opened, _named(connection, ask))
        else:
            _asked(connection, ask)


def along(statement: bytes, given: Sequence[str | None]) -> Callable[[], Texts]:
    """As `texts`, asked together with what is asked next in the transaction; within it, call for the answer.

    Where it fails, so does the next one.
    """
    connection = _opened()
    opened = connection.connection
    if not journeys.is_within(opened):
        answered = texts(statement, given)
        return lambda: answered
    found: list[Any] = []
    with connection.wrap_database_errors:
        ask = Ask(statement, _encoded(given))
        journeys.hold(opened, _named(connection, ask, found.append))
    if connection.queries_logged:
        _log(connection, statement, perf_counter())

    def answer() -> Texts:
        with connection.wrap_database_errors:
            if not found:
                journeys.say(opened, journeys.held(opened))
        return _read(found[0])

    return answer


def answers(statement: str, *given: Any) -> list[tuple[Any, ...]]:
    """All rows that a function of the database answers with, by a cursor of Django."""
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def answer(statement: str, *given: Any) -> Any:
    """The one value that a function of the database answers."""
    ((found,),) = answers(statement, *given)
    return found


def alone(name: str) -> None:
    """Nobody else passes under this name until the end of the transaction: they wait here."""
    answer(ALONE, name)


def here() -> tuple[str, str]:
    """This backend and the start of this transaction: asked once, where it was not told with what began it."""
    opened = _opened().connection
    told = None if opened.autocommit else opened.__dict__.pop(AHEAD, None)
    process, begun = told or texts(HERE.statement)[0]
    return str(process), str(begun)


def first_of_request(
    statement: bytes, given: Sequence[Any], *, begins: bool = False
) -> list[tuple[Any, ...]] | None:
    """As `rows` with a kept plan, for the first of a request, which also makes the connection as new.

    None where that does not succeed: whoever asks next has it made as new first, or made anew. `begins` where
    somebody will most likely act: then their transaction is begun with it.
    """
    connection: Any = connections["default"]
    connection.ensure_connection()
    if connection.in_atomic_block or connection.health_check_done:
        return rows(statement, given, keeps_plan=True)
    if not connection.is_idle:
        return None
    opened, begun = connection.connection, []  # type: Any, list[Any]
    try:
        after = (
            [_named(connection, journeys.BEGIN), _named(connection, HERE, begun.append)]
            if begins
            else []
        )
        found = _planned(connection, statement, given, before=connection.renewal, then=after)
    except psycopg.Error:
        # also where what was left on it keeps the statement from being planned
        if not connection.is_idle and opened.pgconn.status == ConnStatus.OK:
            journeys.say(opened, [journeys.ROLLBACK])
        return None
    if begun:
        opened.__dict__[AHEAD] = _read(begun[0])[0]
    connection.ensure_timezone()
    connection.health_check_done = True
    return found


def renewed(connection: Any) -> bool:
    """Whether the connection was made as new."""
    _asked_together(connection, connection.renewal)
    connection.ensure_timezone()
    return True


def _opened() -> Any:
    connection: Any = connections["default"]
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    return connection


def _rows(connection: Any, statement: bytes, given: Sequence[Any]) -> list[tuple[Any, ...]]:
    began = perf_counter()
    with psycopg.Cursor(connection.connection) as cursor:
        found = cursor.execute(statement, given, binary=True).fetchall()
    if connection.queries_logged:
        _log(connection, statement, began)
    return found


def _planned(
    connection: Any,
    statement: bytes,
    given: Sequence[Any],
    *,
    before: Sequence[Ask] = (),
    after: Sequence[Ask] = (),
    then: Sequence[Named] = (),
) -> list[tuple[Any, ...]]:
    began = perf_counter()
    values = Transformer(connection.connection)
    bound = values.dump_sequence(given, [PyFormat.AUTO] * len(given))
    ask = Ask(numbered(statement), bound, values.types, values.formats, Format.BINARY)
    result = _asked_together(connection, (*before, ask, *after), then)[len(before)]
    values.set_pgresult(result)
    found = values.load_rows(0, result.ntuples, tuple)
    if connection.queries_logged:
        _log(connection, statement, began)
    return found


def _encoded(given: Sequence[str | None]) -> list[bytes | None]:
    return [None if each is None else each.encode() for each in given]


@lru_cache(maxsize=512)
def numbered(statement: bytes) -> bytes:
    """The statement with its places numbered, as PostgreSQL wants them."""
    first, *rest = statement.split(b"%s")
    return first + b"".join(b"$%d%b" % (n, part) for n, part in enumerate(rest, 1))


def _asked(connection: Any, ask: Ask) -> Any:
    """What the server answers, in a transaction where the driver would have begun one."""
    return _asked_together(connection, (ask,))[0]


def _asked_together(
    connection: Any, asks: Sequence[Ask], then: Sequence[Named] = ()
) -> list[Any]:
    """What the server answers to each; one that fails ends those after it."""
    opened = connection.connection
    before = (
        [_named(connection, journeys.BEGIN)] if _is_to_begin(opened) else journeys.held(opened)
    )
    named = [*before, *[_named(connection, ask) for ask in asks]]
    return journeys.say(opened, named, then)[len(before) :]


def _keeps(connection: Any) -> bool:
    """Whether plans are kept on the connection."""
    return bool(connection.settings_dict.get(KEEPS_PLANS) and _hides(connection.connection))


def _hides(opened: Any) -> bool:
    """Whether the server keeps the names of prepared statements from us; asked once a connection."""
    known: bool | None = opened.__dict__.get(HIDES)
    if known is None:
        answer = journeys.sound(opened.pgconn, opened.pgconn.exec_(HIDDEN))
        opened.__dict__[HIDES] = known = answer.get_value(0, 0) == b"t"
    return known


def _named(connection: Any, ask: Ask, told: Callable[[Any], None] | None = None) -> Named:
    """The statement, with the name under which this connection keeps its plan."""
    if not _keeps(connection):
        return Named(b"", ask, told)
    opened = connection.connection
    names: dict[Any, bytes] = opened.__dict__.setdefault(NAMES, {})
    which = ask.statement, tuple(ask.types or ())
    name = names.get(which)
    if name is None:
        name = secrets.token_hex(16).encode()
        journeys.sound(opened.pgconn, opened.pgconn.prepare(name, ask.statement, ask.types))
        names[which] = name
    return Named(name, ask, told)


def _is_to_begin(opened: Any) -> bool:
    """Whether the driver would begin a transaction now; it does so itself where it is told how."""
    if opened.autocommit or opened.pgconn.transaction_status != TransactionStatus.IDLE:
        return False
    if any(each is not None for each in (opened.isolation_level, opened.read_only)):
        opened.execute(b"SELECT 1")
        return False
    return True


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode()


def _log(connection: Any, statement: bytes, began: float) -> None:
    took = f"{perf_counter() - began:.3f}"
    connection.queries_log.append({"sql": statement.decode(), "time": took})
