"""Gives committed entries their place in the tree, and signs a checkpoint over it.

Writers wait for nobody and commit in any order. An entry is taken once its transaction is older
than every running one: none that could still commit before it is left out. Places and checkpoint
are one transaction, so a kill at any point leaves the tree as it was or as it should be.
"""

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from crossforce.kernel import vouched
from crossforce.ledger import log, models
from crossforce.transparency import checkpoint
from crossforce.transparency.checkpoint import Checkpoint, Note
from crossforce.transparency.tree import Edge

BATCH: Final = 50_000
LOCK: Final = 0x6C6564676572  # “ledger”: one integrator at a time, in any process on any host

HORIZON: Final = """
SELECT pg_snapshot_xmin(now_)::text::bigint, pg_snapshot_xmax(now_)::text::bigint
  FROM pg_current_snapshot() AS now_ WHERE pg_try_advisory_xact_lock(%s)
"""
# A horizon taken earlier only leaves entries for the next time. Numbers at or beyond `ceiling` come
# from before a restore onto another server: what is visible of them is over.
TAKE: Final = """
INSERT INTO ledger_leaf (index, entry, leaf_hash)
SELECT %(size)s + row_number() OVER (ORDER BY transaction, id) - 1, id, leaf_hash
  FROM (SELECT e.transaction, e.id, e.leaf_hash FROM ledger_entry e
         WHERE (e.transaction >= %(floor)s::text::xid8 AND e.transaction < %(horizon)s::text::xid8
                OR %(sweep)s AND e.transaction >= %(ceiling)s::text::xid8)
           AND NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.entry = e.id)
         ORDER BY e.transaction, e.id LIMIT %(batch)s) AS waiting
RETURNING index, leaf_hash
"""


class Integrator:
    """Integrates again and again; remembers below which transaction nothing is left to take.

    The first time it looks at every entry, since after a restore transaction numbers may begin
    again: what counts is what the tree holds.
    """

    def __init__(self) -> None:
        self._floor: int | None = None

    def run(self, *, at: datetime) -> int:
        """Take everything that can be taken; answers how many entries were."""
        total = 0
        while (taken := self._batch(at)) is not None:
            total += taken
            if taken < BATCH:
                break
        return total

    @transaction.atomic
    def _batch(self, at: datetime) -> int | None:
        with connection.cursor() as cursor:
            cursor.execute(HORIZON, [LOCK])
            snapshot = cursor.fetchone()
            if snapshot is None:
                return None
            horizon, ceiling = snapshot
            edge = log.edge()
            given = {"size": edge.size, "floor": self._floor or 0, "horizon": horizon}
            given |= {"sweep": self._floor is None, "ceiling": ceiling, "batch": BATCH}
            vouched.vouch("ledger_leaf", str(edge.size))
            cursor.execute(TAKE, given)
            taken = [bytes(leaf) for _, leaf in sorted(cursor.fetchall())]
        if taken:
            _grow(edge, taken, at)
        if len(taken) < BATCH:
            self._floor = horizon
        return len(taken)


def _grow(edge: Edge, leaves: list[bytes], at: datetime) -> None:
    edge.extend(leaves, log.files().keep)
    made = Checkpoint(log.origin(), edge.size, edge.root())
    note = Note(made, tuple(checkpoint.sign(made, key) for key in log.private_keys()))
    vouched.vouch_for_text("ledger_checkpoint", str(note))
    models.Checkpoint.objects.create(size=made.size, root=made.root, note=str(note), made_at=at)
