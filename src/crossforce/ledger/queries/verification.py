"""Full verification: the entries against the tree, the tree against every checkpoint.

The database hashes and compares the entries; the tree is built anew here. What is found wrong names
the entry. What a host could put right again on its own side, only a witness tells: `against` is a
checkpoint from outside.
"""

import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from crossforce.ledger import checkpoint, log, models, witness
from crossforce.ledger.checkpoint import Key, NotACheckpoint, Note, NotSigned
from crossforce.ledger.queries.tree import consistency, restorations
from crossforce.ledger.tree import Edge
from crossforce.ledger.witness import Fraud, Memory, Restored, Seen

MOST: Final = 100
"""After so many faults of one kind, no more are listed."""

# The columns that are searched by are held against the bytes of the entry, which are canonical: each
# value has one way and one place to be written (docs/formats/ledger-entry.md).
ENTRIES: Final = r"""
SELECT * FROM (
  SELECT l.index, coalesce(l.entry, e.id) AS entry, CASE
    WHEN e.id IS NULL THEN 'the entry is gone'
    WHEN sha256('\x00'::bytea || e.body) <> l.leaf_hash THEN 'the entry was altered'
    WHEN e.leaf_hash <> l.leaf_hash THEN 'its leaf hash was altered'
    WHEN substr(e.body, 117, length(w.by)) <> w.by OR position(w.dated IN e.body) = 0
      OR position(w.act IN e.body) = 0
      OR substr(e.body, length(e.body) - length(w.about) + 1) <> w.about
    THEN 'what is searched by (instant, operation, subject, organisations) is not what the entry says'
    END AS fault
    FROM ledger_leaf l LEFT JOIN ledger_entry e ON e.id = l.entry, LATERAL (SELECT
      convert_to('"organisation":"' || e.organisation || '"},"agreements":[', 'UTF8') AS by,
      convert_to('],"at":"' || to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || '","concerns":["' || array_to_string(e.concerns, '","') || '"],"detail":{', 'UTF8') AS dated,
      convert_to('},"id":"' || e.id || '","operation":"' || e.operation || '","private":', 'UTF8') AS act,
      convert_to(',"subject":' || to_json(e.subject) || '}', 'UTF8') AS about OFFSET 0) w
) AS checked WHERE fault IS NOT NULL ORDER BY index LIMIT %s
"""
PARTS: Final = r"""
SELECT l.index, l.entry, 'its private part “' || p.part || '” was altered'
  FROM ledger_leaf l JOIN ledger_entry e ON e.id = l.entry JOIN ledger_privatepart p ON p.entry_id = e.id
 WHERE CASE p.part WHEN 'actor' THEN substr(e.body, 27, 90) <>
         convert_to('{"actor":{"commitment":"' || encode(sha256(p.salt || p.body), 'hex') || '",', 'UTF8')
       ELSE position(
         convert_to('"private":"' || encode(sha256(p.salt || p.body), 'hex') || '"', 'UTF8') IN e.body) = 0 END
 ORDER BY l.index LIMIT %s
"""
GONE: Final = r"""
SELECT l.index, l.entry, 'its private part “' || named.part || '” is gone, and no entry says why'
  FROM ledger_leaf l JOIN ledger_entry e ON e.id = l.entry
 CROSS JOIN (VALUES ('actor', ''::bytea), ('private', '"private":null,"scopes":['::bytea)) named (part, without)
  LEFT JOIN ledger_privatepart p ON p.entry_id = e.id AND p.part = named.part
 WHERE p.part IS NULL AND (named.part = 'actor' OR position(named.without IN e.body) = 0)
   AND NOT EXISTS (SELECT FROM ledger_entry r WHERE r.subject = 'ledger.entry:' || e.id
         AND r.operation = 'ledger.private-part-erased'
         AND position(convert_to('"part":"' || named.part || '"', 'UTF8') IN r.body) > 0)
 ORDER BY l.index LIMIT %s
"""
LATE: Final = """
SELECT l.index, l.entry, 'is dated more than a day before the checkpoint that it follows'
  FROM (SELECT size, made_at, lead(size) OVER (ORDER BY size) AS following FROM ledger_checkpoint) c
  JOIN ledger_leaf l ON l.index >= c.size AND l.index < c.following
  JOIN ledger_entry e ON e.id = l.entry WHERE e.at < c.made_at - interval '1 day'
 ORDER BY l.index LIMIT %s
"""
WAITING: Final = """
SELECT count(*) FROM ledger_entry e WHERE NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.entry = e.id)
"""
NAMES: Final = "SELECT index, entry, %s FROM ledger_leaf WHERE index = ANY(%s) ORDER BY index"


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
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        faults = [
            each for sql in (ENTRIES, PARTS, GONE) for each in _faults(cursor, sql, [MOST])
        ]
        rows = list(models.Checkpoint.objects.order_by("size"))
        faults += _tree(cursor, rows)
        outside = [_outside(note, keys) for note in against]
        remarks = _faults(cursor, LATE, [MOST])
        cursor.execute(WAITING)
        (waiting,) = cursor.fetchone()
    size = rows[-1].size if rows else 0
    faults += [fault for fault, restored in outside if fault and not restored]
    remarks += [fault for fault, restored in outside if fault and restored]
    seconds = time.monotonic() - began
    return Report(size, len(rows), waiting, seconds, tuple(faults), tuple(remarks))


def _tree(cursor: Any, rows: Sequence[models.Checkpoint]) -> list[Fault]:
    """Build the tree again and hold it against every checkpoint; the first that differs is looked into."""
    edge, faults = Edge(), []
    keys = log.public_keys()
    leaves = _Leaves(cursor)
    for row in rows:
        before = edge.size
        faults += _signature(row, keys)
        for hashes in leaves.until(row.size):
            edge.extend(hashes)
        if edge.size != row.size:
            return [*faults, Fault(f"place {edge.size} in the tree is empty", edge.size)]
        if edge.root() != bytes(row.root):
            return [*faults, *_where(cursor, before, row.size)]
    cursor.execute(
        "SELECT index, entry FROM ledger_leaf WHERE index >= %s LIMIT %s", [edge.size, MOST]
    )
    beyond = "it has a place that no checkpoint covers"
    return [*faults, *(Fault(beyond, index, str(entry)) for index, entry in cursor.fetchall())]


class _Leaves:
    """Leaf hashes in order, read in large chunks and handed out up to a size."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._at = 0
        self._held: list[bytes] = []

    def until(self, size: int) -> Iterator[list[bytes]]:
        while self._at < size:
            if not self._held:
                self._held = self._chunk(self._at)
            if not self._held:
                return
            take = min(size - self._at, len(self._held))
            hashes, self._held = self._held[:take], self._held[take:]
            self._at += take
            yield hashes

    def _chunk(self, start: int) -> list[bytes]:
        """Up to the first place that is empty."""
        self._cursor.execute(
            "SELECT string_agg(leaf_hash, ''::bytea ORDER BY index), count(*), max(index) "
            "FROM ledger_leaf WHERE index >= %s AND index < %s",
            [start, start + log.CHUNK],
        )
        data, count, last = self._cursor.fetchone()
        hashes = log.split(bytes(data or b""))
        return hashes if count == (last or 0) - start + 1 else hashes[: self._gap(start)]

    def _gap(self, start: int) -> int:
        self._cursor.execute(
            "SELECT count(*) FROM (SELECT index - row_number() OVER (ORDER BY index) AS moved "
            "FROM ledger_leaf WHERE index >= %s AND index < %s) AS places WHERE moved = %s",
            [start, start + log.CHUNK, start - 1],
        )
        (count,) = self._cursor.fetchone()
        return int(count)


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


def _faults(cursor: Any, sql: str, given: Sequence[object]) -> list[Fault]:
    cursor.execute(sql, given)
    return [Fault(said, index, str(entry)) for index, entry, said in cursor.fetchall()]
