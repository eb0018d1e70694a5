"""Full verification: the entries against the tree, the tree against every checkpoint; then what stands beside.

Every entry is hashed anew while the tree is built again, both as of one instant; then the database holds the
columns that are searched by, and the private parts, against the bytes. What is found wrong names the entry.
What a host could put right again on its own side, only a witness tells: `against` is a checkpoint from outside.
"""

import time
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import numpy as np
import psycopg
from django.db import connection, transaction
from psycopg.pq import Format

from crossforce.assurance.queries import beside, rehashing
from crossforce.assurance.queries.beside import Fault
from crossforce.assurance.queries.rehashing import ENTRY, LEAF, Pairing
from crossforce.ledger import api as ledger
from crossforce.transparency import checkpoint, witness
from crossforce.transparency.checkpoint import Key, NotACheckpoint, Note, NotSigned
from crossforce.transparency.tree import Edge
from crossforce.transparency.witness import Fraud, Memory, Restored, Seen

MOST: Final = 100
"""After so many faults of one kind, no more are listed."""

# An entry is stored after the checkpoint that it follows: the first condition spares most a look-up.
LATE: Final = """
SELECT l.index, l.entry, 'is dated more than a day before the checkpoint that it follows'
  FROM ledger_entry e JOIN ledger_leaf l ON l.entry = e.id
 WHERE e.at < e.stored_at - interval '23 hours' AND e.at < (SELECT made_at - interval '1 day'
  FROM ledger_checkpoint WHERE size <= l.index ORDER BY size DESC LIMIT 1)
 ORDER BY l.index LIMIT 100
"""
LEAVES: Final = """
SELECT string_agg(uuid_send(entry), ''), max(index), string_agg(int8send(index), ''), string_agg(CASE
  WHEN length(leaf_hash) = 32 THEN leaf_hash ELSE decode(repeat('00', 32), 'hex') END, '')
  FROM (SELECT * FROM ledger_leaf WHERE index > %s ORDER BY index LIMIT 16384) AS next
"""
UNPAIRED: Final = """
SELECT index, entry, CASE WHEN is_leaf AND EXISTS (SELECT FROM ledger_entry WHERE id = entry)
  THEN 'the entry was altered' WHEN is_leaf THEN 'the entry is gone' ELSE 'it is stored twice' END
  FROM ledger_leaf JOIN (SELECT unnest(%s::uuid[]) AS entry, true AS is_leaf
    UNION SELECT unnest(%s::uuid[]), false) AS odd USING (entry) ORDER BY index LIMIT 100
"""
BEYOND: Final = """
SELECT index, entry, 'it has a place that no checkpoint covers' FROM ledger_leaf
 WHERE index >= %s OR index < 0 ORDER BY index LIMIT 100
"""
NAMES: Final = "SELECT index, entry, %s FROM ledger_leaf WHERE index = ANY(%s) ORDER BY index"


@dataclass(frozen=True, slots=True)
class Report:
    """What a full verification found. `remarks` are odd, but may be right.

    `seconds` went into the log itself, `beside` into the searched columns and private parts.
    """

    size: int
    checkpoints: int
    waiting: int
    seconds: float
    beside: float
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.faults


@transaction.atomic(durable=True)
def verify(against: Sequence[Note] = (), keys: Sequence[Key] = ()) -> Report:
    """Verify everything as it stands at this instant, without holding anybody up."""
    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(beside.SNAPSHOT)
        rows, pairing = list(ledger.Checkpoint.objects.order_by("size")), Pairing()
        roots, places = _rebuilt(cursor, pairing, [row.size for row in rows])
        faults = _checkpoints(cursor, rows, roots, places)
        entries, leaves = map(set, pairing.left())
        faults += beside.found(cursor, UNPAIRED, [list(leaves), list(entries - leaves)])
        ended = time.monotonic()
        faults += beside.faults(cursor)
        remarks = beside.found(cursor, LATE, None)
        outside = [_outside(note, keys) for note in against]
    faults += [fault for fault, restored in outside if fault and not restored]
    remarks += [fault for fault, restored in outside if fault and restored]
    return Report(
        size=rows[-1].size if rows else 0,
        checkpoints=len(rows),
        waiting=len(entries - leaves),
        seconds=ended - began,
        beside=time.monotonic() - ended,
        faults=tuple(faults),
        remarks=tuple(remarks),
    )


def _rebuilt(
    cursor: Any, pairing: Pairing, sizes: Sequence[int]
) -> tuple[dict[int, bytes], int]:
    """The roots at these sizes, and how many places there are without a gap; entries are paired meanwhile."""
    edge, roots, is_whole = Edge(), {0: Edge().root()}, True
    with rehashing.entries(cursor) as entries:
        for places, identifiers, hashes in _leaves():
            pairing.add(LEAF, identifiers, hashes)
            while pairing.ahead < 0 and (more := next(entries, None)):
                pairing.add(ENTRY, *more)
            expected = np.arange(edge.size, edge.size + len(places))
            follows = (
                len(places)
                if (places == expected).all()
                else int((places != expected).argmax())
            )
            if is_whole:
                _extend(edge, ledger.split(hashes)[:follows], sizes, roots)
            is_whole = is_whole and follows == len(places)
        for more in entries:
            pairing.add(ENTRY, *more)
    return roots, edge.size


def _extend(
    edge: Edge, leaves: list[bytes], sizes: Sequence[int], roots: dict[int, bytes]
) -> None:
    start, end = edge.size, edge.size + len(leaves)
    for size in [*sizes[bisect(sizes, start) : bisect_left(sizes, end)], end]:
        edge.extend(leaves[edge.size - start : size - start])
        roots[size] = edge.root()


def _leaves() -> Iterator[tuple[Any, bytes, bytes]]:
    """Places, identifiers and hashes of the leaves, in order, some thousands at a time."""
    last = -1
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.format = Format.BINARY
        while row := cursor.execute(LEAVES, [last]).fetchone():
            identifiers, found, places, hashes = row
            if found is None:
                return
            last = found
            yield np.frombuffer(places, ">i8"), identifiers, hashes


def _checkpoints(
    cursor: Any, rows: Sequence[ledger.Checkpoint], roots: dict[int, bytes], places: int
) -> list[Fault]:
    """Every checkpoint against the tree; the first that differs is looked into."""
    keys, before = ledger.public_keys(), 0
    faults = [fault for row in rows for fault in _signature(row, keys)]
    for row in rows:
        if row.size > places:
            return [*faults, Fault(f"place {places} in the tree is empty", places)]
        if roots[row.size] != bytes(row.root):
            return [*faults, *_where(cursor, before, row.size)]
        before = row.size
    return [*faults, *beside.found(cursor, BEYOND, [before])]


def _signature(row: ledger.Checkpoint, keys: Sequence[Key]) -> list[Fault]:
    """The note says what the row says, and the log signed it; a key two rotations old is not known."""
    try:
        note = checkpoint.parse(row.note)
    except NotACheckpoint as fault:
        return [Fault(f"the checkpoint of {row.size} cannot be read: {fault}")]
    if (note.checkpoint.size, note.checkpoint.root) != (row.size, bytes(row.root)):
        return [Fault(f"the checkpoint of {row.size} is not the one that was signed")]
    known = {key.id: key for key in keys}
    ours = [known[each.id] for each in note.signatures if each.id in known]
    try:
        for key in ours:
            note.signed_by(key)
    except NotSigned as fault:
        return [Fault(f"the checkpoint of {row.size}: {fault}")]
    return []


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


def _outside(note: Note, keys: Sequence[Key]) -> tuple[Fault | None, bool]:
    """Hold a checkpoint from outside against the log; answers what is wrong and whether a restore explains it."""
    there, last = note.checkpoint, ledger.Checkpoint.objects.order_by("size").last()
    if last is None or there.origin != ledger.origin():
        return Fault(f"the checkpoint that was kept is of another log, {there.origin}"), False
    times = [at for key in keys if (at := note.signed_by(key)) is not None]
    offered = checkpoint.parse(last.note).checkpoint
    seen = Seen(there.size, there.root.hex(), min(times, default=1 << 40))
    memory = Memory(log_key=str(ledger.public_keys()[0]), seen=(seen,))
    try:
        witness.judge(
            memory,
            offered,
            lambda first: ledger.consistency(first, offered.size),
            ledger.restorations,
        )
    except Restored as restored:
        return Fault(str(restored)), True
    except Fraud as fraud:
        return Fault(str(fraud)), False
    return None, False
