"""What people gain and lose, reckoned over sets of scopes.

The people of an organisation fall into cells: those alike in unit, role and purpose as far as any
grant asks. The same grants let everybody of a cell into the same, so that the answer is exact; cells
with the same answer are then said together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Final, Literal

from crossforce.access.choices import NOWHERE
from crossforce.insight.choices import Foreseen, Sight

OTHER: Final = ""
"""Whatever no grant names."""
ASKS: Final = ("units", "roles", "purposes")

Values = frozenset[str]
Parts = tuple[Values, ...]
Count = tuple[str, str, int]
"""Kind, holder and number of the records in a scope."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Those values; with `but`, all except those."""

    values: tuple[str, ...] = ()
    but: bool = True


@dataclass(frozen=True, slots=True)
class Gain:
    """What one cell gains, or loses, in one action: scopes, and the terms that give or gave them.

    `cell` and `every` are units, roles and purposes: those of the cell, and all that any grant asks.
    """

    change: Literal["added", "removed"]
    viewer: str
    kind: str
    action: str
    scopes: frozenset[int]
    terms: Values
    cell: Parts = ()
    every: Parts = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A number of one holder's records of a kind, for all these people in all these actions."""

    change: Literal["added", "removed"]
    kind: str
    holder: str
    amount: int
    units: Choice
    roles: Choice
    purposes: Choice
    actions: tuple[str, ...]
    viewers: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


def gains(foreseen: Foreseen) -> Iterator[Gain]:
    """What every cell of every organisation gains and loses, action by action."""
    sights: dict[tuple[str, str], tuple[list[Sight], ...]] = defaultdict(lambda: ([], [], []))
    for place, side in enumerate((foreseen.before, foreseen.after, foreseen.beside)):
        for each in side:
            sights[each.viewer, each.kind][place].append(each)
    for (viewer, kind), sides in sorted(sights.items(), key=lambda found: found[0]):
        before, after = (Counter(replace(each, term="") for each in side) for side in sides[:2])
        if before != after:
            yield from _of_viewer(
                Gain("added", viewer, kind, "", frozenset(), Values()), *sides
            )


def _of_viewer(
    start: Gain, before: list[Sight], after: list[Sight], beside: list[Sight]
) -> Iterator[Gain]:
    sights = (*before, *after, *beside)
    own, beyond = len(before), len(before) + len(after)
    asked = [_classes(sights, ask) for ask in ASKS]
    every = tuple(frozenset().union(*(members for members, _ in each)) for each in asked)
    known: dict[frozenset[int], list[Gain]] = {}
    for classes in product(*asked):
        let_in = frozenset.intersection(*(grants for _, grants in classes))
        if not any(place < beyond for place in let_in):
            continue
        if let_in not in known:
            sides = (
                [sights[place] for place in let_in if place in side]
                for side in (range(own), range(own, beyond), range(beyond, len(sights)))
            )
            known[let_in] = list(_of_cell(start, *sides))
        cell = tuple(members for members, _ in classes)
        yield from (replace(each, cell=cell, every=every) for each in known[let_in])


def _classes(sights: Iterable[Sight], ask: str) -> list[tuple[Values, frozenset[int]]]:
    """The values of one ask, those together that the same grants let in, with the grants' places."""
    asked: list[Values] = [getattr(each, ask) for each in sights]
    values = {OTHER}.union(*asked) - {NOWHERE}
    found: dict[frozenset[int], set[str]] = defaultdict(set)
    for value in sorted(values):
        let_in = (n for n, each in enumerate(asked) if not each or value in each)
        found[frozenset(let_in)].add(value)
    return [(frozenset(members), let_in) for let_in, members in found.items()]


def _of_cell(
    start: Gain, was: list[Sight], would: list[Sight], other: list[Sight]
) -> Iterator[Gain]:
    for action in sorted({action for each in (*was, *would) for action in each.actions}):
        before, after, beside = (
            [each for each in side if action in each.actions] for side in (was, would, other)
        )
        yield from _beyond(replace(start, action=action), after, (*before, *beside))
        lost = replace(start, action=action, change="removed")
        yield from _beyond(lost, before, (*after, *beside))


def _beyond(start: Gain, giving: Iterable[Sight], rest: Iterable[Sight]) -> Iterator[Gain]:
    scopes = _union(giving) - _union(rest)
    if scopes:
        terms = frozenset(each.term for each in giving if each.scopes & scopes)
        yield replace(start, scopes=scopes, terms=terms)


def _union(sights: Iterable[Sight]) -> frozenset[int]:
    return frozenset[int]().union(*(each.scopes for each in sights))


def lines(found: Iterable[Gain], counts: Mapping[int, Count]) -> list[Line]:
    """The same by holder and number, in as few lines as say exactly that."""
    alike: dict[Line, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for (_, amount, holder, viewer, _), some in _by_holder(found, counts).items():
        for parts in _products((*each.cell, frozenset({each.action})) for each in some):
            line = _line(some[0], holder, amount, parts)
            viewers, terms = alike[line]
            viewers.add(viewer)
            terms.update(
                term
                for each in some
                if each.action in parts[-1] and all(map(Values.issubset, each.cell, parts))
                for term in each.terms
            )
    told = (
        replace(line, viewers=tuple(sorted(viewers)), terms=tuple(sorted(terms)))
        for line, (viewers, terms) in alike.items()
    )
    return sorted(
        told, key=lambda each: (each.change, each.kind, each.holder, each.viewers, str(each))
    )


def _by_holder(
    found: Iterable[Gain], counts: Mapping[int, Count]
) -> dict[tuple[str, int, str, str, str], list[Gain]]:
    alike: dict[tuple[str, int, str, str, str], list[Gain]] = defaultdict(list)
    for gain in found:
        held: Counter[str] = Counter()
        for scope in gain.scopes & counts.keys():
            _, holder, amount = counts[scope]
            held[holder] += amount
        for holder, amount in held.items():
            alike[gain.change, amount, holder, gain.viewer, gain.kind].append(gain)
    return alike


def _line(gain: Gain, holder: str, amount: int, parts: Parts) -> Line:
    units, roles, purposes = (
        Choice(tuple(sorted(every - part)))
        if OTHER in part
        else Choice(tuple(sorted(part)), but=False)
        for part, every in zip(parts, gain.every, strict=False)
    )
    return Line(
        change=gain.change,
        kind=gain.kind,
        holder=holder,
        amount=amount,
        units=units,
        roles=roles,
        purposes=purposes,
        actions=tuple(sorted(parts[-1])),
    )


def _products(cells: Iterable[Parts]) -> list[Parts]:
    """The same cells as few products of sets, each combination of which is among them."""
    found = list(dict.fromkeys(cells))
    for place in range(len(ASKS) + 1):
        together: dict[Parts, Values] = {}
        for each in found:
            rest = each[:place] + each[place + 1 :]
            together[rest] = together.get(rest, Values()) | each[place]
        found = [(*rest[:place], values, *rest[place:]) for rest, values in together.items()]
    return found
