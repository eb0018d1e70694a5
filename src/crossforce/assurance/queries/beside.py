"""What stands beside the log: the columns that entries are searched by, and the private parts, against the bytes.

The database compares, in stretches, on connections that see one instant.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, Final
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from crossforce.assurance.queries import snapshots

STRETCH: Final = 20_000
"""Entries that are looked at in one statement: few enough to be joined in memory."""
FIRST, LAST = UUID(int=0), UUID(int=(1 << 128) - 1)

LATE: Final = "is dated more than a day before the checkpoint that it follows"
"""Odd, but it may be right."""

# What is searched by, and the private parts, are held against the bytes of the entry, which are
# canonical: each value has one way and one place to be written (docs/formats/ledger-entry.md).
# An entry is stored after the checkpoint that it follows: that it was stored late spares most a look-up.
ENTRIES: Final = r"""
SELECT * FROM (
  SELECT l.index, l.entry, coalesce(CASE
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
         convert_to('{"actor":{"commitment":"' || encode(a.commitment, 'hex') || '",', 'UTF8')
    THEN 'its private part “actor” was altered'
    WHEN position(convert_to('"private":"' || encode(p.commitment, 'hex') || '"', 'UTF8')
                  IN e.body) = 0 THEN 'its private part “private” was altered'
    WHEN a.part IS NULL OR p.part IS NULL AND position('"private":null,"scopes":['::bytea IN e.body) = 0
    THEN (SELECT 'its private part “' || part || '” is gone, and no entry says why'
            FROM (VALUES ('actor', a.part), ('private', p.part)) held (part, is_held)
           WHERE is_held IS NULL AND position('"' || part || '":null,"scopes":[' IN encode(e.body, 'escape')) = 0
             AND NOT EXISTS (SELECT FROM ledger_entry r WHERE r.rows @> ARRAY[e.id] AND r.rows <> '{}'
               AND r.operation = 'ledger.private-part-erased' AND r.subject = 'ledger.entry:' || e.id
               AND position(convert_to('"part":"' || part || '"', 'UTF8') IN r.body) > 0) LIMIT 1)
    END, CASE WHEN e.at < e.stored_at - interval '23 hours' AND e.at < (SELECT made_at - interval '1 day'
      FROM ledger_checkpoint WHERE size <= l.index ORDER BY size DESC LIMIT 1) THEN %(late)s END) AS fault
  FROM (SELECT * FROM ledger_leaf WHERE entry >= %(low)s AND entry <= %(high)s) l
  JOIN (SELECT * FROM ledger_entry WHERE id >= %(low)s AND id <= %(high)s) e ON e.id = l.entry
  LEFT JOIN (SELECT * FROM ledger_commitment WHERE entry_id >= %(low)s AND entry_id <= %(high)s
              AND part = 'actor') a ON a.entry_id = e.id
  LEFT JOIN (SELECT * FROM ledger_commitment WHERE entry_id >= %(low)s AND entry_id <= %(high)s
              AND part = 'private') p ON p.entry_id = e.id, LATERAL (SELECT
      ':[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' AS record,
      convert_to('"organisation":"' || e.organisation || '"},"agreements":[', 'UTF8') AS by,
      convert_to('],"at":"' || to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        || '","concerns":["' || array_to_string(e.concerns, '","') || '"],"detail":{', 'UTF8') AS dated,
      convert_to('},"id":"' || e.id || '","operation":"' || e.operation || '","private":', 'UTF8') AS act,
      convert_to(',"subject":' || to_json(e.subject) || '}', 'UTF8') AS about OFFSET 0) w
) AS checked WHERE fault IS NOT NULL ORDER BY fault = %(late)s, index LIMIT 100
"""
STRETCHES: Final = (
    "SELECT entry FROM ledger_leaf WHERE index %% %s = 0 AND index > 0 ORDER BY entry"
)


Free = SimpleQueue[BaseDatabaseWrapper]
"""Connections that no thread uses."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and with which entry."""

    said: str
    index: int | None = None
    entry: str = ""

    def __str__(self) -> str:
        return f"{self.entry} (place {self.index}): {self.said}" if self.entry else self.said


def faults(cursor: Any, tell: Callable[[int, int], None]) -> list[Fault]:
    """Whatever of the cursor's snapshot is not what the bytes say, or is `LATE`.

    `tell` hears how many stretches are done, of how many.
    """
    cursor.execute(STRETCHES, [STRETCH])
    lows = [FIRST, *(entry for (entry,) in cursor.fetchall())]
    highs = [*(UUID(int=low.int - 1) for low in lows[1:]), LAST]
    snapshot, count = snapshots.exported(cursor), snapshots.cores()
    with ExitStack() as stack:
        threads = ThreadPoolExecutor(count)
        stack.callback(threads.shutdown, cancel_futures=True)
        free: Free = SimpleQueue()
        for _ in range(min(count, len(lows))):
            free.put(stack.enter_context(closing(snapshots.attached(snapshot))))
        running = [
            threads.submit(_compared, free, *each) for each in zip(lows, highs, strict=True)
        ]
        wrong: list[Fault] = []
        for done, each in enumerate(running, 1):
            wrong += each.result()
            tell(done, len(running))
        return wrong


def found(cursor: Any, sql: str, given: Any) -> list[Fault]:
    """The faults that a statement names by place, entry and words."""
    cursor.execute(sql, given)
    return [Fault(said, index, str(entry)) for index, entry, said in cursor.fetchall()]


def _compared(free: Free, low: UUID, high: UUID) -> list[Fault]:
    beside = free.get()
    try:
        with beside.cursor() as cursor:
            return found(cursor, ENTRIES, {"low": low, "high": high, "late": LATE})
    finally:
        free.put(beside)
