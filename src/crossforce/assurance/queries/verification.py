"""Full verification: the entries against the tree, the tree against every checkpoint; then what stands beside.

Every entry is hashed anew while the tree is built again, both as of one instant; then the database holds the
columns that are searched by, and the private parts, against the bytes. What is found wrong names the entry.
What a host could put right again on its own side, only a witness tells: `against` is a checkpoint from outside.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction

from crossforce.assurance.queries import beside, rehashing, snapshots, tallies
from crossforce.assurance.queries.beside import Fault
from crossforce.assurance.queries.regrowth import Regrown
from crossforce.assurance.queries.tallies import NOTHING, Tallies
from crossforce.ledger import api as ledger
from crossforce.transparency import checkpoint, witness
from crossforce.transparency.checkpoint import Key, Note
from crossforce.transparency.witness import Fraud, Memory, Restored, Seen

UNNAMED: Final = (
    "the entries are not those of the tree, and the database does not say which differ"
)
LOG: Final = "entries, places, roots and signatures"
BESIDE: Final = "what is searched by, and private parts"

Tell = Callable[[str, int, int], None]
"""Hears of which part how many pieces are done, of how many."""

# The integrator takes entries in the order of their transactions: what waits is at the end, but for a restore,
# after which transaction numbers may begin again. Hashed by the database: what waits is in no tree yet.
WAITING: Final = """
SELECT coalesce(string_agg(uuid_send(id), ''), ''), coalesce(string_agg(sha256('\\x00'::bytea || body), ''), '')
  FROM ledger_entry e WHERE (%s OR transaction >= coalesce((SELECT transaction FROM ledger_entry
    JOIN ledger_leaf ON entry = id ORDER BY index DESC LIMIT 1), '0'::xid8))
   AND NOT EXISTS (SELECT FROM ledger_leaf WHERE entry = e.id)
"""
UNPAIRED: Final = """
SELECT index, entry, CASE WHEN id IS NULL THEN 'the entry is gone' ELSE 'the entry was altered' END
  FROM ledger_leaf LEFT JOIN ledger_entry ON id = entry
 WHERE id IS NULL OR sha256('\\x00'::bytea || body) IS DISTINCT FROM ledger_leaf.leaf_hash
UNION ALL SELECT index, entry, 'it is stored twice' FROM ledger_leaf
 WHERE entry IN (SELECT id FROM ledger_entry GROUP BY id HAVING count(*) > 1)
UNION ALL SELECT min(index), entry, 'it has two places' FROM ledger_leaf GROUP BY entry HAVING count(*) > 1
 ORDER BY 1 LIMIT 100
"""


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


def say_nothing(part: str, done: int, whole: int) -> None:
    """For whoever does not wait."""


@transaction.atomic(durable=True)
def verify(
    against: Sequence[Note] = (), keys: Sequence[Key] = (), tell: Tell = say_nothing
) -> Report:
    """Verify everything as it stands at this instant, without holding anybody up."""
    began, tree = time.monotonic(), Regrown()
    with connection.cursor() as cursor:
        cursor.execute(snapshots.ONE_INSTANT)
        waiting, are_paired = _paired(cursor, tree, tell)
        faults = tree.faults(cursor)
        if not are_paired:
            faults += beside.found(cursor, UNPAIRED, None)
            faults = faults or [Fault(UNNAMED)]
        ended = time.monotonic()
        found = beside.faults(cursor, lambda done, whole: tell(BESIDE, done, whole))
        faults += [fault for fault in found if fault.said != beside.LATE]
        remarks = [fault for fault in found if fault.said == beside.LATE]
        outside = [_outside(note, keys) for note in against]
    faults += [fault for fault, restored in outside if fault and not restored]
    remarks += [fault for fault, restored in outside if fault and restored]
    return Report(
        size=tree.size,
        checkpoints=tree.checkpoints,
        waiting=waiting,
        seconds=ended - began,
        beside=time.monotonic() - ended,
        faults=tuple(faults),
        remarks=tuple(remarks),
    )


def _paired(cursor: Any, tree: Regrown, tell: Tell) -> tuple[int, bool]:
    """How many entries wait, and whether each of the others has its one leaf; the tree grows meanwhile."""
    key, odd = tallies.new_key(), NOTHING
    with rehashing.pieces(cursor, key) as (whole, pieces):
        for done, found in enumerate(pieces, 1):
            if isinstance(found, list):
                for stretch in found:
                    tree.add(stretch)
                    odd = odd - stretch.tally
            else:
                odd = odd + found
            tell(LOG, done, whole)
    waiting = 0
    for anywhere in (False, True):
        if not odd.any():
            return 0, True
        cursor.execute(WAITING, [anywhere])
        identifiers, hashes = map(bytes, cursor.fetchone())
        waiting = len(identifiers) // tallies.IDENTIFIER
        if (odd == Tallies(key).of(identifiers, hashes)).all():
            return waiting, True
    return waiting, False


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
