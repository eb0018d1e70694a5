"""Full verification: the entries against the tree, the tree against every checkpoint.

The database hashes every entry and compares it, on connections that see one instant; the tree is built
anew here meanwhile. What is found wrong names the entry. What a host could put right again on its
own side, only a witness tells: `against` is a checkpoint from outside.
"""

import itertools
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from crossforce.ledger import checkpoint, log, models, witness
from crossforce.ledger.checkpoint import Key, NotACheckpoint, Note, NotSigned
from crossforce.ledger.queries.tree import consistency, restorations
from crossforce.ledger.tree import Edge
from crossforce.ledger.witness import Fraud, Memory, Restored, Seen

MOST: Final = 100
"""After so many faults of one kind, no more are listed."""
STRETCH: Final = 20_000
"""Entries that are looked at in one statement: few enough to be joined in memory."""
CONNECTIONS: Final = 2
FIRST, LAST = UUID(int=0), UUID(int=(1 << 128) - 1)

# What is searched by, and the private parts, are held against the bytes of the entry, which are
# canonical: each value has one way and one place to be written (docs/formats/ledger-entry.md).
ENTRIES: Final = r"""
SELECT * FROM (
  SELECT l.index, l.entry, CASE
    WHEN e.id IS NULL THEN 'the entry is gone'
    WHEN sha256('\x00'::bytea || e.body) <> l.leaf_hash THEN 'the entry was altered'
    WHEN e.leaf_hash <> l.leaf_hash THEN 'its leaf hash was altered'
    WHEN substr(e.body, 117, length(w.by)) <> w.by OR position(w.dated IN e.body) = 0
      OR position(w.act IN e.body) = 0
      OR substr(e.body, length(e.body) - length(w.about) + 1) <> w.about OR CASE
        WHEN position('"rows":['::bytea IN e.body) = 0
        THEN e.rows::text <> '{' || right(e.subject, 36) || '}' AND (e.rows <> '{}' OR e.subject ~ w.record)
        ELSE e.subject ~ w.record AND right(e.subject, 36) <> ALL (e.rows::text[])
          OR 0 = ALL (SELECT position(convert_to('"rows":[' || coalesce('"' || nullif(
                array_to_string(named, '","'), '') || '"', '') || ']', 'UTF8') IN e.body)
             FROM (VALUES (e.rows::text[]), (array_remove(e.rows::text[], right(e.subject, 36)))) v (named)) END
    THEN 'what is searched by (instant, operation, subject, rows, organisations) is not what the entry says'
    WHEN substr(e.body, 27, 90) <>
         convert_to('{"actor":{"commitment":"' || encode(sha256(a.salt || a.body), 'hex') || '",', 'UTF8')
    THEN 'its private part “actor” was altered'
    WHEN position(convert_to('"private":"' || encode(sha256(p.salt || p.body), 'hex') || '"', 'UTF8')
                  IN e.body) = 0 THEN 'its private part “private” was altered'
    WHEN a.part IS NULL OR p.part IS NULL AND position('"private":null,"scopes":['::bytea IN e.body) = 0
    THEN (SELECT 'its private part “' || part || '” is gone, and no entry says why'
            FROM (VALUES ('actor', a.part), ('private', p.part)) held (part, is_held)
           WHERE is_held IS NULL AND position('"' || part || '":null,"scopes":[' IN encode(e.body, 'escape')) = 0
             AND NOT EXISTS (SELECT FROM ledger_entry r WHERE r.rows @> ARRAY[e.id] AND r.rows <> '{}'
               AND r.operation = 'ledger.private-part-erased' AND r.subject = 'ledger.entry:' || e.id
               AND position(convert_to('"part":"' || part || '"', 'UTF8') IN r.body) > 0) LIMIT 1)
    END AS fault
  FROM (SELECT * FROM ledger_leaf WHERE entry >= %(low)s AND entry <= %(high)s) l
  LEFT JOIN (SELECT * FROM ledger_entry WHERE id >= %(low)s AND id <= %(high)s) e ON e.id = l.entry
  LEFT JOIN (SELECT * FROM ledger_privatepart WHERE entry_id >= %(low)s AND entry_id <= %(high)s
              AND part = 'actor') a ON a.entry_id = e.id
  LEFT JOIN (SELECT * FROM ledger_privatepart WHERE entry_id >= %(low)s AND entry_id <= %(high)s
              AND part = 'private') p ON p.entry_id = e.id, LATERAL (SELECT
      ':[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' AS record,
      convert_to('"organisation":"' || e.organisation || '"},"agreements":[', 'UTF8') AS by,
      convert_to('],"at":"' || to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || '","concerns":["' || array_to_string(e.concerns, '","') || '"],"detail":{', 'UTF8') AS dated,
      convert_to('},"id":"' || e.id || '","operation":"' || e.operation || '","private":', 'UTF8') AS act,
      convert_to(',"subject":' || to_json(e.subject) || '}', 'UTF8') AS about OFFSET 0) w
) AS checked WHERE fault IS NOT NULL ORDER BY index LIMIT 100
"""
# An entry is stored after the checkpoint that it follows: the first condition spares most a look-up.
LATE: Final = """
SELECT l.index, l.entry, 'is dated more than a day before the checkpoint that it follows'
  FROM ledger_entry e JOIN ledger_leaf l ON l.entry = e.id
 WHERE e.at < e.stored_at - interval '23 hours' AND e.at < (SELECT made_at - interval '1 day'
  FROM ledger_checkpoint WHERE size <= l.index ORDER BY size DESC LIMIT 1)
 ORDER BY l.index LIMIT 100
"""
WAITING: Final = """
SELECT count(*) FROM ledger_entry e WHERE NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.entry = e.id)
"""
DENSE: Final = """
SELECT CASE WHEN (count(*), min(index)) = (max(index) + 1, 0) OR count(*) = 0 THEN count(*) ELSE
  (SELECT min(place) FROM (SELECT index, row_number() OVER (ORDER BY index) - 1 AS place FROM ledger_leaf) p
    WHERE index <> place) END FROM ledger_leaf
"""
BEYOND: Final = """
SELECT index, entry, 'it has a place that no checkpoint covers' FROM ledger_leaf
 WHERE index >= %s OR index < 0 ORDER BY index LIMIT 100
"""
NAMES: Final = "SELECT index, entry, %s FROM ledger_leaf WHERE index = ANY(%s) ORDER BY index"
STRETCHES: Final = (
    "SELECT entry FROM ledger_leaf WHERE index %% %s = 0 AND index > 0 ORDER BY entry"
)
SNAPSHOT: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and with which entry."""

    said: str
    index: int | None = None
    entry: str = ""

    def __str__(self) -> str:
        return f"{self.entry} (place {self.index}): {self.said}" if self.entry else self.said


@dataclass(frozen=True, slots=True)
class Report:
    """What a full verification found. `remarks` are odd, but may be right."""

    size: int
    checkpoints: int
    waiting: int
    seconds: float
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.faults


@transaction.atomic(durable=True)
def verify(against: Sequence[Note] = (), keys: Sequence[Key] = ()) -> Report:
    """Verify everything as it stands at this instant, without holding anybody up."""
    began = time.monotonic()
    with connection.cursor() as cursor, ThreadPoolExecutor(CONNECTIONS) as beside:
        cursor.execute(SNAPSHOT)
        stretches = _stretches(cursor)
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        found = [beside.submit(_entries, part, snapshot) for part in stretches]
        rows = list(models.Checkpoint.objects.order_by("size"))
        faults = _tree(cursor, rows)
        outside = [_outside(note, keys) for note in against]
        remarks = _faults(cursor, LATE, None)
        cursor.execute(WAITING)
        (waiting,) = cursor.fetchone()
        faults += [fault for part in found for fault in part.result()]
    size = rows[-1].size if rows else 0
    faults += [fault for fault, restored in outside if fault and not restored]
    remarks += [fault for fault, restored in outside if fault and restored]
    seconds = time.monotonic() - began
    return Report(size, len(rows), waiting, seconds, tuple(faults), tuple(remarks))


Stretch = tuple[UUID, UUID]


def _stretches(cursor: Any) -> list[list[Stretch]]:
    """The identifiers of the entries cut into stretches, shared out among the connections."""
    cursor.execute(STRETCHES, [STRETCH])
    lows = [FIRST, *(entry for (entry,) in cursor.fetchall())]
    highs = [*(UUID(int=low.int - 1) for low in lows[1:]), LAST]
    pairs = list(zip(lows, highs, strict=True))
    return [share for n in range(CONNECTIONS) if (share := pairs[n::CONNECTIONS])]


def _entries(stretches: Sequence[Stretch], snapshot: str) -> list[Fault]:
    """Faults of the entries, on a connection of its own that sees what the snapshot saw."""
    with closing(connection.copy()) as beside, beside.cursor() as cursor:
        beside.set_autocommit(False)
        cursor.execute(SNAPSHOT)
        cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        cursor.execute("SET LOCAL enable_nestloop = off")  # a wrong guess would cost hours
        given = [{"low": low, "high": high} for low, high in stretches]
        return [fault for each in given for fault in _faults(cursor, ENTRIES, each)]


def _tree(cursor: Any, rows: Sequence[models.Checkpoint]) -> list[Fault]:
    """Build the tree again and hold it against every checkpoint; the first that differs is looked into."""
    edge, faults, keys = Edge(), [], log.public_keys()
    cursor.execute(DENSE)
    (dense,) = cursor.fetchone()
    leaves = itertools.chain.from_iterable(log.stored(0, dense))
    for row in rows:
        before = edge.size
        faults += _signature(row, keys)
        if row.size > dense:
            return [*faults, Fault(f"place {dense} in the tree is empty", dense)]
        edge.extend(list(itertools.islice(leaves, row.size - before)))
        if edge.root() != bytes(row.root):
            return [*faults, *_where(cursor, before, row.size)]
    return [*faults, *_faults(cursor, BEYOND, [edge.size])]


def _signature(row: models.Checkpoint, keys: Sequence[Key]) -> list[Fault]:
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
    files, differ = log.files(), []
    for index, leaf in enumerate(itertools.chain.from_iterable(log.stored(start, end)), start):
        if index < files.held() and files.node(0, index) != leaf:
            differ.append(index)
    if not differ:
        said = f"one of the entries from place {start} to {end - 1} is not what the checkpoint covers"
        differ = [start, end - 1]
    return _faults(cursor, NAMES, [said, differ[:MOST]])


def _outside(note: Note, keys: Sequence[Key]) -> tuple[Fault | None, bool]:
    """Hold a checkpoint from outside against the log; answers what is wrong and whether a restore explains it."""
    there, last = note.checkpoint, models.Checkpoint.objects.order_by("size").last()
    if last is None or there.origin != log.origin():
        return Fault(f"the checkpoint that was kept is of another log, {there.origin}"), False
    times = [at for key in keys if (at := note.signed_by(key)) is not None]
    offered = checkpoint.parse(last.note).checkpoint
    seen = Seen(there.size, there.root.hex(), min(times, default=1 << 40))
    memory = Memory(log_key=str(log.public_keys()[0]), seen=(seen,))
    try:
        witness.judge(
            memory, offered, lambda first: consistency(first, offered.size), restorations
        )
    except Restored as restored:
        return Fault(str(restored)), True
    except Fraud as fraud:
        return Fault(str(fraud)), False
    return None, False


def _faults(cursor: Any, sql: str, given: Any) -> list[Fault]:
    cursor.execute(sql, given)
    return [Fault(said, index, str(entry)) for index, entry, said in cursor.fetchall()]
