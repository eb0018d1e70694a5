"""The newest rows that somebody may see, fast however many or few these are.

Row security alone reads past everything hidden: the planner cannot see the actor's scopes, and walks
back in time until the page is full. A window of time bounds that walk: wide enough for some pages by the
actor's last one, and widened when a page comes out short. Within a wide window the rows are sorted by what
no index holds, so that the planner takes the index on scope and time; within a narrow one it takes the
index on time and scope. For whoever may see nearly all of very many scopes the database is told the
window, and tests the scopes of its rows alone (`Narrowing`). No list of scopes leaves the database, and
single rows opened to the actor need no query of their own.
"""

from collections.abc import Callable, Hashable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
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
PAGES: Final = 1.5
FIRST_PAGES: Final = 1.1
"""So much more than the last page is asked for: of a first page, which begins where that began, less will do."""
STEPS: Final = (timedelta(hours=2), timedelta(hours=8), timedelta(hours=32), NARROW)
"""Depths of narrow windows, as the planner is told them."""
MOST_REMEMBERED: Final = 4096

TOP: Final = datetime(2100, 1, 1, tzinfo=UTC)
LOW: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Marks in a statement that is made once: where the ends of the window go."""

ANOTHER_PLAN: Final = b" /* within a window that was told */"
"""Under this text a plan of its own is kept: the one that fits few scopes."""

PLANS: Final = b"SELECT set_config('plan_cache_mode', $1, true)"
ONE_PLAN: Final[statements.Around] = (PLANS, ["force_generic_plan"]), (PLANS, ["auto"])
"""Around a statement in whose words a narrow window stands already: its values would only have it planned anew."""

Edge = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True)
class Window:
    """Rows of a kind that were made after one instant and not after another."""

    kind: str
    low: datetime
    top: datetime


@dataclass(frozen=True, slots=True)
class Narrowing:
    """How the database is told the window of a statement, and whether that pays; not what may be seen.

    `around`: what is said before and after the statement; `within` says it for what is asked inside.
    """

    pays: Callable[[Window], bool]
    around: Callable[[Window], statements.Around]
    within: Callable[[Window], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Width:
    """How deep a window was deep enough, below the newest row of then; whether the database is told of it.

    A wrong one costs time, and no more.
    """

    depth: timedelta
    newest: datetime | None = None
    is_told: bool = False


_narrowing: list[Narrowing] = []
_widths: dict[Hashable, Width] = {}
"""By kind, filter and actor."""


def give_narrowing(narrowing: Narrowing) -> None:
    """Register what tells the database of windows; there is one."""
    _narrowing[:] = [narrowing]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a query. `is_whole`: nothing but row security narrows it, and nothing is read beside it."""

    rows: Any
    n: int
    top: datetime
    who: Hashable
    is_first: bool
    is_whole: bool

    @classmethod
    def of(cls, rows: Any, n: int, before: Edge | None = None) -> "Page":
        """The newest n rows of the query, older than the edge if there is one."""
        query, gathering = rows.query, guarded_watch.current()
        who = (rows.model._meta.label, str(query.where), getattr(gathering, "actor", None))
        is_whole = not (query.where or query.annotations or query.select_related)
        if before is None:
            return cls(rows, n, clock.now() + AHEAD, who, True, is_whole)
        at, key = before
        older = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=key))
        return cls(older, n, at, who, False, is_whole)

    def span(self, width: Width) -> timedelta:
        """How far back the window goes from the top of the page."""
        if width.depth >= WIDEST or not self.is_first or width.newest is None:
            return width.depth
        return self.top - min(width.newest, self.top) + width.depth

    def window(self, width: Width) -> Window:
        return Window(self.rows.model.record_kind, self.top - self.span(width), self.top)


def newest(rows: Any, n: int, before: Edge | None = None) -> list[Any]:
    """At most n rows of the query, the newest first, older than the edge if there is one."""
    page = Page.of(rows, n, before)

    def ask(width: Width) -> list[Any]:
        told = _narrowing[0].within(page.window(width)) if width.is_told else nullcontext()
        with told:
            return list(_within(page.rows, page.top, page.span(width))[:n])

    return _widened(page, ask, attrgetter("created_at"))


def newest_values(rows: Any, names: tuple[str, ...], n: int) -> list[Any]:
    """The same as tuples of these fields, `created_at` among them; the caller tells what was read.

    Of a whole kind nothing differs from page to page but the window: its statement is made and planned once.
    """
    page = Page.of(rows, n)

    def ask(width: Width) -> list[Any]:
        span = page.span(width)
        if page.is_whole:
            statement, places = _statement(rows.model, names, n, _shape(span))
            window = {TOP: page.top, LOW: page.top - span}
            given = [window.get(each, each) for each in places]
            if width.is_told:
                around = _narrowing[0].around(page.window(width))
                return statements.rows_between(around, statement + ANOTHER_PLAN, given)
            if span <= NARROW:
                return statements.rows_between(ONE_PLAN, statement, given)
            return statements.rows(statement, given, keeps_plan=True)
        made = _within(rows, page.top, span).values_list(*names)[:n]
        statement, given = made.query.sql_with_params()
        return statements.rows(statement.encode(), given)

    try:
        return _widened(page, ask, itemgetter(names.index("created_at")))
    except EmptyResultSet:
        return []


def _widened(
    page: Page, ask: Callable[[Width], list[Any]], at: Callable[[Any], datetime]
) -> list[Any]:
    """What `ask` finds in a window below the top, widened until the page is full; at last without one."""
    known = _widths.get(page.who)
    width = known or Width(FIRST)
    while True:
        found = ask(width)
        if len(found) == page.n or width.depth >= WIDEST:
            break
        known, width = None, Width(min(width.depth * WIDER, WIDEST))
    _keep(
        page.who,
        _next(page, at(found[0]), at(found[-1]), known) if len(found) == page.n else width,
    )
    return found


def _next(page: Page, first: datetime, last: datetime, before: Width | None) -> Width:
    """The next window, by the rows of a full page; whether it pays to tell it is asked but once."""
    pages = FIRST_PAGES if page.is_first else PAGES
    depth = min(max(pages * (first - last), timedelta(seconds=1)), WIDEST)
    if before is not None:
        return Width(depth, first if page.is_first else before.newest, before.is_told)
    width = Width(depth, first if page.is_first else None)
    if not (_narrowing and page.is_whole and page.span(width) <= NARROW):
        return width
    return replace(width, is_told=_narrowing[0].pays(page.window(width)))


def _keep(who: Hashable, width: Width) -> None:
    if len(_widths) >= MOST_REMEMBERED:
        _widths.clear()
    _widths[who] = width


@lru_cache(maxsize=512)
def _statement(
    model: Any, names: tuple[str, ...], n: int, span: timedelta
) -> tuple[bytes, tuple[Any, ...]]:
    """The statement about a whole kind, and its values, with marks where the window stands."""
    whole = model._default_manager.all()
    within = _within(whole.filter(_lately(span)) if span <= NARROW else whole, TOP, span)
    rows = within.values_list(*names)[:n]
    statement, given = rows.query.sql_with_params()
    marked = tuple(LOW if each == TOP - span else each for each in given)
    return statement.encode(), marked


def _shape(span: timedelta) -> timedelta:
    """One span for all whose statement is the same."""
    if span > NARROW:
        return WIDEST / 2 if span < WIDEST else WIDEST
    return next(each for each in STEPS if span <= each)


def _within(rows: Any, top: datetime, span: timedelta) -> Any:
    if span >= WIDEST:
        return _sorted(rows)
    if span > NARROW:
        return _sorted(rows.filter(created_at__gt=top - span, created_at__lte=top))
    return _walked(rows.filter(_until(top), created_at__gt=top - span))


def _lately(span: timedelta) -> Func:
    """About the same as the window's beginning, but in words that the planner reads when it plans for any value.

    It is never the narrower where clocks agree; where it is, a page that comes out short is asked for anew.
    """
    hours = span // timedelta(hours=1)
    since = f"(%(expressions)s > STATEMENT_TIMESTAMP() - INTERVAL '{hours} hours')"
    return Func(F("created_at"), template=since, output_field=BooleanField())


def _until(top: datetime) -> Func:
    """Not after the top of the window: in words of which the planner makes no guess."""
    before = "(%(expressions)s <= INTERVAL '0')"
    return Func(
        F("created_at"),
        Value(top),
        template=before,
        arg_joiner=" - ",
        output_field=BooleanField(),
    )


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
