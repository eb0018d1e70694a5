"""The newest rows that somebody may see, fast however many or few these are.

Row security alone reads past everything hidden: the planner cannot see the actor's scopes, and walks
back in time until the page is full. A window of time, wide enough for about three pages by the actor's
last one and widened when a page comes out short, bounds that walk. Within a wide window the rows are
sorted by what no index holds, so that the planner takes the index on scope and time instead. No list
of scopes leaves the database, and single rows opened to the actor need no query of their own.
"""

from collections.abc import Hashable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, DateTimeField, ExpressionWrapper, F, Func, Q, Value

from crossforce.kernel import clock, guarded_watch

FIRST: Final = timedelta(days=1)
NARROW: Final = timedelta(days=3)
WIDER: Final = 8
WIDEST: Final = timedelta(days=365 * 50)
PAGES: Final = 3
MOST_REMEMBERED: Final = 4096

Edge = tuple[datetime, UUID]

_spans: dict[Hashable, timedelta] = {}
"""How long a window was wide enough, by kind, filter and actor. A wrong one costs time, and no more."""


def newest(rows: Any, n: int, before: Edge | None = None) -> list[Any]:
    """At most n rows of the query, the newest first, older than the edge if there is one."""
    who = (rows.model._meta.label, str(rows.query.where), _who())
    if before is not None:
        at, key = before
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=key))
    top = before[0] if before else clock.now() + timedelta(minutes=5)
    span = _spans.get(who, FIRST)
    while span < WIDEST:
        within = rows.filter(created_at__gt=top - span, created_at__lte=top)
        found = list((_walked if span <= NARROW else _sorted)(within)[:n])
        if len(found) == n:
            _remember(who, PAGES * (top - found[-1].created_at))
            return found
        span *= WIDER
    found = list(_sorted(rows)[:n])
    _remember(who, PAGES * (top - found[-1].created_at) if len(found) == n else WIDEST)
    return found


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
