"""The rows of an import against what is held: new, changed, the same, cancelled, gone, overlapping.

What is held is looked up row by row through its indexes, and never read through: what an import
costs follows its file, and not the years before it.
"""

from typing import Any, Final

from crossforce.duty import models
from crossforce.duty.operations import staging
from crossforce.kernel import civil
from crossforce.records import api as records

SAID: Final = (
    "what", "staff", "number", "name", "starts_at", "ends_at", "unit", "function", "call_sign",
    "role", "location", "latitude", "longitude", "status", "absence",
)  # fmt: skip
JUDGED: Final = f"""
WITH judged AS (
  INSERT INTO duty_judged
  SELECT i.*, p.staff, p.name, s.scope_id, held.id, act.is,
         CASE WHEN act.is IN ('new', 'changed') THEN (
           SELECT q.ends_at FROM duty_entry q
            WHERE q.staff = p.staff AND q.what = i.what AND q.cancelled_at IS NULL
              AND q.id IS DISTINCT FROM held.id AND q.starts_at < i.ends_at
            ORDER BY q.starts_at DESC LIMIT 1) END
    FROM duty_incoming i
    LEFT JOIN duty_person p ON p.number = i.number AND p.starts_at <= i.starts_at
          AND (p.ends_at IS NULL OR p.ends_at > i.starts_at)
    LEFT JOIN duty_place s ON s.unit = i.unit
    LEFT JOIN LATERAL (
      SELECT * FROM duty_entry e
       WHERE e.source_system = %s AND e.source_reference = i.reference AND e.scope_id = ANY (%s)
       LIMIT 1) held ON true,
    LATERAL (SELECT CASE
        WHEN p.staff IS NULL THEN 'unknown'
        WHEN held.id IS NULL AND i.is_cancelled THEN 'same'
        WHEN held.id IS NULL THEN 'new'
        WHEN i.is_cancelled AND held.cancelled_at IS NOT NULL THEN 'same'
        WHEN i.is_cancelled THEN 'cancelled'
        WHEN held.cancelled_at IS NULL AND held.scope_id = s.scope_id
         AND ({", ".join(f"held.{name}" for name in SAID)}) IS NOT DISTINCT FROM
             ({", ".join(f"{'p' if name in ('staff', 'name') else 'i'}.{name}" for name in SAID)})
        THEN 'same'
        ELSE 'changed' END AS is) act
  RETURNING 1)
SELECT count(*) FROM judged"""  # noqa: S608 - names of columns
INDEXED: Final = "CREATE INDEX ON duty_judged (row); ANALYZE duty_judged"
GONE: Final = """
WITH gone AS (
  INSERT INTO duty_going
  SELECT e.id FROM duty_entry e
   WHERE e.source_system = %s AND e.scope_id = ANY (%s) AND e.cancelled_at IS NULL
     AND e.starts_at >= %s AND e.starts_at < %s
     AND NOT EXISTS (SELECT FROM duty_incoming i WHERE i.reference = e.source_reference)
     AND NOT EXISTS (SELECT FROM duty_refused r WHERE r.reference = e.source_reference)
  RETURNING id)
SELECT count(*) FROM gone"""
# Somebody's duties never overlap, so those beside one that reaches into it can be skipped unread.
OVERLAPPING: Final = """
SELECT DISTINCT ON (i.row) i.row, i.reference,
       coalesce(nullif(e.source_reference, ''), e.id::text)
  FROM duty_judged i, LATERAL (
    SELECT * FROM duty_entry o
     WHERE o.staff = i.staff AND o.what = i.what AND o.cancelled_at IS NULL
       AND o.starts_at < i.ends_at AND o.ends_at > i.starts_at AND o.id IS DISTINCT FROM i.existing
    OFFSET 0) e
 WHERE i.act IN ('new', 'changed') AND i.beside > i.starts_at
   AND NOT EXISTS (SELECT FROM duty_going g WHERE g.id = e.id)
   AND NOT EXISTS (SELECT FROM duty_judged j WHERE j.existing = e.id AND j.act <> 'same')
 ORDER BY i.row"""
UNKNOWN: Final = (
    "SELECT row, reference, number FROM duty_judged WHERE act = 'unknown' ORDER BY row"
)
TWICE: Final = """
SELECT row, reference, number FROM (
  SELECT *, lag(ends_at) OVER (PARTITION BY staff, what ORDER BY starts_at, row) AS before
    FROM duty_judged WHERE act IN ('new', 'changed')) each
 WHERE before > starts_at"""
COUNTED: Final = "SELECT act, count(*) FROM duty_judged GROUP BY act"
PARTS: Final = """
SELECT min(row), max(row), count(*) FROM (
  SELECT row, (row_number() OVER (ORDER BY row) - 1) / %s AS part
    FROM duty_judged WHERE act = 'new') each
 GROUP BY part ORDER BY part"""


def compare(system: str, scopes: list[int], file: str, report: staging.Report) -> None:
    """Say of each row what it would do to what is held. Refused rows are taken out and reported."""
    records.cursor(models.Entry).figures(JUDGED, [system, scopes])
    staging.prepared(INDEXED)
    for finding in staging.refuse(
        "unknown-person",
        staging.asked(UNKNOWN),
        (
            "Nobody with the number {!r} is in the force's records, or serves on that day.",
            "Correct the number, or record the person first.",
        ),
        file,
    ):
        report.note(finding)


def find_gone(system: str, scopes: list[int]) -> int:
    """Which duties of the file's days the system no longer holds; answers how many."""
    between = staging.span()
    if between is None:
        return 0
    first, last = (civil.day_of(each) for each in between)
    given = [system, scopes, civil.instant(first), civil.instant(civil.next_day(last))]
    return int(records.cursor(models.Entry).figures(GONE, given)[0][0])


def refuse_overlaps(file: str, report: staging.Report) -> None:
    """Take out the rows that put somebody into two duties at once, with what is held."""
    words = (
        "The person has another duty at that time, {!r}, which is held already.",
        "Correct one of the two, or end the one that is held.",
    )
    clashing = records.cursor(models.Entry).figures(OVERLAPPING)
    for finding in staging.refuse("overlap", clashing, words, file):
        report.note(finding)
    again = ("{!r} has two duties at once after the corrections in this file.", words[1])
    for finding in staging.refuse("overlap", staging.asked(TWICE), again, file):
        report.note(finding)


def counted() -> dict[str, int]:
    """How many rows do what."""
    found: dict[Any, int] = dict(staging.asked(COUNTED))
    return {str(act): number for act, number in found.items()}


def parts(most: int) -> list[tuple[int, int, int]]:
    """The new rows in parts: the first and the last row of each, and how many are new in it."""
    return [(first, last, number) for first, last, number in staging.asked(PARTS, [most])]
