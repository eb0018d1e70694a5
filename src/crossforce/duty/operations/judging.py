"""The rows of an import against what is held: new, changed, the same, cancelled, gone, overlapping."""

from typing import Any, Final

from crossforce.duty import models
from crossforce.duty.operations import staging
from crossforce.kernel import civil
from crossforce.records import api as records

SAID: Final = (
    "what", "staff", "number", "name", "starts_at", "ends_at", "unit", "function", "call_sign",
    "role", "location", "latitude", "longitude", "status", "absence",
)  # fmt: skip
HELD: Final = f"""
WITH held AS (
  UPDATE duty_incoming i SET existing = e.id, act = CASE
           WHEN i.is_cancelled AND e.cancelled_at IS NOT NULL THEN 'same'
           WHEN i.is_cancelled THEN 'cancelled'
           WHEN e.cancelled_at IS NULL AND e.scope_id = i.scope_id
            AND ({", ".join(f"e.{name}" for name in SAID)}) IS NOT DISTINCT FROM
                ({", ".join(f"i.{name}" for name in SAID)}) THEN 'same'
           ELSE 'changed' END
    FROM duty_entry e
   WHERE e.source_system = %s AND e.source_reference = i.reference AND e.scope_id = ANY (%s)
  RETURNING e.id, e.scope_id)
SELECT count(*) FROM held"""  # noqa: S608 - names of columns
UNHELD: Final = """
UPDATE duty_incoming SET act = CASE WHEN is_cancelled THEN 'same' ELSE 'new' END WHERE act IS NULL
RETURNING NULL"""
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
OVERLAPPING: Final = """
SELECT DISTINCT ON (i.row) i.row, i.reference,
       coalesce(nullif(e.source_reference, ''), e.id::text)
  FROM duty_incoming i
  JOIN duty_entry e ON e.staff = i.staff AND e.what = i.what AND e.cancelled_at IS NULL
   AND e.starts_at < i.ends_at AND e.ends_at > i.starts_at AND e.id IS DISTINCT FROM i.existing
 WHERE i.act IN ('new', 'changed')
   AND NOT EXISTS (SELECT FROM duty_going g WHERE g.id = e.id)
   AND NOT EXISTS (SELECT FROM duty_incoming j WHERE j.existing = e.id AND j.act <> 'same')"""
UNKNOWN: Final = (
    "SELECT row, reference, number FROM duty_incoming WHERE staff IS NULL ORDER BY row"
)
TWICE: Final = """
SELECT row, reference, number FROM (
  SELECT *, lag(ends_at) OVER (PARTITION BY staff, what ORDER BY starts_at, row) AS before
    FROM duty_incoming WHERE act IN ('new', 'changed')) each
 WHERE before > starts_at"""
COUNTED: Final = "SELECT act, count(*) FROM duty_incoming GROUP BY act"


def compare(system: str, scopes: list[int], file: str, report: staging.Report) -> None:
    """Say of each row what it would do to what is held. Refused rows are taken out and reported."""
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
    cursor = records.cursor(models.Entry)
    cursor.figures(HELD, [system, scopes])
    staging.asked(UNHELD)


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
