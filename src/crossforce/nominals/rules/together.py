"""Which records are of one person by what people decided: read when it is asked, and nothing is merged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one person. `apart` are pairs that hang together by confirmations, and are said not to be one person."""

    members: frozenset[UUID]
    apart: Sequence[Pair] = ()


def group(
    of: UUID, same: Iterable[tuple[UUID, UUID, float]], different: Iterable[Pair]
) -> Group:
    """The records that are confirmed to be of one person with this one, however many steps away.

    Where two of them are said to be different people, the strongest confirmations count first (the weight, then the
    identifiers, never who was first), and none that would bring those two together.
    """
    ranked = sorted(
        {(-weight, min(one, other), max(one, other)) for one, other, weight in same}
    )
    edges = [(one, other) for _, one, other in ranked]
    whole = _joined(edges, ())
    against = sorted({(min(pair), max(pair)) for pair in different})
    apart = [
        pair for pair in against if pair[0] in _of(of, whole) and pair[1] in _of(of, whole)
    ]
    parts = _joined(edges, against) if apart else whole
    return Group(_of(of, parts), apart)


def _of(key: UUID, parts: dict[UUID, frozenset[UUID]]) -> frozenset[UUID]:
    return parts.get(key, frozenset([key]))


def _joined(edges: Iterable[Pair], against: Iterable[Pair]) -> dict[UUID, frozenset[UUID]]:
    """By each record those that are together with it; no two that are `against` each other."""
    parts: dict[UUID, frozenset[UUID]] = {}
    foes: dict[UUID, set[UUID]] = {}
    for one, other in against:
        foes.setdefault(one, set()).add(other)
        foes.setdefault(other, set()).add(one)
    for one, other in edges:
        left, right = _of(one, parts), _of(other, parts)
        if left is right or any(foes.get(each, frozenset()) & right for each in left):
            continue
        whole = left | right
        parts.update(dict.fromkeys(whole, whole))
    return parts
