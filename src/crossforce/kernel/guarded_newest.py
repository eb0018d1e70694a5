"""The newest rows that somebody may see, fast however many or few these are.

Row security alone reads past everything hidden: the planner cannot see the actor's scopes, and walks
back in time until the page is full. A window of time, wide enough for about three pages by the actor's
last one and widened when a page comes out short, bounds that walk. Within a wide window the rows are
sorted by what no index holds, so that the planner takes the index on scope and time instead. No list
of scopes leaves the database, and single rows opened to the actor need no query of their own.
"""

from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, DateTimeField, ExpressionWrapper, F, Func, Q, Value

from crossforce.kernel import clock, guarded_watch, statements

AHEAD: Final = timedelta(minutes=5)
FIRST: Final = timedelta(days=1)
NARROW: Final = timedelta(days=3)
WIDER: Final = 8
WIDEST: Final = timedelta(days=365 * 50)
PAGES: Final = 3
MOST_REMEMBERED: Final = 4096

TOP: Final = datetime(2100, 1, 1, tzinfo=UTC)
LOW: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Marks in a statement that is made once: where the ends of the window go."""

Edge = tuple[datetime, UUID]

_spans: dict[Hashable, timedelta] = {}
"""How long a window was wide enough, by kind, filter and actor. A wrong one costs time, and no more."""


def newest(rows: Any, n: int, before: Edge | None = None) -> list[Any]:
    """At most n rows of the query, the newest first, older than the edge if there is one."""
    if before is not None:
        at, key = before
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=key))
    top = before[0] if before else clock.now() + AHEAD

    def ask(span: timedelta | None) -> list[Any]:
        return list(_within(rows, top, span)[:n])

    return _widened(rows, n, top, ask, attrgetter("created_at"))


def newest_values(rows: Any, names: tuple[str, ...], n: int) -> list[Any]:
    """The same as tuples of these fields, `created_at` among them; the caller tells what was read.

    Of a whole kind nothing differs from page to page but the window: its statement is made once.
    """
    top = clock.now() + AHEAD
    is_whole = not rows.query.where

    def ask(span: timedelta | None) -> list[Any]:
        if is_whole:
            statement, places = _statement(rows.model, names, n, _shape(span))
            window = {TOP: top, LOW: top - (span or timedelta(0))}
            return statements.rows(statement, [window.get(each, each) for each in places])
        made = _within(rows, top, span).values_list(*names)[:n].query.sql_with_params()
        return statements.rows(made[0].encode(), made[1])

    try:
        return _widened(rows, n, top, ask, itemgetter(names.index("created_at")))
    except EmptyResultSet:
        return []


def _widened(
    rows: Any,
    n: int,
    top: datetime,
    ask: Callable[[timedelta | None], list[Any]],
    at: Callable[[Any], datetime],
) -> list[Any]:
    """What `ask` finds in a window below the top, widened until the page is full; at last without one."""
    who = (rows.model._meta.label, str(rows.query.where), _who())
    span = _spans.get(who, FIRST)
    while span < WIDEST:
        found = ask(span)
        if len(found) == n:
            _remember(who, PAGES * (top - at(found[-1])))
            return found
        span *= WIDER
    found = ask(None)
    _remember(who, PAGES * (top - at(found[-1])) if len(found) == n else WIDEST)
    return found


@lru_cache(maxsize=512)
def _statement(
    model: Any, names: tuple[str, ...], n: int, span: timedelta | None
) -> tuple[bytes, tuple[Any, ...]]:
    """The statement about a whole kind, and its values, with marks where the window stands."""
    rows = _within(model._default_manager.all(), TOP, span).values_list(*names)[:n]
    statement, given = rows.query.sql_with_params()
    if span is not None:
        given = tuple(LOW if each == TOP - span else each for each in given)
    return statement.encode(), given


def _shape(span: timedelta | None) -> timedelta | None:
    """One span for all whose statement is the same."""
    return None if span is None else NARROW if span <= NARROW else WIDEST


def _within(rows: Any, top: datetime, span: timedelta | None) -> Any:
    if span is None:
        return _sorted(rows)
    within = rows.filter(created_at__gt=top - span, created_at__lte=top)
    return _walked(within) if span <= NARROW else _sorted(within)


def among(values: Sequence[object], name: str = "scope_id", kind: str = "int") -> Func:
    """That a field is one of the values, which are one literal to the planner."""
    return Func(
        F(name),
        Value("{" + ",".join(map(str, values)) + "}"),
        template=f"(%(expressions)s::{kind}[]))",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )


def _walked(rows: Any) -> Any:
    """Back in time, by the index on time alone."""
    return rows.order_by("-created_at", "-pk")


def _sorted(rows: Any) -> Any:
    """The same order, which no index has."""
    at = ExpressionWrapper(F("created_at") + timedelta(0), output_field=DateTimeField())
    return rows.order_by(at.desc(), "-pk")


def _who() -> Hashable:
    gathering = guarded_watch.current()
    return getattr(gathering, "actor", None)


def _remember(who: Hashable, span: timedelta) -> None:
    if len(_spans) >= MOST_REMEMBERED:
        _spans.clear()
    _spans[who] = min(max(span, timedelta(seconds=1)), WIDEST)
