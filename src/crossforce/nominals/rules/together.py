"""Which records are of one person by what people decided and the evidence says: read when it is asked, and nothing is merged."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf
from uuid import UUID

Pair = tuple[UUID, UUID]
Felt = Callable[[UUID, UUID], float]


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one person.

    `apart` are pairs that hang together by links, and are not one person; `cut` are links that the evidence, added up, does not
    let count.
    """

    members: frozenset[UUID]
    apart: Sequence[Pair] = ()
    cut: Sequence[Pair] = ()


def nothing(_one: UUID, _other: UUID) -> float:
    """Evidence of two records that is not asked for."""
    return 0.0


def group(
    of: UUID,
    same: Iterable[tuple[UUID, UUID, float]],
    different: Iterable[Pair],
    felt: Felt = nothing,
) -> Group:
    """The records that links hold together with this one, however many steps away.

    The strongest links count first (the weight, then the identifiers, never who was first), and none that would bring two
    together that are `different`, or two groups between which the evidence that is `felt`, added up, speaks against it.
    """
    edges = ranked(same)
    whole = reached(of, edges)
    against = sorted({(min(pair), max(pair)) for pair in different})
    apart = [pair for pair in against if whole.issuperset(pair)]
    found = parts(edges, apart, felt)
    mine = found.get(of, frozenset([of]))
    across: dict[frozenset[UUID], list[Pair]] = {}
    for one, other in edges:
        if (found[one] is mine) != (found[other] is mine):
            far = found[other] if found[one] is mine else found[one]
            across.setdefault(far, []).append((one, other))
    cut = [
        two
        for far, links in across.items()
        if not _are_apart(mine, far, apart)
        for two in links
    ]
    return Group(mine, apart, cut)


def _are_apart(these: frozenset[UUID], those: frozenset[UUID], apart: Iterable[Pair]) -> bool:
    """Whether of two groups two are said not to be one person."""
    return any(
        (one in these and other in those) or (one in those and other in these)
        for one, other in apart
    )


def reached(of: UUID, edges: Iterable[Pair]) -> set[UUID]:
    """All that links hold together with a record, however many steps away and whatever speaks against it."""
    near: dict[UUID, list[UUID]] = {}
    for one, other in edges:
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    found, fresh = {of}, [of]
    while fresh:
        more = {key for each in fresh for key in near.get(each, ())} - found
        found |= more
        fresh = list(more)
    return found


def ranked(same: Iterable[tuple[UUID, UUID, float]]) -> list[Pair]:
    """Links, the strongest first."""
    found = sorted({(-weight, min(one, other), max(one, other)) for one, other, weight in same})
    return [(one, other) for _, one, other in found]


def parts(
    edges: Collection[Pair], against: Iterable[Pair] = (), felt: Felt = nothing
) -> dict[UUID, frozenset[UUID]]:
    """By each record those that are together with it, links taken in this order."""
    keys = sorted({key for pair in edges for key in pair})
    at = {key: place for place, key in enumerate(keys)}
    between = [[0.0] * len(keys) for _ in keys]
    for one, other in combinations(keys, 2):
        between[at[one]][at[other]] = between[at[other]][at[one]] = felt(one, other)
    for one, other in against:
        if one in at and other in at:
            between[at[one]][at[other]] = between[at[other]][at[one]] = -inf
    groups = [{place} for place in range(len(keys))]
    for one, other in edges:
        left, right = groups[at[one]], groups[at[other]]
        if left is right or between[min(left)][min(right)] < 0:
            continue
        low, high = sorted((min(left), min(right)))
        left |= right
        for each in right:
            groups[each] = left
        for each in range(len(keys)):
            between[low][each] += between[high][each]
            between[each][low] = between[low][each]
    found = {id(each): frozenset(keys[place] for place in each) for each in groups}
    return {key: found[id(each)] for key, each in zip(keys, groups, strict=True)}
