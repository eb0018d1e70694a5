"""The newest rows that somebody may see, fast however many or few these are.

Row security alone reads past everything hidden, because the planner cannot see the actor's scopes.
As literals it can; and with a window of time beside them it takes the index on scope and time when
little is visible and the one on time when much is. The window is wide enough for about three pages,
judged by the actor's last page, and widened when the page comes out short. Single rows opened to the
actor are a query of their own. Whoever reaches many scopes sees much, and literals would cost more
than they save: then there is the window alone. The policies decide all the same.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from uuid import UUID

from django.db.models import BooleanField, DateTimeField, ExpressionWrapper, F, Func, Q, Value

from crossforce.kernel import clock, guarded_watch

FIRST: Final = timedelta(days=1)
WIDER: Final = 8
WIDEST: Final = timedelta(days=365 * 50)
PAGES: Final = 3
MANY: Final = 1000
MOST_REMEMBERED: Final = 4096

Edge = tuple[datetime, UUID]


class Reaches(Protocol):
    """How far somebody reaches (guarded_rows.Reach)."""

    @property
    def scopes(self) -> Sequence[int]: ...

    @property
    def rows(self) -> Sequence[UUID]: ...


@dataclass(frozen=True, slots=True)
class Hint:
    """What an actor's last page of a kind was like: how long a window it took, and of how many scopes."""

    span: timedelta = FIRST
    is_many: bool = False


_hints: dict[Hashable, Hint] = {}
"""By kind and actor. Wrong ones cost time, and no more."""


def newest(
    rows: Any, reach: Callable[[], Reaches], n: int, before: Edge | None = None
) -> list[Any]:
    """At most n rows of the query, the newest first, older than the edge if there is one."""
    if before is not None:
        at, key = before
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=key))
    top = before[0] if before else clock.now() + timedelta(minutes=5)
    who = (rows.model._meta.label, _who())
    hint = _hints.get(who, Hint())
    if hint.is_many:
        return _windowed(rows, who, hint, n, top)
    far = reach()
    if len(far.scopes) > MANY:
        return _windowed(rows, who, Hint(hint.span, is_many=True), n, top)
    found = _windowed(_among(rows, far.scopes), who, hint, n, top) if far.scopes else []
    return _with_single(found, rows, far.rows, n) if far.rows else found


def _with_single(found: list[Any], rows: Any, opened: Sequence[UUID], n: int) -> list[Any]:
    known = {row.pk for row in found}
    wanted = _newest_first(_among(rows, opened, "pk", "uuid"))[:n]
    both = found + [row for row in wanted if row.pk not in known]
    return sorted(both, key=lambda row: (row.created_at, row.pk), reverse=True)[:n]


def _windowed(rows: Any, who: Hashable, hint: Hint, n: int, top: datetime) -> list[Any]:
    span = hint.span
    while span < WIDEST:
        within = rows.filter(created_at__gt=top - span, created_at__lte=top)
        found = list(_newest_first(within, is_sorted=hint.is_many and span > FIRST)[:n])
        if len(found) == n:
            break
        span *= WIDER
    else:
        found = list(_newest_first(rows, is_sorted=hint.is_many)[:n])
    is_full = len(found) == n
    wanted = PAGES * (top - found[-1].created_at) if is_full else WIDEST
    _remember(who, Hint(min(max(wanted, timedelta(seconds=1)), WIDEST), hint.is_many))
    return found


def _newest_first(rows: Any, *, is_sorted: bool = False) -> Any:
    """Sorted when told, so that the planner cannot walk the index on time past all that is hidden."""
    if not is_sorted:
        return rows.order_by("-created_at", "-pk")
    at = ExpressionWrapper(F("created_at") + timedelta(0), output_field=DateTimeField())
    return rows.order_by(at.desc(), "-pk")


def _among(
    rows: Any, values: Sequence[object], name: str = "scope_id", kind: str = "int"
) -> Any:
    """The rows whose field is one of the values, which are one literal to the planner."""
    literal = Value("{" + ",".join(map(str, values)) + "}")
    return rows.filter(
        Func(
            F(name),
            literal,
            template=f"(%(expressions)s::{kind}[]))",
            arg_joiner=" = ANY(",
            output_field=BooleanField(),
        )
    )


def _who() -> Hashable:
    gathering = guarded_watch.current()
    return getattr(gathering, "actor", None)


def _remember(who: Hashable, hint: Hint) -> None:
    if len(_hints) >= MOST_REMEMBERED:
        _hints.clear()
    _hints[who] = hint
