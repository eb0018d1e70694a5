"""The rows of an import against what is held: new, changed, the same, cancelled, gone, overlapping.

What is held is looked up row by row through its indexes, and never read through: what an import
costs follows its file, and not the years before it.
"""

from datetime import UTC
from typing import Final

from crossforce.duty import models
from crossforce.duty.choices import ENTRY, MARKING
from crossforce.duty.mapping import Finding, Mapping
from crossforce.duty.mapping.overlaps import OVERLAP, Apart, overlap
from crossforce.duty.operations import staging
from crossforce.intake.api import Part, copying
from crossforce.kernel import civil, guarded_rows
from crossforce.kernel.guarded_rows import FOR_MUCH
from crossforce.records import api as records

SAID: Final = (
    "what", "staff", "number", "name", "starts_at", "ends_at", "unit", "function", "call_sign",
    "role", "location", "latitude", "longitude", "status", "absence",
)  # fmt: skip
SAME: Final = f"""({", ".join(f"held.{name}" for name in SAID)}) IS NOT DISTINCT FROM
             ({", ".join(f"{'p' if name in ('staff', 'name') else 'i'}.{name}" for name in SAID)})"""
ACTS: Final = {
    "new": "new",
    "moved": "changed",
    "detailed": "changed",
    "cancelled": "cancelled",
}
"""What rows do, and under which name it is counted. Only what is new or moved can overlap with anything."""
# Of most people nothing is held that reaches into the file's days: theirs need not be looked up duty by duty.
JUDGED: Final = f"""
WITH met AS MATERIALIZED (
  SELECT p.staff, i.what
    FROM (SELECT number, what, min(starts_at) AS first, max(ends_at) AS last
            FROM duty_incoming GROUP BY number, what) i
    JOIN duty_person p USING (number)
   WHERE (SELECT q.ends_at FROM duty_entry q
           WHERE q.staff = p.staff AND q.what = i.what AND q.cancelled_at IS NULL AND q.starts_at < i.last
             AND q.scope_id <> ALL (%s)
           ORDER BY q.starts_at DESC LIMIT 1) > i.first),
judged AS (
  INSERT INTO duty_judged
  SELECT i.*, p.staff, p.name, s.scope_id, held.id, act.is,
         CASE WHEN act.is IN ('new', 'moved') AND met.staff IS NOT NULL THEN (
           SELECT q.ends_at FROM duty_entry q
            WHERE q.staff = p.staff AND q.what = i.what AND q.cancelled_at IS NULL
              AND q.id IS DISTINCT FROM held.id AND q.starts_at < i.ends_at AND q.scope_id <> ALL (%s)
            ORDER BY q.starts_at DESC LIMIT 1) END
    FROM duty_incoming i
    LEFT JOIN duty_person p ON p.number = i.number AND p.starts_at <= i.starts_at
          AND (p.ends_at IS NULL OR p.ends_at > i.starts_at)
    LEFT JOIN duty_place s ON s.unit = i.unit
    LEFT JOIN met ON met.staff = p.staff AND met.what = i.what
    LEFT JOIN LATERAL (
      SELECT * FROM duty_entry e
       WHERE e.source_system = %s AND e.source_reference = i.reference AND e.scope_id = ANY (%s)
       LIMIT 1) held ON true,
    LATERAL (SELECT CASE
        WHEN p.staff IS NULL THEN 'unknown'
        WHEN held.id IS NULL AND i.is_cancelled THEN 'same'
        WHEN held.id IS NULL THEN 'new'
        WHEN held.scope_id = ANY (%s) THEN CASE
          WHEN NOT i.is_cancelled AND held.cancelled_at IS NULL AND {SAME} THEN 'same' ELSE 'elsewhere' END
        WHEN i.is_cancelled AND held.cancelled_at IS NOT NULL THEN 'same'
        WHEN i.is_cancelled THEN 'cancelled'
        WHEN held.cancelled_at IS NOT NULL THEN 'moved'
        WHEN (held.what, held.staff, held.starts_at, held.ends_at)
             IS DISTINCT FROM (i.what, p.staff, i.starts_at, i.ends_at) THEN 'moved'
        WHEN held.scope_id = s.scope_id AND {SAME} THEN 'same'
        ELSE 'detailed' END AS is) act
   WHERE act.is <> 'same'
  RETURNING 1)
SELECT count(*) FROM judged"""  # noqa: S608 - names of columns
THERE: Final = """FROM duty_entry e
   WHERE e.source_system = %s AND e.scope_id = ANY (%s) AND e.cancelled_at IS NULL
     AND e.starts_at >= %s AND e.starts_at < %s"""
COUNTED: Final = f"SELECT count(*) {THERE}"
GONE: Final = f"""
WITH gone AS (
  INSERT INTO duty_judged (row, existing, act)
  SELECT -row_number() OVER (), e.id, 'cancelled' {THERE}
     AND NOT EXISTS (SELECT FROM duty_incoming i WHERE i.reference = e.source_reference)
     AND NOT EXISTS (SELECT FROM duty_refused r WHERE r.reference = e.source_reference)
  RETURNING 1)
SELECT count(*) FROM gone"""  # noqa: S608 - THERE stands above
FEW: Final = 20
"""So many may always go without asking."""
MOST_GONE: Final = (
    "The file would cancel {:,} of the {:,} duties held for {:%d/%m/%Y} to {:%d/%m/%Y}: it may have been cut off.",
    "Export them again, or confirm it: by the box where files are sent, --accept-losses, or accept_losses of the API.",
)
# Somebody's duties never overlap, so those beside one that reaches into it can be skipped unread.
OVERLAPPING: Final = """
WITH wrong AS (
  INSERT INTO duty_wrong
  SELECT DISTINCT ON (i.row) i.row, i.reference, coalesce(nullif(e.source_reference, ''), e.id::text)
    FROM duty_judged i, LATERAL (
      SELECT * FROM duty_entry o
       WHERE o.staff = i.staff AND o.what = i.what AND o.cancelled_at IS NULL
         AND o.starts_at < i.ends_at AND o.ends_at > i.starts_at AND o.id IS DISTINCT FROM i.existing
         AND o.scope_id <> ALL (%s)
      OFFSET 0) e
   WHERE i.act IN ('new', 'moved') AND i.beside > i.starts_at
     AND NOT EXISTS (SELECT FROM duty_judged j WHERE j.existing = e.id AND j.act IN ('moved', 'cancelled'))
  RETURNING 1)
SELECT count(*) FROM wrong"""
UNKNOWN: Final = """
INSERT INTO duty_wrong SELECT row, reference, number FROM duty_judged WHERE act = 'unknown'"""
ELSEWHERE: Final = """
INSERT INTO duty_wrong SELECT row, reference, reference FROM duty_judged WHERE act = 'elsewhere'"""
TWICE: Final = """
SELECT staff, what, row, reference, number, starts_at, ends_at FROM duty_judged
 WHERE act IN ('new', 'moved') AND (staff, what) IN (
   SELECT staff, what FROM (
     SELECT staff, what, starts_at,
            lag(ends_at) OVER (PARTITION BY staff, what ORDER BY starts_at, row) AS before
       FROM duty_judged WHERE act IN ('new', 'moved')) each
    WHERE before > starts_at)
 ORDER BY staff, what, row"""
PARTS: Final = """
SELECT act, min(row), max(row), count(*) FROM duty_judged GROUP BY act, row / 1000 ORDER BY 1, 2"""
NOBODY: Final = (
    "Nobody with the number {!r} is in the force's records, or serves on that day.",
    "Correct the number, or record the person first; people are found by their number, never by a name.",
)
PLACED: Final = (
    "The duty {!r} is held in another compartment, or with another marking, than those that imports write.",
    "Change it there by hand, or put it back first.",
)
HELD: Final = (
    "The person has another duty at that time, {!r}, which is held already: the two overlap.",
    "Correct one of the two, or end the one that is held.",
)
MOST_ROUNDS: Final = 20
EACH: Final = {**FOR_MUCH, "enable_memoize": "off"}
"""How it is planned: references do not come again, so what was found is not remembered."""


def apart(holder: str) -> list[int]:
    """Scopes of what the importer may read with which these duties may overlap, and which no report names.

    Those of other holders, compartments and markings: as the database has it (guarding.py).
    """
    far = guarded_rows.reach(ENTRY)
    opened = models.Entry.objects.filter(pk__in=far.rows).values_list("scope_id", flat=True)
    known = {*far.scopes, *(opened if far.rows else ())}
    places = records.places_of(sorted(known))
    own = holder, "", MARKING
    same = {n for n, e in places.items() if (e.holder, e.compartment, e.marking) == own}
    return sorted(known - same)


def compare(
    system: str, scopes: list[int], others: list[int], file: str, report: staging.Report
) -> None:
    """Say of each row what it would do to what is held; refused ones are taken out.

    A file says nothing of where duties are: one that was put among `others` stays there as it is.
    """
    staging.refuse_repeated(file, report)
    accepted = report.rows - report.refused
    held = records.cursor(models.Entry)
    told = held.figures(JUDGED, [others, others, system, scopes, others], planning=EACH)[0][0]
    report.same = accepted - int(told)
    staging.measure("judged")
    copying.done(UNKNOWN)
    staging.refuse("unknown-person", file, report, NOBODY)
    copying.done(ELSEWHERE)
    staging.refuse("held-elsewhere", file, report, PLACED)


def find_gone(of: Mapping, scopes: list[int], file: str, report: staging.Report) -> None:
    """Find the duties of the file's days that the system no longer holds; they will be cancelled.

    Where those would be more than the mapping lets go unasked, the whole file is refused.
    """
    between = staging.span()
    if between is None:
        return
    first, last = (civil.day_of(each) for each in between)
    given = [of.system, scopes, civil.instant(first), civil.instant(civil.next_day(last))]
    gone = int(records.cursor(models.Entry).figures(GONE, given)[0][0])
    if gone <= FEW:
        return
    held = int(records.cursor(models.Entry).figures(COUNTED, given)[0][0])
    if gone > of.file.most_cancelled * held:
        message, remedy = MOST_GONE
        told = message.format(gone, held, first, last)
        report.note(Finding("most-cancelled", told, remedy, file, is_whole=True))


def refuse_overlaps(others: list[int], file: str, report: staging.Report) -> None:
    """Take out the rows that put somebody into two duties at once, with what is held or with each other.

    A correction that is refused leaves what is held where it was, which others may then overlap with:
    so until nothing more is found.
    """
    for _round in range(MOST_ROUNDS):
        records.cursor(models.Entry).figures(OVERLAPPING, [others])
        number = staging.refuse("overlap", file, report, HELD)
        number += _refuse_each_other(file, report)
        if not number:
            return


def _refuse_each_other(file: str, report: staging.Report) -> int:
    """One person's rows of one sort at a time, in the order of the file."""
    same, kept = None, Apart()
    wrong: list[tuple[int, str, str]] = []
    for staff, what, row, reference, number, starts_at, ends_at in copying.streamed(TWICE):
        if (staff, what) != same:
            same, kept = (staff, what), Apart()
        other = kept.take((starts_at.astimezone(UTC), ends_at.astimezone(UTC), row))
        if other:
            wrong.append((row, reference, overlap(number, what, other).message))
            if len(wrong) == staging.STEP:
                staging.put_wrong(wrong)
    staging.put_wrong(wrong)
    return staging.refuse("overlap", file, report, ("{}", OVERLAP[1]))


"""The first and the last row, and how many of those between are meant."""


Parts = dict[str, list[Part]]
"""By what they do: the rows, in parts of at most 1,000."""


def parts() -> Parts:
    """All that is left to be done."""
    found: Parts = {act: [] for act in ACTS}
    for act, first, last, number in copying.asked(PARTS):
        found[act].append((first, last, number))
    return found


def counted(some: Parts) -> dict[str, int]:
    """How many rows change something, and how."""
    found = dict.fromkeys(ACTS.values(), 0)
    for act, each in some.items():
        found[ACTS[act]] += sum(number for _, _, number in each)
    return found
