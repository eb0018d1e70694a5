"""The newest rows that somebody may see, fast however many or few these are.

Row security alone reads past everything hidden, because the planner cannot see the actor's scopes.
As literals it can; and with a window of time beside them it takes the index on scope and time when
little is visible and the one on time when much is. The window is wide enough for about three pages,
judged by the last answer, and widened when the page comes out short. Single rows opened to the actor
are a query of their own. The policies decide all the same.
"""

from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from uuid import UUID

from django.db.models import Q, QuerySet

from crossforce.kernel import clock

FIRST: Final = timedelta(days=1)
WIDER: Final = 8
WIDEST: Final = timedelta(days=365 * 50)
PAGES: Final = 3
MOST_REMEMBERED: Final = 256

_spans: dict[tuple[str, int], timedelta] = {}
"""How long a window was wide enough, by kind and by the size of the reach; a hint, and no secret."""

Edge = tuple[datetime, UUID]


class Reaches(Protocol):
    """How far somebody reaches (guarded_rows.Reach)."""

    @property
    def scopes(self) -> Any: ...

    @property
    def rows(self) -> Any: ...


def newest(rows: Any, far: Reaches, n: int, before: Edge | None) -> list[Any]:
    """At most n rows of the query, the newest first, older than the edge if there is one."""
    ordered = rows.order_by("-created_at", "-pk")
    if before is not None:
        at, key = before
        ordered = ordered.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=key))
    found = _in_scopes(ordered, list(far.scopes), n, before) if far.scopes else []
    if far.rows:
        known = {row.pk for row in found}
        single = ordered.filter(pk__in=list(far.rows))[:n]
        found += [row for row in single if row.pk not in known]
        found.sort(key=lambda row: (row.created_at, row.pk), reverse=True)
    return found[:n]


def _in_scopes(ordered: Any, scopes: list[int], n: int, before: Edge | None) -> list[Any]:
    top = before[0] if before else clock.now() + timedelta(minutes=5)
    within: QuerySet[Any] = ordered.filter(scope_id__in=scopes)
    hint = (str(ordered.model._meta.label), len(scopes).bit_length())
    span = _spans.get(hint, FIRST)
    while span < WIDEST:
        found = list(within.filter(created_at__gt=top - span, created_at__lte=top)[:n])
        if len(found) == n:
            _remember(hint, PAGES * (top - found[-1].created_at))
            return found
        span *= WIDER
    found = list(within[:n])
    is_full = len(found) == n
    _remember(hint, PAGES * (top - found[-1].created_at) if is_full else WIDEST)
    return found


def _remember(hint: tuple[str, int], span: timedelta) -> None:
    if len(_spans) >= MOST_REMEMBERED:
        _spans.clear()
    _spans[hint] = min(max(span, timedelta(seconds=1)), WIDEST)
