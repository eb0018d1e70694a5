"""On which clauses an act rests, and what a list says of itself beside its rows."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from crossforce.access import api as access
from crossforce.kernel import guarded_watch, statements
from crossforce.ledger import api as ledger

READ: Final = "read"
MOST_REMEMBERED: Final = 4096
GROUNDS: Final = b"SELECT agreement, version, clause FROM records_grounds($1, $2, $3::int[])"
LISTED: Final = (
    b"SELECT seen, agreement, version, clause FROM records_listed($1, $2, $3::int[])"
)


def grounds(kind: str, action: str, scopes: Sequence[int]) -> list[ledger.Citation]:
    """The clauses on which doing this in these scopes rests."""
    return _cited(statements.texts(GROUNDS, [kind, action, _listed(scopes)]))


def permits(model: Any, action: str, scope: int) -> bool:
    """Whether whoever acts may do this in the scope: what permits it is what the entry about it will cite."""
    kind = model.record_kind
    found = grounds(kind, action, [scope])
    if gathering := guarded_watch.current():
        gathering.of(model).grounds[action, (scope,)] = found
    return bool(found) or scope in access.scopes(kind, action)


class Counting(NamedTuple):
    """What is told of a list whose rows lie in these scopes, asked for together with them."""

    within: list[int]
    told: Callable[[], list[tuple[str | None, ...]]]


_shown: dict[Hashable, list[int]] = {}
"""By whoever acts and kind: the scopes of the rows that a list showed last. Another guess costs time, and no more."""


def begin_counting(kind: str, most: int) -> Counting | None:
    """Ask what is told of a list together with its rows, in case they lie where those of the last one did."""
    gathering = guarded_watch.current()
    within = _shown.get((kind, gathering.actor)) if gathering else None
    if within is None:
        return None
    return Counting(within, statements.along(LISTED, [kind, str(most), _listed(within)]))


def counted(model: Any, scopes: Iterable[int], most: int, begun: Counting | None = None) -> int:
    """How many records of a kind whoever acts may read, counted no further than `most`.

    The same call tells on which clauses reading in these scopes rests, those of a list that is shown:
    the ledger need not ask for them again.
    """
    kind, within = model.record_kind, sorted(scopes)
    if begun and begun.within == within:
        told = begun.told()
    else:
        told = statements.texts(LISTED, [kind, str(most), _listed(within)])
    seen = min(int(told[0][0] or 0), most) if told else 0
    if gathering := guarded_watch.current():
        if len(_shown) >= MOST_REMEMBERED:
            _shown.clear()
        _shown[kind, gathering.actor] = within
        of = gathering.of(model)
        of.counts.append(seen)
        of.grounds[READ, tuple(within)] = _cited(row[1:] for row in told if row[1] is not None)
    return seen


def _listed(scopes: Sequence[int]) -> str:
    return "{" + ",".join(map(str, scopes)) + "}"


def _cited(rows: Iterable[Sequence[str | None]]) -> list[ledger.Citation]:
    return [
        ledger.Citation(str(agreement), int(version or 0), str(clause))
        for agreement, version, clause in rows
    ]
