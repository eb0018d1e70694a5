"""Circles of things that wait for each other, found in one walk: each is looked at as often as it is waited for."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence


def rings(after: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """Circles without a member in common, each from its first name on: a member waits for the next."""
    left = _Waiting(after)
    found: list[tuple[str, ...]] = []
    for name in sorted(left.after):
        path = _Path()
        path.put(name)
        while path.names and path.names[-1] in left.after:
            ahead = left.first(path.names[-1])
            if ahead not in path.places:
                path.put(ahead)
                continue
            ring = path.names[path.places[ahead] :]
            found.append(_from_its_first(ring))
            left.take(ring)
            path.cut(left.after)
    return sorted(found)


def _from_its_first(ring: Sequence[str]) -> tuple[str, ...]:
    first = ring.index(min(ring))
    return (*ring[first:], *ring[:first])


class _Path:
    """Names in the order in which they were come by, and where each stands."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.places: dict[str, int] = {}

    def put(self, name: str) -> None:
        self.places[name] = len(self.names)
        self.names.append(name)

    def cut(self, left: Mapping[str, object]) -> None:
        """Back to what is left: whoever waits for one that is left is left, so what went is at the end."""
        while self.names and self.names[-1] not in left:
            del self.places[self.names.pop()]


class _Waiting:
    """What waits for what, without whatever waits for nothing that is left, however much is taken away."""

    def __init__(self, after: Mapping[str, Iterable[str]]) -> None:
        self.after = {
            name: deque(sorted({other for other in of if other in after}))
            for name, of in after.items()
        }
        self._open = {name: len(of) for name, of in self.after.items()}
        self._followers: dict[str, list[str]] = {}
        for name, others in self.after.items():
            for other in others:
                self._followers.setdefault(other, []).append(name)
        self.take([name for name, number in self._open.items() if not number])

    def first(self, name: str) -> str:
        """The first by name of those that it waits for and that are left."""
        others = self.after[name]
        while others[0] not in self.after:
            others.popleft()
        return others[0]

    def take(self, names: Iterable[str]) -> None:
        """Take these away, and whatever then waits for nothing."""
        free = list(names)
        while free:
            name = free.pop()
            if self.after.pop(name, None) is None:
                continue
            for follower in self._followers.get(name, ()):
                self._open[follower] -= 1
                if not self._open[follower]:
                    free.append(follower)
