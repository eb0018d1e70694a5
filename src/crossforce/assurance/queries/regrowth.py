"""The tree as it grows again out of its leaves, and is held against every checkpoint on the way."""

from itertools import chain
from typing import Any, Final

from crossforce.assurance.queries import beside
from crossforce.assurance.queries.beside import Fault
from crossforce.assurance.queries.rehashing import Covered, Parts, Stretch
from crossforce.ledger import api as ledger
from crossforce.transparency.tree import Edge

MOST: Final = 100
"""After so many faults of one kind, no more are listed."""

BEYOND: Final = """
SELECT index, entry, 'it has a place that no checkpoint covers' FROM ledger_leaf
 WHERE index >= %s OR index < 0 ORDER BY index LIMIT 100
"""
NAMES: Final = "SELECT index, entry, %s FROM ledger_leaf WHERE index = ANY(%s) ORDER BY index"


class Regrown:
    """What the stretches of the tree make together; they come in their order."""

    def __init__(self) -> None:
        self.size = self.checkpoints = 0
        """Where the last checkpoint ends, and how many there are."""
        self._edge = Edge()
        self._wrong: list[Fault] = []
        self._before = 0
        self._differs: Covered | None = None
        self._is_whole = True

    def add(self, stretch: Stretch) -> None:
        """The next places of the tree, and the checkpoints that end there."""
        for each in stretch.checkpoints:
            self._grow(each.parts)
            self._judge(each)
        self._grow(stretch.rest)
        self._is_whole = self._is_whole and stretch.is_whole

    def faults(self, cursor: Any) -> list[Fault]:
        """What is wrong with checkpoints; the first that the tree does not lead to is looked into."""
        differs = self._differs
        if differs is None:
            return [*self._wrong, *beside.found(cursor, BEYOND, [self._before])]
        if self._edge.size < differs.size:
            place = self._edge.size
            return [*self._wrong, Fault(f"place {place} in the tree is empty", place)]
        return [*self._wrong, *_where(cursor, self._before, differs.size)]

    def _grow(self, parts: Parts) -> None:
        if self._is_whole:
            for level, subtree in parts:
                self._edge.add(level, subtree)

    def _judge(self, found: Covered) -> None:
        self.size, self.checkpoints = found.size, self.checkpoints + 1
        if found.wrong:
            self._wrong.append(Fault(found.wrong))
        if self._differs is None:
            if (self._edge.size, self._edge.root()) == (found.size, found.root):
                self._before = found.size
            else:
                self._differs = found


def _where(cursor: Any, start: int, end: int) -> list[Fault]:
    """Which places differ from the node files, which keep what was integrated; else the range."""
    said = "its place in the tree is not the one that the checkpoint covers"
    files, differ = ledger.node_files(), []
    for index, leaf in enumerate(chain.from_iterable(ledger.leaves(start, end)), start):
        if index < files.held() and files.node(0, index) != leaf:
            differ.append(index)
    if not differ:
        said = f"one of the entries from place {start} to {end - 1} is not what the checkpoint covers"
        differ = [start, end - 1]
    return beside.found(cursor, NAMES, [said, differ[:MOST]])
